"""Answers kept as given, decided on, undone; what-if; models off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from medapp.assess.errors import UnknownAssessor
from medapp.assess.index import write_index
from medapp.domain.administrative import Patient, Sex
from medapp.domain.assessment import ReasonCode, Status
from medapp.domain.changes import Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.inference.registry import load_registry
from medapp.services import assessments as service
from medapp.services import records
from medapp.services.assessments import ReasonRequired, UnknownDecision
from medapp.services.audit import entries
from medapp.services.session import Session, create_clinic, open_clinic
from medapp.store.errors import UnknownItem
from tests.clinics import CHEAP
from tests.model_folders import given_inputs, linear_folder

LOINC = "http://loinc.org"


def clock() -> datetime:
    return datetime(2026, 1, 15, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    linear_folder(folder, "first")
    linear_folder(folder, "second", classes=3, method="shapley")
    write_index(folder)
    return folder


@pytest.fixture
def session(tmp_path: Path, models: Path) -> Iterator[Session]:
    create_clinic(tmp_path / "clinic", "dr", "correct horse battery", clock=clock, cost=CHEAP)
    with open_clinic(
        tmp_path / "clinic", None, "correct horse battery", clock=clock, models_dir=models
    ) as opened:
        yield opened


def add(session: Session, code: str, variable: str, value: float, unit: str, day: str = "2026-01-10") -> None:
    observation = Observation(0, Coding(LOINC, code), Moment.parse(day), variable, value, unit)
    records.save_observation(session, session_patient(session), observation)


def session_patient(session: Session) -> int:
    return records.resolve(session, "MR17")


@pytest.fixture
def patient(session: Session) -> int:
    person = Patient(mrn="MR17", sex=Sex.FEMALE, birth_date=Moment.parse("1964-06-01"))
    number = records.add_patient(session, person).id
    add(session, "39156-5", "bmi", 31.0, "kg/m2")
    add(session, "8480-6", "systolic_bp", 142.0, "mm[Hg]")
    return number


def test_every_assessor_answers_and_every_answer_is_kept_with_its_log_entry(
    session: Session, patient: int
) -> None:
    answers = service.assess_patient(session, patient)
    assert [(a.assessor.id, a.status) for a in answers] == [("first", Status.FINAL), ("second", Status.FINAL)]
    assert [service.read_stored(s) for s in service.latest(session, patient)] == answers
    logged = [e for e in entries(session, patient=patient) if e.action == "assess"]
    assert sorted(e.detail["assessor"] for e in logged) == ["first", "second"]
    assert "31" not in json.dumps([e.detail for e in logged])


def test_the_stored_bytes_are_the_document_and_a_run_again_agrees(session: Session, patient: int) -> None:
    (answer,) = service.assess_patient(session, patient, ["first"])
    (stored,) = service.history(session, patient, "first")
    assert json.loads(stored.document) == answer.as_document()
    replayed = service.replay(session, stored.id)
    assert replayed.document == stored.document
    (again,) = service.assess_patient(session, patient, ["first"], at=Moment.parse(answer.at), store=False)
    assert again == answer
    assert len(service.history(session, patient, "first")) == 1


def test_an_assessment_at_an_earlier_day_sees_the_record_of_that_day(session: Session, patient: int) -> None:
    (early,) = service.assess_patient(session, patient, ["first"], at=Moment.parse("2025-12-31"))
    assert early.status is Status.INSUFFICIENT_DATA
    assert early.reason is not None and set(early.reason.inputs) == {"bmi", "systolic_bp"}


def test_what_if_answers_and_is_not_kept(session: Session, patient: int) -> None:
    higher = service.what_if(session, patient, "first", {"bmi": 40})
    (answer,) = service.assess_patient(session, patient, ["first"], store=False)
    assert higher.outcome is not None and answer.outcome is not None
    assert isinstance(higher.outcome.value, float) and isinstance(answer.outcome.value, float)
    assert higher.outcome.value > answer.outcome.value
    assert service.latest(session, patient) == []


def test_models_that_are_off_say_so_and_leave_nothing(session: Session, patient: int) -> None:
    answers = service.assess_patient(session, patient, are_models_on=False)
    assert {a.reason.code for a in answers if a.reason} == {ReasonCode.OFF}
    assert {a.status for a in answers} == {Status.REFUSED}
    assert service.latest(session, patient) == []


def test_a_decision_needs_a_reason_to_disagree_and_can_be_undone(session: Session, patient: int) -> None:
    service.assess_patient(session, patient, ["first"])
    (stored,) = service.latest(session, patient)
    with pytest.raises(ReasonRequired):
        service.decide(session, stored.id, "disagree", "  ")
    with pytest.raises(UnknownDecision):
        service.decide(session, stored.id, "perhaps")
    changes = service.decide(session, stored.id, "disagree", "on steroids")
    assert changes.touches(patient, Kind.ASSESSMENT)
    (decided,) = service.latest(session, patient)
    assert decided.decision is not None
    assert (decided.decision.decision, decided.decision.reason) == ("disagree", "on steroids")
    service.undo_decision(session, stored.id)
    assert service.latest(session, patient)[0].decision is None
    actions = [e.action for e in entries(session, patient=patient)]
    assert actions.index("undo_decision") < actions.index("decide")
    with pytest.raises(UnknownItem):
        service.undo_decision(session, stored.id)


def test_an_unknown_assessor_is_told_before_anything_is_kept(session: Session, patient: int) -> None:
    with pytest.raises(UnknownAssessor):
        service.assess_patient(session, patient, ["first", "nobody"])
    assert service.latest(session, patient) == []


def test_a_damaged_model_is_refused_and_that_is_kept(session: Session, patient: int, models: Path) -> None:
    path = models / "first" / "README.md"
    path.write_text("changed", encoding="utf-8")
    answers = service.assess_patient(session, patient)
    assert [(a.assessor.id, a.status) for a in answers] == [
        ("first", Status.REFUSED),
        ("second", Status.FINAL),
    ]
    assert len(service.latest(session, patient)) == 2


def test_a_file_of_inputs_needs_no_clinic(models: Path) -> None:
    registry, at = load_registry(models), Moment.parse("2026-01-15")
    whole = given_inputs(["age", "sex", "bmi", "systolic_bp"])
    assert service.assess_inputs(registry, "first", whole, at).status is Status.FINAL
    rows: list[Any] = [whole, {**whole, "bmi": None}, {"bmi": [1]}, "no object", {**whole, "x": 1}]
    answers = list(service.assess_many(registry, "first", rows, at))
    assert [a.row for a in answers] == [0, 1, 2, 3, 4]
    assert [str(a.status) for a in answers] == ["final", "insufficient_data", "refused", "refused", "refused"]
