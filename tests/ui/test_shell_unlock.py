"""Opening a clinic: right and wrong passphrases, the first start, and what cannot be opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medapp.services.session import open_clinic
from tests.ui.conftest import NOW, clock, settle
from ui.main_window import MainWindow
from ui.pages.unlock.attempts import Attempts
from ui.pages.unlock.tiles import initials


def type_passphrase(qtbot: QtBot, window: MainWindow, text: str) -> None:
    line = window.unlock_page.sign_in.passphrase.line
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_the_passphrase_has_the_focus_and_the_last_user_is_chosen(locked: MainWindow, qtbot: QtBot) -> None:
    form = locked.unlock_page.sign_in
    assert locked.unlock_page.state == "sign_in"
    assert form.user == "demo"
    assert form.passphrase.line.hasFocus()


def test_the_right_passphrase_opens_the_worklist(locked: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(locked.unlocked, timeout=10_000):
        type_passphrase(qtbot, locked, "demo")
    settle(qtbot, locked)
    assert locked.current_page == "worklist"
    assert locked.page("worklist").model.rowCount() > 20
    assert locked.top_bar.find.line.hasFocus()
    assert locked.unlock_page.sign_in.passphrase.text() == ""


def test_a_wrong_passphrase_is_told_with_advice_and_nothing_opens(locked: MainWindow, qtbot: QtBot) -> None:
    form = locked.unlock_page.sign_in
    type_passphrase(qtbot, locked, "wrong")
    qtbot.waitUntil(lambda: form.error.isVisible(), timeout=10_000)
    assert "wrong" in form.error.label.text()
    assert form.error.advice.text()
    assert not locked.is_unlocked
    assert form.passphrase.line.hasFocus()
    assert form.passphrase.line.selectedText() == "wrong" or form.passphrase.line.hasSelectedText()


def test_an_empty_passphrase_is_not_an_attempt(locked: MainWindow, qtbot: QtBot) -> None:
    form = locked.unlock_page.sign_in
    qtbot.keyClick(form.passphrase.line, Qt.Key.Key_Return)
    assert form.error.isVisible()
    assert form.button.isEnabled()


def test_the_sixth_attempt_waits_and_the_pause_doubles() -> None:
    now = [NOW]
    attempts = Attempts(lambda: now[0])
    for _ in range(4):
        attempts.fail("lin")
    assert attempts.wait("lin") == 0
    attempts.fail("lin")
    assert attempts.wait("lin") == 30
    assert attempts.wait("chen") == 0
    now[0] += timedelta(seconds=31)
    assert attempts.wait("lin") == 0
    attempts.fail("lin")
    assert attempts.wait("lin") == 60
    attempts.succeed("lin")
    assert attempts.wait("lin") == 0


def test_caps_lock_is_noticed_from_the_letters(locked: MainWindow, qtbot: QtBot) -> None:
    form = locked.unlock_page.sign_in
    qtbot.keyClick(form.passphrase.line, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not form._caps_text.isVisible()
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(form.passphrase.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, none, "B"))
    assert form._caps_text.isVisible()


def test_the_first_start_creates_a_clinic_and_shows_the_code_once(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.start(tmp_path / "new")
    window.show()
    page = window.unlock_page
    assert page.state == "create"
    qtbot.keyClicks(page.create.name.field.line, "lin")
    qtbot.keyClicks(page.create.first.field.line, "short")
    qtbot.keyClick(page.create.first.field.line, Qt.Key.Key_Return)
    assert page.create.first.note.text().startswith("Too short")
    page.create.first.field.line.setText("correct horse battery")
    page.create.second.field.line.setText("correct horse cattery")
    page.create.submit()
    assert page.create.second.note.text() == "The two differ."
    page.create.second.field.line.setText("correct horse battery")
    page.create.submit()
    qtbot.waitUntil(lambda: page.state == "recovery_code", timeout=20_000)
    code = page.recovery_code.code.text().replace("\n", "")
    assert len(code.split("-")) == 8
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        page.recovery_code.button.click()
    assert page.recovery_code.code.text() == ""
    settle(qtbot, window)
    assert window.page("worklist")._empty.isVisible()
    window.lock()
    settle_locked(qtbot, window)
    page.sign_in.wants_recovery.emit()
    page.recover.code.field.line.setText(code.lower())
    page.recover.password.field.line.setText("another long one")
    page.recover.submit()
    qtbot.waitUntil(lambda: page.state == "recovery_code", timeout=20_000)
    assert page.recovery_code.code.text().replace("\n", "") != code


def settle_locked(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window._context.jobs.is_idle, timeout=10_000)


def test_a_clinic_in_use_says_so_and_keeps_the_form(
    locked: MainWindow, demo_clinic: Path, qtbot: QtBot
) -> None:
    other = open_clinic(demo_clinic, "demo", "demo", clock=clock)
    try:
        type_passphrase(qtbot, locked, "demo")
        error = locked.unlock_page.sign_in.error
        qtbot.waitUntil(lambda: error.isVisible(), timeout=10_000)
        assert "already open" in error.label.text()
    finally:
        other.close()


@pytest.mark.parametrize(
    ("content", "says"), [("{", "damaged"), (json.dumps({"schema": 99}), "newer version")]
)
def test_damaged_and_newer_key_files_are_told_with_advice(
    content: str, says: str, locked: MainWindow, demo_clinic: Path, qtbot: QtBot
) -> None:
    (demo_clinic / "keys.json").write_text(content)
    locked.unlock_page.reload()
    page = locked.unlock_page
    assert page.state == "trouble"
    assert says in page.trouble.strip.label.text()
    assert page.trouble.strip.advice.text()


def test_a_damaged_database_is_told_after_the_passphrase(
    locked: MainWindow, demo_clinic: Path, qtbot: QtBot
) -> None:
    database = demo_clinic / "clinic.db"
    database.write_bytes(b"\0" * 4096 + database.read_bytes()[4096:])
    type_passphrase(qtbot, locked, "demo")
    error = locked.unlock_page.sign_in.error
    qtbot.waitUntil(lambda: error.isVisible(), timeout=10_000)
    assert "damaged" in error.label.text()
    assert not locked.is_unlocked


def test_locking_takes_the_patients_out_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.find.line.setText("l")
    settle(qtbot, window)
    window.lock()
    settle_locked(qtbot, window)
    assert not window.is_unlocked
    assert window._pages == {}
    assert window.top_bar.find.text() == ""
    assert window.unlock_page.state == "sign_in"


def test_the_language_of_the_unlock_page_switches_at_once(locked: MainWindow, qtbot: QtBot) -> None:
    page = locked.unlock_page
    page.languages.button("zh_CN").click()
    assert page.sign_in.button.text() == "解锁"
    page.languages.button("en").click()
    assert page.sign_in.button.text() == "Unlock"


@pytest.mark.parametrize(("name", "letters"), [("Y. Chen", "YC"), ("陈医生", "陈"), ("demo", "D"), ("", "+")])
def test_initials_fit_a_circle(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_clock_of_the_attempts_is_passed_in() -> None:
    attempts = Attempts(lambda: datetime(2026, 1, 1).astimezone())
    assert attempts.left("lin") == 5
