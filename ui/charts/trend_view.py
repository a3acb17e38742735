"""The large trend chart: drawn in the pool, blitted here, with a cursor that keys and mouse move.

It shows one trend, or up to four panels under one another; then Up and Down go from panel to panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.figures.series import Panel, Trend
from ui.charts.drawing import draw_panel_pixels, draw_pixels
from ui.charts.painted import width_of, write
from ui.charts.picture import Picture
from ui.context import Context


class TrendView(Picture):
    """A picture with a cursor.

    `pointed` carries the index of a point in `trend.points`, or of the shown points of all panels one
    after the other; -1 when the cursor is gone.
    """

    pointed = Signal(int)
    table_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._trend: Trend | None = None
        self._panels: tuple[Panel, ...] = ()
        self._starts: tuple[int, ...] = (0,)
        self._bubbles: Sequence[str] = ()
        self._first = 0
        self._cursor = -1

    @property
    def trend(self) -> Trend | None:
        return self._trend

    def show_trend(self, trend: Trend, bubbles: Sequence[str], name: str, sentence: str) -> None:
        """`bubbles` are the words of each shown point; `sentence` is what a screen reader says."""
        self._trend, self._bubbles = trend, bubbles
        self._panels, self._starts = (), (0,)
        self._first = sum(point.seconds < trend.start for point in trend.points)
        self._cursor = -1
        self.speak(name, sentence)
        self.setToolTip("")
        self.draw(partial(draw_pixels, trend))

    def show_panels(self, panels: Sequence[Panel], bubbles: Sequence[str], name: str, sentence: str) -> None:
        """Several trends on one time axis; `bubbles` are of the shown points of all, panel by panel."""
        self._panels, self._trend, self._bubbles = tuple(panels), panels[0].trend, bubbles
        counts = [len(panel.trend.shown) for panel in panels]
        self._starts = (0, *accumulate(counts[:-1]))
        self._first, self._cursor = 0, -1
        self.speak(name, sentence)
        self.setToolTip("")
        self.draw(partial(draw_panel_pixels, self._panels))

    def clear(self) -> None:
        super().clear()
        self._trend, self._bubbles, self._cursor = None, (), -1
        self._panels, self._starts = (), (0,)

    def point_at(self, index: int) -> None:
        """Put the cursor on a point of `trend.points`; -1 takes it away."""
        shown = self._shown_index(index)
        if shown != self._cursor:
            self._cursor = shown
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(640)), int(self.px(300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self.px(320)), int(self.px(130)))

    def paint_over(self, painter: QPainter) -> None:
        if self._cursor >= 0:
            self._draw_cursor(painter)

    def _place(self, index: int) -> QPointF | None:
        if self.drawn is None or not 0 <= index < len(self.drawn.places):
            return None
        ratio = self.devicePixelRatioF()
        x, y = self.drawn.places[index]
        return QPointF(x / ratio, y / ratio)

    def _draw_cursor(self, painter: QPainter) -> None:
        place = self._place(self._cursor)
        if place is None:
            return
        painter.setPen(QPen(self.color("focus"), self.px(2.4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, self.px(8), self.px(8))
        self._draw_bubble(painter, place, self._bubbles[self._cursor])

    def _draw_bubble(self, painter: QPainter, place: QPointF, text: str) -> None:
        font = self.type("small", bold=True)
        wide, high = width_of(text, font) + self.px(16), self.px(24)
        left = min(max(place.x() - wide / 2, 2.0), self.width() - wide - 2)
        top = place.y() + self.px(14)
        if top + high > self.height() - 2:
            top = place.y() - self.px(38) - high
        rect = QRectF(left, top, wide, high)
        painter.setPen(QPen(self.color("control"), 1))
        painter.setBrush(self.color("surface"))
        painter.drawRoundedRect(rect, 4, 4)
        write(painter, rect.adjusted(self.px(8), 0, 0, 0), text, font, self.color("text"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._bubbles)
        steps = {
            Qt.Key.Key_Left: max(0, (self._cursor if self._cursor >= 0 else count) - 1),
            Qt.Key.Key_Right: min(count - 1, self._cursor + 1) if self._cursor >= 0 else count - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1,
        }
        key = Qt.Key(event.key())
        if key in steps and count:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._panels and count:
            self._move(self._beside(1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.table_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif key == Qt.Key.Key_Escape and self._cursor >= 0:
            self._move(-1)
        else:
            super().keyPressEvent(event)

    def _beside(self, step: int) -> int:
        """The point of the next panel that is nearest in time; the same where there is no panel or point."""
        cursor = max(self._cursor, 0)
        at = max(i for i, start in enumerate(self._starts) if start <= cursor)
        other = at + step
        if not 0 <= other < len(self._panels) or not self._panels[other].trend.shown:
            return cursor
        here = self._panels[at].trend.shown[cursor - self._starts[at]].seconds
        shown = self._panels[other].trend.shown
        nearest = min(range(len(shown)), key=lambda i: abs(shown[i].seconds - here))
        return self._starts[other] + nearest

    def _move(self, cursor: int) -> None:
        self._cursor = cursor
        self.update()
        self.pointed.emit(self._point_index(cursor))
        if cursor >= 0:
            self.setAccessibleName(self._bubbles[cursor])
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _point_index(self, shown: int) -> int:
        if self._trend is None or shown < 0:
            return -1
        return self._first + shown  # points are in time order, so those shown are neighbours

    def _shown_index(self, index: int) -> int:
        shown = index - self._first
        return shown if index >= 0 and 0 <= shown < len(self._bubbles) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        nearest = self._nearest(event.position())
        if nearest != self._cursor and nearest >= 0:
            self._move(nearest)

    def _nearest(self, at: QPointF) -> int:
        if self.drawn is None:
            return -1
        ratio = self.devicePixelRatioF()
        best, distance = -1, (self.px(28)) ** 2
        for index, (x, y) in enumerate(self.drawn.places):
            apart = (x / ratio - at.x()) ** 2 + (y / ratio - at.y()) ** 2
            if apart < distance:
                best, distance = index, apart
        return best
