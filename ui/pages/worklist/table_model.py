"""The patients that are shown: lines of the search, facts that arrive after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

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


HEADINGS: Final = (N_("Name"), N_("Born"), N_("Sex"), N_("MRN"), N_("Last visit"), N_("Allergies"))


class PatientTableModel(QAbstractTableModel):
    """Holds the lines fetched so far; `more_wanted` asks for the next ones."""

    more_wanted = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: list[PatientLine] = []
        self._facts: dict[int, RowFacts] = {}
        self._names: Counter[str] = Counter()
        self._has_more = False
        self.words: tuple[str, ...] = ()
        context.language_changed.connect(self._speak)

    def set_lines(self, lines: Sequence[PatientLine], query: str, has_more: bool) -> None:
        """Show other patients."""
        self.beginResetModel()
        self._lines = list(lines)
        self._facts = {}
        self.words = typed_words(query)
        self._has_more = has_more
        self._names = Counter(line.name.casefold() for line in self._lines)
        self.endResetModel()

    def append_lines(self, lines: Sequence[PatientLine], has_more: bool) -> None:
        """Show the next patients under those shown."""
        self._has_more = has_more
        if not lines:
            return
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines += lines
        self._names.update(line.name.casefold() for line in lines)
        self.endInsertRows()

    def set_facts(self, facts: Mapping[int, RowFacts]) -> None:
        """Last visits and allergies of some rows."""
        self._facts.update(facts)
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

    def has_similar(self, line: PatientLine) -> bool:
        """Whether another shown patient has the same name."""
        return self._names[line.name.casefold()] > 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Col)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: Index) -> None:
        self._has_more = False
        self.more_wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._context.words(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
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
            return ""
        if column is Col.LAST:
            return format_date(facts.last_visit, words) if facts.last_visit else ""
        return ", ".join(format_substance(one, words) for one in facts.allergies)

    def _speak(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Col) - 1)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Col) - 1))
