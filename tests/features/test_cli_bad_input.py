"""Bad input gets a sentence, advice and a log line; it loses nothing and half-writes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from medapp.services.session import open_clinic
from medapp.store.connection import connect
from tests.features.command import Answer, medapp


def clock() -> datetime:
    return datetime.now(timezone.utc)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "clinic"
    made = medapp("demo", folder, "--patients", 5, cwd=folder.parent)
    assert made.status == 0, made.err
    return folder


@pytest.fixture
def clinic(original: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy that a test may spoil."""
    yield Path(shutil.copytree(original, tmp_path / "clinic"))


def search(clinic: Path, **options: Any) -> Answer:
    return medapp("search", "", "--store", clinic, "--json", cwd=clinic.parent, **options)


def logged(clinic: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (clinic / "logs" / "medapp.log").read_text("utf-8").splitlines()]


def test_a_wrong_password(clinic: Path) -> None:
    answer = search(clinic, password="not it, sorry")
    assert (answer.status, answer.error) == (1, "wrong_password")
    assert logged(clinic)[-1]["code"] == "wrong_password"
    assert "sorry" not in (clinic / "logs" / "medapp.log").read_text("utf-8")


def test_nobody_to_type_the_password(clinic: Path) -> None:
    answer = search(clinic, password=None)
    assert (answer.status, answer.error) == (1, "password_needed")


def test_a_password_file_that_is_absent(clinic: Path) -> None:
    answer = medapp("audit", "--store", clinic, "--password-file", "none", "--json", cwd=clinic.parent)
    assert (answer.status, answer.error) == (1, "file_unreadable")


def test_no_clinic_there(tmp_path: Path) -> None:
    answer = medapp("search", "x", "--store", tmp_path / "none", "--json", cwd=tmp_path)
    assert (answer.status, answer.error) == (1, "no_store")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("start", [0, 16])
def test_a_damaged_database(clinic: Path, start: int) -> None:
    path = clinic / "clinic.db"
    data = bytearray(path.read_bytes())
    data[start : start + 2048] = bytes(2048)
    path.write_bytes(data)
    for extra in clinic.glob("clinic.db-*"):
        extra.unlink()
    answer = search(clinic)
    assert (answer.status, answer.error) == (1, "damaged_store")
    assert path.read_bytes() == data


def test_a_damaged_key_file(clinic: Path) -> None:
    (clinic / "keys.json").write_text("{", "utf-8")
    answer = search(clinic)
    assert answer.status == 1
    assert answer.error != "bug"


def test_a_newer_database(clinic: Path) -> None:
    session = open_clinic(clinic, "demo", "demo", clock=clock)
    key = session.store.key
    session.close()
    connection = connect(clinic / "clinic.db", key)
    connection.execute("PRAGMA user_version=2001")
    connection.close()
    answer = search(clinic)
    assert (answer.status, answer.error) == (1, "newer_store")


def test_a_second_instance(clinic: Path) -> None:
    session = open_clinic(clinic, "demo", "demo", clock=clock)
    try:
        answer = search(clinic)
    finally:
        session.close()
    assert (answer.status, answer.error) == (1, "store_in_use")
    assert search(clinic).status == 0


BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "fullUrl": "urn:uuid:6d0c6969-6843-47e1-9921-d9bf11b1df31",
            "resource": {
                "resourceType": "Patient",
                "id": "6d0c6969-6843-47e1-9921-d9bf11b1df31",
                "name": [{"family": "Ungewitter", "given": ["Zoe"]}],
                "gender": "female",
                "birthDate": "1980-02-03",
            },
        }
    ],
}


def test_a_truncated_bundle_adds_nothing_and_the_whole_one_is_read(clinic: Path) -> None:
    text = json.dumps(BUNDLE)
    whole, cut = clinic.parent / "whole.json", clinic.parent / "cut.json"
    whole.write_text(text, "utf-8")
    cut.write_text(text[: len(text) // 2], "utf-8")
    answer = medapp("import", cut, whole, "--store", clinic, "--json", cwd=clinic.parent)
    assert answer.status == 1
    files = {Path(file["path"]).name: file for file in answer.document["files"]}
    assert (files["cut.json"]["state"], files["cut.json"]["added"]) == ("refused", 0)
    assert files["cut.json"]["issues"][0]["severity"] == "error"
    assert files["whole.json"]["state"] == "read"
    assert answer.document["totals"]["refused"] == 1
    assert search(clinic).document["count"] == 6


def test_a_dry_run_writes_nothing(clinic: Path) -> None:
    (clinic.parent / "whole.json").write_text(json.dumps(BUNDLE), "utf-8")
    answer = medapp(
        "import", clinic.parent / "whole.json", "--dry-run", "--store", clinic, "--json", cwd=clinic.parent
    )
    assert answer.status == 0, answer.out
    assert (answer.document["dry_run"], answer.document["import_id"]) == (True, None)
    assert search(clinic).document["count"] == 5


def test_an_unknown_patient(clinic: Path) -> None:
    answer = medapp("assess", "--patient", "no-such", "--store", clinic, "--json", cwd=clinic.parent)
    assert (answer.status, answer.error) == (1, "unknown_patient")


def test_a_date_that_is_none(clinic: Path) -> None:
    first = search(clinic).document["patients"][0]["mrn"]
    answer = medapp(
        "assess", "--patient", first, "--at", "yesterday", "--store", clinic, "--json", cwd=clinic.parent
    )
    assert (answer.status, answer.error) == (1, "moment_unreadable")
