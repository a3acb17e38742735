"""Values entered on the spot become observations that the assessors find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medapp.assess.assessor import Given
from medapp.assess.card import Feature
from medapp.assess.inputs import InputSpec, feature_spec
from medapp.domain.changes import Kind
from medapp.domain.datatypes import Moment
from medapp.inference.evidence import choice_of, number_of, yes_or_no
from medapp.services import audit, inputs, journal, records
from medapp.services.session import Session
from tests.clinics import make_clinic, person


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


def spec(name: str) -> InputSpec:
    return feature_spec(Feature(name, required=False, missing="impute"))


@pytest.fixture
def patient(session: Session) -> int:
    return records.add_patient(session, person("Lin", "Meihua")).id


def test_a_number_is_kept_in_the_canonical_unit_with_what_was_sent(session: Session, patient: int) -> None:
    given = {"creatinine": Given(1.2, "mg/dL", Moment.parse("2026-02-20"))}
    changes = inputs.save_inputs(session, patient, given)
    assert changes.touches(patient, Kind.OBSERVATION)
    (found,) = records.series(session, patient, "creatinine")
    assert (found.unit, found.value_sent, found.unit_sent) == ("umol/L", 1.2, "mg/dL")
    assert found.value == pytest.approx(106.1, abs=0.1)
    assert found.time.date.isoformat() == "2026-02-20"


def test_answers_are_found_again_as_they_were_given(session: Session, patient: int) -> None:
    given = {"general_health": Given("fair"), "sleep_trouble": Given(True), "smoked_100": Given(False)}
    inputs.save_inputs(session, patient, given)
    opened = records.open_record(session, patient)
    health = choice_of(opened, spec("general_health"))
    assert health is not None and health.value == "fair"
    for name, answer in (("sleep_trouble", True), ("smoked_100", False)):
        found = yes_or_no(opened, spec(name), ())
        assert found is not None and found.value is answer


def test_all_that_was_entered_together_is_undone_together(session: Session, patient: int) -> None:
    inputs.save_inputs(session, patient, {"height": Given(171), "weight": Given(70)})
    journal.undo(session, patient)
    assert records.latest(session, patient) == []


def test_age_sex_and_what_only_a_model_asks_are_not_kept(session: Session, patient: int) -> None:
    assert not inputs.is_kept("age") and not inputs.is_kept("our_own_score")
    with pytest.raises(inputs.NothingToSave):
        inputs.save_inputs(session, patient, {"age": Given(50), "our_own_score": Given(3)})
    inputs.save_inputs(session, patient, {"age": Given(50), "heart_rate": Given(72)})
    assert number_of(records.open_record(session, patient), spec("heart_rate")) is not None
    entry = next(e for e in audit.entries(session) if e.action == "save_inputs")
    assert entry.detail["inputs"] == ["heart_rate"]


def test_impossible_and_future_values_leave_nothing(session: Session, patient: int) -> None:
    with pytest.raises(inputs.NotPossible):
        inputs.save_inputs(session, patient, {"height": Given(171), "heart_rate": Given(9999)})
    with pytest.raises(inputs.DateInFuture):
        inputs.save_inputs(session, patient, {"height": Given(171, None, Moment.parse("2027-01-01"))})
    assert records.latest(session, patient) == []
