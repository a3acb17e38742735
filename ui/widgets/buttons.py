"""Buttons: one class, its kind chosen by a property of the style sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from ui.context import Context
from ui.widgets.flags import LEFT, RIGHT, V_CENTER, pressable
from ui.widgets.flow import Flow
from ui.widgets.layout import Row, set_property

ICON_GAP = 4
"""Design pixels that an icon carries at its right, beside Qt's own four."""

KEY_ROOM, KEY_ROOM_TAB = 40, 14
"""Design pixels that a key hint takes at the end of a button or a tab; the style sheet leaves them free."""

TAB_SPARE = SEGMENT_SPARE = 7
"""Design pixels that each side of a tab gives up where there is little room."""

_ICON_COLOURS = {
    "primary": "onAccent",
    "secondary": "text",
    "quiet": "accent",
    "link": "accent",
    "icon": "text2",
    "danger": "danger",
    "tab": "text2",
    "row": "text2",
}


class Button(QPushButton):
    """A verb to press.

    `kind`: primary (one per page), secondary, quiet (in bars), link, danger, icon,
    tab, segment, row. `keys` is a hint drawn at the end, as "Enter". In Chinese the
    mnemonic of `&Agree` / `同意(&A)` stands in the translation.
    """

    def __init__(
        self,
        context: Context,
        message: str = "",
        kind: str = "secondary",
        *,
        icon: str = "",
        keys: str = "",
        name: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        **fields: object,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._icon_name = icon
        self._keys = keys
        self._name = name
        self._say: Callable[[], str] | None = None
        self._spoken: Callable[[], str] | None = None
        self.setProperty("kind", kind)
        if keys:
            self.setProperty("keyed", "true")
        pressable(context, self)
        self.setAutoDefault(False)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._dress)
        self.set_message(message, **fields)
        self._dress()
        if on_click is not None:
            self.clicked.connect(lambda: on_click())

    def set_message(self, message: str, **fields: object) -> None:
        """Change the label."""
        context = self._context
        self.set_dynamic(lambda: context.words(message, **fields))

    def set_dynamic(self, say: Callable[[], str]) -> None:
        """Show what `say` returns, asked again in each language."""
        self._say = say
        self._speak()

    def set_plain(self, text: str) -> None:
        """A label that is the same in every language (a name)."""
        self._say = None
        self.setText(text.replace("&", "&&"))
        self._describe()

    def set_name(self, say: Callable[[], str]) -> None:
        """What a screen reader is told instead of the label, asked again in each language."""
        self._spoken = say
        self._describe()

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self._dress()

    def set_keys(self, keys: str) -> None:
        """Another key hint; the button was made with one, or is a row."""
        self._keys = keys
        self.update()

    def set_kind(self, kind: str) -> None:
        set_property(self, "kind", kind)
        self._dress()

    def _speak(self) -> None:
        if self._say is not None:
            self.setText(self._say())
        self._describe()

    def _describe(self) -> None:
        if self._spoken is not None:
            self.setAccessibleName(self._spoken())
            return
        words = self._context.words
        label = words(self._name) if self._name else self.text().replace("&", "")
        self.setAccessibleName(label)
        if self._name:
            self.setToolTip(label)

    def _dress(self) -> None:
        theme = self._context.theme
        if self._icon_name:
            kind = str(self.property("kind"))
            gap = 0 if kind == "icon" else ICON_GAP
            self.setIcon(theme.icon(self._icon_name, _ICON_COLOURS.get(kind, "text2"), 16, gap))
            self.setIconSize(QSize(theme.px(16) + theme.px(gap), theme.px(16)))
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._keys:
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(self.palette().color(self.foregroundRole()))
        if self.property("kind") == "row":
            area = self.rect().adjusted(0, 0, -theme.px(12), 0)
            painter.drawText(area, RIGHT | V_CENTER, self._keys)
            return
        is_tab = self.property("kind") == "tab"
        room = theme.px(KEY_ROOM_TAB if is_tab else KEY_ROOM)
        text_width = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        icon_width = 0 if self.icon().isNull() else self.iconSize().width() + 4
        left = (self.width() - room + text_width + icon_width) // 2 + theme.px(4 if is_tab else 8)
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(area, LEFT | V_CENTER, self._keys)


class LinkButton(Button):
    """A text that acts, in the accent colour."""

    def __init__(
        self,
        context: Context,
        message: str = "",
        *,
        icon: str = "",
        small: bool = False,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        **fields: object,
    ) -> None:
        super().__init__(context, message, "link", icon=icon, on_click=on_click, parent=parent, **fields)
        if small:
            self.setProperty("scale", "small")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class IconButton(Button):
    """An icon alone; `name` is its word for tooltip and screen reader."""

    def __init__(
        self,
        context: Context,
        icon: str,
        name: str,
        *,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, "", "icon", icon=icon, name=name, on_click=on_click, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Segmented(QFrame):
    """Two to five choices of which one is on; arrow keys move."""

    chosen = Signal(str)

    def __init__(
        self,
        context: Context,
        options: Sequence[tuple[str, str]],
        current: str = "",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`options` are (id, message id); `name` says what is chosen."""
        super().__init__(parent)
        self.setProperty("surface", "well")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._context, self._name = context, name
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = Row(context, 3, 2, self)
        for key, message in options:
            button = Button(context, message, "segment", parent=self)
            button.setCheckable(True)
            button.setChecked(key == current)
            button.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        context.language_changed.connect(self._describe)
        self._describe()

    @property
    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose without sending `chosen`."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> Button:
        return self._buttons[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room the choices stand closer: no word is cut."""
        super().resizeEvent(event)
        is_tight = self._buttons and next(iter(self._buttons.values())).property("tight") == "true"
        spare = self._context.theme.px(2 * SEGMENT_SPARE) * len(self._buttons) if is_tight else 0
        wanted = self.sizeHint().width() + spare
        for button in self._buttons.values():
            set_property(button, "tight", "true" if wanted > event.size().width() else "false")

    def _describe(self) -> None:
        if self._name:
            self.setAccessibleName(self._context.words(self._name))


class Tabs(QFrame):
    """A row of tabs with an underline; each may carry a number (Alt 1 … 9)."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._flow = Flow(context, 2, self)

    def add(self, key: str, message: str, number: int | None = None) -> Button:
        """Append a tab; its number never changes, even when others are absent."""
        button = Button(context := self._context, message, "tab", keys=str(number or ""), parent=self)
        button.setCheckable(True)
        if number is not None:
            button.setShortcut(f"Alt+{number}")
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        self._flow.addWidget(button)
        context.theme_changed.connect(button.updateGeometry)
        return button

    def set_current(self, key: str) -> None:
        """Choose without sending `chosen`."""
        self._buttons[key].setChecked(True)

    def set_room(self, room: int) -> int:
        """Without room for all, the tabs stand closer, then in two lines: no word is cut. The height."""
        is_tight = any(button.property("tight") == "true" for button in self._buttons.values())
        gap = self._context.theme.px(2) + (self._context.theme.px(2 * TAB_SPARE) if is_tight else 0)
        wanted = sum(button.sizeHint().width() + gap for button in self._buttons.values())
        for button in self._buttons.values():
            set_property(button, "tight", "true" if wanted > room else "false")
        self._flow.invalidate()
        return self._flow.heightForWidth(room)

    @property
    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")
