"""Chips: a short state in a pill, with an icon beside its word."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.context import Context
from ui.widgets.flags import NO_FOCUS, pressable
from ui.widgets.layout import set_property

_INK = {"neutral": "text2", "quiet": "text2"}


class Chip(QPushButton):
    """A pill with a word. Tones: neutral, quiet, ok, model, warn, danger, info, accent.

    It is a button only when `on_click` is given; else it takes no focus and a
    screen reader hears a plain text.
    """

    def __init__(
        self,
        context: Context,
        message: str = "",
        tone: str = "neutral",
        *,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        **fields: object,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._icon_name = icon
        self._say: Callable[[], str] | None = None
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if on_click is None:
            self.setProperty("focusPolicy", NO_FOCUS)
            context.later(self._let_through)
        else:
            pressable(context, self)
            self.clicked.connect(lambda: on_click())
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._dress)
        if message:
            self.set_message(message, **fields)
        self._dress()

    def _let_through(self) -> None:
        from PySide6.QtCore import Qt

        if shiboken6.isValid(self):
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_message(self, message: str, **fields: object) -> None:
        context = self._context
        self.set_dynamic(lambda: context.words(message, **fields))

    def set_dynamic(self, say: Callable[[], str]) -> None:
        """Show what `say` returns, asked again in each language."""
        self._say = say
        self._speak()

    def set_plain(self, text: str) -> None:
        self._say = None
        self._show(text)

    def set_tone(self, tone: str, icon: str | None = None) -> None:
        self._icon_name = self._icon_name if icon is None else icon
        set_property(self, "chip", tone)
        self._dress()

    def _speak(self) -> None:
        if self._say is not None:
            self._show(self._say())

    def _show(self, text: str) -> None:
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def _dress(self) -> None:
        theme, tone = self._context.theme, str(self.property("chip"))
        if self._icon_name:
            self.setIcon(theme.icon(self._icon_name, _INK.get(tone, tone), 14, 2))
            self.setIconSize(QSize(theme.px(14) + theme.px(2), theme.px(14)))
