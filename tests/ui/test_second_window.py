"""The same record in a second window, to read only."""

from __future__ import annotations

import gc
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from medapp.services import audit, records, search
from medapp.services.looking import OnlyLooking
from tests.clinics import person
from tests.ui.conftest import settle
from ui.looking import LookingContext
from ui.main_window import MainWindow
from ui.shell.second_window import SecondWindow

READS = {
    "Copy picture", "Copy CSV", "Compare", "The record", "Results", "6 mo", "1 y", "3 y", "All", "Clear",
    "Retry", "Copy details", "Show all",
}
"""Every button that such a window may have."""


@pytest.fixture
def second(window: MainWindow, qtbot: QtBot) -> SecondWindow:
    line = window.page("worklist").model.lines[0]
    window.open_patient(line.id, line=line)
    settle(qtbot, window)
    made = window.open_second()
    assert made is not None
    qtbot.waitUntil(lambda: made.is_ready and window._context.jobs.is_idle)
    return made


def openings(window: MainWindow, patient: int) -> int:
    entries = audit.entries(window._context.session, patient=patient, actions=("open_record",))
    return len(entries)


def test_it_shows_the_same_patient_and_says_that_it_only_shows(
    window: MainWindow, second: SecondWindow
) -> None:
    assert second.banner.name.text() == window.patient_page.banner.name.text()
    assert second.banner.name.text() in second.windowTitle()
    assert second.strip.isVisible()
    assert window.open_second() is second


def test_nothing_in_it_writes(window: MainWindow, second: SecondWindow) -> None:
    for tab in ("record", "results"):
        second.show_tab(tab)
        buttons = [b for b in second.findChildren(QAbstractButton) if b.isVisible() and b.accessibleName()]
        names = {button.accessibleName().replace("&", "") for button in buttons}
        assert names <= READS, names - READS
        fields = [f for f in second.findChildren(QLineEdit) if f.isVisible()]
        assert all(f.accessibleName() == "Filter tests" for f in fields)
    with pytest.raises(OnlyLooking):
        records.add_patient(second._context.session, person("Nobody"))


def test_what_is_written_in_the_first_window_is_shown_in_the_second(
    window: MainWindow, second: SecondWindow, qtbot: QtBot
) -> None:
    from medapp.domain.changes import Changes, Kind

    patient = second.patient
    before = openings(window, patient)
    second._facts = None
    second._on_changes(Changes(frozenset({Kind.PATIENT}), frozenset({patient})))
    qtbot.waitUntil(lambda: second.is_ready)
    assert second._facts is not None
    assert openings(window, patient) == before  # a refresh is no new reading


def test_it_closes_with_another_patient_and_with_the_clinic(
    window: MainWindow, second: SecondWindow, qtbot: QtBot
) -> None:
    other = next(one for one in search.page(window._context.session, None, 9) if one.id != second.patient)
    with qtbot.waitSignal(second.destroyed):
        window.open_patient(other.id, line=other)
    settle(qtbot, window)
    again = window.open_second()
    assert again is not None
    assert again.patient == other.id
    qtbot.waitUntil(lambda: again.is_ready)
    with qtbot.waitSignal(again.destroyed):
        window.lock()


def test_language_and_theme_change_in_both_windows(
    window: MainWindow, second: SecondWindow, qtbot: QtBot
) -> None:
    window._context.set_language("zh_CN")
    assert "只读" in second.strip.label.text()
    qtbot.waitUntil(lambda: second.is_ready)


def test_nothing_is_kept_of_a_closed_one(window: MainWindow, second: SecondWindow, qtbot: QtBot) -> None:
    kept = []
    for _ in range(3):
        again = window.open_second()
        assert again is not None
        qtbot.waitUntil(lambda again=again: again.is_ready)
        context = again._context
        assert context.session.registry is not window._context.session.registry
        kept += [ref(context.session), ref(context)]
        with qtbot.waitSignal(again.destroyed):
            again.close()
        assert context.session is None
    del again, context
    gc.collect()
    assert [one() for one in kept[2:]] == [None] * 4  # the first window is held by this test
    assert window._context.findChildren(LookingContext) == []
    assert search.count(window._context.session, "") > 0  # the store of the first window is open


def test_escape_closes_it_and_the_first_stays(window: MainWindow, second: SecondWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(second.destroyed):
        qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.open_patient_id is not None
    assert window._second is None
