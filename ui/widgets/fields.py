"""Fields: a frame with an icon, a line to type in, and something at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets.buttons import IconButton
from ui.widgets.card import Icon
from ui.widgets.layout import Column, Row, set_property
from ui.widgets.text import KeyCap, Text


class _Line(QLineEdit):
    """A bare line that tells its frame about the focus."""

    focus_changed = Signal(bool)
    key = Signal(QKeyEvent)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


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
        self.line.focus_changed.connect(self._on_focus)
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

    def _on_focus(self, is_in: bool) -> None:
        set_property(self, "focused", "true" if is_in else "false")

    def _speak(self) -> None:
        words = self._context.words
        self.line.setPlaceholderText(words(self._placeholder) if self._placeholder else "")
        self.line.setAccessibleName(words(self._name))

    def _measure(self) -> None:
        self.setFixedHeight(self._context.theme.px(self._height))


class SearchField(FramedField):
    """Find: typing tells `typed`, arrows and Enter go to whoever shows the results."""

    typed = Signal(str)
    moved = Signal(int)
    accepted = Signal()
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
        self.line.installEventFilter(self)

    def show_text(self, text: str) -> None:
        """Put a text in without telling `typed`."""
        self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(False)
        self._clear.setVisible(bool(text))

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.typed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            if event.key() in step:
                self.moved.emit(step[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accepted.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.escaped.emit()
                return True
        return super().eventFilter(watched, event)


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
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
