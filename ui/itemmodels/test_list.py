"""The tests of one patient, grouped by organ, as a list that filters and scrolls at 60 frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.charts.sparkline import Spark

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Which panel of a comparison shows the test, from 1; 0 when none does."""


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test's latest value, ready to paint; `level` is low | normal | high | "" (not known)."""

    __test__ = False  # pytest: a laboratory test, not one of its own

    variable: str
    group: str
    title: str
    value: str
    unit: str
    level: str
    level_word: str
    age: str
    spark: Spark
    search: str  # lower case: titles in both languages, id

    @property
    def sentence(self) -> str:
        """What a screen reader says for the row."""
        parts = (self.title, self.value, self.unit, self.level_word, self.age)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The heading of a group; cannot be selected."""

    title: str


class TestListModel(QAbstractListModel):
    """Rows and headings; `filter` keeps tests whose words contain the text."""

    __test__ = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[TestRow, ...] = ()
        self._shown: list[TestRow | GroupRow] = []
        self._text = ""
        self._compared: tuple[str, ...] = ()

    def compare(self, variables: Sequence[str]) -> None:
        """Mark the tests that are compared, in the order in which they were chosen."""
        self._compared = tuple(variables)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_rows(self, rows: Sequence[TestRow]) -> None:
        """Rows already in the order of their groups."""
        self.beginResetModel()
        self._all = tuple(rows)
        self._shown = self._grouped()
        self.endResetModel()

    def filter(self, text: str) -> None:
        self.beginResetModel()
        self._text = text.strip().lower()
        self._shown = self._grouped()
        self.endResetModel()

    def _grouped(self) -> list[TestRow | GroupRow]:
        shown: list[TestRow | GroupRow] = []
        group = None
        for row in self._all:
            if self._text and self._text not in row.search:
                continue
            if row.group and row.group != group:
                group = row.group
                shown.append(GroupRow(group))
            shown.append(row)
        return shown

    def row_of(self, variable: str) -> int:
        """Where a variable is listed; -1 when it is not shown."""
        tests = ((i, row) for i, row in enumerate(self._shown) if isinstance(row, TestRow))
        return next((i for i, row in tests if row.variable == variable), -1)

    def test_at(self, row: int) -> TestRow | None:
        found = self._shown[row] if 0 <= row < len(self._shown) else None
        return found if isinstance(found, TestRow) else None

    def first_test(self) -> int:
        """The first row that is a test; -1 when there is none."""
        return next((i for i, row in enumerate(self._shown) if isinstance(row, TestRow)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._shown[index.row()]
        if role == ROW_ROLE:
            return row
        if role == PLACE_ROLE:
            is_compared = isinstance(row, TestRow) and row.variable in self._compared
            return self._compared.index(row.variable) + 1 if is_compared else 0  # type: ignore[union-attr]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence if isinstance(row, TestRow) else row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._shown[index.row()], GroupRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
