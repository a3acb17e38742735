"""The technical log tells what happened and never to whom."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from medapp import log


def clock() -> datetime:
    return datetime(2026, 11, 20, 10, 0, tzinfo=timezone.utc)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "medapp.log").read_text("utf-8").splitlines()]


def test_a_line_keeps_allowed_fields(tmp_path: Path) -> None:
    log.Log(tmp_path, clock).write("import_done", added=3, code="truncated")
    assert lines(tmp_path) == [
        {"added": 3, "at": "2026-11-20T10:00:00+00:00", "code": "truncated", "event": "import_done"}
    ]


def test_a_patient_cannot_be_written(tmp_path: Path) -> None:
    log.Log(tmp_path, clock).write("search", name="LIN, Meihua", where="Meihua 1958-03-14", code="林美华")
    assert lines(tmp_path) == [{"at": "2026-11-20T10:00:00+00:00", "event": "search"}]


def test_a_crash_is_told_without_its_message(tmp_path: Path) -> None:
    try:
        raise ValueError("LIN, Meihua")
    except ValueError as error:
        log.Log(tmp_path, clock).crash(error)
    assert "Meihua" not in (tmp_path / "medapp.log").read_text("utf-8")
    assert lines(tmp_path)[0]["error"] == "ValueError"
    assert str(lines(tmp_path)[0]["frames"]).count("test_a_crash_is_told") == 1


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "medapp.log").write_bytes(b"x" * (log.LIMIT + 1))
    log.Log(tmp_path, clock).write("start")
    assert len(lines(tmp_path)) == 1
    assert (tmp_path / "medapp.1.log").stat().st_size == log.LIMIT + 1


def test_structlog_is_not_imported_before_the_first_line() -> None:
    code = "import sys, medapp.log; sys.exit('structlog' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
