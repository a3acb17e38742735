"""The program's mark and name."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context
from ui.widgets.layout import Row
from ui.widgets.text import Text


class Brand(QWidget):
    """The mark: a pulse in a rounded square, with the name beside it."""

    def __init__(
        self, context: Context, size: int = 24, *, role: str = "section", tone: str = "text"
    ) -> None:
        super().__init__()
        row = Row(context, 0, 8 if size < 30 else 12, self)
        row.addWidget(_Mark(context, size, is_on_rail=tone != "text"))
        name = Text(context, role=role, tone=tone)
        name.set_plain("MedApp")
        row.addWidget(name)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


_PULSE: Final = (
    (0.18, 0.53), (0.32, 0.53), (0.42, 0.27), (0.57, 0.75), (0.67, 0.45),
    (0.72, 0.53), (0.83, 0.53),
)


class _Mark(QWidget):
    def __init__(self, context: Context, size: int, *, is_on_rail: bool) -> None:
        super().__init__()
        self._context, self._size, self._is_on_rail = context, size, is_on_rail
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        length = self._context.theme.px(self._size)
        self.setFixedSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor("#56C4D1") if self._is_on_rail else theme.color("accent")
        painter.setBrush(fill)
        side = self.width()
        painter.drawRoundedRect(QRectF(self.rect()), side * 0.22, side * 0.22)
        ink = QColor("#04252A") if self._is_on_rail else theme.color("onAccent")
        painter.setPen(round_pen(ink, side * 0.085))
        painter.drawPolyline(QPolygonF([QPointF(x * side, y * side) for x, y in _PULSE]))


def round_pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
