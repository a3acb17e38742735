"""A small clinic whose records came in as FHIR, for the tests of the patient pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from medapp.security.keys import KdfCost
from medapp.services.imports import import_paths
from medapp.services.session import create_clinic, open_clinic

PASSWORD = "correct horse"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
SNOMED = "http://snomed.info/sct"
CREATININE = (
    ("2024-01-14T08:10:00+08:00", 84.0, "umol/L"), ("2024-05-20T08:10:00+08:00", 88.0, "umol/L"),
    ("2024-10-02T08:10:00+08:00", 92.0, "umol/L"), ("2025-03-12T08:41:00+08:00", 1.10, "mg/dL"),
    ("2025-09-24T09:05:00+08:00", 104.0, "umol/L"), ("2026-05-06T08:32:00+08:00", 109.0, "umol/L"),
    ("2026-11-14T08:10:00+08:00", 118.0, "umol/L"),
)


def _patient(key: str, family: str, given: str, born: str, gender: str, **more: Any) -> dict[str, Any]:
    names = [{"use": "official", "family": family, "given": [given]}, *more.pop("names", [])]
    return {
        "resourceType": "Patient", "id": key, "name": names, "gender": gender, "birthDate": born,
        "identifier": [{
            "type": {"coding": [{"system": f"{HL7}/v2-0203", "code": "MR"}]},
            "system": "urn:clinic", "value": f"0048 {key}",
        }], **more,
    }


def _observation(patient: str, number: int, code: str, at: str, value: float, unit: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "id": f"{patient}-o{number}", "status": "final",
        "code": {"coding": [{"system": LOINC, "code": code}]}, "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
    }


def _condition(patient: str, number: int, code: str, display: str, since: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition", "id": f"{patient}-c{number}",
        "subject": {"reference": f"Patient/{patient}"}, "onsetDateTime": since,
        "clinicalStatus": {"coding": [{"system": f"{HL7}/condition-clinical", "code": "active"}]},
        "verificationStatus": {"coding": [{"system": f"{HL7}/condition-ver-status", "code": "confirmed"}]},
        "code": {"coding": [{"system": SNOMED, "code": code, "display": display}], "text": display},
    }


def _medicine(patient: str, name: str, since: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest", "id": f"{patient}-m1", "status": "active", "intent": "order",
        "subject": {"reference": f"Patient/{patient}"}, "authoredOn": since,
        "medicationCodeableConcept": {"text": name}, "dosageInstruction": [{"text": "once daily"}],
    }


def _allergy(patient: str) -> dict[str, Any]:
    return {
        "resourceType": "AllergyIntolerance", "id": f"{patient}-a1", "criticality": "high",
        "patient": {"reference": f"Patient/{patient}"}, "recordedDate": "2016-04-02",
        "clinicalStatus": {"coding": [{"system": f"{HL7}/allergyintolerance-clinical", "code": "active"}]},
        "code": {"text": "Penicillin"}, "reaction": [{"manifestation": [{"text": "anaphylaxis"}]}],
    }


def _vitals(patient: str, at: str, systolic: float, diastolic: float, bmi: float) -> list[dict[str, Any]]:
    values = (("8480-6", systolic, "mm[Hg]"), ("8462-4", diastolic, "mm[Hg]"), ("39156-5", bmi, "kg/m2"))
    return [_observation(patient, 90 + i, c, at, v, u) for i, (c, v, u) in enumerate(values)]


def _lin() -> list[dict[str, Any]]:
    han = {"use": "official", "family": "林", "given": ["美华"]}
    series = [_observation("2217", i, "2160-0", *one) for i, one in enumerate(CREATININE)]
    return [
        _patient("2217", "Lin", "Meihua", "1958-03-14", "female", names=[han]), *series,
        *_vitals("2217", "2026-11-20T09:31:00+08:00", 148, 86, 31.2),
        _condition("2217", 1, "49436004", "Atrial fibrillation (disorder)", "2021-02-01"),
        _medicine("2217", "Ramipril 5 mg", "2024-08-08"), _allergy("2217"),
    ]


def _others() -> dict[str, list[dict[str, Any]]]:
    wang = [_patient("3001", "Wang", "Jun", "1970-01-02", "male"),
            *_vitals("3001", "2026-10-01T10:00:00+08:00", 121, 79, 24.0)]
    diabetic = [
        _patient("3002", "Zhao", "Ping", "1966-07-07", "female"),
        *_vitals("3002", "2026-10-01T10:00:00+08:00", 131, 81, 29.0),
        _condition("3002", 1, "44054006", "Diabetes mellitus type 2 (disorder)", "2012-01-01"),
    ]
    blank = [_patient("3003", "Blank", "Ann", "1980-05-05", "female")]
    return {"wang": wang, "zhao": diabetic, "blank": blank}


def make_clinic(folder: Path, bundles: Path, clock: Any) -> Path:
    """LIN (record 0048 2217), WANG (3001), ZHAO with known diabetes (3002), BLANK with nothing (3003)."""
    bundles.mkdir(parents=True)
    for name, resources in {"lin": _lin(), **_others()}.items():
        entries = [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        (bundles / f"{name}.json").write_text(json.dumps(bundle, ensure_ascii=False), "utf-8")
    create_clinic(folder, "chen", PASSWORD, clock=clock, cost=KdfCost(1, 64, 1))
    with open_clinic(folder, "chen", PASSWORD, clock=clock) as session:
        report = import_paths(session, sorted(bundles.iterdir()))
        assert all(file.state == "read" for file in report.files), report
    return folder
