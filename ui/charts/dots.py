"""One hundred dots: how many of 100 such patients, with the interval as half dots and rings.

Part-to-whole stays visible: graphics of the numerator alone inflate risk (Ancker,
JAMIA 2006;13:608).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.charts.painted import Painted, begin, width_of, write
from ui.context import Context

COLUMNS, ROWS = 20, 5


class DotArray(Painted):
    """20 x 5 dots: full to the lower limit, half to the estimate, ring to the upper limit, points after."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._counts = (0, 0, 0)
        self._token = "r1"

    def show_counts(self, low: int, best: int, high: int, token: str) -> None:
        """Whole numbers of 100; `token` names the colour of the threshold's relation."""
        self._counts, self._token = (low, best, high), token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(298)), int(self.px(5 * 15 + 24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        pitch = min(self.px(15), self.width() / COLUMNS)
        radius = pitch * 0.355
        left, colour = self.width() - pitch * COLUMNS, self.color(self._token)
        for index in range(COLUMNS * ROWS):
            row, column = divmod(index, COLUMNS)
            centre = QPointF(left + pitch * (column + 0.5), pitch * (row + 0.5))
            draw_dot(painter, centre, radius, self._state(index), colour, self.color("text3"))
        self._draw_key(painter, left, pitch * ROWS)

    def _state(self, index: int) -> str:
        low, best, high = self._counts
        if index < low:
            return "full"
        if index < best:
            return "half"
        return "ring" if index < high else "rest"

    def _draw_key(self, painter: QPainter, left: float, top: float) -> None:
        words, font = self.context.words, self.type("small")
        low, best, high = self._counts
        entries = [
            ("full", words("{n} low", n=low)), ("half", words("{n} best", n=best)),
            ("ring", words("{n} high", n=high)),
        ]
        x, height = left + self.px(1), self.px(24)
        for state, text in entries:
            centre = QPointF(x + self.px(5.5), top + height / 2 + self.px(2))
            draw_dot(painter, centre, self.px(5.2), state, self.color(self._token), self.color("text3"))
            wide = width_of(text, font)
            rect = QRectF(x + self.px(15), top + self.px(2), wide + 2, height)
            write(painter, rect, text, font, self.color("text2"))
            x += self.px(15 + 16) + wide


def draw_dot(painter: QPainter, centre: QPointF, radius: float, state: str, colour: QColor,
             rest: QColor) -> None:
    """One dot: full, half, ring or rest."""
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    if state == "rest":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(rest)
        painter.drawEllipse(centre, radius * 0.3, radius * 0.3)
        return
    painter.setPen(QPen(colour, max(1.2, radius * 0.27)))
    painter.setBrush(colour if state == "full" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if state == "half":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(box, 90 * 16, 180 * 16)


class CountDots(Painted):
    """`events` of `n` past patients as a strip of dots: full had it, ring had not."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._events, self._n = 0, 64

    def show_counts(self, events: int, n: int) -> None:
        self._events, self._n = events, n
        self.updateGeometry()
        self.update()

    def _rows(self) -> int:
        return max(1, -(-self._n // 32))

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(280)), int(self.px(11 * self._rows() + 4)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        columns = -(-self._n // self._rows())
        pitch = min(self.width() / max(columns, 1), self.px(14))
        radius = min(pitch, self.px(11)) * 0.36
        colour = self.color("text2")
        for index in range(self._n):
            row, column = divmod(index, columns)
            centre = QPointF(pitch * (column + 0.5), self.px(2) + self.px(11) * (row + 0.5))
            draw_dot(painter, centre, radius, "full" if index < self._events else "ring", colour, colour)
