"""The self-test tries everything, and a failure does not hide the rest."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from medapp import paths
from medapp.services import selftest
from medapp.services.session import Session


def clock() -> datetime:
    return datetime(2026, 11, 20, 10, tzinfo=timezone.utc)


def paint(_session: Session, path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n")


def paint_nothing(_session: Session, path: Path) -> None:
    path.write_bytes(b"")


def fail(_session: Session, _path: Path) -> None:
    raise RuntimeError("a text that might hold anything")


def states(steps: list[selftest.Step]) -> dict[str, str]:
    return {step.name: step.state for step in steps}


def test_a_sound_installation_works(tmp_path: Path) -> None:
    assert set(states(selftest.run(clock, paint, tmp_path)).values()) == {"ok"}


def test_without_a_window_the_drawing_is_skipped(tmp_path: Path) -> None:
    assert states(selftest.run(clock, None, tmp_path))["screen"] == "skipped"


def test_the_files_that_came_with_the_program_are_looked_for(tmp_path: Path) -> None:
    found = states(selftest.run(clock, None, tmp_path))
    assert [found[name] for name in ("files", "import", "chart")] == ["ok", "ok", "ok"]


def test_a_program_without_its_models_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "resources").symlink_to(paths.resources_dir())
    monkeypatch.setattr(paths, "bundled_root", lambda: tmp_path)
    assert states(selftest.run(clock, None, tmp_path))["files"] == "failed"


def test_a_failure_is_told_without_its_text(tmp_path: Path) -> None:
    steps = selftest.run(clock, fail, tmp_path)
    failed = [step for step in steps if step.state == "failed"]
    assert [(step.name, step.why) for step in failed] == [("screen", "RuntimeError")]


def test_an_empty_picture_is_a_failure(tmp_path: Path) -> None:
    assert states(selftest.run(clock, paint_nothing, tmp_path))["screen"] == "failed"


def test_a_broken_model_folder_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "card.toml").write_text("not a card", "utf-8")
    found = states(selftest.run(clock, None, tmp_path))
    assert found["model broken"] == "failed"
    assert found["store"] == "ok"
