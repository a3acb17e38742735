"""A problem that the record does not have yet: typed, found by word, code or pinyin, or free text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medapp.domain.datatypes import CodeableConcept
from medapp.i18n import N_
from medapp.terminology import terms
from ui.context import Context
from ui.forms.find import MOST, FindList, Hit
from ui.widgets import Column, LinkButton, Row


class NewProblem(QWidget):
    """A search line with what fits under it; `chosen` carries the concept, Esc closes it."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        line = Row(context, 0, 8, self)
        self.finder = FindList(context, N_("Problem: word, code or pinyin"), self._fitting)
        self.finder.found.connect(self._choose)
        self.finder.field.escaped.connect(self.close_row)
        line.addWidget(self.finder, 1)
        cancel = Column(context, 0, 0)
        cancel.addWidget(LinkButton(context, N_("Cancel"), small=True, on_click=self.close_row))
        cancel.addStretch(1)
        line.addLayout(cancel)
        self.hide()

    @property
    def is_ready(self) -> bool:
        return self.finder.is_ready

    def open_row(self) -> None:
        """Show the line, empty, with the focus in it."""
        self.finder.show_text("")
        self.show()
        self.finder.field.take_focus()

    def close_row(self) -> None:
        self.finder.show_text("")
        self.hide()
        self.closed.emit()

    def _fitting(self, text: str) -> list[Hit]:
        """The terms that fit, and at last the words themselves, where no term is called so."""
        words, free = self._context.words, text.strip()
        is_term = terms.exactly(terms.PROBLEMS, free) is not None
        found = terms.search(terms.PROBLEMS, text, MOST if is_term else MOST - 1)
        hits = [Hit(term.concept, words.pick(term.title), term.code or "") for term in found]
        if not is_term:
            hits.append(Hit(
                CodeableConcept((), free), words("“{text}” as written, without a code", text=free)
            ))
        return hits

    def _choose(self, concept: CodeableConcept) -> None:
        self.close_row()
        self.chosen.emit(concept)
