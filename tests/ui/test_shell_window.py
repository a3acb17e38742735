"""The window itself: languages, themes, keys, sheets, and what a screen reader is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from medapp.errors import KnownError
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages import ENTRIES
from ui.shell.sheets import CrashSheet
from ui.widgets import Button, Sheet, Text

PAGES = [entry.name for entry in ENTRIES if entry.name != "patient"]


def texts(window: MainWindow) -> set[str]:
    shown = [w for w in window.findChildren(QWidget) if isinstance(w, (Text, Button)) and w.isVisible()]
    return {w.text() for w in shown if w.text()}


def test_the_language_switches_without_a_restart(window: MainWindow, qtbot: QtBot) -> None:
    assert "Patients" in texts(window)
    window._context.set_language("zh_CN")
    settle(qtbot, window)
    shown = texts(window)
    assert {"患者", "打开病历"} <= shown
    assert "Patients" not in shown
    assert window.rail.button("worklist").text() == "工作列表"
    window._context.set_language("en")
    assert "Patients" in texts(window)


def test_the_theme_switches_without_a_restart(window: MainWindow, qtbot: QtBot) -> None:
    def corner() -> str:
        return window.grab().toImage().pixelColor(window.width() // 2, 20).name()

    light = corner()
    window._context.set_theme("dark")
    qtbot.wait(20)
    dark = corner()
    assert light == window._context.theme.hex("surface").lower() or light == "#ffffff"
    assert dark == "#161f25"


def test_text_grows_and_shrinks_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert window._context.settings.zoom == 110
    assert window.rail.width() == round(72 * 1.1)
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert window.rail.width() == 72


def test_the_footer_says_which_models_these_are(window: MainWindow, qtbot: QtBot) -> None:
    window.footer.load_models()
    settle(qtbot, window)
    said = window.footer._models
    assert said.text().startswith("Model set ")
    assert said.isVisible()
    qtbot.waitUntil(lambda: said.width() >= said.sizeHint().width())  # laid out a moment later


def test_models_go_off_in_one_click_and_the_rest_works(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.models.click()
    assert not window._context.are_models_on
    assert window.top_bar.models.text() == "Models off"
    assert not window.page("worklist").preview.assess.isEnabled()
    window.top_bar.find.line.setText("l")
    settle(qtbot, window)
    assert window.page("worklist").model.rowCount()
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_M, control)
    assert window._context.are_models_on


def test_commands_are_found_by_their_words(window: MainWindow, qtbot: QtBot) -> None:
    find = window.top_bar.find.line
    qtbot.keyClicks(find, ">dark")
    assert window.palette_list.isVisible()
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert window._context.theme.is_dark
    assert find.text() == ""
    qtbot.keyClicks(find, ">sett")
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert window.current_page == "settings"


def test_ctrl_k_comes_back_to_the_find_field_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.goto("settings")
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top_bar.find.line.hasFocus()
    qtbot.keyClicks(window.top_bar.find.line, "l")
    assert window.current_page == "worklist"


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    regions = window.region_widgets()
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        seen.append(next(i for i, r in enumerate(regions) if r is focused or r.isAncestorOf(focused)))
    assert seen == [1, 2, 3, 0]


def test_escape_goes_back_one_step_and_never_out(window: MainWindow, qtbot: QtBot) -> None:
    window.goto("settings")
    window.back()
    assert window.current_page == "worklist"
    window.top_bar.find.line.setText("l")
    window.back()
    assert window.top_bar.find.text() == ""
    window.back()
    assert window.page("worklist").table.hasFocus()
    assert window.is_unlocked


def test_recent_patients_show_their_birth_dates(window: MainWindow, qtbot: QtBot) -> None:
    lines = window.page("worklist").model.lines
    window.remember(lines[1])
    window.remember(lines[2])
    window.show_recent()
    rows = [row.text() for row in window.palette_list._rows]
    assert len(rows) == 2
    assert all("\u2011" in row for row in rows)


def test_help_opens_with_f1_and_closes_with_escape(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = next(s for s in window.findChildren(Sheet) if s.isVisible())
    assert sheet.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not any(s.isVisible() for s in window.findChildren(Sheet))
    assert window.top_bar.find.line.hasFocus()


def test_an_unforeseen_error_is_told_inside_the_window_without_values(
    window: MainWindow, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise ValueError("LIN, Meihua 林美华")

    window._context.jobs.store(fail)
    qtbot.waitUntil(lambda: any(s.isVisible() for s in window.findChildren(CrashSheet)))
    sheet = next(s for s in window.findChildren(CrashSheet) if s.isVisible())
    report = sheet._report.toPlainText()
    assert "ValueError" in report
    assert "LIN" not in report
    sheet.close_sheet()


def test_a_known_error_is_told_in_its_own_words(window: MainWindow) -> None:
    class Full(KnownError):
        code = "full"
        message = "The disk is full."
        advice = "Free some space."

    window.show_error(Full())
    sheet = next(s for s in window.findChildren(CrashSheet) if s.isVisible())
    assert sheet.title.text() == "The disk is full."
    assert not sheet._report.isVisible()
    sheet.close_sheet()


def test_a_toast_offers_undo_once(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[int] = []
    window.toast.tell("Keys", undo=lambda: undone.append(1))
    assert window.toast.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    assert not window.toast.isVisible()


def test_the_patient_page_needs_a_patient(window: MainWindow) -> None:
    assert not window.rail.button("patient").isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", [*PAGES, "patient"])
def test_every_widget_that_takes_the_focus_has_a_name(
    name: str, language: str, window: MainWindow, qtbot: QtBot
) -> None:
    window._context.set_language(language)
    if name == "patient":
        line = window.page("worklist").model.line(2)
        window.open_patient(line.id, line=line)
    else:
        window.goto(name)
    settle(qtbot, window)
    nameless = [w for w in focusable(window) if not w.accessibleName()]
    assert not nameless, [(type(w).__name__, w.objectName()) for w in nameless]


def test_every_field_of_the_unlock_page_has_a_name(locked: MainWindow) -> None:
    nameless = [w for w in focusable(locked) if not w.accessibleName()]
    assert not nameless, [type(w).__name__ for w in nameless]


def focusable(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget.parentWidget(), QAbstractScrollArea) and widget is not widget.window())
    ]


def test_tab_goes_search_then_rail_then_page_then_footer(window: MainWindow, qtbot: QtBot) -> None:
    window.find()
    regions = window.region_widgets()
    order: list[int] = []
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        inside = [i for i, r in enumerate(regions) if r is focused or r.isAncestorOf(focused)]
        if inside and (not order or order[-1] != inside[0]):
            order.append(inside[0])
        if focused is window.top_bar.find.line:
            break
    assert order in ([1, 2, 3, 0], [0, 1, 2, 3, 0]), order


def test_nothing_flashes_as_a_window_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    for name in PAGES:
        window.goto(name)
        settle(qtbot, window)
    line = window.page("worklist").model.line(2)
    for tab in ("summary", "assess", "results"):
        window.open_patient(line.id, tab, line)
        settle(qtbot, window)
    window.lock()
    QApplication.instance().removeEventFilter(watch)
    assert watch.seen == []
