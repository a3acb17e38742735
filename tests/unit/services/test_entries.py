"""Typed values are stored in the canonical unit beside what was written, all in one act."""

from __future__ import annotations

from datetime import datetime

import pytest

from medapp.assess.assessor import Given
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Moment
from medapp.services import entries, journal, records
from medapp.services.session import Session
from medapp.store.errors import UnknownItem
from medapp.terminology.errors import UnknownVariable
from medapp.terminology.variables import answer_of, variable
from tests.clinics import person

AT = Moment.parse("2026-02-28T08:10:00Z")


@pytest.fixture
def lin(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua")).id


def last(clinic: Session, patient: int, name: str) -> Observation:
    found = records.open_record(clinic, patient).latest(name)
    assert found is not None
    return found


def test_values_of_one_moment_are_one_act(clinic: Session, lin: int) -> None:
    typed = {"systolic_bp": Given(148), "diastolic_bp": Given(86), "creatinine": Given(1.1, "mg/dL")}
    found = entries.save_values(clinic, lin, typed, AT)
    assert set(found.ids) == set(typed)
    creatinine = last(clinic, lin, "creatinine")
    assert creatinine.value == pytest.approx(97.24, abs=0.05)
    assert (creatinine.unit, creatinine.value_sent, creatinine.unit_sent) == ("umol/L", 1.1, "mg/dL")
    assert (creatinine.time, creatinine.source) == (AT, "MedApp")
    pressure = last(clinic, lin, "systolic_bp").panel
    assert pressure is not None
    assert pressure == last(clinic, lin, "diastolic_bp").panel
    journal.undo(clinic, lin)
    assert records.open_record(clinic, lin).observations == ()


def test_a_value_of_today_is_taken_and_counts_before_greenwich_has_today(clinic: Session, lin: int) -> None:
    clinic.clock = lambda: datetime.fromisoformat("2026-03-01T02:00:00+08:00")
    today = Moment.parse("2026-03-01")
    entries.save_values(clinic, lin, {"potassium": Given(6.8, "mmol/L", today)})
    assert last(clinic, lin, "potassium").value == 6.8
    for wrong in ("2026-03-02", "2026-03-01T02:00:01+08:00"):
        with pytest.raises(entries.FutureValue):
            entries.save_values(clinic, lin, {"potassium": Given(4.0, "mmol/L", Moment.parse(wrong))})


@pytest.mark.parametrize(("name", "value", "read"), [
    ("smoking_status", "current_every", "current_every"), ("general_health", "poor", "poor"),
    ("education_level", "college", "college"), ("smokes_now", True, True), ("pregnant", False, False),
    ("chest_pain_type", "non_anginal", "non_anginal"), ("urine_pregnancy_test", "negative", "negative"),
])
def test_an_answer_is_read_again_as_what_was_chosen(
    clinic: Session, lin: int, name: str, value: object, read: object
) -> None:
    entries.save_values(clinic, lin, {name: Given(value)}, AT)  # type: ignore[arg-type]
    kept = last(clinic, lin, name)
    coded = kept.coded
    answer = answer_of(
        variable(name), system=coded.system if coded else None, code=coded.code if coded else None,
        text=kept.text or "",
    )
    assert answer == read


def test_a_day_is_stored_as_a_day(clinic: Session, lin: int) -> None:
    entries.save_values(clinic, lin, {"last_menstrual_period": Given("2026-02-10")}, AT)
    assert last(clinic, lin, "last_menstrual_period").text == "2026-02-10"


@pytest.mark.parametrize(("name", "given", "error"), [
    ("height", Given(1700), entries.ValueRefused), ("height", Given(170, "kg"), entries.ValueRefused),
    ("age", Given(40), entries.ValueRefused), ("smoking_status", Given("often"), entries.ValueRefused),
    ("hight", Given(170), UnknownVariable), ("cause_of_death", Given("x"), entries.ValueRefused),
])
def test_what_cannot_be_is_refused_and_nothing_is_saved(
    clinic: Session, lin: int, name: str, given: Given, error: type[Exception]
) -> None:
    with pytest.raises(error):
        entries.save_values(clinic, lin, {"weight": Given(70), name: given}, AT)
    assert records.open_record(clinic, lin).observations == ()


def test_tomorrows_value_is_refused_and_todays_is_not(clinic: Session, lin: int) -> None:
    with pytest.raises(entries.FutureValue):
        entries.save_values(clinic, lin, {"weight": Given(70)}, Moment.parse("2026-03-02"))
    entries.save_values(clinic, lin, {"weight": Given(70)}, Moment.parse("2026-03-01"))
    with pytest.raises(entries.NothingTyped):
        entries.save_values(clinic, lin, {}, AT)


def test_a_corrected_value_keeps_the_laboratorys_limits_and_both_are_shown(clinic: Session, lin: int) -> None:
    code = variable("creatinine").codes[0]
    sent = Observation(0, code, AT, "creatinine", 811.0, "umol/L", reference_low=45.0, reference_high=84.0)
    wrong = records.save_observation(clinic, lin, sent).id
    entries.correct_value(clinic, wrong, Given(81), AT)
    now = last(clinic, lin, "creatinine")
    assert (now.value, now.reference_high, now.replaces) == (81.0, 84.0, wrong)
    old = records.withdrawn(clinic, lin, "creatinine")
    assert [(one.id, one.value, one.status) for one in old] == [(wrong, 811.0, "superseded")]
    journal.undo(clinic, lin)
    assert last(clinic, lin, "creatinine").value == 811.0


def test_a_value_that_is_not_there_is_not_corrected(clinic: Session, lin: int) -> None:
    with pytest.raises(UnknownItem):
        entries.correct_value(clinic, 99, Given(81), AT)
    assert records.withdrawn(clinic, lin, "creatinine") == []
