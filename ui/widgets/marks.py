"""Small painted marks: a dot with a state, a circle with initials."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context


class StatusDot(QWidget):
    """● above, ◆ crosses, ■ below: a shape for each state, so colour is never alone."""

    def __init__(
        self, context: Context, state: str = "below", size: int = 10, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._state, self._size = context, state, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._changed)

    def set_state(self, state: str) -> None:
        """below, crosses, above, or any colour token for a plain dot."""
        self._state = state
        self.update()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        length = self._context.theme.px(self._size)
        return QSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, self._context, QRectF(self.rect()), self._state)


def paint_state(painter: QPainter, context: Context, area: QRectF, state: str) -> None:
    """Draw a threshold state's shape into `area`."""
    token = {"below": "r1", "crosses": "r3", "above": "r4"}.get(state, state)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(context.theme.color(token))
    if state == "crosses":
        painter.save()
        painter.translate(area.center())
        painter.rotate(45)
        side = area.width() * 0.72
        painter.drawRect(QRectF(-side / 2, -side / 2, side, side))
        painter.restore()
    elif state == "below":
        painter.drawRect(area.adjusted(1, 1, -1, -1))
    else:
        painter.drawEllipse(area)


class Avatar(QWidget):
    """A circle with a Chinese family name or initials; decoration beside the full name."""

    def __init__(
        self, context: Context, text: str = "", size: int = 38, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._text, self._size = context, text, size
        self._fill, self._ink = "selected", "accent"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._changed)

    def set_text(self, text: str) -> None:
        self._text = text
        self.update()

    def set_tokens(self, fill: str, ink: str) -> None:
        self._fill, self._ink = fill, ink
        self.update()

    def set_size(self, size: int) -> None:
        self._size = size
        self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        length = self._context.theme.px(self._size)
        return QSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._fill))
        painter.drawEllipse(QRectF(self.rect()))
        font = theme.font("strong")
        is_han = bool(self._text) and ord(self._text[0]) > 0x2E80
        font.setPixelSize(theme.px(round(self._size * (0.42 if is_han else 0.34))))
        painter.setFont(font)
        painter.setPen(theme.color(self._ink))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
