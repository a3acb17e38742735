"""Whoever does not see the window is told what it shows, and reaches all of it by Tab."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.keyboard import description_of, name_of
from tests.ui.looks import text_of
from ui import screens
from ui.charts.painted import Painted
from ui.main_window import MainWindow
from ui.theme.stylesheet import TINTED
from ui.widgets.focus_ring import FocusRing

MOST_STEPS = 150


def test_everything_says_what_it_is(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    """What takes the focus has a name, what is painted a sentence, a row a text, a colour a word."""
    patient = screens.fullest_patient(session)
    silent: dict[str, list[str]] = {}
    for scene in screens.scenes():
        screens.close_sheets(window)
        scene.show(window, patient)
        assert screens.wait(lambda: window.is_ready), scene.name
        found = [
            *_nameless(window), *_without_sentence(window), *_silent_rows(window), *_by_colour_alone(window)
        ]
        if found:
            silent[scene.name] = found
    told = "\n".join(f"{scene}: {one}" for scene, found in silent.items() for one in found)
    assert not silent, told


def test_tab_walks_every_page_with_its_ring(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    """It comes round again, and is seen wherever it is."""
    patient = screens.fullest_patient(session)
    window.activateWindow()
    wrong: list[str] = []
    for name in ("worklist", "patient-summary", "patient-assess", "patient-results", "patient-medicines",
                 "patient-timeline", "models", "audit", "settings"):
        scene = next(one for one in screens.scenes() if one.name == name)
        screens.close_sheets(window)
        scene.show(window, patient)
        assert screens.wait(lambda: window.is_ready), name
        wrong += [f"{name}: {fault}" for fault in _walk(window, qtbot)]
    assert not wrong, "\n".join(wrong)


def _walk(window: MainWindow, qtbot: QtBot) -> list[str]:
    window.top_bar.find.take_focus()
    ring = window.findChild(FocusRing)
    assert ring is not None
    passed: list[QWidget] = []
    faults = []
    for _ in range(MOST_STEPS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        settle(qtbot, window)
        focused = QApplication.focusWidget()
        if focused is None:
            return [*faults, f"the focus is lost after {_told(passed[-1]) if passed else 'the search'}"]
        if focused in passed:
            return faults
        if passed and _goes_back(passed[-1], focused):
            faults.append(f"the focus goes back from {_told(passed[-1])} to {_told(focused)}")
        passed.append(focused)
        if not focused.isVisible() or focused.visibleRegion().isEmpty():
            faults.append(f"the focus is out of sight at {_told(focused)}")
        elif focused.property("ring") != "none" and not ring.isVisible():
            faults.append(f"there is no ring at {_told(focused)}")
    return [*faults, "Tab does not come round"]


def _goes_back(one: QWidget, following: QWidget) -> bool:
    """Against the order of reading, among the parts of one place."""
    if one.parentWidget() is not following.parentWidget():
        return False
    before, after = one.geometry(), following.geometry()
    is_same_row = before.top() < after.bottom() and after.top() < before.bottom()
    return after.right() <= before.left() if is_same_row else after.bottom() <= before.top()


def _by_colour_alone(window: QWidget) -> list[str]:
    """A colour that has a meaning stands with a word or a named picture."""
    faults = []
    for one in window.findChildren(QWidget):
        tinted = one.property("chip") or one.property("tone") in TINTED
        if one.isVisible() and tinted and not (text_of(one).strip() or name_of(one).strip()):
            faults.append(f"a colour without a word: {_told(one)}")
        strip = str(one.property("surface") or "")
        if one.isVisible() and strip.startswith("strip-") and not any(map(text_of, one.findChildren(QLabel))):
            faults.append(f"a strip without a word: {_told(one)}")
    return faults


def _nameless(window: QWidget) -> list[str]:
    shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
    takes = [one for one in shown if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]
    return [f"no name: {_told(one)}" for one in takes if not name_of(one).strip()]


def _without_sentence(window: QWidget) -> list[str]:
    painted = [one for one in window.findChildren(Painted) if one.isVisible()]
    return [
        f"no sentence: {_told(one)}" for one in painted
        if not name_of(one).strip() and not description_of(one).strip()
    ]


def _silent_rows(window: QWidget) -> list[str]:
    views = [one for one in window.findChildren(QAbstractItemView) if one.isVisible()]
    return [f"silent row {row}: {_told(view)}" for view in views for row in _silent(view.model())]


def _silent(model: QAbstractItemModel | None) -> list[int]:
    if model is None:
        return []
    role = Qt.ItemDataRole.AccessibleTextRole
    rows = range(min(model.rowCount(), 30))
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    cells = {row: [model.index(row, column) for column in columns] for row in rows}
    return [row for row in rows if not any(model.data(one, role) or model.data(one) for one in cells[row])]


def _told(widget: QWidget) -> str:
    """Which widget it is, for whoever mends it."""
    names, walked = [], widget
    while walked is not None and len(names) < 4:
        names.append(type(walked).__name__)
        walked = walked.parentWidget()
    corner = widget.mapTo(widget.window(), QPoint())
    return f"{name_of(widget)!r} {' < '.join(names)} at {corner.x()}, {corner.y()}"
