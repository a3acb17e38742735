"""The fields of a letter: a referral, a request, a sick note; a summary and a result sheet have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from medapp.i18n import N_
from medapp.services.documents import Letter, ReportKind
from ui.context import Context
from ui.widgets import Column, LinkButton, Text

_FIELDS: dict[ReportKind, tuple[str, ...]] = {
    ReportKind.VISIT: (), ReportKind.RESULTS: (),
    ReportKind.REFERRAL: ("to", "question", "text", "urgent"),
    ReportKind.REQUEST: ("to", "tests", "question", "urgent"),
    ReportKind.SICK_NOTE: ("first", "last", "diagnosis", "remarks"),
}
_TITLES = {
    "to": N_("To whom or which service"), "first": N_("First day, as 2026-03-14"),
    "last": N_("Last day, as 2026-03-16"), "tests": N_("Tests, one a line"),
    "question": N_("Question or reason"), "text": N_("Course so far"),
    "diagnosis": N_("Diagnosis, only if the patient agrees"), "remarks": N_("Remarks for the employer"),
}
"""A sick note has remarks of its own: what is written to a colleague never reaches an employer."""

_LONG = ("question", "text", "tests", "remarks")


class LetterForm(QWidget):
    """`changed` with each keystroke; `take_over_wanted` asks for the last visit's text."""

    changed = Signal()
    take_over_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kind = ReportKind.VISIT
        column = Column(context, 0, 4, self)
        self._labels: dict[str, Text] = {}
        self.editors: dict[str, QLineEdit | QPlainTextEdit] = {}
        for name, title in _TITLES.items():
            label = Text(context, title, "small", "text2", wrap=True)
            editor: QLineEdit | QPlainTextEdit = QPlainTextEdit() if name in _LONG else QLineEdit()
            if isinstance(editor, QPlainTextEdit):
                editor.setTabChangesFocus(True)
            editor.textChanged.connect(self.changed)
            label.setBuddy(editor)
            self._labels[name], self.editors[name] = label, editor
            column.addWidget(label)
            column.addWidget(editor)
        self.take_over = LinkButton(context, N_("Take over the last visit's text"), icon="copy", small=True,
                                    on_click=self.take_over_wanted.emit)
        column.addWidget(self.take_over)
        self.urgent = QCheckBox()
        self.urgent.toggled.connect(self.changed)
        column.addWidget(self.urgent)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._measure)
        self._speak()
        self._measure()
        self.set_kind(ReportKind.VISIT)

    def set_kind(self, kind: ReportKind) -> None:
        """Show the fields of a kind; what was typed into shared ones stays."""
        self._kind = kind
        shown = _FIELDS[kind]
        for name, editor in self.editors.items():
            self._labels[name].setVisible(name in shown)
            editor.setVisible(name in shown)
        self.urgent.setVisible("urgent" in shown)
        self.take_over.setVisible(kind is ReportKind.REFERRAL)
        if kind is ReportKind.SICK_NOTE and not self._text("first"):
            self.editors["first"].setText(  # type: ignore[union-attr]
                self._context.clock().date().isoformat()
            )

    def letter(self, note: int | None) -> Letter:
        """What is filled in; fields of other kinds are left out."""
        shown = _FIELDS[self._kind]
        texts = {name: self._text(name) for name in self.editors if name in shown}
        is_urgent = "urgent" in shown and self.urgent.isChecked()
        about = note if self._kind is ReportKind.VISIT else None
        return Letter(self._kind, about, is_urgent=is_urgent, **texts)  # type: ignore[arg-type]

    def document(self) -> dict[str, object] | None:
        """What is typed, for a draft; None when nothing is. A sick note's first day alone is ours."""
        texts = {name: self._text(name) for name in self.editors if self._text(name)}
        if not set(texts) - {"first"} and not self.urgent.isChecked():
            return None
        return {"kind": self._kind.value, "texts": texts, "urgent": self.urgent.isChecked()}

    def fill(self, document: Mapping[str, Any]) -> None:
        """Put a draft's words in without telling `changed`."""
        self.blockSignals(True)
        for name, text in document["texts"].items():
            editor = self.editors[name]
            put = editor.setPlainText if isinstance(editor, QPlainTextEdit) else editor.setText
            put(text)
        self.urgent.setChecked(bool(document["urgent"]))
        self.blockSignals(False)

    def put_text(self, text: str) -> None:
        """Words for the course so far."""
        editor = self.editors["text"]
        assert isinstance(editor, QPlainTextEdit)
        editor.appendPlainText(text)

    def clear(self) -> None:
        """Forget the patient, without telling `changed`."""
        self.blockSignals(True)
        for editor in self.editors.values():
            editor.clear()
        self.urgent.setChecked(False)
        self.blockSignals(False)

    def first_editor(self) -> QWidget | None:
        """The first field that is still empty; None for a kind without fields."""
        shown = _FIELDS[self._kind]
        return next((self.editors[name] for name in shown if name in self.editors and not self._text(name)),
                    None)

    def _text(self, name: str) -> str:
        editor = self.editors[name]
        text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
        return text.strip()

    def _speak(self) -> None:
        words = self._context.words
        for name, editor in self.editors.items():
            editor.setAccessibleName(words(_TITLES[name]))
        self.urgent.setText(words("Urgent"))

    def _measure(self) -> None:
        for name in _LONG:
            self.editors[name].setFixedHeight(self._context.theme.px(84))
