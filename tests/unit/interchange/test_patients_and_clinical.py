"""How persons, problems, drugs, allergies, visits and procedures are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medapp.domain.administrative import IdentifierType, Sex
from medapp.interchange.batch import SourceKey
from tests.unit.interchange.samples import (
    bundle,
    codes,
    concept,
    identifier,
    named,
    observation,
    patient,
    read,
)

SNOMED = "http://snomed.info/sct"
DOSE = {"value": 500, "unit": "mg"}
SUBJECT = {"reference": "Patient/p1"}
PENICILLIN = concept("http://www.nlm.nih.gov/research/umls/rxnorm", "70618", "Penicillin")


def one(folder: Path, kind: str, resource: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    (row,) = named(read(folder, bundle(patient(), *others, resource)), kind)
    return row


def test_a_patient_is_read_with_typed_identifiers_and_names_in_two_scripts(tmp_path: Path) -> None:
    sent = patient(
        identifier=[identifier("123"), identifier("999-11-2222", "http://hl7.org/fhir/sid/us-ssn", "SS")],
        name=[{"use": "official", "family": "Wang", "given": ["Xiaoming"]}, {"text": "王小明"}],
        deceasedDateTime="2020-05-01",
        telecom=[{"system": "phone", "value": "555"}],
        contact=[{"name": {"family": "Li"}, "relationship": [concept("http://x", "GUARD", "Guardian")]}],
    )
    noun = read(tmp_path, sent).patients[0].noun
    assert [one.type for one in noun.identifiers] == [
        IdentifierType.RECORD_NUMBER,
        IdentifierType.SOCIAL_SECURITY,
    ]
    assert (noun.name, noun.name_local) == ("WANG, Xiaoming", "王小明")
    assert noun.deceased is True
    assert noun.deceased_at is not None
    assert noun.related[0].is_guardian
    assert noun.sex is Sex.FEMALE


def test_wrong_demographics_are_reported_and_left_open(tmp_path: Path) -> None:
    batch = read(tmp_path, patient(gender="F", born="1968-02-30", name=[]))
    noun = batch.patients[0].noun
    assert (noun.sex, noun.birth_date, noun.names) == (Sex.UNKNOWN, None, ())
    assert sorted(codes(batch)) == ["bad_date", "no_name", "unknown_gender"]


RESIDENT = "urn:oid:2.16.156.10011.1.3"
NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("value", "born", "gender", "expected"),
    [
        (NUMBER, "1949-12-31", "female", []),
        ("110105 19491231 002x", "1949", "female", []),
        ("110105194912310021", "1949-12-31", "female", ["national_id_checksum"]),
        ("11010519491331002X", "1949-12-31", "female", ["national_id_date"]),
        (NUMBER, "1950-01-01", "female", ["national_id_differs"]),
        (NUMBER, "1949-12-31", "male", ["national_id_differs"]),
        (NUMBER, None, "female", ["no_birth_date", "national_id_proposes"]),
        (NUMBER, "1949-12-31", None, ["national_id_proposes"]),
    ],
)
def test_a_chinese_national_number_proposes_and_changes_nothing(
    tmp_path: Path, value: str, born: str | None, gender: str | None, expected: list[str]
) -> None:
    sent = patient(gender=gender, birthDate=born, identifier=[identifier(value, RESIDENT, "NNCHN")])
    batch = read(tmp_path, sent)
    assert codes(batch) == expected
    noun = batch.patients[0].noun
    assert noun.identifiers[0].value == value
    assert (noun.birth_date and noun.birth_date.isoformat()) == born
    assert noun.sex == (gender or "unknown")
    assert not [issue for issue in batch.issues if value in issue.text["en"]]


def test_another_countrys_national_number_is_not_held_to_chinas_rule(tmp_path: Path) -> None:
    assert codes(read(tmp_path, patient(identifier=[identifier("19680312-1234", code="NI")]))) == []
    chinese = patient(identifier=[identifier("1" * 18, code="NI")])
    assert codes(read(tmp_path, chinese)) == ["national_id_date"]


def test_a_newborn_without_a_name_is_no_person_without_a_name(tmp_path: Path) -> None:
    newborn = read(tmp_path, patient(name=[], born="2026-02-20"))
    assert newborn.patients[0].noun.is_unnamed_newborn
    assert codes(newborn) == ["unnamed_newborn"]
    child = read(tmp_path, patient(name=[], born="2026-01-20"))
    assert not child.patients[0].noun.is_unnamed_newborn
    assert codes(child) == ["no_name"]


def test_a_guardian_of_whom_only_the_telephone_is_known_is_kept(tmp_path: Path) -> None:
    contact = {"relationship": [concept("http://x", "MTH")], "telecom": [{"system": "phone", "value": "555"}]}
    (related,) = read(tmp_path, patient(contact=[contact, {"gender": "male"}])).patients[0].noun.related
    assert related.is_guardian
    assert related.telecom[0].value == "555"


def test_references_lead_by_full_url_relative_and_absolute_address(tmp_path: Path) -> None:
    server = "http://fhir.example/r4"
    uuid = "urn:uuid:6f7bdd06-cc0c-4eba-b9aa-d6e1923de78d"
    entries = [
        {"fullUrl": uuid, "resource": {**patient(), "id": uuid[9:]}},
        {"fullUrl": f"{server}/Patient/7", "resource": patient("7")},
    ]
    for id_, reference in enumerate(
        (uuid, "Patient/7", f"{server}/Patient/7", f"{server}/Patient/7/_history/2")
    ):
        entries.append({"resource": observation(str(id_), subject={"reference": reference})})
    batch = read(tmp_path, {"resourceType": "Bundle", "entry": entries})
    assert [row["patient"] for row in named(batch, "observation")] == [
        SourceKey("FHIR", uuid[9:]), *[SourceKey(server, "7")] * 3,
    ]  # fmt: skip


def test_an_entry_without_a_subject_is_an_error(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(), observation(subject=None)))
    assert codes(batch) == ["no_patient"]
    assert batch.verbatim == {"Observation": 1}


def test_a_condition_keeps_its_statuses_and_dates(tmp_path: Path) -> None:
    row = one(tmp_path, "condition", {
        "resourceType": "Condition", "id": "c1", "subject": SUBJECT,
        "code": concept(SNOMED, "44054006", "Type 2\u200b diabetes"),
        "clinicalStatus": concept("http://x", "active"), "verificationStatus": concept("http://x", "refuted"),
        "onsetDateTime": "2010", "abatementPeriod": {"start": "2012-05"},
    })  # fmt: skip
    assert (row["clinical_status"], row["verification"]) == ("active", "refuted")
    assert (row["onset_when"], row["abatement_when"]) == (0, 1)
    assert row["concept"].label == "Type 2 diabetes"


def test_a_drug_is_found_by_code_reference_contained_resource_or_words(tmp_path: Path) -> None:
    request = {"resourceType": "MedicationRequest", "id": "m1", "status": "active", "subject": SUBJECT}
    medication = {"resourceType": "Medication", "id": "9", "code": PENICILLIN}
    for more, others in (
        ({"medicationCodeableConcept": PENICILLIN}, ()),
        ({"medicationReference": {"reference": "Medication/9"}}, (medication,)),
        ({"medicationReference": {"reference": "#9"}, "contained": [{"code": 5}, medication]}, ()),
        ({"medicationReference": {"display": "Penicillin"}}, ()),
    ):
        row = one(tmp_path, "medication", {**request, **more}, *others)
        assert row["concept"].label == "Penicillin"
        assert (row["kind"], row["status"]) == ("request", "active")


def test_a_request_not_to_give_a_drug_is_never_taken_for_a_drug(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(), {
        "resourceType": "MedicationRequest", "id": "m1", "status": "active", "subject": SUBJECT,
        "medicationCodeableConcept": PENICILLIN, "doNotPerform": True,
    }))  # fmt: skip
    assert batch.rows["medication"] == []
    assert codes(batch) == ["do_not_perform"]


def test_a_statement_keeps_its_period_dosage_and_the_reason_it_points_at(tmp_path: Path) -> None:
    reason = {"resourceType": "Condition", "id": "c1", "subject": SUBJECT, "code": {"text": "Tonsillitis"}}
    row = one(tmp_path, "medication", {
        "resourceType": "MedicationStatement", "id": "s1", "status": "active", "subject": SUBJECT,
        "medicationCodeableConcept": PENICILLIN,
        "effectivePeriod": {"start": "2020-01-01", "end": "2030-01-01"},
        "dosage": [{"doseAndRate": [{"doseQuantity": DOSE}], "route": {"text": "oral"}}],
        "reasonReference": [{"reference": "Condition/c1"}],
    }, reason)  # fmt: skip
    assert row["kind"] == "statement"
    assert row["dosage"] == "500 mg, oral"
    assert row["reason"].label == "Tonsillitis"
    assert row["end_ts"] is not None


def test_an_allergy_keeps_its_worst_reaction(tmp_path: Path) -> None:
    row = one(tmp_path, "allergy", {
        "resourceType": "AllergyIntolerance", "id": "a1", "patient": SUBJECT, "code": PENICILLIN,
        "category": ["medication"], "criticality": "high",
        "reaction": [{"severity": "severe", "manifestation": [{"text": "Hives"}]}, {"severity": "mild"}],
    })  # fmt: skip
    assert (row["category"], row["criticality"], row["severity"], row["reaction"]) == (
        "medication", "high", "severe", "Hives",
    )  # fmt: skip


def test_a_visit_and_what_was_done_in_it_belong_together(tmp_path: Path) -> None:
    visit = {
        "resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB"},
        "type": [{"text": "Check-up"}], "subject": SUBJECT,
        "period": {"start": "2020-01-01T08:00:00Z", "end": "2020-01-01T09:00:00Z"},
    }  # fmt: skip
    done = {
        "resourceType": "Procedure", "id": "x1", "status": "completed", "subject": SUBJECT,
        "code": {"text": "Spirometry"}, "encounter": {"reference": "Encounter/e1"},
        "performedDateTime": "2020-01-01",
    }  # fmt: skip
    batch = read(tmp_path, bundle(patient(), done, visit))
    (encounter,), (procedure,) = named(batch, "encounter"), named(batch, "procedure")
    assert encounter["class_code"] == "AMB"
    assert procedure["encounter"] == SourceKey(encounter["source"], encounter["source_id"])
