"""A list that drops down, with the arrow that the style sheet cannot recolour."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.context import Context


def fill(box: QComboBox, answers: Iterable[tuple[str, str]], chosen: str | None) -> None:
    """Put (words, answer) into a list and choose one, the first where it is not among them; tells nobody."""
    box.blockSignals(True)
    box.clear()
    for words, answer in answers:
        box.addItem(words, answer)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)
    box.blockSignals(False)


class DropDown(QComboBox):
    """One of many; type-ahead and arrows as everywhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setMaxVisibleItems(18)
        context.theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._context.theme
        side = theme.px(14)
        mark = theme.pixmap("chevron-down", "text2", 14, self.devicePixelRatioF())
        area = QRect(self.width() - side - theme.px(9), (self.height() - side) // 2, side, side)
        QPainter(self).drawPixmap(area, mark)
