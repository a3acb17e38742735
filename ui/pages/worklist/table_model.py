"""The patients that are shown: lines of the search, facts that arrive after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtGui import QStandardItemModel

from medapp.i18n import N_
from ui.context import Context
from ui.format import format_born, format_date, format_name, format_sex, format_substance
from ui.pages.worklist.matching import typed_words

if TYPE_CHECKING:
    from medapp.services.search import PatientLine
    from medapp.services.worklist import RowFacts

Index = QModelIndex | QPersistentModelIndex


class Col(IntEnum):
    """The columns, left to right."""

    NAME = 0
    BORN = 1
    SEX = 2
    MRN = 3
    LAST = 4
    ALERTS = 5


_SHOWN, _SAID = 0, 11
"""`Qt.ItemDataRole`: DisplayRole and AccessibleTextRole."""

HEADINGS: Final = (N_("Name"), N_("Born"), N_("Sex"), N_("MRN"), N_("Last visit"), N_("Allergies"))
NOT_READ: Final = N_("not read")


class PatientTableModel(QStandardItemModel):
    """Holds the lines fetched so far; `more_wanted` asks for the next ones.

    Rows and headings are Qt's own: a `headerData` of ours would be handed an enum of the namespace
    `Qt`, whose making costs the first paint 12 ms. What a cell says is asked here.
    """

    more_wanted = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(0, len(Col), parent)
        self._context = context
        self._lines: list[PatientLine] = []
        self._facts: dict[int, RowFacts] = {}
        self._unread: set[int] = set()
        self._names: Counter[str] = Counter()
        self._has_more = False
        self.words: tuple[str, ...] = ()
        context.language_changed.connect(self._speak)
        self._head()

    def set_lines(self, lines: Sequence[PatientLine], query: str, has_more: bool) -> None:
        """Show other patients."""
        self.setRowCount(0)
        self._lines = list(lines)
        self._facts, self._unread = {}, set()
        self.words = typed_words(query)
        self._has_more = has_more
        self._names = Counter(name for line in self._lines for name in names_of(line))
        self.setRowCount(len(self._lines))

    def append_lines(self, lines: Sequence[PatientLine], has_more: bool) -> None:
        """Show the next patients under those shown."""
        self._has_more = has_more
        if not lines:
            return
        self._lines += lines
        self._names.update(name for line in lines for name in names_of(line))
        self.setRowCount(len(self._lines))

    def set_facts(self, facts: Mapping[int, RowFacts]) -> None:
        """Last visits and allergies of some rows."""
        self._facts.update(facts)
        self._tell_facts()

    def set_unread(self, ids: Iterable[int]) -> None:
        """What stands beside some rows could not be read; an empty cell would say that there is none."""
        self._unread.update(ids)
        self._tell_facts()

    def _tell_facts(self) -> None:
        if self._lines:
            last = self.index(len(self._lines) - 1, Col.ALERTS)
            self.dataChanged.emit(self.index(0, Col.LAST), last)

    @property
    def lines(self) -> Sequence[PatientLine]:
        return self._lines

    def line(self, row: int) -> PatientLine | None:
        """The patient of a row, or None outside the rows."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def facts(self, line: PatientLine) -> RowFacts | None:
        """What is known so far beside the line."""
        return self._facts.get(line.id)

    def is_unread(self, line: PatientLine) -> bool:
        """Whether what stands beside the line could not be read."""
        return line.id in self._unread and line.id not in self._facts

    def has_similar(self, line: PatientLine) -> bool:
        """Whether another shown patient has the same name."""
        return any(self._names[name] > 1 for name in names_of(line))

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: Index) -> None:
        self._has_more = False
        self.more_wanted.emit()

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        line = self.line(index.row())
        if line is None or role not in (_SHOWN, _SAID):
            return None
        return self._text(line, Col(index.column()))

    def _text(self, line: PatientLine, column: Col) -> str:
        words = self._context.words
        facts = self._facts.get(line.id)
        if column is Col.NAME:
            return " ".join(filter(None, format_name(line.name, line.name_local, words)))
        if column is Col.BORN:
            return format_born(line.birth_date, self._context.clock(), words)
        if column is Col.SEX:
            return format_sex(line.sex, words, short=True)
        if column is Col.MRN:
            return line.mrn
        if facts is None:
            return words(NOT_READ) if self.is_unread(line) else ""
        if column is Col.LAST:
            return format_date(facts.last_visit, words) if facts.last_visit else ""
        return ", ".join(format_substance(one, words) for one in facts.allergies)

    def _head(self) -> None:
        self.setHorizontalHeaderLabels([self._context.words(heading) for heading in HEADINGS])

    def _speak(self) -> None:
        self._head()
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Col) - 1))


def names_of(line: PatientLine) -> set[str]:
    """Both names as they are compared: the same in either script is the same name."""
    return {name.casefold() for name in (line.name, line.name_local) if name}
