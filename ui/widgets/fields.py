"""Fields: a frame with an icon, a line to type in, and something at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets.buttons import IconButton
from ui.widgets.card import Icon
from ui.widgets.layout import Column, Row, set_property
from ui.widgets.text import KeyCap, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class _Line(QLineEdit):
    """A bare line; a key that `on_key` takes does not reach it."""

    on_key: Callable[[QKeyEvent], bool] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.on_key is None or not self.on_key(event):
            super().keyPressEvent(event)


class FramedField(QFrame):
    """The frame of every one-line field; the line itself is `line`."""

    def __init__(
        self,
        context: Context,
        *,
        icon: str = "",
        placeholder: str = "",
        name: str,
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._placeholder, self._name, self._height = context, placeholder, name, height
        self.setProperty("field", "frame")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = Row(context, (12, 0, 8, 0), 10, self)
        if icon:
            self.row.addWidget(Icon(context, icon, "text2"))
        self.line = _Line(self)
        self.line.setProperty("bare", "true")
        self.line.setProperty("ring", "none")
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._measure)
        self._speak()
        self._measure()

    def text(self) -> str:
        return self.line.text()

    def set_error(self, is_wrong: bool) -> None:
        """The red frame; say why in a text under the field."""
        set_property(self, "state", "error" if is_wrong else "")

    def take_focus(self) -> None:
        """Focus the line; the frame says so at once, so that a first paint need not be redone."""
        self.line.setFocus()
        if self.isVisible():
            set_property(self, "focused", "true")
        else:  # it is dressed when it is shown
            self.setProperty("focused", "true")

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.line in (old, new):
            set_property(self, "focused", "true" if new is self.line else "false")

    def _speak(self) -> None:
        words = self._context.words
        self.line.setPlaceholderText(words(self._placeholder) if self._placeholder else "")
        self.line.setAccessibleName(words(self._name))

    def _measure(self) -> None:
        self.setFixedHeight(self._context.theme.px(self._height))


class SearchField(FramedField):
    """Find: typing tells `typed`, arrows and Enter go to whoever shows the results.

    `commanded` is Ctrl Enter.
    """

    typed = Signal(str)
    moved = Signal(int)
    accepted = Signal()
    commanded = Signal()
    escaped = Signal()

    def __init__(
        self,
        context: Context,
        placeholder: str,
        *,
        keys: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        name = name or placeholder
        super().__init__(context, icon="search", placeholder=placeholder, name=name, parent=parent)
        self._clear = IconButton(context, "close", N_("Clear"), on_click=self.line.clear, parent=self)
        self._clear.hide()
        self.row.addWidget(self._clear)
        self.keys = KeyCap(keys)
        if keys:
            self.row.addWidget(self.keys)
        else:
            self.keys.hide()
        self.line.textChanged.connect(self._on_text)
        self.line.on_key = self._on_key

    def show_text(self, text: str) -> None:
        """Put a text in without telling `typed`."""
        self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(False)
        self._clear.setVisible(bool(text))

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.typed.emit(text)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Arrows, Enter and Esc are not the line's."""
        from PySide6.QtCore import Qt

        key = event.key()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if key in step:
            self.moved.emit(step[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.commanded if is_command else self.accepted).emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return False
        return True


class PassphraseField(FramedField):
    """A secret with an eye to show it."""

    submitted = Signal()

    def __init__(
        self,
        context: Context,
        *,
        name: str = N_("Passphrase"),
        height: int = 42,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, icon="lock", name=name, height=height, parent=parent)
        from PySide6.QtCore import Qt

        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        hint = Qt.InputMethodHint
        self.line.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        self._eye = IconButton(context, "eye", N_("Show what is typed"), on_click=self._toggle, parent=self)
        self.row.addWidget(self._eye)
        self.line.returnPressed.connect(self.submitted)

    def _toggle(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if hidden else "eye")

    def clear(self) -> None:
        self.line.clear()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye")


class LabelledField(QWidget):
    """Label above, field, then an example or an error below; the error has an icon."""

    def __init__(
        self,
        context: Context,
        label: str,
        field: QWidget,
        *,
        example: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._example = example
        self.field = field
        column = Column(context, 0, 4, self)
        self.label = Text(context, label, "small", "text2")
        self.label.setBuddy(field)
        column.addWidget(self.label)
        column.addWidget(field)
        row = Row(context, 0, 6)
        self._icon = Icon(context, "caution", "danger", 14)
        self._icon.hide()
        self.note = Text(context, example, "small", "text3", wrap=True)
        if not example:  # never show what has no parent yet: it would be a window for a moment
            self.note.hide()
        from PySide6.QtCore import Qt

        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.note, 1)
        column.addLayout(row)

    def set_error(self, message: str = "", **fields: object) -> None:
        """Say what is wrong and put the focus there; empty takes it back."""
        self._icon.setVisible(bool(message))
        self.note.set_tone("danger" if message else "text3")
        if message or self._example:
            self.note.set_message(message or self._example, **fields)
        self.note.setVisible(bool(message or self._example))
        if isinstance(self.field, FramedField):
            self.field.set_error(bool(message))
        if message:
            self.field.setFocus()
