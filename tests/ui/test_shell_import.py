"""Importing from the window: shown first, written on confirmation, taken back whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from medapp.services import search
from tests.ui.conftest import settle
from ui.main_window import MainWindow

SYSTEM = "https://clinic.example/mrn"


def bundle(*entries: dict[str, object]) -> str:
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in entries]}
    )


def patient(number: str, family: str) -> dict[str, object]:
    return {
        "resourceType": "Patient", "id": f"p{number}", "gender": "female", "birthDate": "1958-03-14",
        "identifier": [{"type": {"coding": [{"code": "MR"}]}, "system": SYSTEM, "value": number}],
        "name": [{"use": "official", "family": family, "given": ["Meihua"]}],
    }  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "two.json"
    path.write_text(bundle(patient("900001", "Quxley"), patient("900002", "Quxton")), "utf-8")
    return path


def count(window: MainWindow, text: str) -> int:
    return search.count(window._context.session, text)


def wait(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)


def test_a_preview_writes_nothing(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.goto("import")
    page = window.page("import")
    page.preview([file])
    wait(qtbot, window)
    assert page._stack.currentIndex() == 2
    assert page._figures[1].text() == "2"
    assert page._confirm.isEnabled()
    assert page._confirm.hasFocus()
    assert count(window, "qux") == 0


def test_confirming_writes_and_undo_takes_it_back(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.goto("import")
    page = window.page("import")
    page.preview([file])
    wait(qtbot, window)
    page._confirm.click()
    wait(qtbot, window)
    assert count(window, "qux") == 2
    assert window.toast.isVisible()
    assert window.footer._saved.isVisible()
    window.toast.undo()
    wait(qtbot, window)
    assert count(window, "qux") == 0


def test_the_same_file_again_adds_nothing(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.goto("import")
    page = window.page("import")
    for _ in range(2):
        page.preview([file])
        wait(qtbot, window)
        if page._confirm.isEnabled():
            page._confirm.click()
            wait(qtbot, window)
    assert not page._confirm.isEnabled()
    assert count(window, "qux") == 2


def test_a_file_that_is_none_is_refused_with_its_reason(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"resourceType": "Bundle", "entry": [', "utf-8")
    window.goto("import")
    page = window.page("import")
    page.preview([broken])
    wait(qtbot, window)
    assert not page._confirm.isEnabled() or page._error.isVisible()
    assert count(window, "qux") == 0


def test_the_worklist_shows_what_was_imported(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.goto("import")
    page = window.page("import")
    page.preview([file])
    wait(qtbot, window)
    page.confirm()
    wait(qtbot, window)
    window.goto("worklist")
    window.top_bar.find.line.setText("quxley")
    settle(qtbot, window)
    assert window.page("worklist").model.rowCount() == 1
