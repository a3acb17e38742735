"""Opening the clinic with the printed recovery code and choosing a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import session as clinics
from ui.context import Context
from ui.widgets import Button, Column, FramedField, LabelledField, LinkButton, PassphraseField, Strip, Text


class RecoverForm(QWidget):
    """Emergency access; the use is written to the audit log."""

    opened = Signal(object, str)
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._directory, self._user = context, Path(), ""
        column = Column(context, 0, 8, self)
        column.addWidget(Text(context, N_("Use the recovery code"), "display"))
        self._who = Text(context, role="body", tone="text2", wrap=True)
        column.addWidget(self._who)
        column.addSpacing(8)
        code = FramedField(context, icon="key", name=N_("Recovery code"), height=38)
        self.code = LabelledField(
            context,
            N_("Recovery code"),
            code,
            example=N_("Eight groups of four characters, as printed; capitals do not matter."),
        )
        self.password = LabelledField(
            context,
            N_("New passphrase"),
            PassphraseField(context, name=N_("New passphrase"), height=38),
            example=N_("At least 8 characters; a few unrelated words are strong and easy to type."),
        )
        for field in (self.code, self.password):
            column.addWidget(field)
            field.field.line.returnPressed.connect(self.submit)  # type: ignore[attr-defined]
            field.field.line.textEdited.connect(self._forget_error)  # type: ignore[attr-defined]
        self.error = Strip(context, "", "danger")
        self.error.hide()
        column.addWidget(self.error)
        column.addSpacing(4)
        self.button = Button(context, N_("Open the clinic"), "primary", keys="Enter", on_click=self.submit)
        self.button.setProperty("scale", "large")
        column.addWidget(self.button)
        column.addWidget(Text(context, N_("This use is written to the audit log."), "small", "text3"))
        column.addWidget(LinkButton(context, N_("Back"), icon="arrow-left", on_click=self.cancelled.emit))

    def load(self, directory: Path, user: str) -> None:
        """For whom the new passphrase will be."""
        self._directory, self._user = directory, user
        self._who.set_message(N_("It opens the clinic and gives {user} a new passphrase."), user=user)

    def focus_first(self) -> None:
        self.code.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Open with the code on the store thread."""
        code, password = (f.field.text() for f in (self.code, self.password))  # type: ignore[attr-defined]
        if not code.strip():
            self.code.set_error(N_("Type the printed code."))
            return
        directory, user, clock = self._directory, self._user, self._context.clock
        self.button.setEnabled(False)
        self._context.jobs.store(
            lambda: clinics.open_with_recovery(directory, code, user, password, clock=clock),
            self._on_open,
            self._on_error,
        )

    def _on_open(self, answer: tuple[object, str]) -> None:
        session, new_code = answer
        self.button.setEnabled(True)
        for field in (self.code, self.password):
            field.field.line.clear()  # type: ignore[attr-defined]
        self.opened.emit(session, new_code)

    def _on_error(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        self.error.show_error(self._context, error)
        self.focus_first()

    def _forget_error(self) -> None:
        self.error.hide()
