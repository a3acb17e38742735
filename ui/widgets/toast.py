"""Toasts: what was done, with Undo, for eight seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets.buttons import Button
from ui.widgets.layout import Row
from ui.widgets.speech import announce
from ui.widgets.text import Text

SHOWN_MS: Final = 8000
MARGIN: Final = 16


class Toast(QFrame):
    """One toast at the foot of a window; a new one takes the place of the old."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._undo: Callable[[], object] | None = None
        self.setProperty("surface", "toast")
        row = Row(context, (16, 8, 8, 8), 12, self)
        self.label = Text(context, "", "body", "railActive")
        row.addWidget(self.label)
        self.undo_button = Button(context, N_("Undo"), "toast", on_click=self._on_undo)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        context.theme_changed.connect(self._place)
        self.hide()

    def tell(self, message: str, undo: Callable[[], object] | None = None, **fields: object) -> None:
        """Show a message id; with `undo` a button that calls it once."""
        self.label.set_message(message, **fields)
        self._undo = undo
        self.undo_button.setVisible(undo is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, self.label.text())

    def undo(self) -> bool:
        """Ctrl Z: undo what the toast offers. False when it offers nothing."""
        if self._undo is None or not self.isVisible():
            return False
        self._on_undo()
        return True

    def dismiss(self) -> None:
        """Take it away with its offer: the clinic is locked."""
        self._undo = None
        self._timer.stop()
        self.hide()

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        margin = self._context.theme.px(MARGIN + 24)
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - margin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        had_focus = self.undo_button.hasFocus()
        super().hideEvent(event)  # type: ignore[arg-type]
        if had_focus:
            self._host.setFocus(Qt.FocusReason.OtherFocusReason)
