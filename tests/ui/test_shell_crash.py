"""When something fails: what happened, what is safe, what to do; the next start opens at the draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from medapp import config
from medapp.domain.datatypes import Moment
from medapp.domain.notes import Passage, Visit
from medapp.services import drafts, search, visits
from medapp.services.session import Session
from medapp.store.errors import DiskFull
from tests.ui.conftest import NOW, settle
from ui.main_window import MainWindow
from ui.shell.sheets import CrashSheet
from ui.theme import Contrast


def crash(window: MainWindow, qtbot: QtBot) -> CrashSheet:
    def fail() -> None:
        raise ValueError("LIN, Meihua 林美华")

    window._context.jobs.store(fail)
    qtbot.waitUntil(lambda: any(s.isVisible() for s in window.findChildren(CrashSheet)))
    return next(s for s in window.findChildren(CrashSheet) if s.isVisible())


def test_a_crash_says_what_is_safe_and_what_to_do_and_is_logged_without_values(
    window: MainWindow, qtbot: QtBot
) -> None:
    sheet = crash(window, qtbot)
    said = [part.text() for part in sheet.parts]
    assert "What is safe" in said
    assert "What to do" in said
    sheet._copied.click()
    report = QGuiApplication.clipboard().text()
    assert "ValueError" in report
    assert "LIN" not in report
    settle(qtbot, window)
    log = (window._context.session.directory / "logs" / "medapp.log").read_text("utf-8")
    line = json.loads(log.splitlines()[-1])
    assert line["event"] == "crash"
    assert "LIN" not in log
    sheet.close_sheet()


def test_many_errors_make_one_sheet(window: MainWindow, qtbot: QtBot) -> None:
    for number in range(5):
        window.show_error(RuntimeError(str(number)))
    assert sum(s.isVisible() for s in window.findChildren(CrashSheet)) == 1
    settle(qtbot, window)


def test_a_full_disk_is_told_in_words_and_typing_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    def full() -> None:
        raise DiskFull

    window._context.acts.write(full)
    settle(qtbot, window)
    assert "disk is full" in window.toast.label.text()
    assert window.is_unlocked


def test_the_window_answers_while_the_store_is_busy(window: MainWindow, qtbot: QtBot) -> None:
    import threading

    gate = threading.Event()
    window._context.jobs.store(gate.wait)
    window.goto("settings")
    window._context.set_theme("dark")
    assert window.current_page == "settings"
    assert not window.is_ready
    gate.set()
    settle(qtbot, window)


def begun() -> dict[str, Any]:
    """A visit of which only the reason was typed."""
    visit = Visit(started=Moment.of_datetime(NOW), reason=Passage("cough"))
    return {"visit": visits.as_document(visit), "vitals": {}, "why": ""}


def test_after_a_crash_the_start_opens_at_the_draft(
    make_window: Callable[..., MainWindow], session: Session, demo_clinic: Path, qtbot: QtBot
) -> None:
    line = search.page(session, None, 3)[1]
    drafts.save(session, line.id, drafts.VISIT, begun())
    window = make_window(config.Settings(left_open=str(demo_clinic)))
    window.start(demo_clinic, session)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.open_patient_id == line.id)
    settle(qtbot, window)
    assert "draft" in window.toast.label.text()


def test_after_a_crash_the_form_of_a_new_patient_is_open_with_what_was_typed(
    make_window: Callable[..., MainWindow], session: Session, demo_clinic: Path, qtbot: QtBot
) -> None:
    drafts.save(session, drafts.NEW_PATIENT, "details", {"family": "Qu"})
    window = make_window(config.Settings(left_open=str(demo_clinic)))
    window.start(demo_clinic, session)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: "person" in vars(window.page("worklist")))
    settle(qtbot, window)
    form = window.page("worklist").person
    assert form.isVisible() and form.values()["family"] == "Qu"
    assert "draft" in window.toast.label.text()


def test_high_contrast_drops_the_tints_and_keeps_every_line(window: MainWindow, qtbot: QtBot) -> None:
    context = window._context
    context._contrast = Contrast.HIGH
    context._apply_theme()
    theme = context.theme
    for tone in ("danger", "warn", "ok", "info", "model"):
        assert theme.hex(f"{tone}Tint") == theme.hex("surface")
        assert theme.hex(f"{tone}Line") == theme.hex(tone)
    assert theme.hex("line") == theme.hex("control")
    assert f"border: 1px solid {theme.hex('danger')}" in theme.stylesheet()
    window.goto("settings")
    settle(qtbot, window)
    assert not window.grab().isNull()


def test_a_clinic_that_was_closed_opens_at_the_worklist(
    make_window: Callable[..., MainWindow], session: Session, demo_clinic: Path, qtbot: QtBot
) -> None:
    line = search.page(session, None, 3)[1]
    drafts.save(session, line.id, drafts.VISIT, begun())
    window = make_window()
    window.start(demo_clinic, session)
    window.show()
    qtbot.waitExposed(window)
    settle(qtbot, window)
    assert window.current_page == "worklist"
    qtbot.waitUntil(lambda: window._context.settings.left_open == str(demo_clinic))
    window.close()
    assert window._context.settings.left_open is None
