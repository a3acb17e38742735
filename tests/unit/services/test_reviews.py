"""Results to sign: what waits, in which order, and how it is signed and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from medapp.domain.administrative import Sex
from medapp.domain.changes import Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.services import critical_values, due, journal, pregnancies, records, reviews
from medapp.services.session import Session
from medapp.terminology.systems import LOINC
from tests.clinics import clock, make_clinic, person


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


@pytest.fixture
def patient(session: Session) -> int:
    return records.add_patient(session, person("Lin", "Meihua")).id


def result(
    variable: str, loinc: str, value: float | None, days_ago: float = 1, **more: object
) -> Observation:
    at = Moment.of_datetime(clock() - timedelta(days=days_ago))
    return Observation(0, Coding(LOINC, loinc), at, variable, value, **more)  # type: ignore[arg-type]


def potassium(value: float, days_ago: float = 1, **more: object) -> Observation:
    return result("potassium", "2823-3", value, days_ago, **more)


def levels(session: Session) -> list[tuple[float | None, str]]:
    return [(line.observation.value, line.level) for line in reviews.waiting(session)]


def test_a_recent_laboratory_result_waits_and_history_does_not(session: Session, patient: int) -> None:
    records.save_observation(session, patient, potassium(4.2, days_ago=13))
    records.save_observation(session, patient, potassium(4.3, days_ago=15))
    records.save_observation(session, patient, potassium(4.4, days_ago=-3))
    assert levels(session) == [(4.2, "normal")]
    assert reviews.count(session) == 1


def test_what_is_measured_or_asked_here_needs_no_signature(session: Session, patient: int) -> None:
    records.save_observation(session, patient, result("systolic_bp", "8480-6", 190))
    records.save_observation(session, patient, result("phq9_total", "44261-6", 20))
    unknown = Observation(0, Coding(LOINC, "99999-9"), session.now(), None, 3)
    records.save_observation(session, patient, unknown)
    assert levels(session) == []


def test_an_unknown_code_waits_when_the_laboratory_sent_its_limits(session: Session, patient: int) -> None:
    sent = Observation(
        0, Coding(LOINC, "99999-9"), session.now(), None, 3.0, reference_low=0.0, reference_high=2.0
    )
    records.save_observation(session, patient, sent)
    assert levels(session) == [(3.0, "abnormal")]


def test_critical_comes_first_and_an_unknown_is_never_normal(session: Session, patient: int) -> None:
    records.save_observation(session, patient, potassium(4.2))
    records.save_observation(session, patient, result("crp", "1988-5", None, text="see report"))
    records.save_observation(session, patient, potassium(5.4, days_ago=2))
    records.save_observation(session, patient, potassium(6.8, days_ago=3))
    assert levels(session) == [(6.8, "critical"), (5.4, "abnormal"), (None, "unknown"), (4.2, "normal")]


def test_the_laboratorys_own_range_wins(session: Session, patient: int) -> None:
    records.save_observation(session, patient, potassium(5.4, reference_low=3.5, reference_high=5.5))
    assert levels(session) == [(5.4, "normal")]


def test_unsigned_over_a_day_rises_above_the_newer_abnormal_ones(session: Session, patient: int) -> None:
    records.save_observation(session, patient, potassium(4.2))
    records.save_observation(session, patient, potassium(5.4, days_ago=2))
    with session.store.transaction() as tx:
        tx.execute("UPDATE review SET received=received-90000 WHERE level='normal'")
    found = reviews.waiting(session)
    assert [(line.level, line.is_late) for line in found] == [("normal", True), ("abnormal", False)]


def test_signing_says_what_was_done_and_who_was_told(session: Session, patient: int) -> None:
    number = records.save_observation(session, patient, potassium(6.8)).id
    changes = reviews.sign(session, number, "repeat", "telephone", action_text="tomorrow", told_text="09:40")
    assert changes.touches(patient, Kind.REVIEW)
    assert levels(session) == []
    found = reviews.signed(session, number)
    assert found is not None
    assert (found.action, found.action_text, found.told, found.told_text) == (
        "repeat", "tomorrow", "telephone", "09:40",
    )  # fmt: skip
    with pytest.raises(reviews.AlreadySigned):
        reviews.sign(session, number, "none", "in_person")
    journal.undo(session, patient)
    assert levels(session) == [(6.8, "critical")]
    assert reviews.signed(session, number) is None


def test_signing_without_an_action_or_without_a_word_on_the_patient_is_refused(
    session: Session, patient: int
) -> None:
    number = records.save_observation(session, patient, potassium(6.8)).id
    for action, told, error in (
        ("", "telephone", reviews.ActionMissing), ("other", "telephone", reviews.ActionMissing),
        ("none", "", reviews.ToldMissing),
    ):  # fmt: skip
        with pytest.raises(error):
            reviews.sign(session, number, action, told)
    assert len(levels(session)) == 1


def test_a_patient_not_yet_told_of_an_abnormal_result_is_due(session: Session, patient: int) -> None:
    number = records.save_observation(session, patient, potassium(6.8)).id
    reviews.sign(session, number, "appointment", "not_yet")
    (line,) = due.open_tasks(session)
    assert (line.task.kind, line.task.due, line.patient.id) == (due.TELL, session.now().date, patient)
    journal.undo(session, patient)
    assert due.open_tasks(session) == []


def test_a_normal_result_not_yet_told_leaves_no_task(session: Session, patient: int) -> None:
    number = records.save_observation(session, patient, potassium(4.2)).id
    reviews.sign(session, number, "none", "not_yet")
    assert due.open_tasks(session) == []


def test_the_normals_of_several_patients_are_signed_and_taken_back_together(
    session: Session, patient: int
) -> None:
    other = records.add_patient(session, person("Wang", "Jun")).id
    for who, value in ((patient, 4.1), (patient, 4.2), (other, 4.3), (other, 6.8)):
        records.save_observation(session, who, potassium(value))
    batch = reviews.sign_normals(session, reviews.waiting(session))
    assert (batch.count, set(batch.acts)) == (3, {patient, other})
    assert levels(session) == [(6.8, "critical")]
    records.save_observation(session, other, result("height", "8302-2", 171))
    changes = reviews.unsign_normals(session, batch)
    assert changes.patients == {patient}
    assert sorted(value or 0 for value, _ in levels(session)) == [4.1, 4.2, 6.8]


def test_a_result_withdrawn_or_corrected_no_longer_waits(session: Session, patient: int) -> None:
    first = records.save_observation(session, patient, potassium(6.8)).id
    second = records.correct_observation(session, first, potassium(4.6)).id
    assert levels(session) == [(4.6, "normal")]
    records.withdraw_observation(session, second)
    assert levels(session) == [(6.8, "critical")]


def test_a_result_moved_to_another_patient_waits_there(session: Session, patient: int) -> None:
    other = records.add_patient(session, person("Wang", "Jun")).id
    number = records.save_observation(session, patient, potassium(6.8)).id
    records.move_observation(session, number, other)
    assert [line.patient.id for line in reviews.waiting(session)] == [other]
    journal.undo(session, patient)
    assert [line.patient.id for line in reviews.waiting(session)] == [patient]


def test_the_clinics_own_critical_values_judge_what_waits_anew(session: Session, patient: int) -> None:
    records.save_observation(session, patient, potassium(6.2))
    assert levels(session) == [(6.2, "abnormal")]
    critical_values.set_limits(session, "potassium", (2.8, 6.2))
    assert levels(session) == [(6.2, "critical")]
    critical_values.reset(session, "potassium")
    assert levels(session) == [(6.2, "abnormal")]


def ferritin(value: float) -> Observation:
    return result("ferritin", "2276-4", value, unit="ug/L")


def test_a_pregnancy_recorded_after_the_result_judges_it_anew_and_back(
    session: Session, patient: int
) -> None:
    records.save_observation(session, patient, ferritin(60))
    assert levels(session) == [(60, "normal")]
    added = pregnancies.add(session, Pregnancy(patient=patient, last_period=date(2026, 1, 1)))
    assert levels(session) == [(60, "unknown")]
    assert added.changes.touches(patient, Kind.REVIEW)
    assert reviews.sign_normals(session, reviews.waiting(session)).count == 0
    pregnancies.withdraw(session, added.id)
    assert levels(session) == [(60, "normal")]
    assert journal.undo(session, patient).changes.touches(patient, Kind.REVIEW)
    assert levels(session) == [(60, "unknown")]
    journal.undo(session, patient)
    assert levels(session) == [(60, "normal")]
    journal.undo(session, patient)
    assert levels(session) == []


def test_a_corrected_sex_judges_anew_what_waits(session: Session, patient: int) -> None:
    records.save_observation(session, patient, result("haemoglobin", "718-7", 125, unit="g/L"))
    assert levels(session) == [(125, "normal")]
    whole = records.open_record(session, patient).patient
    assert whole is not None
    changes = records.update_patient(session, replace(whole, sex=Sex.MALE))
    assert levels(session) == [(125, "abnormal")]
    assert changes.touches(patient, Kind.REVIEW)


def test_a_value_is_undone_although_the_clinic_judges_it_otherwise_since(
    session: Session, patient: int
) -> None:
    records.save_observation(session, patient, potassium(6.2))
    critical_values.set_limits(session, "potassium", (2.8, 6.2))
    journal.undo(session, patient)
    assert levels(session) == []


def calcium(value: float, **more: object) -> Observation:
    return result("calcium", "17861-6", value, **more)


def albumin(value: float, days_ago: float = 1) -> Observation:
    return result("albumin", "1751-7", value, days_ago)


def test_low_albumin_hides_no_critical_calcium_whichever_came_first(session: Session, patient: int) -> None:
    records.save_observation(session, patient, calcium(3.25))
    assert dict(levels(session))[3.25] == "abnormal"
    records.save_observation(session, patient, albumin(20, days_ago=1.5))
    assert dict(levels(session))[3.25] == "critical"
    records.save_observation(session, patient, calcium(3.26))
    assert dict(levels(session))[3.26] == "critical"
    critical_values.set_limits(session, "calcium", (1.8, 3.8))
    assert dict(levels(session))[3.26] == "abnormal"
    critical_values.reset(session, "calcium")
    assert dict(levels(session))[3.26] == "critical"


def test_an_albumin_of_another_day_or_of_a_child_adjusts_nothing(session: Session, patient: int) -> None:
    records.save_observation(session, patient, albumin(20, days_ago=4))
    records.save_observation(session, patient, calcium(3.25))
    assert dict(levels(session))[3.25] == "abnormal"
    child = records.add_patient(session, person("Wang", "Jun", born="2020-01-01")).id
    records.save_observation(session, child, albumin(20))
    records.save_observation(session, child, calcium(3.3))
    assert dict(levels(session))[3.3] == "unknown"


def test_a_calcium_that_is_critical_as_it_was_sent_stays_so(session: Session, patient: int) -> None:
    records.save_observation(session, patient, albumin(20))
    records.save_observation(session, patient, calcium(1.75))
    assert dict(levels(session))[1.75] == "critical"


def test_judged_anew_in_pregnancy_a_result_gets_no_range_that_was_not_made_for_it(
    session: Session, patient: int
) -> None:
    expecting = Pregnancy(patient=patient, last_period=(clock() - timedelta(weeks=12)).date())
    pregnancies.add(session, expecting)
    records.save_observation(session, patient, result("albumin", "1751-7", 42))
    assert levels(session) == [(42.0, "unknown")]
    critical_values.set_limits(session, "potassium", (2.8, 6.2))
    assert levels(session) == [(42.0, "unknown")]


def test_limits_that_cannot_be_are_refused(session: Session) -> None:
    for limits in ((6.0, 5.0), (5.0, 5.0), (-1.0, None)):
        with pytest.raises(critical_values.BadLimits):
            critical_values.set_limits(session, "potassium", limits)
    critical_values.set_limits(session, "potassium", (None, None))
    row = next(one for one in critical_values.listed(session) if one.key == "potassium")
    assert (row.low, row.high, row.is_own) == (None, None, True)
