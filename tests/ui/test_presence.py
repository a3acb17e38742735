"""After a long pause nothing is written before the doctor has said whose record is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from medapp.domain.datatypes import Moment
from medapp.services import records, search
from tests.ui.conftest import NOW, settle
from ui.commit import SAVE, commit_words
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock(window: MainWindow) -> Clock:
    made = Clock()
    window._context.clock = made
    return made


@pytest.fixture
def page(window: MainWindow, clock: Clock, qtbot: QtBot) -> PatientPage:
    """A record that was just opened."""
    line = window.page("worklist").model.lines[0]
    window.open_patient(line.id, line=line)
    settle(qtbot, window)
    made: PatientPage = window.patient_page
    return made


def written(window: MainWindow, told: list[Any] | None = None) -> list[str]:
    """Ask for a write; what it leaves is in the list."""
    done: list[str] = []
    window._context.acts.write(
        lambda: done.append("written"), on_error=None if told is None else told.append
    )
    return done


def test_within_ten_minutes_nothing_is_asked(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.pass_minutes(9)
    done = written(window)
    settle(qtbot, window)
    assert done == ["written"]
    assert not page.still_there.isVisible()


def test_after_ten_minutes_a_write_waits_for_one_key(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.pass_minutes(11)
    done = written(window)
    settle(qtbot, window)
    assert done == []
    assert page.still_there.hasFocus()
    assert page.banner.name.text() in page.still_there.accessibleName()
    qtbot.keyClick(page.still_there, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert done == ["written"]
    assert not page.still_there.isVisible()
    again = written(window)
    settle(qtbot, window)
    assert again == ["written"]


def test_escape_leaves_it_unwritten_and_asks_again(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.pass_minutes(11)
    errors: list[Any] = []
    done = written(window, errors)
    qtbot.keyClick(page.still_there, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert done == []
    assert [error.code for error in errors] == ["not_acknowledged"]
    assert window.current_page == "patient"
    again = written(window)
    settle(qtbot, window)
    assert again == []


def test_coming_back_shows_whose_record_it_is_and_one_click_does_not_answer(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    window._context.presence.watch(window.windowHandle())
    clock.pass_minutes(30)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert page.still_there.isVisible()
    assert not page.still_there.hasFocus()
    clock.pass_minutes(1)
    done = written(window)
    settle(qtbot, window)
    assert done == []


def test_another_patient_never_gets_what_waited_for_the_first(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.pass_minutes(11)
    errors: list[Any] = []
    done = written(window, errors)
    other = window.page("worklist").model.lines[1]
    window.open_patient(other.id, line=other)
    settle(qtbot, window)
    assert done == []
    assert len(errors) == 1
    assert not page.still_there.isVisible()
    for_the_second = written(window)
    settle(qtbot, window)
    assert for_the_second == ["written"]


def test_a_draft_kept_while_typing_never_waits(
    window: MainWindow, page: PatientPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.pass_minutes(11)
    done: list[str] = []
    window._context.acts.write(lambda: done.append("draft"), is_order=False)
    settle(qtbot, window)
    assert done == ["draft"]


def test_a_commit_button_names_the_patient_in_each_language(window: MainWindow, page: PatientPage) -> None:
    session = window._context.session
    line = search.page(session, None, 1)[0]
    patient = records.open_record(session, line.id, at=Moment.of_datetime(NOW)).patient
    say = commit_words(window._context, SAVE, patient)
    assert page.banner.name.text() in say()
    window._context.set_language("zh_CN")
    assert say().startswith("为")
