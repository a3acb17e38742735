"""Type and choose: a name with its code from the local table, or one's own words without a code."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QScrollArea, QWidget

from medapp.assess.assessor import Given
from medapp.domain.datatypes import CodeableConcept, Coding
from medapp.terminology import terms
from medapp.terminology.terms import Term
from ui.format import format_concept
from ui.forms.check import Checked
from ui.forms.entry_fields import EntryField
from ui.itemmodels.term_delegate import TERM_ROLE, TermDelegate
from ui.jobs import Token
from ui.widgets import Column, set_property

ROWS: Final = 6


class TermField(EntryField):
    """A line and, under it while one types, the names that fit. Arrows and Enter choose, Esc closes."""

    def _editor(self) -> QWidget:
        self._meant: CodeableConcept | None = None
        self._shown = ""
        self._token = Token()
        box = QWidget()
        column = Column(self.context, 0, 2, box)
        self.line = QLineEdit()
        self.line.textEdited.connect(self._on_typed)
        self.line.textChanged.connect(self._on_change)
        self._name(self.line)
        self.context.language_changed.connect(self._say_again)
        self.list = QListWidget()
        self.list.setProperty("surface", "popup")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TermDelegate(self.context, self.list))
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(self._on_clicked)
        self.list.hide()
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.installEventFilter(self)
        self.context.jobs.compute(partial(terms.search, self.spec.group, "a"))  # its table is read once
        return box

    @property
    def is_open(self) -> bool:
        """Whether names are listed under the line."""
        return not self.list.isHidden()

    def concept(self) -> CodeableConcept:
        """What is meant: the chosen name with its codes, else the words as they stand."""
        text = self.line.text().strip()
        if self._meant is not None and text == self._shown:
            return self._meant
        return CodeableConcept((), text)

    def value(self) -> CodeableConcept | None:
        return self.concept() if self.line.text().strip() else None

    def set_value(self, value: Any) -> None:
        """Show what is recorded; its codes stay until other words are typed."""
        self._mean(value if isinstance(value, CodeableConcept) else None)

    def raw(self) -> Any:
        concept = self.value()
        if concept is None:
            return ""
        codings = [[coding.system, coding.code, coding.display] for coding in concept.codings]
        return [concept.text, codings]

    def set_raw(self, raw: Any) -> None:
        if isinstance(raw, list):
            text, codings = raw
            self._mean(CodeableConcept(tuple(Coding(*parts) for parts in codings), text))
        else:
            self._mean(None)

    def choose(self, term: Term) -> None:
        """Take one of the listed names."""
        self._mean(term.concept)

    def _mean(self, concept: CodeableConcept | None) -> None:
        self._meant = concept
        self._shown = "" if concept is None else format_concept(concept, self.context.words).strip()
        self.line.setText(self._shown)
        self.close_list()
        self._on_change()

    def _say_again(self) -> None:
        """Another language: the chosen name is said in it, one's own words stay."""
        if self._meant is not None and self.line.text().strip() == self._shown:
            self._mean(self._meant)

    def close_list(self) -> None:
        self._token.cancel()
        self.list.hide()

    def _read(self) -> Checked:
        """Words without a code are taken, and it is said what they cannot do."""
        concept = self.value()
        if concept is None:
            return Checked()
        words = self.context.words
        given = Given(concept.label)
        if concept.codings:
            codes = ", ".join(c.code for c in concept.codings if not c.code.isdigit())
            return Checked(given, "note", words("Coded {code}", code=codes) if codes else words("Coded"))
        return Checked(given, "warn", words("Not coded: models and checks can’t see it."))

    def _show(self, checked: Checked) -> None:
        super()._show(checked)
        set_property(self.line, "state", "error" if checked.is_wrong else "")
        if checked.level == "note":
            self._icon.set_icon("ok", "ok")

    def _on_typed(self, text: str) -> None:
        self._token.cancel()
        if not text.strip():
            self.list.hide()
            return
        self._token = self.context.jobs.compute(
            partial(terms.search, self.spec.group, text), partial(self._take, text), None, Token()
        )

    def _take(self, text: str, found: list[Term]) -> None:
        if text != self.line.text():
            return
        words = self.context.words
        self.list.clear()
        for term in found:
            title = words.pick(term.title)
            item = QListWidgetItem(f"{title}, {term.code}" if term.code else title)
            item.setToolTip(title)
            item.setData(TERM_ROLE, term)
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.setVisible(bool(found))
        if found:
            self._fit(len(found))
        exact = terms.exactly(self.spec.group, text)
        if exact is not None:  # typed to the last letter: it is coded without being chosen
            self._meant, self._shown = exact.concept, text.strip()
            self._on_change()

    def _fit(self, count: int) -> None:
        """As many rows as there is room for under the line, and all of them in sight."""
        row = self.list.sizeHintForRow(0)
        area = self._area()
        most = ROWS
        if area is not None:
            room = area.viewport().height() - self.line.height() - 2 * self.context.theme.px(8)
            most = max(2, min(ROWS, room // max(row, 1)))
            QTimer.singleShot(0, self, self._reveal)  # when the layout has given it its place
        self.list.setFixedHeight(min(count, most) * row + 2 * self.list.frameWidth() + 2)

    def _reveal(self) -> None:
        area = self._area()
        if area is not None and self.is_open:
            margin = self.context.theme.px(8)
            area.ensureWidgetVisible(self.list, 0, margin)
            area.ensureWidgetVisible(self.line, 0, margin)

    def _area(self) -> QScrollArea | None:
        """What the form scrolls in."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.choose(item.data(TERM_ROLE))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and self.is_open:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape:  # else the window's own Esc would have it
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            elif event.type() == QEvent.Type.FocusOut:
                self.close_list()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, row, count = event.key(), self.list.currentRow(), self.list.count()
        if key == Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, count - 1))
        elif key == Qt.Key.Key_Up:
            self.list.setCurrentRow(max(row - 1, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.choose(self.list.item(row).data(TERM_ROLE))
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True
