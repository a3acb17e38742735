"""The strip under the banner that asks, after a long pause, whether it is still this patient."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Button, Icon, Row, Text, announce

_YES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class StillThere(QFrame):
    """Enter says yes, Esc leaves unwritten what was about to be written."""

    acknowledged = Signal()
    declined = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name, self._before = "", None
        self.setProperty("surface", "strip-warn")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = Row(context, (16, 6, 16, 6), 10, self)
        row.addWidget(Icon(context, "clock", "warn", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        self.question = Text(context, "", "strong", wrap=True)
        row.addWidget(self.question, 1)
        self.yes = Button(context, N_("Still this patient"), "primary", keys="Enter",
                          on_click=self.acknowledged.emit)
        self.no = Button(context, N_("Do not save"), keys="Esc", on_click=self.declined.emit)
        for button in (self.yes, self.no):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the strip itself takes the key
            row.addWidget(button)
        context.language_changed.connect(self._speak)
        self.hide()

    def ask(self, name: str, *, is_held: bool) -> None:
        """Ask about `name`; with `is_held` something waits to be written, and the strip takes the focus."""
        self._name = name
        self.no.setVisible(is_held)
        self._speak()
        self.show()
        if is_held and not self.hasFocus():
            self._before = QApplication.focusWidget()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.accessibleName(), urgent=True)

    def close_strip(self) -> None:
        """It was answered: the focus goes back to where it was."""
        had_focus, before = self.hasFocus(), self._before
        self._before = None
        self.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def release(self) -> None:
        """Nothing waits any more, but it is still not said who this is."""
        had_focus, before = self.hasFocus(), self._before
        self._before = None
        self.no.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _speak(self) -> None:
        words = self._context.words
        question = words("Still {name}? Nobody typed for over ten minutes.", name=self._name)
        self.question.set_plain(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(words("Enter confirms the patient; what you are saving waits for it."))

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() in (*_YES, Qt.Key.Key_Escape):
            event.accept()  # Esc is the window's elsewhere
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _YES:
            self.acknowledged.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        else:
            super().keyPressEvent(event)
