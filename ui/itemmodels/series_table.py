"""Every result of one test, newest first, fetched in steps so that 10,000 rows open at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from ui.charts.painted import embolden
from ui.context import Context
from ui.itemmodels.test_delegate import LEVELS

Index = QModelIndex | QPersistentModelIndex
STEP = 200
T = TypeVar("T")
VALUE = 1


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One result in words: collected, value with mark, unit, reference, change, source."""

    point: int  # index in the trend's points, -1 when it cannot be drawn
    cells: tuple[str, str, str, str, str, str]  # compared: the test instead of the change, after the time
    level: str = ""
    observation: int = 0  # whose row it is


class Lazy(Sequence[T]):
    """`count` items, each made when first asked for: 10,000 rows cost nothing until they are seen."""

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        self._count, self._make = count, make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(index)
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]


class SeriesTableModel(QAbstractTableModel):
    """Six columns; headings follow the language."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: Sequence[SeriesRow] = ()
        self._fetched = 0
        self._is_compared = False

    def set_rows(self, rows: Sequence[SeriesRow], *, is_compared: bool = False) -> None:
        """Rows newest first; `is_compared`: of several tests, each named in its row."""
        self.beginResetModel()
        self._rows, self._is_compared = rows, is_compared
        self._fetched = min(STEP, len(self._rows))
        self.endResetModel()

    def headings(self) -> tuple[str, ...]:
        words = self.context.words
        if self._is_compared:
            return (
                words("Collected"), words("Test"), words("Value"), words("Unit"), words("Reference"),
                words("Source"),
            )
        return (
            words("Collected"), words("Value"), words("Unit"), words("Reference"), words("Change"),
            words("Source"),
        )

    @property
    def value_column(self) -> int:
        """Where the value with its mark stands."""
        return VALUE + 1 if self._is_compared else VALUE

    def row(self, index: int) -> SeriesRow | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def row_of_point(self, point: int) -> int:
        """The table row of a chart's point, fetched when it was not yet; -1 when there is none.

        The table is the points backwards; of several tests it is looked for.
        """
        if self._is_compared:
            found = next((at for at, row in enumerate(self._rows) if row.point == point), -1)
        else:
            found = len(self._rows) - 1 - point if 0 <= point < len(self._rows) else -1
        while found >= self._fetched:
            self.fetchMore(QModelIndex())
        return found

    def as_csv_rows(self) -> list[tuple[str, ...]]:
        """Headings and all rows, fetched or not."""
        return [self.headings(), *(row.cells for row in self._rows)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._fetched

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 6

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        last = min(self._fetched + STEP, len(self._rows))
        if last > self._fetched:
            self.beginInsertRows(QModelIndex(), self._fetched, last - 1)
            self._fetched = last
            self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headings()[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        theme = self.context.theme
        if role == Qt.ItemDataRole.DisplayRole:
            mark = LEVELS.get(row.level, ("", ""))[1] if column == self.value_column else ""
            return f"{row.cells[column]} {mark}".rstrip()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[column]
        if column == self.value_column and role == Qt.ItemDataRole.FontRole:
            font: QFont = embolden(theme.font("body"), theme.cjk)
            return font
        is_level = column == self.value_column and row.level in LEVELS
        if is_level and role == Qt.ItemDataRole.ForegroundRole:
            return theme.color(LEVELS[row.level][0])
        return None
