"""The first start: an empty clinic, or a demo clinic to look around in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import session as clinics
from ui.context import Context
from ui.widgets import (
    Button,
    Column,
    FramedField,
    LabelledField,
    LinkButton,
    PassphraseField,
    Row,
    Strip,
    Text,
)

MINIMUM: Final = 8
"""Characters of a passphrase; the key file refuses shorter ones too."""


class CreateForm(QWidget):
    """Who, and which passphrase. `created` carries (user, passphrase, recovery code)."""

    created = Signal(str, str, str)
    wants_demo = Signal()
    wants_other_folder = Signal(Path)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._directory = Path()
        column = Column(context, 0, 8, self)
        column.addWidget(Text(context, N_("Create a clinic"), "display"))
        text = N_("An encrypted clinic on this computer. You are its first user and its administrator.")
        column.addWidget(Text(context, text, "body", "text2", wrap=True))
        column.addLayout(self._build_folder())
        column.addSpacing(8)
        name = FramedField(context, icon="person", name=N_("User name"), height=38)
        self.name = LabelledField(context, N_("User name"), name)
        self.first = LabelledField(
            context,
            N_("Passphrase"),
            PassphraseField(context, height=38),
            example=N_("At least 8 characters; a few unrelated words are strong and easy to type."),
        )
        self.second = LabelledField(
            context,
            N_("The passphrase again"),
            PassphraseField(context, name=N_("The passphrase again"), height=38),
        )
        for field in (self.name, self.first, self.second):
            column.addWidget(field)
            line = field.field.line  # type: ignore[attr-defined]
            line.returnPressed.connect(self.submit)
            line.textEdited.connect(lambda _text, field=field: field.set_error())
        self.error = Strip(context, "", "danger")
        self.error.hide()
        column.addWidget(self.error)
        column.addSpacing(4)
        self.button = Button(context, N_("Create clinic"), "primary", keys="Enter", on_click=self.submit)
        self.button.setProperty("scale", "large")
        column.addWidget(self.button)
        column.addSpacing(8)
        row = Row(context, 0, 8)
        row.addWidget(Text(context, N_("Only looking around?"), "body", "text2"))
        self.demo = LinkButton(context, N_("Open a demo clinic"), on_click=self.wants_demo.emit)
        row.addWidget(self.demo)
        row.addStretch(1)
        column.addLayout(row)

    def _build_folder(self) -> Row:
        row = Row(self._context, 0, 8)
        self._folder = Text(self._context, role="small", tone="text3", elide=True)
        row.addWidget(self._folder, 1)
        row.addWidget(LinkButton(self._context, N_("Another folder…"), small=True, on_click=self._choose))
        return row

    def load(self, directory: Path) -> None:
        """The folder the clinic will lie in."""
        self._directory = directory
        self._folder.set_plain(str(directory))

    def focus_first(self) -> None:
        self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what was typed and make the clinic on the store thread."""
        user = self.name.field.text().strip()  # type: ignore[attr-defined]
        first, second = (f.field.text() for f in (self.first, self.second))  # type: ignore[attr-defined]
        if not user:
            self.name.set_error(N_("Type a name; it stands beside what you do."))
        elif len(first) < MINIMUM:
            self.first.set_error(N_("Too short: at least {n} characters."), n=MINIMUM)
        elif first != second:
            self.second.set_error(N_("The two differ."))
        else:
            self._create(user, first)

    def _create(self, user: str, password: str) -> None:
        directory, clock = self._directory, self._context.clock
        self.error.hide()
        self._set_busy(True)

        def done(code: str) -> None:
            self._set_busy(False)
            for field in (self.first, self.second):
                field.field.clear()  # type: ignore[attr-defined]
            self.created.emit(user, password, code)

        self._context.jobs.store(
            lambda: clinics.create_clinic(directory, user, password, clock=clock), done, self._on_error
        )

    def _on_error(self, error: BaseException) -> None:
        self._set_busy(False)
        self.error.show_error(self._context, error)

    def _set_busy(self, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)
        self.button.set_message(N_("Creating…") if is_busy else N_("Create clinic"))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = self._context.words("Folder of the clinic")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._directory.parent))
        if chosen:
            self.wants_other_folder.emit(Path(chosen))


class RecoveryCodeForm(QWidget):
    """The recovery code, shown once."""

    def __init__(
        self, context: Context, on_continue: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        column = Column(context, 0, 10, self)
        column.addWidget(Text(context, N_("Write down the recovery code"), "display", wrap=True))
        text = N_(
            "It opens the clinic when a passphrase is forgotten. It is shown only now and kept nowhere: "
            "write it on paper and lock it away."
        )
        column.addWidget(Text(context, text, "body", "text2", wrap=True))
        self.code = Text(context, role="title", wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(context.words("Recovery code"))
        self.code.setProperty("surface", "well")
        frame = Strip(context, "", "info", icon="key")
        frame.label.hide()
        frame.layout().addWidget(self.code)  # type: ignore[union-attr]
        column.addWidget(frame)
        warning = N_("Without passphrase and code nobody can open the records, not even we.")
        column.addWidget(Strip(context, warning, "warn"))
        column.addSpacing(4)
        self.button = Button(context, N_("I have written it down"), "primary", on_click=on_continue)
        self.button.setProperty("scale", "large")
        column.addWidget(self.button)

    def show_code(self, code: str) -> None:
        """Four groups to a line, as one writes them."""
        groups = code.split("-")
        half = (len(groups) + 1) // 2
        self.code.set_plain("-".join(groups[:half]) + "-\n" + "-".join(groups[half:]))
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Take the code off the screen and out of the widget."""
        self.code.set_plain("")
