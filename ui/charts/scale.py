"""Where the estimate and its interval lie against the action threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from medapp.assess.wording import percent
from ui.charts.painted import (
    RELATION_COLOURS,
    Painted,
    begin,
    draw_marker,
    mix,
    width_of,
    write,
)
from ui.context import Context


@dataclass(frozen=True, slots=True)
class ScaleState:
    """Positions in 0..1; `marks` are thresholds with their words; `top` is the scale's right end."""

    value: float
    low: float
    high: float
    relation: str
    marks: tuple[tuple[float, str], ...] = ()
    top: float = 1.0


def scale_top(value: float, high: float, threshold: float | None) -> float:
    """1, or 0.2 when estimate, interval and threshold all lie under 18 %; the reader is told which."""
    return 0.2 if max(value, high, threshold or 0.0) <= 0.18 else 1.0


class Measures(Protocol):
    """Colours and lengths: a painted widget, or a delegate."""

    def color(self, name: str) -> QColor: ...
    def px(self, n: float) -> float: ...


def draw_bar(painter: QPainter, widget: Measures, state: ScaleState, track: QRectF, radius: float,
             tick: float) -> None:
    """Track, interval with its edge, threshold ticks `tick` tall on each side, marker."""
    def x(value: float) -> float:
        return track.left() + min(max(value / state.top, 0.0), 1.0) * track.width()

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mix(widget.color("control"), 0.24))
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
    colour = widget.color(RELATION_COLOURS.get(state.relation, "r1"))
    middle = track.center().y()
    if state.high > state.low:
        half = track.height() / 2 + widget.px(1.2)
        left, right = x(state.low), max(x(state.high), x(state.low) + 2 * half)
        painter.setPen(QPen(colour, widget.px(1.1)))
        painter.setBrush(mix(colour, 0.37))
        painter.drawRoundedRect(QRectF(left, middle - half, right - left, 2 * half), half, half)
    painter.setPen(QPen(widget.color("text"), widget.px(2)))
    for value, _ in state.marks:
        painter.drawLine(QPointF(x(value), middle - tick), QPointF(x(value), middle + tick))
    draw_marker(painter, QPointF(x(state.value), middle), radius, state.relation, colour,
                widget.color("surface"))


