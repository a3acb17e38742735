"""What is typed is in an encrypted draft before anything can take it away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from medapp.services import drafts
from medapp.services.session import Session, open_clinic
from tests.ui.conftest import PATIENCE_MS, clock, settle
from ui.autosave import WITHIN_MS, Autosave
from ui.main_window import MainWindow

PATIENT, NEXT = 1, 2


class Typing(QWidget):
    """An editor with its autosave, and another field to go to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        column = QVBoxLayout(self)
        self.editor, self.other = QPlainTextEdit(), QLineEdit()
        column.addWidget(self.editor)
        column.addWidget(self.other)
        self.autosave = Autosave(window._context, self, drafts.VISIT, self.document)
        self.autosave.follow(PATIENT)
        self.editor.textChanged.connect(self.autosave.touch)
        self.resize(300, 200)
        self.show()

    def document(self) -> dict[str, str] | None:
        text = self.editor.toPlainText()
        return {"history": text} if text else None


@pytest.fixture
def typing(window: MainWindow, qtbot: QtBot) -> Typing:
    made = Typing(window)
    window.activateWindow()
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus, timeout=PATIENCE_MS)
    return made


def kept(session: Session, patient: int = PATIENT) -> str | None:
    draft = drafts.read(session, patient, drafts.VISIT)
    return None if draft is None else draft.document["history"]


def test_typing_is_saved_by_itself_within_two_seconds_of_the_first_key(
    typing: Typing, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    left = typing.autosave.remainingTime()
    assert 0 < left <= WITHIN_MS < 2000
    QTest.keyClicks(typing.editor, " and fever")
    assert typing.autosave.remainingTime() <= left
    qtbot.waitUntil(lambda: kept(session) == "cough and fever", timeout=PATIENCE_MS)


def test_leaving_the_field_saves_at_once_and_the_footer_says_when(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    typing.other.setFocus()
    assert not typing.autosave.is_dirty
    assert window.footer._saved.text() == "Saving…"
    settle(qtbot, window)
    assert kept(session) == "cough"
    assert window.footer._saved.text() == "Saved 09:41"


def test_what_was_typed_goes_to_the_patient_it_was_typed_for(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    typing.autosave.follow(NEXT)
    typing.editor.setPlainText("fever")
    typing.autosave.flush()
    settle(qtbot, window)
    assert kept(session, PATIENT) == "cough"
    assert kept(session, NEXT) == "fever"


def test_an_emptied_editor_leaves_no_draft(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    typing.autosave.flush()
    typing.editor.clear()
    typing.autosave.flush()
    settle(qtbot, window)
    assert kept(session) is None


def test_after_forget_nothing_is_saved(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    typing.autosave.forget()
    typing.autosave.touch()
    typing.autosave.flush()
    settle(qtbot, window)
    assert kept(session) is None


def test_editors_that_are_filled_before_they_are_followed_leave_no_draft(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    typing.autosave.leave()
    typing.editor.setPlainText("what was signed")
    typing.autosave.follow(PATIENT)
    assert not typing.autosave.is_dirty
    typing.autosave.flush()
    settle(qtbot, window)
    assert kept(session) is None


def test_a_failed_save_is_said_and_tried_again(
    typing: Typing, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    typing.autosave.follow(99_999)  # no such patient
    QTest.keyClicks(typing.editor, "cough")
    typing.autosave.flush()
    qtbot.waitUntil(lambda: window.footer._saved.text() == "Not saved", timeout=PATIENCE_MS)
    assert typing.autosave.is_dirty and typing.autosave.isActive()
    typing.autosave.forget()


def test_locking_saves_what_is_typed_and_a_new_start_finds_it(
    typing: Typing, window: MainWindow, demo_clinic: Path, qtbot: QtBot
) -> None:
    QTest.keyClicks(typing.editor, "cough")
    window.lock()
    qtbot.waitUntil(lambda: window._context.jobs.is_idle, timeout=PATIENCE_MS)
    with open_clinic(demo_clinic, "demo", "demo", clock=clock) as again:
        assert [(one.patient.id, one.kind) for one in drafts.listed(again)] == [(PATIENT, drafts.VISIT)]
        assert kept(again) == "cough"
