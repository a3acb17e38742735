"""The style sheet is put on once, and leaves no widget that Qt's style would remember beyond its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget

from ui.theme.dressing import dress, undressed

SHEET = 'QFrame[surface="card"] { border: 1px solid red; }'


@pytest.fixture
def dressed(fusion: QApplication) -> Iterator[QApplication]:
    before = fusion.styleSheet()
    fusion.setStyleSheet(SHEET)
    yield fusion
    fusion.setStyleSheet(before)


def test_a_widget_made_before_is_forgotten_while_the_sheet_is_off(dressed: QApplication) -> None:
    early = QStackedWidget()  # a frame asks for its own width when it is made, and is never shown
    early.addWidget(QFrame())
    styled = Qt.WidgetAttribute.WA_StyleSheet
    assert early.testAttribute(styled)
    with undressed():
        late = QFrame()
        assert not any(widget.testAttribute(styled) for widget in QApplication.allWidgets())
    assert dressed.styleSheet() == SHEET
    late.ensurePolished()
    assert late.testAttribute(styled)


def test_a_sheet_may_change_after_such_a_widget_is_gone(dressed: QApplication) -> None:
    others = len(QApplication.allWidgets())
    for width in range(20):
        early = [QStackedWidget() for _ in range(50)]
        with undressed():
            pass
        for widget in early:
            widget.ensurePolished()
        del widget, early
        dressed.setStyleSheet(f"QFrame {{ border: {width}px solid red; }}")
    assert len(QApplication.allWidgets()) <= others


def test_what_is_shown_is_dressed_anew(dressed: QApplication) -> None:
    frame = QFrame()
    frame.setProperty("surface", "card")
    frame.resize(40, 40)
    frame.show()
    for colour in ("#ff0000", "#00ff00"):
        sheet = f'QFrame[surface="card"] {{ background: {colour}; }}'
        dress(dressed, dressed.palette(), dressed.font(), sheet)
        assert dressed.styleSheet() == sheet
        assert frame.grab().toImage().pixelColor(20, 20).name() == colour
