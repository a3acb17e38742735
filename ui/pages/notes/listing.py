"""Drafts and signed visits as a list, two lines each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from medapp.domain.notes import Note
from medapp.i18n import Words
from medapp.services.drafts import Draft
from medapp.services.visits import from_document
from ui.charts.painted import write
from ui.context import Context
from ui.format import format_date
from ui.pages.notes.reader import STATES

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line: a draft (`note` is what it amends, 0 for a new visit) or a signed version."""

    note: int
    is_draft: bool
    date: str
    state: str
    tone: str
    text: str

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return " ".join(part for part in (self.date, self.state, self.text) if part)


def visit_rows(drafts: Sequence[Draft], notes: Sequence[Note], words: Words) -> list[VisitRow]:
    """What is being written first, then every version, the latest first."""
    rows = []
    for draft in drafts:
        visit = from_document(draft.document["visit"])
        state = words("amendment, not signed") if draft.item else words("not signed")
        text = visit.reason.text or visit.history.text
        rows.append(VisitRow(draft.item, True, format_date(visit.started, words), state, "accent",
                             _line(text) or words("No reason written")))
    for note in notes:
        message, tone = STATES[note.status]
        text = note.visit.reason.text or note.visit.history.text or note.visit.plan.text
        rows.append(VisitRow(note.id, False, format_date(note.visit.started, words), words(message), tone,
                             _line(text) or words("No reason written")))
    return rows


def _line(text: str) -> str:
    return " ".join(text.split())[:120]


class VisitList(QAbstractListModel):
    """The rows as they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[VisitRow] = ()

    def set_rows(self, rows: Sequence[VisitRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> VisitRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, note: int, is_draft: bool) -> int:
        """Where it is listed; -1 when it is not."""
        found = (i for i, row in enumerate(self._rows) if (row.note, row.is_draft) == (note, is_draft))
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        return None


class VisitDelegate(QStyledItemDelegate):
    """Date and state above, the reason below; what is cancelled or replaced is struck out."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self.context.theme
        return QSize(100, theme.text_px("body") + theme.text_px("small") + theme.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.context.theme, index.data(ROW_ROLE)
        rect, state = QRectF(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        inner = rect.adjusted(theme.px(14), theme.px(7), -theme.px(12), -theme.px(7))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2)
        small, strong = theme.font("small"), theme.font("strong")
        tone = "text2" if row.tone == "neutral" else row.tone
        write(painter, upper, row.date, strong, theme.color("text"))
        write(painter, upper, row.state, small, theme.color(tone), RIGHT)
        font = theme.font("body")
        font.setStrikeOut(row.tone in ("neutral", "warn"))
        write(painter, lower, row.text, font, theme.color("text" if row.is_draft else "text2"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -2), 4, 4)
        painter.restore()
