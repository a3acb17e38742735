"""A picture that is drawn in the pool and blitted here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.charts.drawing import DrawnPicture, Look, look_of
from ui.charts.painted import Painted, begin, write
from ui.context import Context
from ui.jobs import Token

Draw = Callable[[Look, int, int], DrawnPicture]
"""Draws for a look in width x height device pixels."""

DRAW_AFTER_MS: Final = 30
LEAST: Final = 60
"""Pixels of width and height under which nothing is drawn."""


class Picture(Painted):
    """The last picture stays, named as updating, until the next is drawn."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.drawn: DrawnPicture | None = None
        self._do: Draw | None = None
        self._pixmap: QPixmap | None = None
        self._token: Token | None = None
        self._is_stale = False
        self._later = QTimer(self, singleShot=True, interval=DRAW_AFTER_MS)
        self._later.timeout.connect(self._start)

    @property
    def is_drawn(self) -> bool:
        """Whether the picture on screen is of what is to be shown."""
        return self._pixmap is not None and not self._is_stale

    @property
    def pixmap(self) -> QPixmap | None:
        """The picture as drawn, for copying."""
        return self._pixmap

    def draw(self, do: Draw) -> None:
        """Show something else."""
        self._do = do
        self._ask()

    def paint_over(self, painter: QPainter) -> None:
        """On top of a picture that is up to date."""

    def clear(self) -> None:
        """Forget everything at once: the next patient must see nothing of this one."""
        self._later.stop()
        if self._token is not None:
            self._token.cancel()
        self._do, self.drawn, self._pixmap, self._token, self._is_stale = None, None, None, None, False
        self.speak("", "")
        self.update()

    def _ask(self) -> None:
        if self._do is not None:
            self._is_stale = True
            self._later.start()

    def _start(self) -> None:
        if self._do is None or self.width() < LEAST or self.height() < LEAST:
            return
        if self._token is not None:
            self._token.cancel()
        ratio = self.devicePixelRatioF()
        look = look_of(self.context.theme, ratio)
        size = round(self.width() * ratio), round(self.height() * ratio)
        self._token = self.context.jobs.compute(partial(self._do, look, *size), self._take)

    def _take(self, drawn: DrawnPicture) -> None:
        image = QImage(drawn.pixels, drawn.width, drawn.height, QImage.Format.Format_RGBA8888)
        self._pixmap = QPixmap.fromImage(image.copy())
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.drawn, self._is_stale, self._token = drawn, False, None
        self.update()

    def _restyle(self, *_: object) -> None:
        super()._restyle()
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.fillRect(self.rect(), self.color("surface"))
        if self._pixmap is not None:
            painter.drawPixmap(QPoint(0, 0), self._pixmap)
        if self._is_stale:
            note = QRectF(self.px(50), 0, self.px(200), self.px(20))
            write(painter, note, self.context.words("Updating…"), self.type("small"), self.color("text3"))
        elif self._pixmap is not None:
            self.paint_over(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
