"""What was decided here stands when its file comes again; what a file finds ends a denial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medapp.domain.clinical import Subject
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.services import allergies, denials, journal, medicines, problems, records
from medapp.services.imports import ImportReport, import_paths, undo_import
from medapp.services.session import Session
from tests.clinics import make_clinic
from tests.unit.interchange.samples import (
    LOINC,
    bundle,
    concept,
    identifier,
    observation,
    patient,
    quantity,
    write,
)

SNOMED = "http://snomed.info/sct"
WHO = patient(identifier=[identifier("77")])
SUBJECT = {"reference": "Patient/p1"}
PROBLEM = {
    "resourceType": "Condition", "id": "c1", "subject": SUBJECT,
    "code": concept(SNOMED, "195967001", "Asthma"), "clinicalStatus": concept("http://x", "active"),
}  # fmt: skip
WARFARIN = {
    "resourceType": "MedicationRequest", "id": "m1", "subject": SUBJECT, "status": "active",
    "intent": "order",
    "medicationCodeableConcept": concept("http://www.nlm.nih.gov/research/umls/rxnorm", "11289", "Warfarin"),
    "authoredOn": "2025-01-02",
}  # fmt: skip


def allergy(id_: str = "a1", code: str = "91936005", text: str = "Penicillin allergy") -> dict[str, Any]:
    return {
        "resourceType": "AllergyIntolerance", "id": id_, "patient": SUBJECT,
        "code": concept(SNOMED, code, text), "clinicalStatus": concept("http://x", "active"),
        "verificationStatus": concept("http://x", "confirmed"),
    }  # fmt: skip


def pressure(systolic: float, diastolic: float = 79) -> dict[str, Any]:
    parts = [
        {"code": concept(LOINC, "8480-6"), "valueQuantity": quantity(systolic, "mm[Hg]")},
        {"code": concept(LOINC, "8462-4"), "valueQuantity": quantity(diastolic, "mm[Hg]")},
    ]
    return observation("o2", "85354-9", component=parts)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as session:
        yield session


def send(session: Session, folder: Path, *resources: Any) -> ImportReport:
    return import_paths(session, [write(folder, bundle(*resources))])


def issues(report: ImportReport) -> list[tuple[str, str]]:
    return [(issue.code, issue.where) for one in report.files for issue in one.issues]


def opened(session: Session) -> PatientRecord:
    return records.open_record(session, records.resolve(session, "77"))


def systolic(session: Session) -> list[float | None]:
    return [one.value for one in records.series(session, records.resolve(session, "77"), "systolic_bp")]


def test_what_was_stopped_ended_or_withdrawn_here_stays_so(clinic: Session, tmp_path: Path) -> None:
    whole = (WHO, WARFARIN, allergy(), PROBLEM)
    send(clinic, tmp_path, *whole)
    record = opened(clinic)
    medicines.stop(clinic, record.medications[0].id, Moment.parse("2026-02-01"), "major bleeding")
    allergies.withdraw(clinic, record.allergies[0].id)
    problems.end(clinic, record.conditions[0].id, None)
    decided = opened(clinic)
    report = send(clinic, tmp_path, *whole)
    assert (report.files[0].counts.updated, report.files[0].counts.unchanged) == (0, 4)
    assert sorted(issues(report)) == [
        ("corrected_here", "Allergy"), ("corrected_here", "Condition"), ("corrected_here", "Medication"),
    ]
    after = opened(clinic)
    assert (after.medications, after.allergies, after.conditions) == (
        decided.medications, decided.allergies, decided.conditions,
    )
    assert after.medications[0].status == "stopped"


def test_a_decision_that_was_undone_protects_nothing(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, WHO, PROBLEM)
    problems.end(clinic, opened(clinic).conditions[0].id, None)
    journal.undo(clinic, records.resolve(clinic, "77"))
    report = send(clinic, tmp_path, WHO, PROBLEM | {"clinicalStatus": concept("http://x", "resolved")})
    assert (report.files[0].counts.updated, issues(report)) == (1, [])


def test_half_a_blood_pressure_corrected_here_does_not_come_back(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, WHO, pressure(210))
    (wrong,) = records.series(clinic, records.resolve(clinic, "77"), "systolic_bp")
    records.correct_observation(clinic, wrong.id, replace(wrong, value=120.0, value_sent=120.0))
    report = send(clinic, tmp_path, WHO, pressure(210))
    assert systolic(clinic) == [120]
    assert issues(report) == [("corrected_here", "Observation")]
    assert report.files[0].counts.updated == 0
    send(clinic, tmp_path, WHO, pressure(210, 81))
    lower = records.series(clinic, records.resolve(clinic, "77"), "diastolic_bp")
    assert (systolic(clinic), [one.value for one in lower]) == ([120], [81])


def test_a_half_that_its_sender_left_out_for_a_while_comes_back(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, WHO, pressure(121))
    half = pressure(121)
    send(clinic, tmp_path, WHO, half | {"component": half["component"][1:]})
    assert systolic(clinic) == []
    assert issues(send(clinic, tmp_path, WHO, pressure(121))) == []
    assert systolic(clinic) == [121]


def test_what_an_import_finds_is_no_longer_denied_until_it_is_undone(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, WHO)
    number = records.resolve(clinic, "77")
    subjects = (Subject.ALLERGIES, Subject.PROBLEMS, Subject.MEDICINES, Subject.FAMILY_HISTORY)
    for subject in subjects:
        denials.confirm(clinic, number, subject)
    before = opened(clinic)
    report = send(clinic, tmp_path, WHO, allergy(), PROBLEM, WARFARIN)
    after = opened(clinic)
    assert [after.denial(subject) is None for subject in subjects] == [True, True, True, False]
    assert not any(one.is_denial for one in after.allergies)
    assert sorted(issues(report)) == [
        ("denial_ended", "Allergy"), ("denial_ended", "Condition"), ("denial_ended", "Medication"),
    ]
    assert report.import_id is not None
    undo_import(clinic, report.import_id)
    again = opened(clinic)
    assert (again.denials, again.allergies) == (before.denials, before.allergies)


def test_a_sent_denial_that_an_allergy_ended_stays_ended(clinic: Session, tmp_path: Path) -> None:
    none_known = allergy("a0", "716186003", "No known allergy")
    send(clinic, tmp_path, WHO, none_known)
    assert [one.is_denial for one in opened(clinic).allergies] == [True]
    send(clinic, tmp_path, WHO, allergy())
    report = send(clinic, tmp_path, WHO, none_known)
    assert report.files[0].counts.updated == 0
    assert not any(one.is_denial for one in opened(clinic).allergies)


def test_a_resolved_problem_ends_no_denial(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, WHO)
    denials.confirm(clinic, records.resolve(clinic, "77"), Subject.PROBLEMS)
    report = send(clinic, tmp_path, WHO, PROBLEM | {"clinicalStatus": concept("http://x", "resolved")})
    assert (opened(clinic).denial(Subject.PROBLEMS) is not None, issues(report)) == (True, [])
