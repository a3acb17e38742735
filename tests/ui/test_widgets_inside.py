"""The order of Tab: a card as a whole, rows before columns, and nothing kept of what is gone."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import surface
from ui.widgets.inside import inside, tab_stops


def line(parent: QWidget, name: str, x: int, y: int, width: int = 60, height: int = 20) -> QWidget:
    """Something that Tab reaches, of a kind that no style sheet makes taller."""
    made = QWidget(parent)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setObjectName(name)
    made.setGeometry(x, y, width, height)
    return made


def order(area: QWidget, besides: QWidget | None = None) -> list[str]:
    return [one.objectName() for one in tab_stops(area, besides)]


def shown(qtbot: QtBot) -> QWidget:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(600, 400)
    area.show()
    return area


def test_rows_come_before_columns(qtbot: QtBot) -> None:
    area = shown(qtbot)
    made = [line(area, name, x, y) for name, x, y in (
        ("c", 0, 30), ("b", 100, 4), ("d", 100, 34), ("a", 0, 0),
    )]
    for one in made:
        one.show()
    assert order(area) == ["a", "b", "c", "d"]


def test_what_stands_beside_a_tall_one_is_a_column(qtbot: QtBot) -> None:
    area = shown(qtbot)
    for name, x, y, height in (("right", 100, 0, 20), ("below", 100, 40, 20), ("tall", 0, 0, 200)):
        line(area, name, x, y, height=height).show()
    assert order(area) == ["tall", "right", "below"]


def test_a_card_is_read_as_a_whole(qtbot: QtBot) -> None:
    area = shown(qtbot)
    for at, names in ((0, "ab"), (200, "cd")):
        card = surface("card", area)
        card.setGeometry(at, 0, 150, 200)
        for y, name in zip((0, 100), names, strict=True):
            line(card, name, 0, y)
        card.show()
    assert order(area) == ["a", "b", "c", "d"]


def test_what_scrolls_comes_before_what_it_holds(qtbot: QtBot) -> None:
    area = shown(qtbot)
    line(area, "before", 0, 0).show()
    scroll = QScrollArea(area)
    scroll.setObjectName("scroll")
    scroll.setGeometry(0, 40, 300, 100)
    content = QWidget()
    content.resize(280, 300)
    line(content, "first", 0, 0)
    line(content, "second", 0, 250)
    scroll.setWidget(content)
    scroll.show()
    line(area, "after", 0, 200).show()
    assert order(area) == ["before", "scroll", "first", "second", "after"]


def test_only_what_can_be_used_is_reached_but_what_had_the_focus_keeps_its_place(qtbot: QtBot) -> None:
    area = shown(qtbot)
    hidden = line(area, "hidden", 0, 30)
    for name, y in (("a", 0), ("z", 60)):
        line(area, name, 0, y).show()
    dead = line(area, "dead", 0, 90)
    dead.setEnabled(False)
    dead.show()
    assert order(area) == ["a", "z"]
    assert order(area, hidden) == ["a", "hidden", "z"]


def test_nothing_is_kept_of_what_was_found(qtbot: QtBot) -> None:
    area = shown(qtbot)
    page = QWidget(area)
    button = QPushButton(page)
    scroll = QScrollArea(page)
    scroll.setWidget(QWidget())
    page.show()
    gone = [weakref.ref(one) for one in (page, button, scroll)]
    assert inside(area, QPushButton) == [button]
    assert set(tab_stops(area)) == {button, scroll}
    page.deleteLater()
    del page, button, scroll
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [ref() for ref in gone] == [None, None, None]
