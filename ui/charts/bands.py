"""The bands of a score as a bar: where this answer lies, or the range it could still take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.charts.painted import Painted, begin, draw_marker, mix, width_of, write
from ui.context import Context


@dataclass(frozen=True, slots=True)
class BandState:
    """`edges` are the limits of the bands in rising order with both ends; `labels` the limits in words.

    `low` and `high` are the same for an answer, and differ for a range; `chosen` is the band it lies in.
    """

    edges: tuple[float, ...]
    labels: tuple[str, ...]
    low: float
    high: float
    chosen: int = -1


class BandScale(Painted):
    """Bands side by side, the one that holds the answer stronger; a marker, or a bar over the range."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._state: BandState | None = None

    def show_state(self, state: BandState | None) -> None:
        self._state = state
        self.setVisible(state is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(300)), int(self.px(48)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter, state = begin(self), self._state
        self._draw_bands(painter, state)
        self._draw_answer(painter, state)
        self._write_limits(painter, state)

    def _x(self, value: float, edges: Sequence[float]) -> float:
        margin = self.px(8)
        share = (value - edges[0]) / ((edges[-1] - edges[0]) or 1.0)
        return margin + min(max(share, 0.0), 1.0) * (self.width() - 2 * margin)

    def _draw_bands(self, painter: QPainter, state: BandState) -> None:
        top, high = self.px(9), self.px(10)
        for index, (low, up) in enumerate(zip(state.edges, state.edges[1:], strict=False)):
            left, right = self._x(low, state.edges), self._x(up, state.edges)
            is_chosen = index == state.chosen
            painter.setPen(QPen(self.color("surface"), self.px(1.5)))
            painter.setBrush(mix(self.color("r2" if is_chosen else "control"), 0.75 if is_chosen else 0.28))
            painter.drawRect(QRectF(left, top, right - left, high))

    def _draw_answer(self, painter: QPainter, state: BandState) -> None:
        middle, ink = self.px(14), self.color("text")
        left, right = self._x(state.low, state.edges), self._x(state.high, state.edges)
        if state.low == state.high:
            draw_marker(painter, QPointF(left, middle), self.px(6.5), "above", ink, self.color("surface"))
            return
        painter.setPen(QPen(ink, self.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(left, middle - self.px(7), right - left, self.px(14)),
                                self.px(4), self.px(4))

    def _write_limits(self, painter: QPainter, state: BandState) -> None:
        font, end = self.type("caption"), -1.0
        for value, text in zip(state.edges, state.labels, strict=True):
            wide = width_of(text, font) + 2
            x = min(max(self._x(value, state.edges) - wide / 2, 0.0), self.width() - wide)
            if text and x > end + self.px(6):
                write(painter, QRectF(x, self.px(26), wide, self.px(18)), text, font, self.color("text2"))
                end = x + wide
