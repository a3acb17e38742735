"""Importing from the window: shown first, written on confirmation, taken back whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from medapp.security.roles import Role
from medapp.services import records, search
from medapp.services.session import open_clinic
from tests.ui.conftest import clock, settle
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


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A small file, and one that takes a second or two."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "1.json").write_text(bundle(patient("900001", "Quxley")), "utf-8")
    values: list[dict[str, object]] = [
        {"resourceType": "Observation", "id": f"o{n}", "status": "final",
         "subject": {"reference": "Patient/p900002"},
         "code": {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]},
         "effectiveDateTime": f"2020-01-02T08:{n // 60 % 60:02}:{n % 60:02}Z",
         "valueQuantity": {"value": 170, "unit": "cm", "code": "cm"}}
        for n in range(20_000)
    ]  # fmt: skip
    (folder / "2.json").write_text(bundle(patient("900002", "Quxton"), *values), "utf-8")
    return folder


def begin(window: MainWindow, mail: Path, qtbot: QtBot) -> Any:
    """The page when the first file is on the disk and the second under way."""
    window.goto("import")
    page = window.page("import")
    page._paths = tuple(sorted(mail.iterdir()))
    page.confirm()
    qtbot.waitUntil(lambda: page._bar.value() == 1, timeout=20_000)
    return page


def test_cancel_shows_the_whole_files_before_it_and_offers_undo(
    window: MainWindow, mail: Path, qtbot: QtBot
) -> None:
    page = begin(window, mail, qtbot)
    page._stop.click()
    assert page._doing.text() == "Stopping…"
    wait(qtbot, window)
    assert page._stack.currentIndex() == 2
    assert [page._figures[at].text() for at in (0, 2)] == ["1", "1"]
    assert "Stopped" in window.toast.label.text()
    assert count(window, "qux") == 1
    window.toast.undo()
    wait(qtbot, window)
    assert count(window, "qux") == 0


def test_cancel_before_anything_is_written_says_so(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.goto("import")
    page = window.page("import")
    page._paths = (file,)
    with window._context.session.store.writing_paused():
        page.confirm()
        page._stop.click()
    wait(qtbot, window)
    assert page._stack.currentIndex() == 0
    assert window.toast.label.text() == "Stopped; nothing was written"
    assert not window.toast.undo()
    assert count(window, "qux") == 0


def test_a_lock_during_an_import_rolls_the_file_under_way_back_and_breaks_nothing(
    window: MainWindow, mail: Path, qtbot: QtBot
) -> None:
    failed: list[BaseException] = []
    window._context.jobs.failed.connect(failed.append)
    begin(window, mail, qtbot)
    folder = window._context.session.directory
    window.lock()
    qtbot.waitUntil(lambda: window._context.jobs.is_idle, timeout=20_000)
    assert failed == []
    with open_clinic(folder, "demo", "demo", clock=clock) as session:
        assert search.count(session, "quxley") == 1
        assert search.count(session, "quxton") == 0


def test_who_may_not_take_an_import_back_is_offered_no_undo(
    window: MainWindow, file: Path, qtbot: QtBot
) -> None:
    window.goto("import")
    page = window.page("import")
    session = window._context.session
    session.user = session.user._replace(roles=frozenset({Role.ADMINISTRATOR}))
    page._paths = (file,)
    page.confirm()
    wait(qtbot, window)
    assert window.toast.label.text().startswith("Imported")
    assert not window.toast.undo_button.isVisible()


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_an_undo_that_is_refused_says_why(
    window: MainWindow, file: Path, qtbot: QtBot, is_elsewhere: bool
) -> None:
    window.goto("import")
    page = window.page("import")
    page._paths = (file,)
    page.confirm()
    wait(qtbot, window)
    session = window._context.session
    who = records.open_record(session, records.resolve(session, "900001")).patient
    assert who is not None
    records.update_patient(session, replace(who, language="zh"))
    if is_elsewhere:
        window.goto("worklist")
        wait(qtbot, window)
    window.toast.undo()
    wait(qtbot, window)
    said = window.toast.label.text() if is_elsewhere else page._error.label.text()
    assert said == "What this import brought was changed or used here since: the import stays."
    assert page._stack.currentIndex() == 2
    assert count(window, "qux") == 2
