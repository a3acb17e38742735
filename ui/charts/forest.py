"""One figure in several groups: value with its interval on a common scale, and how many stand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.charts.painted import Painted, begin, mix, width_of, write
from ui.context import Context

PITCH = 22


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group's title, its value and limits (None: too few to say), their text and the count's."""

    title: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    count: str


class Forest(Painted):
    """A row a group; the scale runs over all intervals, from `floor` at most."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._rows: tuple[GroupFigure, ...] = ()
        self._ends = (0.0, 1.0)

    def show_groups(self, rows: Sequence[GroupFigure], ends: tuple[float, float]) -> None:
        self._rows, self._ends = tuple(rows), ends
        self.updateGeometry()
        self.update()

    def _line(self) -> float:
        return self.px(PITCH + (2 if self.context.theme.cjk else 0))

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(260)), int(self._line() * max(1, len(self._rows))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        pitch, width = self._line(), float(self.width())
        longest = max((width_of(row.title, self.type("body")) for row in self._rows), default=0.0)
        title, tail = min(longest + self.px(12), width * 0.5), self.px(38)
        number = self.px(42)
        track = QRectF(title, 0, max(width - title - tail - number - self.px(10), self.px(30)), 0)
        low, high = self._ends
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

        def x(value: float) -> float:
            return track.left() + (min(max(value, low), high) - low) / (high - low) * track.width()

        for index, row in enumerate(self._rows):
            top, middle = index * pitch, index * pitch + pitch / 2
            write(painter, QRectF(0, top, title - self.px(8), pitch), row.title, self.type("body"),
                  self.color("text"))
            painter.setPen(QPen(mix(self.color("control"), 0.24), self.px(4)))
            painter.drawLine(QPointF(track.left(), middle), QPointF(track.right(), middle))
            if row.value is not None:
                if row.low is not None and row.high is not None:
                    painter.setPen(QPen(self.color("c1"), self.px(3)))
                    painter.drawLine(QPointF(x(row.low), middle), QPointF(x(row.high), middle))
                painter.setPen(QPen(self.color("surface"), self.px(1.2)))
                painter.setBrush(self.color("c1"))
                painter.drawEllipse(QPointF(x(row.value), middle), self.px(4.6), self.px(4.6))
            place = QRectF(track.right() + self.px(6), top, number, pitch)
            write(painter, place, row.text, self.type("body", bold=True),
                  self.color("text" if row.value is not None else "text2"))
            write(painter, QRectF(width - tail - self.px(4), top, tail + self.px(4), pitch), row.count,
                  self.type("small"), self.color("text2"), right)
