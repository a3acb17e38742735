"""The large trend chart: drawn in the pool, blitted here, with a cursor that keys and mouse move.

It shows one trend, or up to four panels under one another; then Up and Down go from panel to panel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.figures.series import Panel, Trend
from ui.charts.drawing import DrawnPicture, Look, draw_panel_pixels, draw_pixels, look_of
from ui.charts.painted import Painted, begin, width_of, write
from ui.context import Context
from ui.jobs import Token


class TrendView(Painted):
    """The last image stays, named as updating, until the next is drawn.

    `pointed` carries the index of a point in `trend.points`, or of the shown points of all panels one
    after the other; -1 when the cursor is gone.
    """

    pointed = Signal(int)
    table_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._trend: Trend | None = None
        self._panels: tuple[Panel, ...] = ()
        self._starts: tuple[int, ...] = (0,)
        self._bubbles: Sequence[str] = ()
        self._first = 0
        self._picture: DrawnPicture | None = None
        self._pixmap: QPixmap | None = None
        self._token: Token | None = None
        self._is_stale = False
        self._cursor = -1
        self._redraw = QTimer(self, interval=30, singleShot=True)
        self._redraw.timeout.connect(self._draw)

    @property
    def trend(self) -> Trend | None:
        return self._trend

    @property
    def is_drawn(self) -> bool:
        """Whether the picture on screen is of the current trend."""
        return self._pixmap is not None and not self._is_stale

    @property
    def pixmap(self) -> QPixmap | None:
        """The picture as drawn, for copying."""
        return self._pixmap

    def show_trend(self, trend: Trend, bubbles: Sequence[str], name: str, sentence: str) -> None:
        """`bubbles` are the words of each shown point; `sentence` is what a screen reader says."""
        self._trend, self._bubbles = trend, bubbles
        self._panels, self._starts = (), (0,)
        self._first = sum(point.seconds < trend.start for point in trend.points)
        self._cursor = -1
        self.speak(name, sentence)
        self.setToolTip("")
        self._ask()

    def show_panels(self, panels: Sequence[Panel], bubbles: Sequence[str], name: str, sentence: str) -> None:
        """Several trends on one time axis; `bubbles` are of the shown points of all, panel by panel."""
        self._panels, self._trend, self._bubbles = tuple(panels), panels[0].trend, bubbles
        counts = [len(panel.trend.shown) for panel in panels]
        self._starts = (0, *accumulate(counts[:-1]))
        self._first, self._cursor = 0, -1
        self.speak(name, sentence)
        self.setToolTip("")
        self._ask()

    def clear(self) -> None:
        """Forget everything at once: the next patient must see nothing of this one."""
        if self._token is not None:
            self._token.cancel()
        self._token, self._trend, self._picture, self._pixmap = None, None, None, None
        self._bubbles, self._cursor, self._is_stale = (), -1, False
        self._panels, self._starts = (), (0,)
        self._redraw.stop()
        self.speak("", "")
        self.update()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()

    def _restyle(self, *_: object) -> None:
        super()._restyle()
        self._ask()

    def _ask(self) -> None:
        if self._trend is not None:
            self._is_stale = True
            self._redraw.start()

    def _draw(self) -> None:
        trend = self._trend
        if trend is None or self.width() < 60 or self.height() < 60:
            return
        if self._token is not None:
            self._token.cancel()
        ratio = self.devicePixelRatioF()
        look = look_of(self.context.theme, ratio)
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        self._token = self.context.jobs.compute(_work(trend, self._panels, look, width, height), self._take)

    def _take(self, drawn: DrawnPicture) -> None:
        image = QImage(drawn.pixels, drawn.width, drawn.height, QImage.Format.Format_RGBA8888)
        self._pixmap = QPixmap.fromImage(image.copy())
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture, self._is_stale, self._token = drawn, False, None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.fillRect(self.rect(), self.color("surface"))
        if self._pixmap is None:
            return
        painter.drawPixmap(QPoint(0, 0), self._pixmap)
        if self._is_stale:
            note = self.context.words("Updating…")
            write(painter, QRectF(self.px(50), 0, self.px(200), self.px(20)), note, self.type("small"),
                  self.color("text3"))
            return
        if self._cursor >= 0:
            self._draw_cursor(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _place(self, index: int) -> QPointF | None:
        if self._picture is None or not 0 <= index < len(self._picture.places):
            return None
        ratio = self.devicePixelRatioF()
        x, y = self._picture.places[index]
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
        if self._picture is None:
            return -1
        ratio = self.devicePixelRatioF()
        best, distance = -1, (self.px(28)) ** 2
        for index, (x, y) in enumerate(self._picture.places):
            apart = (x / ratio - at.x()) ** 2 + (y / ratio - at.y()) ** 2
            if apart < distance:
                best, distance = index, apart
        return best

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _work(
    trend: Trend, panels: Sequence[Panel], look: Look, width: int, height: int
) -> Callable[[], DrawnPicture]:
    if panels:
        return lambda: draw_panel_pixels(panels, look, width, height)
    return lambda: draw_pixels(trend, look, width, height)
