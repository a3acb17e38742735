"""Pregnancies are episodes: begun, dated, ended, undone; the models that refuse pregnancy see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medapp.assess.assessor import Given
from medapp.assess.pregnancy import pregnancy_of
from medapp.domain.clinical import Condition, Observation
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.domain.pregnancy import Known, Outcome, Pregnancy, Status
from medapp.services import entries, journal, pregnancies, problems, records
from medapp.services.pregnancies import PregnancyDates, PregnancyOpen
from medapp.services.session import Session
from medapp.store.errors import UnknownItem
from medapp.terminology.systems import ICD10
from tests.clinics import person

DAY = Moment.parse("2026-03-01")


@pytest.fixture
def woman(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua", born="1996-02-01")).id


def known(clinic: Session, patient: int) -> Known:
    return pregnancy_of(records.open_record(clinic, patient)).known


def test_an_episode_is_read_with_the_record_and_can_be_undone(clinic: Session, woman: int) -> None:
    assert known(clinic, woman) is Known.NOT_CHECKED
    pregnancies.add(clinic, Pregnancy(patient=woman, last_period=date(2025, 12, 1)))
    state = pregnancy_of(records.open_record(clinic, woman))
    assert state.known is Known.PREGNANT
    assert state.episode is not None
    assert state.episode.due == date(2026, 9, 7)
    journal.undo(clinic, woman)
    assert known(clinic, woman) is Known.NOT_CHECKED
    journal.redo(clinic, woman)
    assert known(clinic, woman) is Known.PREGNANT


def test_a_second_pregnancy_needs_the_first_to_have_ended(clinic: Session, woman: int) -> None:
    first = pregnancies.add(clinic, Pregnancy(patient=woman, last_period=date(2025, 12, 1))).id
    with pytest.raises(PregnancyOpen):
        pregnancies.add(clinic, Pregnancy(patient=woman, last_period=date(2025, 12, 8)))
    kept = records.open_record(clinic, woman).pregnancies[0]
    ended = replace(kept, status=Status.ENDED, ended=date(2026, 2, 20), outcome=Outcome.MISCARRIAGE)
    pregnancies.correct(clinic, ended)
    assert known(clinic, woman) is Known.NOT_PREGNANT
    pregnancies.withdraw(clinic, first)
    assert known(clinic, woman) is Known.NOT_CHECKED
    with pytest.raises(UnknownItem):
        pregnancies.withdraw(clinic, first)


@pytest.mark.parametrize("days", [
    {"last_period": date(2026, 3, 2)},
    {"scan_date": date(2026, 2, 1)},
    {"scan_days": 70},
    {"scan_date": date(2026, 2, 1), "scan_days": 400},
    {"last_period": date(2026, 2, 1), "scan_date": date(2026, 1, 1), "scan_days": 70},
    {"due_agreed": date(2027, 3, 1)},
    {"status": Status.ENDED, "last_period": date(2025, 12, 1)},
    {"status": Status.ENDED, "last_period": date(2025, 12, 1), "ended": date(2025, 11, 1)},
])
def test_days_that_cannot_be_are_refused(clinic: Session, woman: int, days: dict[str, object]) -> None:
    with pytest.raises(PregnancyDates):
        pregnancies.add(clinic, Pregnancy(patient=woman, **days))  # type: ignore[arg-type]
    assert records.open_record(clinic, woman).pregnancies == ()


def test_an_old_answer_to_the_question_no_longer_counts(clinic: Session, woman: int) -> None:
    code = Coding("http://loinc.org", "82810-3")
    for day, text, wanted in (
        ("2026-02-20", "no", Known.NOT_PREGNANT), ("2026-02-25", "yes", Known.PREGNANT),
    ):
        answer = Observation(0, code, Moment.parse(day), "pregnant", text=text)
        records.save_observation(clinic, woman, answer)
        assert known(clinic, woman) is wanted
    old = pregnancy_of(records.open_record(clinic, woman, at=Moment.parse("2027-02-01")))
    assert old.known is Known.NOT_CHECKED


def test_the_record_as_of_a_day_before_the_pregnancy_knows_none(clinic: Session, woman: int) -> None:
    pregnancies.add(clinic, Pregnancy(patient=woman, last_period=date(2025, 12, 1)))
    earlier = records.open_record(clinic, woman, at=Moment.parse("2025-11-01"))
    assert earlier.pregnancies == ()
    assert pregnancy_of(earlier).known is Known.NOT_CHECKED


def test_a_result_to_sign_is_not_called_normal_by_a_range_that_does_not_hold(
    clinic: Session, woman: int
) -> None:
    entries.save_values(clinic, woman, {"creatinine": Given(60)})
    pregnancies.add(clinic, Pregnancy(patient=woman, last_period=date(2025, 10, 1)))
    entries.save_values(clinic, woman, {"creatinine": Given(61)})
    with clinic.store.reading() as db:
        sql = "SELECT level FROM review WHERE patient=? ORDER BY observation"
        rows = db.execute(sql, (woman,)).fetchall()
    assert [row[0] for row in rows] == ["unknown", "unknown"]


def test_a_pregnancy_that_only_the_problem_list_knows_changes_what_is_normal(
    clinic: Session, woman: int
) -> None:
    def level() -> str:
        with clinic.store.reading() as db:
            (row,) = db.execute("SELECT level FROM review WHERE patient=?", (woman,)).fetchall()
        return str(row[0])

    entries.save_values(clinic, woman, {"creatinine": Given(60)})
    assert level() == "normal"
    diabetes, begun = CodeableConcept((Coding(ICD10, "O24.4"),)), Moment.parse("2026-01-10")
    problems.add(clinic, Condition(0, woman, diabetes, "active", "confirmed", onset=begun))
    assert level() == "unknown"
    journal.undo(clinic, woman)
    assert level() == "normal"
