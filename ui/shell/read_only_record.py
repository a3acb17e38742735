"""Problems, allergies, medicines and vital signs as lines of text, to be read beside what is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.patient.banner_words import allergy_words
from ui.pages.patient_facts import Facts
from ui.pages.summary.rows import medicine_lines, problem_lines, vital_lines
from ui.widgets import Card, Column, Text, scrolling

PARTS = (
    ("problems", N_("Problems"), "flag", N_("No active problems recorded")),
    ("allergies", N_("Allergies"), "allergy", N_("Allergies not asked")),
    ("medicines", N_("Medicines"), "pill", N_("No current medicines recorded")),
    ("vitals", N_("Vital signs"), "pulse", N_("Nothing measured")),
)


class RecordPanel(QWidget):
    """Four cards of lines; an empty one says so in words."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = Column(context, (14, 12, 14, 12), 12, self)
        inner = QWidget()
        column = Column(context, 0, 12, inner)
        self.lines: dict[str, Text] = {}
        for name, title, icon, _nothing in PARTS:
            card = Card(context, title, icon=icon)
            text = Text(context, "", "body", wrap=True)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.lines[name] = text
            card.body.addWidget(text)
            column.addWidget(card)
        column.addStretch(1)
        outer.addWidget(scrolling(inner))

    def show_facts(self, facts: Facts) -> None:
        """The record as of now, in the reader's language."""
        words = self._context.words
        said: dict[str, Sequence[str]] = {
            "problems": [
                " · ".join(filter(None, (one.title, one.since))) for one in problem_lines(facts, words)
            ],
            "allergies": allergy_words(facts.record.allergies, words).lines,
            "medicines": [
                " · ".join(filter(None, (one.title, one.dosage, one.since)))
                for one in medicine_lines(facts, words)
            ],
            "vitals": [
                " ".join(filter(None, (one.title, one.value, one.unit))) for one in vital_lines(facts, words)
            ],
        }
        for name, title, _icon, nothing in PARTS:
            text = self.lines[name]
            text.set_plain("\n".join(said[name]) or words(nothing))
            text.setAccessibleName(words(title))

    def clear(self) -> None:
        """Forget the patient."""
        for text in self.lines.values():
            text.set_plain("")

    def focus_first(self) -> None:
        """The first list of lines."""
        self.lines["problems"].setFocus(Qt.FocusReason.OtherFocusReason)
