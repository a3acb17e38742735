"""What fails is logged by code and place, never with what a message or a value holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medapp.services import failures
from medapp.store.errors import AmbiguousPatient
from tests.clinics import clock


def test_a_known_error_is_its_code_and_a_bug_its_places(tmp_path: Path) -> None:
    (tmp_path / "keys.json").touch()
    log = failures.log_of(tmp_path, clock)
    failures.note_failure(log, AmbiguousPatient(count=2), "search")
    try:
        raise RuntimeError("Wang Xiaoming")
    except RuntimeError as error:
        failures.note_failure(log, error, "search")
    text = (tmp_path / "logs" / "medapp.log").read_text("utf-8")
    known, bug = map(json.loads, text.splitlines())
    assert (known["event"], known["code"], known["command"]) == ("failed", "ambiguous_patient", "search")
    assert (bug["event"], bug["error"]) == ("crash", "RuntimeError")
    assert "Wang" not in text


def test_where_there_is_no_clinic_it_stands_beside_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDAPP_SETTINGS", str(tmp_path / "own" / "settings.json"))
    assert failures.log_of(tmp_path / "none", clock).path == tmp_path / "own" / "logs" / "medapp.log"
