"""Importing into a clinic: repeats, updates, conflicts, undo, rehearsal, stop. Small files of our own."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medapp.interchange.errors import UnknownFormat
from medapp.services import journal, records
from medapp.services.imports import FileReport, ImportReport, import_paths, undo_import
from medapp.services.session import Session
from medapp.store import blobs
from medapp.store.errors import UnknownItem
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

TABLES = (
    "patient",
    "observation",
    "condition",
    "medication",
    "allergy",
    "encounter",
    "procedure",
    "code",
    "blob",
)
PANEL = [
    {"code": concept(LOINC, "8480-6"), "valueQuantity": quantity(121, "mm[Hg]")},
    {"code": concept(LOINC, "8462-4"), "valueQuantity": quantity(79, "mm[Hg]")},
]
PROBLEM = {
    "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
    "code": concept("http://snomed.info/sct", "44054006", "Diabetes"),
    "clinicalStatus": concept("http://x", "active"),
}  # fmt: skip
WHOLE = bundle(
    patient(identifier=[identifier("77")]),
    observation(),
    observation("o2", "85354-9", component=PANEL),
    PROBLEM,
)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as session:
        yield session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mail"
    path.mkdir()
    return path


def sent(session: Session, folder: Path, content: Any, name: str = "file.json", **more: Any) -> ImportReport:
    return import_paths(session, [write(folder, content, name)], **more)


def counts(report: ImportReport | FileReport) -> tuple[int, int, int]:
    files = report.files if isinstance(report, ImportReport) else [report]
    every = [one.counts for one in files]
    return sum(c.added for c in every), sum(c.updated for c in every), sum(c.unchanged for c in every)


def content_of(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    with session.store.reading() as db:
        return {
            table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall() for table in TABLES
        }


def heights(session: Session, mrn: str = "77") -> list[float | None]:
    number = records.resolve(session, mrn)
    return [one.value for one in records.series(session, number, "height")]


def issues(report: ImportReport) -> list[str]:
    return [issue.code for one in report.files for issue in one.issues]


def test_the_document_is_the_command_lines(clinic: Session, folder: Path) -> None:
    path = write(folder, WHOLE)
    document = import_paths(clinic, [path]).as_document()
    assert document == {
        "import_id": 1,
        "dry_run": False,
        "files": [
            {
                "path": str(path),
                "format": "fhir",
                "state": "read",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "resources": {"Condition": 1, "Observation": 2, "Patient": 1},
                "verbatim": {},
                "patients": ["77"],
                "added": 4,
                "updated": 0,
                "unchanged": 0,
                "issues": [],
            }
        ],
        "totals": {
            "files": 1, "read": 1, "refused": 0, "added": 4, "updated": 0, "unchanged": 0,
            "merge_proposals": 0,
        },
    }  # fmt: skip
    json.dumps(document)


def test_importing_twice_adds_nothing(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    before = content_of(clinic)
    assert counts(sent(clinic, folder, WHOLE)) == (0, 0, 4)
    assert content_of(clinic) == before


def test_the_source_is_kept_to_the_byte(clinic: Session, folder: Path) -> None:
    data = gzip.compress(json.dumps(WHOLE).encode())
    sent(clinic, folder, data, "file.json.gz")
    with clinic.store.reading() as db:
        assert blobs.get(db, 1) == data


def test_a_changed_value_supersedes_and_the_old_one_stays(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    changed = json.loads(json.dumps(WHOLE).replace('"value": 170', '"value": 171'))
    assert counts(sent(clinic, folder, changed)) == (0, 1, 3)
    assert heights(clinic) == [171]
    with clinic.store.reading() as db:
        rows = db.execute(
            "SELECT seq, value, status, replaces FROM observation WHERE value>=170 ORDER BY seq"
        )
        (old, *first), (_, *second) = rows.fetchall()
    assert first == [170, "superseded", None]
    assert second == [171, "final", old]


def test_a_component_that_is_gone_is_superseded(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    smaller = bundle(patient(), observation("o2", "85354-9", component=PANEL[:1]))
    assert counts(sent(clinic, folder, smaller)) == (0, 1, 1)
    number = records.resolve(clinic, "77")
    assert records.series(clinic, number, "diastolic_bp") == []
    assert len(records.series(clinic, number, "systolic_bp")) == 1


def test_a_changed_problem_and_name_are_updated(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    changed = bundle(
        patient(name=[{"family": "Ek", "given": ["Ida"]}]),
        PROBLEM | {"clinicalStatus": concept("http://x", "resolved")},
    )
    report = sent(clinic, folder, changed)
    assert counts(report) == (0, 2, 0)
    record = records.open_record(clinic, records.resolve(clinic, "77"))
    assert record.patient is not None
    assert record.patient.name == "EK, Ida"
    assert record.conditions[0].clinical_status == "resolved"


def test_a_newborn_who_gets_a_name_is_unnamed_no_longer(clinic: Session, folder: Path) -> None:
    newborn = patient(name=[], born="2026-02-20", identifier=[identifier("77")])
    sent(clinic, folder, bundle(newborn))
    number = records.resolve(clinic, "77")
    before = records.open_record(clinic, number).patient
    assert before is not None
    assert before.is_unnamed_newborn
    report = sent(clinic, folder, bundle({**newborn, "name": [{"family": "Ek", "given": ["Ida"]}]}))
    after = records.open_record(clinic, number).patient
    assert counts(report) == (0, 1, 0)
    assert after is not None
    assert (after.name, after.is_unnamed_newborn) == ("EK, Ida", False)
    assert counts(sent(clinic, folder, bundle(newborn))) == (0, 0, 1)


def test_undo_puts_back_what_was_there(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, bundle(patient(identifier=[identifier("77")]), observation(), PROBLEM))
    before = content_of(clinic)
    changed = json.loads(json.dumps(WHOLE).replace('"value": 170', '"value": 171').replace("Berg", "Ek"))
    changed["entry"][-1]["resource"]["clinicalStatus"] = concept("http://x", "resolved")
    report = sent(clinic, folder, changed)
    assert counts(report) == (1, 3, 0)
    assert report.import_id is not None
    changes = undo_import(clinic, report.import_id)
    assert changes.patients == report.changes.patients
    after = content_of(clinic)
    kept = [table for table in TABLES if table not in ("code", "blob", "patient")]
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}
    assert [row[2:] for row in after["patient"]] == [row[2:] for row in before["patient"]]
    with pytest.raises(UnknownItem):
        undo_import(clinic, report.import_id)


def test_undoing_the_first_import_empties_the_clinic(clinic: Session, folder: Path) -> None:
    report = sent(clinic, folder, WHOLE)
    assert report.import_id is not None
    undo_import(clinic, report.import_id)
    after = content_of(clinic)
    assert not any(after[table] for table in TABLES if table not in ("code", "blob"))
    assert counts(sent(clinic, folder, WHOLE)) == (4, 0, 0)


def test_a_rehearsal_tells_the_same_and_writes_nothing(clinic: Session, folder: Path) -> None:
    before = content_of(clinic)
    rehearsed = sent(clinic, folder, WHOLE, dry_run=True).as_document()
    assert content_of(clinic) == before
    real = sent(clinic, folder, WHOLE).as_document()
    assert (rehearsed["dry_run"], rehearsed["import_id"]) == (True, None)
    assert rehearsed["files"] == real["files"]
    assert rehearsed["totals"] == real["totals"]


def test_a_rehearsal_of_a_bulk_export_finds_its_patients_too(clinic: Session, folder: Path) -> None:
    people = write(folder, json.dumps(patient(identifier=[identifier("77")])), "z-people.ndjson")
    values = write(folder, json.dumps(observation()), "a-values.ndjson")
    assert counts(import_paths(clinic, [values, people], dry_run=True)) == (2, 0, 0)
    assert content_of(clinic)["patient"] == []


def test_a_correction_made_here_is_not_overwritten_by_a_repeat(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    (old,) = records.series(clinic, records.resolve(clinic, "77"), "height")
    records.correct_observation(clinic, old.id, replace(old, value=172.0, value_sent=172.0))
    report = sent(clinic, folder, WHOLE)
    assert (counts(report), issues(report)) == ((0, 0, 4), ["corrected_here"])
    assert heights(clinic) == [172]


def test_a_value_withdrawn_here_does_not_come_back_by_a_repeat(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    (old,) = records.series(clinic, records.resolve(clinic, "77"), "height")
    records.withdraw_observation(clinic, old.id)
    assert issues(sent(clinic, folder, WHOLE)) == ["corrected_here"]
    assert heights(clinic) == []


def later(**more: Any) -> dict[str, Any]:
    return bundle(
        patient(identifier=[identifier("77")]), observation(valueQuantity=quantity(172, "cm"), **more)
    )


def test_a_result_that_its_laboratory_updated_is_withdrawn_whole(clinic: Session, folder: Path) -> None:
    first = bundle(patient(identifier=[identifier("77")]), observation(status="preliminary"))
    sent(clinic, folder, first)
    sent(clinic, folder, later(status="corrected"))
    (new,) = records.series(clinic, records.resolve(clinic, "77"), "height")
    records.withdraw_observation(clinic, new.id)
    assert heights(clinic) == []
    journal.undo(clinic, records.resolve(clinic, "77"))
    assert heights(clinic) == [172]


def test_a_correction_made_here_withdrawn_gives_back_what_stood_with_its_status(
    clinic: Session, folder: Path
) -> None:
    sent(clinic, folder, bundle(patient(identifier=[identifier("77")]), observation(status="preliminary")))
    number = records.resolve(clinic, "77")
    (old,) = records.series(clinic, number, "height")
    right = records.correct_observation(clinic, old.id, replace(old, value=172.0, status="final")).id
    records.withdraw_observation(clinic, right)
    (again,) = records.series(clinic, number, "height")
    assert (again.id, again.value, again.status) == (old.id, 170.0, "preliminary")


def test_a_correction_made_here_withdrawn_leaves_what_its_laboratory_sent_since(
    clinic: Session, folder: Path
) -> None:
    sent(clinic, folder, WHOLE)
    number = records.resolve(clinic, "77")
    (old,) = records.series(clinic, number, "height")
    right = records.correct_observation(clinic, old.id, replace(old, value=171.0)).id
    sent(clinic, folder, later(effectiveDateTime="2020-01-03"))
    assert heights(clinic) == [171, 172]
    with pytest.raises(journal.ChangedSince):
        journal.undo(clinic, number)
    records.withdraw_observation(clinic, right)
    assert heights(clinic) == [172]


def test_two_persons_with_one_number_are_kept_apart_and_a_merge_is_proposed(
    clinic: Session, folder: Path
) -> None:
    sent(clinic, folder, WHOLE)
    other = patient("p9", "Nyberg", "1990-01-01", identifier=[identifier("77")], name=[{"family": "Nyberg"}])
    report = sent(clinic, folder, bundle(other), "other.json")
    assert (counts(report), issues(report)) == ((1, 0, 0), ["shared_identifier"])
    assert [(one.patient, one.other, one.why) for one in report.merge_proposals] == [(1, 2, "identifier")]
    assert report.as_document()["totals"]["merge_proposals"] == 1
    again = sent(clinic, folder, bundle(other), "other.json")
    assert (counts(again), again.merge_proposals) == ((0, 0, 1), [])


def test_the_same_person_from_another_sender_is_found_by_her_number(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    same = patient("other-id", identifier=[identifier("77")], telecom=[{"system": "phone", "value": "555"}])
    report = sent(clinic, folder, bundle(same, observation("o9", subject={"reference": "Patient/other-id"})))
    assert counts(report) == (1, 1, 0)
    assert report.changes.patients == frozenset({1})


def test_a_bare_number_shared_by_two_hospitals_merges_nobody(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    stranger = patient("p2", "Ek", "1950-05-05", identifier=[identifier("77", "http://elsewhere.example")])
    report = sent(clinic, folder, bundle(stranger))
    assert (counts(report), report.merge_proposals) == ((1, 0, 0), [])


def test_two_senders_that_both_count_from_one_are_kept_apart(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    stranger = bundle(
        patient(name=[{"family": "Ek", "given": ["Olof"]}], gender="male", birthDate="1950-05-05"),
        observation(valueQuantity=quantity(181, "cm")),
        {**PROBLEM, "code": {"text": "Gout"}},
    )
    report = sent(clinic, folder, stranger, "stranger.json")
    assert counts(report) == (3, 0, 0)
    assert heights(clinic) == [170]
    assert sorted(set(issues(report))) == ["id_taken", "shared_identifier"]
    again = sent(clinic, folder, stranger, "stranger.json")
    assert counts(again) == (0, 0, 3)
    assert counts(sent(clinic, folder, WHOLE)) == (0, 0, 4)


def test_a_bulk_export_finds_its_patients_in_whatever_order(clinic: Session, folder: Path) -> None:
    patients = write(folder, json.dumps(patient(identifier=[identifier("77")])), "z-people.ndjson")
    values = write(folder, "\n".join(json.dumps(observation(f"o{n}")) for n in range(3)), "a-values.ndjson")
    report = import_paths(clinic, [values, patients])
    assert [one.path for one in report.files] == [str(values), str(patients)]
    assert counts(report) == (4, 0, 0)
    assert not issues(report)


def test_values_of_a_person_nobody_knows_are_reported_and_not_taken_up(clinic: Session, folder: Path) -> None:
    report = sent(clinic, folder, bundle(patient("p2"), observation(), PROBLEM))
    assert report.files[0].state == "partial"
    assert issues(report) == ["unknown_patient"]
    assert report.files[0].resources == {"Patient": 1}
    assert report.files[0].verbatim == {"Condition": 1, "Observation": 1}


def test_a_subject_named_by_number_only_is_found(clinic: Session, folder: Path) -> None:
    sent(clinic, folder, WHOLE)
    logical = {"identifier": {"system": "http://hospital.example", "value": "77"}}
    assert counts(sent(clinic, folder, bundle(observation("o5", subject=logical)))) == (1, 0, 0)


def test_a_resource_without_an_id_is_known_again_by_its_content(clinic: Session, folder: Path) -> None:
    nameless = observation()
    del nameless["id"]
    content = bundle(patient(identifier=[identifier("77")]), nameless)
    assert counts(sent(clinic, folder, content)) == (2, 0, 0)
    assert counts(sent(clinic, folder, content)) == (0, 0, 2)


def test_a_resource_that_stands_twice_in_a_file_is_stored_once(clinic: Session, folder: Path) -> None:
    twice = bundle(patient(identifier=[identifier("77")]), observation(), observation())
    report = sent(clinic, folder, twice)
    assert counts(report) == (2, 0, 1)
    assert heights(clinic) == [170]


def test_a_bad_file_is_refused_and_the_others_are_read(clinic: Session, folder: Path) -> None:
    write(folder, '{"resourceType": "Bundle", "entry": [{"resou', "broken.json")
    write(folder, WHOLE, "good.json")
    report = import_paths(clinic, [folder, folder / "absent.json"])
    states = {Path(one.path).name: one.state for one in report.files}
    assert states == {"broken.json": "refused", "good.json": "read", "absent.json": "refused"}
    document = report.as_document()
    assert (document["totals"]["read"], document["totals"]["refused"]) == (1, 2)
    (issue,) = document["files"][0]["issues"]
    assert (issue["severity"], issue["code"]) == ("error", "truncated_json")
    assert issue["text"]["en"].startswith("This file ends in the middle of its JSON text. The transfer")


def test_a_refused_file_leaves_nothing_but_its_reason_in_the_audit(clinic: Session, folder: Path) -> None:
    report = sent(clinic, folder, "<xml/>")
    assert report.import_id is None
    clinic.notes.flush()
    with clinic.store.reading() as db:
        assert db.execute("SELECT count(*) FROM import").fetchone() == (0,)
        last = db.execute("SELECT action, detail FROM audit ORDER BY n DESC").fetchone()
    assert last == ("import_refused", '{"code":"xml_file"}')


def test_a_bad_line_late_in_a_file_that_is_refused_writes_nothing_of_it(
    clinic: Session, folder: Path
) -> None:
    lines = [json.dumps(patient()), *(json.dumps(observation(f"o{n}")) for n in range(6000))]
    data = "\n".join(lines).encode() + b'\n{"resourceType": "Patient", "id": "\xff"}'
    before = content_of(clinic)
    report = sent(clinic, folder, data, "bulk.ndjson")
    assert report.files[0].state == "refused"
    assert content_of(clinic) == before


def test_a_stop_keeps_whole_files_and_rolls_the_one_under_way_back(clinic: Session, folder: Path) -> None:
    paths = [
        write(folder, bundle(patient(f"p{n}", identifier=[identifier(f"n{n}")])), f"{n}.json")
        for n in range(4)
    ]
    seen: list[tuple[int, int, str]] = []
    for stop_at in range(1, 9):
        answers = iter([False] * stop_at + [True] * 99)
        report = import_paths(
            clinic, paths, cancelled=lambda answers=answers: next(answers),
            progress=lambda *step: seen.append(step),
        )  # fmt: skip
        assert report.is_cancelled
        assert len(report.files) == stop_at // 3
    assert seen[0] == (0, 4, "0.json")
    with clinic.store.reading() as db:
        assert db.execute("SELECT count(*) FROM patient").fetchone() == (2,)
    report = import_paths(clinic, paths, progress=lambda *step: seen.append(step))
    assert not report.is_cancelled
    assert counts(report) == (2, 0, 2)
    assert seen[-1] == (4, 4, "")


def test_an_unknown_format_is_refused_before_anything_is_read(clinic: Session, folder: Path) -> None:
    with pytest.raises(UnknownFormat):
        sent(clinic, folder, WHOLE, format="fax")


def test_each_file_and_the_undo_are_in_the_audit(clinic: Session, folder: Path) -> None:
    report = sent(clinic, folder, WHOLE)
    assert report.import_id is not None
    undo_import(clinic, report.import_id)
    with clinic.store.reading() as db:
        found = [row[0] for row in db.execute("SELECT action FROM audit ORDER BY n")]
    assert found[-2:] == ["import", "import_undone"]
