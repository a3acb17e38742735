"""The window is found where it is registered, and its absence is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from medapp.cli.door import find_door


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of installed packages with entry points of ours."""
    folder = tmp_path / "medapp-9.9.dist-info"
    folder.mkdir()
    (folder / "entry_points.txt").write_text(
        "[console_scripts]\nmedapp = medapp.cli:main\n\n"
        "[medapp.door]\ndesktop = json:loads\nscreen = ui.nothing_there:draw\n"
        "other = nowhere_at_all:draw\n\n[x]\na = b:c\n",
        "utf-8",
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return folder


@pytest.mark.usefixtures("installed")
def test_what_is_registered_is_loaded() -> None:
    door = find_door("desktop")
    assert door is not None
    assert door("[1]") == [1]


@pytest.mark.usefixtures("installed")
def test_a_window_whose_modules_are_absent_is_no_window() -> None:
    assert find_door("screen") is None


@pytest.mark.usefixtures("installed")
def test_another_missing_module_is_not_hidden() -> None:
    with pytest.raises(ModuleNotFoundError):
        find_door("other")


def test_what_nobody_registered_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert find_door("no such door") is None
