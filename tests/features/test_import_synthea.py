"""The real bundles: everything in them is accounted for, and a repeat adds nothing."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medapp.interchange.fhir.types import KEPT
from medapp.services import records
from medapp.services.imports import ImportReport, import_paths, undo_import
from tests.clinics import make_clinic


@pytest.fixture(scope="module")
def bundles(shared_file: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the unpacked Synthea bundles."""
    folder = tmp_path_factory.mktemp("synthea")
    with tarfile.open(shared_file("corpora/fhir_synthea.tar.gz")) as archive:
        archive.extractall(folder, filter="data")
    return folder


def resources_of(path: Path) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in json.loads(path.read_bytes())["entry"]]


def rows_sent(resources: list[dict[str, Any]]) -> Counter[str]:
    """Rows that the resources should give: one per value, with a component counted as one."""
    found: Counter[str] = Counter()
    for one in resources:
        if one["resourceType"] == "Observation":
            has_own = any(key.startswith("value") for key in one)
            found["observation"] += has_own + len(one.get("component", ()))
        elif one["resourceType"] in KEPT:
            found[one["resourceType"]] += 1
    return found


def test_all_bundles_are_imported_and_every_resource_is_accounted_for(bundles: Path, tmp_path: Path) -> None:
    paths = sorted(bundles.rglob("*.json"))
    with make_clinic(tmp_path / "clinic") as session:
        report = import_paths(session, [bundles])
        totals = report.as_document()["totals"]
        assert (totals["files"], totals["read"], totals["refused"]) == (len(paths), len(paths), 0)
        sent = {str(path): resources_of(path) for path in paths}
        for one in report.files:
            types = Counter(resource["resourceType"] for resource in sent[one.path])
            assert Counter(one.resources) + Counter(one.verbatim) == types
            assert set(one.resources) <= set(KEPT)
            assert one.state == "read"
            assert one.counts.added == sum(one.resources.values())
        with session.store.reading() as db:
            stored = {
                table: db.execute(f"SELECT count(*) FROM {table}").fetchone()
                for table in ("observation", "patient", "encounter", "condition", "procedure", "allergy")
            }
        expected = sum((rows_sent(resources) for resources in sent.values()), Counter[str]())
        assert stored["observation"] == (expected["observation"],)
        assert stored["patient"] == (len(paths),)
        assert stored["encounter"] == (expected["Encounter"],)
        assert stored["condition"] == (expected["Condition"],)
        assert stored["procedure"] == (expected["Procedure"],)
        assert stored["allergy"] == (expected["AllergyIntolerance"],)
        _repeat_adds_nothing(session, bundles, report)


def _repeat_adds_nothing(session: Any, bundles: Path, first: ImportReport) -> None:
    again = import_paths(session, [bundles])
    totals = again.as_document()["totals"]
    assert (totals["added"], totals["updated"]) == (0, 0)
    assert totals["unchanged"] == first.as_document()["totals"]["added"]
    assert not again.merge_proposals
    assert first.import_id is not None
    assert len(undo_import(session, first.import_id).patients or ()) == len(first.files)
    with session.store.reading() as db:
        assert db.execute("SELECT count(*) FROM observation").fetchone() == (0,)


def test_what_is_read_back_is_what_was_sent(bundles: Path, tmp_path: Path) -> None:
    path = min(bundles.rglob("*.json"), key=lambda one: one.stat().st_size)
    resources = resources_of(path)
    person = next(one for one in resources if one["resourceType"] == "Patient")
    heights = [
        (one["effectiveDateTime"], one["valueQuantity"]["value"])
        for one in resources
        if one["resourceType"] == "Observation" and one["code"]["coding"][0]["code"] == "8302-2"
    ]
    with make_clinic(tmp_path / "clinic") as session:
        import_paths(session, [path])
        number = records.resolve(session, person["identifier"][1]["value"])
        found = records.series(session, number, "height")
        record = records.open_record(session, number)
    assert [(one.time.isoformat(), one.value) for one in found] == sorted(heights)
    assert record.patient is not None
    assert record.patient.name == f"{person['name'][0]['family'].upper()}, {person['name'][0]['given'][0]}"
    assert len(record.conditions) == sum(one["resourceType"] == "Condition" for one in resources)


def test_no_issue_holds_a_patients_data(bundles: Path, tmp_path: Path) -> None:
    with make_clinic(tmp_path / "clinic") as session:
        report = import_paths(session, [bundles], dry_run=True)
    for one in report.files:
        person = next(r for r in resources_of(Path(one.path)) if r["resourceType"] == "Patient")
        secrets = [
            person["name"][0]["family"],
            person["birthDate"],
            person["id"],
            person["telecom"][0]["value"],
        ]
        text = json.dumps([issue.as_document() for issue in one.issues])
        assert not [secret for secret in secrets if secret in text]


def test_the_examples_of_the_standard_are_read_or_refused_with_a_reason(
    shared_file: Callable[[str], Path], tmp_path: Path
) -> None:
    with tarfile.open(shared_file("corpora/fhir_r4_examples.tar.gz")) as archive:
        archive.extractall(tmp_path / "examples", filter="data")
    with make_clinic(tmp_path / "clinic") as session:
        report = import_paths(session, [tmp_path / "examples"])
        refused = [Path(one.path).name for one in report.files if one.state == "refused"]
        assert refused == ["package.json"]
        again = import_paths(session, [tmp_path / "examples"])
        assert [one.counts.added for one in again.files if one.counts.added] == []
        assert [one.counts.updated for one in again.files if one.counts.updated] == []
