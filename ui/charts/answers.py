"""Earlier answers of one assessor over time: estimate with its interval, gaps where there was none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.charts.painted import RELATION_COLOURS, Painted, begin, draw_marker, width_of, write
from ui.context import Context
from ui.format import format_number

TOPS = (0.1, 0.2, 0.4, 0.6, 0.8)
"""Where the scale of a share may end below 100 %; the axis says so."""

@dataclass(frozen=True, slots=True)
class AnswerPoint:
    """One stored answer; `value` is None where nothing was calculated. Values in 0..1 or in the unit."""

    seconds: int
    value: float | None
    low: float | None
    high: float | None
    relation: str
    version: str


class AnswerChart(Painted):
    """Points in the order of time, their intervals as bars; a cross at the foot is a refusal.

    A dashed line stands where the version changed. The list beside it is what the keyboard walks.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._points: tuple[AnswerPoint, ...] = ()
        self._ends = ("", "")
        self._is_share = True
        self._chosen = -1

    def show_points(self, points: Sequence[AnswerPoint], ends: tuple[str, str], *, is_share: bool) -> None:
        """Oldest first; `ends` are the words of the first and last day; a share is drawn from 0."""
        self._points, self._ends, self._is_share, self._chosen = tuple(points), ends, is_share, -1
        self.update()

    def choose(self, index: int) -> None:
        """Ring a point; -1 rings none."""
        self._chosen = index
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(280)), int(self.px(132)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = begin(self)
        plot = QRectF(self.px(40), self.px(8), self.width() - self.px(52), self.height() - self.px(32))
        low, high = self._limits()
        self._draw_axes(painter, plot, low, high)
        xs = [self._x(index, plot) for index in range(len(self._points))]
        self._draw_versions(painter, plot, xs)
        for index, (x, point) in enumerate(zip(xs, self._points, strict=True)):
            self._draw_point(painter, plot, x, point, (low, high), index == self._chosen)

    def _limits(self) -> tuple[float, float]:
        values = [v for p in self._points for v in (p.value, p.low, p.high) if v is not None]
        if self._is_share or not values:
            most = max(values, default=1.0)
            return 0.0, next((top for top in TOPS if most <= 0.95 * top), 1.0)
        low, high = min(values), max(values)
        room = (high - low) * 0.1 or max(abs(high), 1.0) * 0.1
        return low - room, high + room

    def _x(self, index: int, plot: QRectF) -> float:
        first, last = self._points[0].seconds, self._points[-1].seconds
        if last == first:
            return plot.center().x()
        return plot.left() + (self._points[index].seconds - first) / (last - first) * plot.width()

    def _draw_axes(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        font, ink = self.type("caption"), self.color("text3")
        for step in range(3):
            value = low + (high - low) * step / 2
            y = plot.bottom() - plot.height() * step / 2
            painter.setPen(QPen(self.color("grid" if step else "control"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            text = f"{round(value * 100)}%" if self._is_share else format_number(value, 1)
            rect = QRectF(0, y - self.px(8), plot.left() - self.px(8), self.px(16))
            write(painter, rect, text, font, ink, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = QRectF(plot.left() - self.px(12), plot.bottom() + self.px(6), plot.width() + self.px(24),
                      self.px(16))
        if self._points[0].seconds == self._points[-1].seconds:
            write(painter, foot, self._ends[1], font, ink, Qt.AlignmentFlag.AlignCenter)
            return
        write(painter, foot, self._ends[0], font, ink)
        write(painter, foot, self._ends[1], font, ink,
              Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _draw_versions(self, painter: QPainter, plot: QRectF, xs: Sequence[float]) -> None:
        """A dashed line before the first answer of another version, named beside it."""
        font = self.type("caption")
        for index in range(1, len(self._points)):
            version = self._points[index].version
            if version == self._points[index - 1].version:
                continue
            x = (xs[index - 1] + xs[index]) / 2
            painter.setPen(QPen(self.color("text2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            wide = width_of(version, font) + 2
            left = min(x + self.px(4), plot.right() - wide)
            write(painter, QRectF(left, plot.top() - self.px(6), wide, self.px(14)), version, font,
                  self.color("text2"))

    def _draw_point(
        self, painter: QPainter, plot: QRectF, x: float, point: AnswerPoint, limits: tuple[float, float],
        is_chosen: bool,
    ) -> None:
        low, high = limits

        def y(value: float) -> float:
            return plot.bottom() - (value - low) / (high - low) * plot.height()

        if point.value is None:
            self._draw_cross(painter, QPointF(x, plot.bottom() - self.px(6)))
            centre = QPointF(x, plot.bottom() - self.px(6))
        else:
            colour = self.color(RELATION_COLOURS.get(point.relation, "r1"))
            if point.low is not None and point.high is not None:
                painter.setPen(QPen(colour, self.px(2)))
                painter.drawLine(QPointF(x, y(point.low)), QPointF(x, y(point.high)))
            centre = QPointF(x, y(point.value))
            draw_marker(painter, centre, self.px(5), point.relation, colour, self.color("surface"))
        if is_chosen:
            painter.setPen(QPen(self.color("focus"), self.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, self.px(9), self.px(9))

    def _draw_cross(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self.color("text2"), self.px(1.7)))
        half = self.px(3.5)
        painter.drawLine(at + QPointF(-half, -half), at + QPointF(half, half))
        painter.drawLine(at + QPointF(-half, half), at + QPointF(half, -half))

