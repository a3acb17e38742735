"""A list that drops down, with the arrow that the style sheet cannot recolour."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.context import Context


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
