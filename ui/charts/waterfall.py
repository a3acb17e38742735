"""What moved the estimate: from the usual patient to this one, in signed percentage points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from medapp.assess.wording import percent
from ui.charts.painted import Painted, begin, write
from ui.context import Context

ROW, ROW_SHORT = 20, 20


@dataclass(frozen=True, slots=True)
class Move:
    """One input's words and how far it moved the estimate, in 0..1."""

    label: str
    value: float


def signed_points(value: float) -> str:
    """+9, −6; one decimal under one point."""
    points = value * 100
    text = f"{abs(points):.1f}" if abs(points) < 0.95 else f"{abs(points):.0f}"
    if float(text) == 0:
        return "0"
    return ("+" if points > 0 else "\u2212") + text


def folded(moves: Sequence[Move], most: int, smaller: str) -> list[Move]:
    """The `most` largest moves in order of size, the rest summed into one row named `smaller`."""
    ordered = sorted(moves, key=lambda m: -abs(m.value))
    if len(ordered) <= most:
        return ordered
    kept, rest = ordered[: most - 1], ordered[most - 1 :]
    return [*kept, Move(smaller, sum(m.value for m in rest))]


class Waterfall(Painted):
    """Rows of arrows; base and result as bars from zero. Right raises, left lowers."""


    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._base = Move("", 0.0)
        self._moves: list[Move] = []
        self._total = Move("", 0.0)
        self._pitch = ROW

    @property
    def rows(self) -> int:
        """How many moves are drawn between base and result."""
        return len(self._moves)

    @property
    def pitch(self) -> float:
        """The height of a row."""
        return self.px(self._pitch)

    def show_moves(self, base: Move, moves: Sequence[Move], total: Move) -> None:
        """Moves are drawn in the order given, raising ones are usually first."""
        self._base, self._moves, self._total = base, list(moves), total
        self.updateGeometry()
        self.update()

    def set_short(self, is_short: bool) -> None:
        """Rows a pixel lower in short windows."""
        self._pitch = ROW_SHORT if is_short else ROW
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(560)), int(self.px(self._pitch * (len(self._moves) + 2))))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._total.label:
            return
        painter = begin(self)
        label = min(self.px(182), self.width() * 0.36)
        room = self.width() - label - self.px(52)
        ends = self._ends()
        top = max([*ends, self._base.value, 1e-6])
        low = min([*ends, 0.0])
        unit = room / (top - low)

        def x(value: float) -> float:
            return label + (value - low) * unit

        self._draw_total(painter, 0, self._base, x, "control", "body")
        self._draw_moves(painter, x, label)
        self._draw_total(painter, len(self._moves) + 1, self._total, x, "model", "strong")

    def _ends(self) -> list[float]:
        at, ends = self._base.value, [self._base.value]
        for move in self._moves:
            at += move.value
            ends.append(at)
        return ends

    def _row(self, index: int) -> QRectF:
        return QRectF(0, self.px(self._pitch) * index, self.width(), self.px(self._pitch))

    def _draw_total(self, painter: QPainter, index: int, move: Move, x, token: str, role: str) -> None:
        row, font = self._row(index), self.type("body" if role == "body" else "strong")
        label = QRectF(0, row.top(), x(0.0) - self.px(8), row.height())
        write(painter, label, move.label, font, self.color("text2" if role == "body" else "text"))
        bar = QRectF(x(0.0), row.center().y() - self.px(5), x(move.value) - x(0.0), self.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color(token))
        painter.drawRoundedRect(bar, self.px(1.5), self.px(1.5))
        after = QRectF(bar.right() + self.px(7), row.top(), self.px(50), row.height())
        write(painter, after, percent(move.value), self.type("small", bold=True), self.color("text"))

    def _draw_moves(self, painter: QPainter, x, label: float) -> None:
        at = self._base.value
        for index, move in enumerate(self._moves, start=1):
            row = self._row(index)
            write(painter, QRectF(0, row.top(), label - self.px(8), row.height()), move.label,
                  self.type("body"), self.color("text"))
            start, end = x(at), x(at + move.value)
            painter.setPen(QPen(self.color("control"), 0.8))
            painter.drawLine(QPointF(start, row.top() - self.px(5)), QPointF(start, row.center().y()))
            self._draw_arrow(painter, row, start, end, signed_points(move.value))
            at += move.value
        last = self._row(len(self._moves) + 1)
        painter.setPen(QPen(self.color("control"), 0.8))
        painter.drawLine(QPointF(x(at), last.top() - self.px(5)), QPointF(x(at), last.center().y()))

    def _draw_arrow(self, painter: QPainter, row: QRectF, start: float, end: float, text: str) -> None:
        raises = end >= start
        colour = self.color("up" if raises else "down")
        half, y = self.px(5), row.center().y()
        tip = min(abs(end - start), self.px(5)) * (1 if raises else -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([
            QPointF(start, y - half), QPointF(end - tip, y - half), QPointF(end, y),
            QPointF(end - tip, y + half), QPointF(start, y + half),
        ]))
        after = QRectF(max(start, end) + self.px(6), row.top(), self.px(46), row.height())
        write(painter, after, text, self.type("small", bold=True), colour)