class ThresholdScale(Painted):
    """The large scale: words of the threshold above, the finding in words, the axis below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._state: ScaleState | None = None
        self._finding = ""

    def show_state(self, state: ScaleState, finding: str) -> None:
        """`finding` is the sentence of the relation, drawn at the right."""
        self._state, self._finding = state, finding
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(560)), int(self.px(72)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = begin(self)
        track = QRectF(0, self.px(33), self.width(), self.px(8))
        draw_bar(painter, self, self._state, track, self.px(8.5), self.px(14))
        is_above = self._write_above(painter, self._state)
        self._write_below(painter, self._state, self._state.marks[is_above:])

    def _at(self, value: float, state: ScaleState) -> float:
        return value / state.top * self.width()

    def _write_above(self, painter: QPainter, state: ScaleState) -> bool:
        """The finding on the side that is free, the first threshold over its tick where that leaves room."""
        small, strong = self.type("small", bold=True), self.type("caption", bold=True)
        colour = self.color(RELATION_COLOURS.get(state.relation, "r1"))
        plain = self.color("warn" if state.relation == "crosses" else "text2")
        is_left = bool(state.marks) and self._at(state.marks[0][0], state) > self.width() / 2
        align = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        line = QRectF(0, 0, self.width(), self.px(17))
        write(painter, line, self._finding, small, colour if state.relation == "above" else plain, align)
        if not state.marks:
            return False
        value, text = state.marks[0]
        wide, taken = width_of(text, strong) + 2, width_of(self._finding, small) + self.px(12)
        low, high = (taken, self.width() - wide) if is_left else (0.0, self.width() - taken - wide)
        left = max(min(self._at(value, state) - wide / 2, high), low)
        if not (low <= left <= high and left <= self._at(value, state) <= left + wide):
            return False
        write(painter, QRectF(left, 0, wide, self.px(17)), text, strong, self.color("text"))
        return True

    def _write_below(
        self, painter: QPainter, state: ScaleState, marks: tuple[tuple[float, str], ...]
    ) -> None:
        """Thresholds under their ticks; axis labels give way to them."""
        strong, font = self.type("caption", bold=True), self.type("caption")
        taken: list[tuple[float, float]] = []
        for value, text in marks:
            taken.append(self._write_label(painter, text, self._at(value, state), strong, "text", taken))
        for step in range(6):
            at = step / 5 * self.width()
            self._write_label(painter, f"{round(step * state.top * 20)}%", at, font, "text3", taken)

    def _write_label(
        self, painter: QPainter, text: str, at: float, font: QFont, token: str,
        taken: list[tuple[float, float]],
    ) -> tuple[float, float]:
        wide, gap = width_of(text, font) + 2, self.px(8)
        left = min(max(at - wide / 2, 0.0), self.width() - wide)
        if all(left > end + gap or left + wide < start - gap for start, end in taken):
            write(painter, QRectF(left, self.px(53), wide, self.px(17)), text, font, self.color(token))
        return left, left + wide


class MiniScale(Painted):
    """The small scale of a list row: track, interval, threshold, marker."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._state: ScaleState | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_state(self, state: ScaleState) -> None:
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(200)), int(self.px(16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = begin(self)
        track = QRectF(self.px(4), self.px(6), self.width() - self.px(8), self.px(4))
        draw_bar(painter, self, self._state, track, self.px(5), self.px(8))


class ChangeScale(Painted):
    """What the estimate would become if a missing test came back low or high."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._values: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self._threshold: float | None = None
        self._labels = ("", "", "")

    def show_change(self, low: float, now: float, high: float, threshold: float | None,
                    labels: tuple[str, str, str]) -> None:
        """Probabilities if low, now, if high; `labels` stand below them."""
        self._values, self._threshold, self._labels = (low, now, high), threshold, labels
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(280)), int(self.px(52)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        top = scale_top(max(self._values), max(self._values), self._threshold)
        left, wide = self.px(10), self.width() - self.px(20)
        middle = self.px(25)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("hover"))
        painter.drawRoundedRect(QRectF(left, middle - self.px(2), wide, self.px(4)), 2, 2)
        xs = [left + value / top * wide for value in self._values]
        self._draw_spans(painter, xs, middle)
        if self._threshold is not None:
            painter.setPen(QPen(self.color("text"), self.px(2)))
            x = left + self._threshold / top * wide
            painter.drawLine(QPointF(x, middle - self.px(8)), QPointF(x, middle + self.px(8)))
        self._draw_ends(painter, xs, middle)

    def _tokens(self) -> tuple[str, str, str]:
        low, now, high = self._values
        return ("down" if low <= now else "up", "text", "up" if high >= now else "down")

    def _draw_spans(self, painter: QPainter, xs: list[float], middle: float) -> None:
        tokens = self._tokens()
        for end, token in ((xs[0], tokens[0]), (xs[2], tokens[2])):
            painter.setPen(QPen(self.color(token), self.px(3.6)))
            painter.drawLine(QPointF(xs[1], middle), QPointF(end, middle))

    def _draw_ends(self, painter: QPainter, xs: list[float], middle: float) -> None:
        font = self.type("small", bold=True)
        right = 0.0
        for index in sorted(range(3), key=lambda i: xs[i]):
            colour = self.color(self._tokens()[index])
            painter.setPen(QPen(self.color("surface"), self.px(1.2)))
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(xs[index], middle), self.px(5.6), self.px(5.6))
            text = percent(self._values[index])
            wide = width_of(text, font) + 2
            x = min(max(xs[index] - wide / 2, right), self.width() - wide)
            write(painter, QRectF(x, 0, wide, self.px(16)), text, font, colour)
            right = x + wide + self.px(5)
        self._write_labels(painter, xs)

    def _write_labels(self, painter: QPainter, xs: list[float]) -> None:
        small = self.type("caption")
        order = sorted(range(3), key=lambda i: xs[i])
        widths = [width_of(self._labels[i], small) + 2 for i in order]
        places = [0.0, xs[order[1]] - widths[1] / 2, self.width() - widths[2]]
        places[1] = min(max(places[1], widths[0] + self.px(8)), places[2] - widths[1] - self.px(8))
        for place, wide, index in zip(places, widths, order, strict=True):
            if index == order[1] and wide > places[2] - widths[0]:
                continue
            write(painter, QRectF(place, self.px(36), wide, self.px(16)), self._labels[index], small,
                  self.color("text2"))
