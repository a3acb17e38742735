"""A problem that the record does not have yet: typed, found by word, code or pinyin, or free text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medapp.domain.datatypes import CodeableConcept
from medapp.i18n import N_
from medapp.terminology import terms
from ui.context import Context
from ui.widgets import Button, Column, LinkButton, Row, SearchField, set_property

MOST = 6


class NewProblem(QWidget):
    """A search line with what fits under it; `chosen` carries the concept, Esc closes it."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: list[CodeableConcept] = []
        self._rows: list[Button] = []
        self._at = 0
        column = Column(context, 0, 2, self)
        line = Row(context, 0, 8)
        self.search = SearchField(context, N_("Problem: word, code or pinyin"))
        self.search.typed.connect(self._on_typed)
        self.search.moved.connect(self._move)
        self.search.accepted.connect(self._accept)
        self.search.escaped.connect(self.close_row)
        line.addWidget(self.search, 1)
        line.addWidget(LinkButton(context, N_("Cancel"), small=True, on_click=self.close_row))
        column.addLayout(line)
        self._column = Column(context, 0, 2)
        column.addLayout(self._column)
        self.hide()

    def open_row(self) -> None:
        """Show the line, empty, with the focus in it."""
        self.search.line.clear()
        self.show()
        self.search.take_focus()

    def close_row(self) -> None:
        self.search.line.clear()
        self.hide()
        self.closed.emit()

    def _on_typed(self, text: str) -> None:
        words = self._context.words
        found = terms.search(terms.PROBLEMS, text, MOST)
        self._found = [term.concept for term in found]
        titles = [" ".join(part for part in (words.pick(term.title), term.code) if part) for term in found]
        free = text.strip()
        if free and terms.exactly(terms.PROBLEMS, free) is None:
            self._found.append(CodeableConcept((), free))
            titles.append(words("“{text}” as written, without a code", text=free))
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(at, title) for at, title in enumerate(titles)]
        self._at = 0
        self._show_current()

    def _row(self, at: int, title: str) -> Button:
        row = Button(self._context, "", "row", parent=self, on_click=lambda: self._choose(at))
        row.set_plain(title)
        row.setCheckable(True)
        self._column.addWidget(row)
        return row

    def _move(self, step: int) -> None:
        if self._rows:
            self._at = max(0, min(len(self._rows) - 1, self._at + step))
            self._show_current()

    def _show_current(self) -> None:
        for at, row in enumerate(self._rows):
            row.setChecked(at == self._at)
            set_property(row, "current", at == self._at)

    def _accept(self) -> None:
        if self._found:
            self._choose(self._at)

    def _choose(self, at: int) -> None:
        concept = self._found[at]
        self.close_row()
        self.chosen.emit(concept)
