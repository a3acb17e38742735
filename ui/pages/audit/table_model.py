"""Entries of the log, newest first, fetched page by page as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from medapp.i18n import N_
from medapp.services.audit_words import action_words, detail_words
from ui.context import Context
from ui.format import format_date, format_name

if TYPE_CHECKING:
    from medapp.services.audit import AuditLine

Index = QModelIndex | QPersistentModelIndex
HEADINGS: Final = (N_("Time"), N_("User"), N_("Act"), N_("Patient"), N_("Details"))


def when(line: AuditLine) -> datetime:
    """The moment of an entry on the reader's clock."""
    return datetime.fromtimestamp(line.entry.at / 1_000_000, timezone.utc).astimezone()


class AuditTableModel(QAbstractTableModel):
    """Words are made when a cell is painted, so that a language needs no new reading."""

    more_wanted = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.lines: list[AuditLine] = []
        self.has_more = False
        context.language_changed.connect(self._speak)

    def start(self, lines: Sequence[AuditLine], has_more: bool) -> None:
        """Show these alone."""
        self.beginResetModel()
        self.lines, self.has_more = list(lines), has_more
        self.endResetModel()

    def extend(self, lines: Sequence[AuditLine], has_more: bool) -> None:
        """Older ones after those that are shown."""
        self.has_more = has_more
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines.extend(lines)
            self.endInsertRows()

    def line(self, row: int) -> AuditLine | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def cells(self, line: AuditLine) -> tuple[str, ...]:
        """Time, user, act, patient, details."""
        words, entry = self._context.words, line.entry
        at = when(line)
        return (
            f"{format_date(at, words)} {at:%H:%M:%S}", line.user or words("user {n}", n=entry.user),
            action_words(entry.action, words), self.patient(line), detail_words(entry.detail),
        )

    def patient(self, line: AuditLine) -> str:
        """The patient by name; by the record's number where the reader may not know more."""
        words = self._context.words
        if line.patient is not None:
            first, _ = format_name(line.patient.name, line.patient.name_local, words)
            return first or words("No name recorded")
        return "" if line.entry.patient is None else words("record {n}", n=line.entry.patient)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADINGS)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: Index) -> None:
        if self.has_more:
            self.more_wanted.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._context.words(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cells(line)[index.column()]
        is_break = line.entry.action == "audit_break"
        if role == Qt.ItemDataRole.ForegroundRole and is_break:
            return self._context.theme.color("danger")
        return None

    def _speak(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADINGS) - 1)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(HEADINGS) - 1))
