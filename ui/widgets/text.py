"""Text that follows the language, the role and the tone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.context import Context
from ui.widgets.flags import CENTER, PLAIN_TEXT
from ui.widgets.layout import set_property


class Text(QLabel):
    """A label with a role of type and a tone of colour.

    `message` is a message id (mark it with `N_`), shown in the language of the
    moment and again when that changes. For a patient's own words use `set_plain`.
    """

    def __init__(
        self,
        context: Context,
        message: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
        **fields: object,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._say: Callable[[], str] | None = None
        self._elides = elide
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        context.language_changed.connect(self._speak)
        if message:
            self.set_message(message, **fields)

    def set_message(self, message: str, **fields: object) -> None:
        """Show a message id with fields."""
        words = self._context
        self.set_dynamic(lambda: words.words(message, **fields))

    def set_dynamic(self, say: Callable[[], str]) -> None:
        """Show what `say` returns, asked again in each language."""
        self._say = say
        self._speak()

    def set_plain(self, text: str) -> None:
        """Show text that is the same in every language."""
        self._say = None
        self.setText(text)
        self._tell_whole()

    def set_tone(self, tone: str) -> None:
        set_property(self, "tone", tone)

    def set_role(self, role: str) -> None:
        set_property(self, "role", role)

    def _speak(self) -> None:
        if self._say is not None:
            self.setText(self._say())
            self._tell_whole()

    def _tell_whole(self) -> None:
        """What is shortened is told in full under the mouse."""
        if self._elides:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
            self.setToolTip(self.text() if cut else "")

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elides else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elides or self.wordWrap():
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt

        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class KeyCap(QLabel):
    """A key hint: the name of a key in a small box, or bare beside a label."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setProperty("keycap", "true")
        self.setProperty("alignment", CENTER)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
