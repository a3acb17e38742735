"""The entries of a list of the record (problems, allergies, medicines, family): rows under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry, ready to paint. `facts` are a period, a source and the like; `chip` is (tone, words).

    `missing` says in words what should be there and is not.
    """

    id: int
    group: str
    title: str
    code: str = ""
    detail: str = ""
    missing: str = ""
    facts: tuple[str, ...] = ()
    chip: tuple[str, str] | None = None
    is_past: bool = False

    @property
    def sentence(self) -> str:
        """What a screen reader says for the row."""
        chip = self.chip[1] if self.chip else ""
        parts = (self.title, chip, self.code, self.detail, self.missing, *self.facts)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group with the number of its entries; cannot be selected."""

    title: str
    count: int


class EntryListModel(QAbstractListModel):
    """Rows in the order of their groups, each group under its heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[EntryLine | Heading] = []

    def set_lines(self, lines: Sequence[EntryLine]) -> None:
        self.beginResetModel()
        self._shown = []
        for group in dict.fromkeys(line.group for line in lines):
            mine = [line for line in lines if line.group == group]
            self._shown += [Heading(group, len(mine)), *mine]
        self.endResetModel()

    def line_at(self, row: int) -> EntryLine | None:
        found = self._shown[row] if 0 <= row < len(self._shown) else None
        return found if isinstance(found, EntryLine) else None

    def row_of(self, entry: int) -> int:
        """Where an entry stands; -1 when it is not listed."""
        rows = (i for i, one in enumerate(self._shown) if isinstance(one, EntryLine) and one.id == entry)
        return next(rows, -1)

    def first_entry(self) -> int:
        """The first row that is an entry; -1 when there is none."""
        return next((i for i, one in enumerate(self._shown) if isinstance(one, EntryLine)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._shown[index.row()]
        if role == ENTRY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence if isinstance(row, EntryLine) else row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._shown[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
