"""How many of one hundred, the others in sight: one array of dots, to stand beside another of the same size.

Part-to-whole stays visible: graphics of the numerator alone inflate risk (Ancker,
JAMIA 2006;13:608).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.charts.dots import draw_dot
from ui.charts.painted import Painted, begin
from ui.context import Context

SIDE = 10


class RiskDots(Painted):
    """10 x 10 dots: full for those who have the outcome, rings for those who do not."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._count, self._token = 0, "r1"

    def show_count(self, count: int, token: str) -> None:
        """Whole people of 100; `token` names the colour."""
        self._count, self._token = count, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(130)), int(self.px(130)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        pitch = min(self.px(13), self.width() / SIDE)
        full, rest = self.color(self._token), self.color("text3")
        for index in range(SIDE * SIDE):
            row, column = divmod(index, SIDE)
            centre = QPointF(pitch * (column + 0.5), pitch * (row + 0.5))
            is_full = index < self._count
            draw_dot(painter, centre, pitch * 0.34, "full" if is_full else "ring", full if is_full else rest,
                     rest)
