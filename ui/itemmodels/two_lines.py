"""A list of two lines a row: what and which state above, more below; made row by row as they are seen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import write
from ui.context import Context

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
STEP = 200


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One row; `key` finds it again. `is_void` is struck out: it no longer counts."""

    key: Hashable
    upper: str
    lower: str
    state: str = ""
    tone: str = "text2"
    icon: str = ""
    is_void: bool = False

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return " ".join(part for part in (self.upper, self.state, self.lower) if part)


class TwoLineModel(QAbstractListModel):
    """Rows are fetched in steps; a `Sequence` that makes its items when asked costs nothing before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[TwoLines] = ()
        self._fetched = 0

    def set_rows(self, rows: Sequence[TwoLines]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._fetched = min(STEP, len(rows))
        self.endResetModel()

    def at(self, row: int) -> TwoLines | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: Hashable) -> int:
        """Where it is among the fetched rows; -1 when it is not."""
        return next((row for row in range(self._fetched) if self._rows[row].key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._fetched

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        last = min(self._fetched + STEP, len(self._rows))
        if last > self._fetched:
            self.beginInsertRows(QModelIndex(), self._fetched, last - 1)
            self._fetched = last
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        return row.upper if role == Qt.ItemDataRole.DisplayRole else row.sentence


class TwoLineDelegate(QStyledItemDelegate):
    """Paints the row from the theme."""

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
        self._paint_words(painter, rect.adjusted(theme.px(14), theme.px(7), -theme.px(12), -theme.px(7)), row)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -2), 4, 4)
        painter.restore()

    def _paint_words(self, painter: QPainter, inner: QRectF, row: TwoLines) -> None:
        theme = self.context.theme
        if row.icon:
            size = theme.px(16)
            mark = theme.pixmap(row.icon, "text2", 16, painter.device().devicePixelRatio())
            painter.drawPixmap(int(inner.left()), int(inner.top() + theme.px(1)), mark)
            inner = inner.adjusted(size + theme.px(10), 0, 0, 0)
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2)
        small, room = theme.font("small"), 0.0
        if row.state:
            room = min(theme.measured("small")[1].horizontalAdvance(row.state) + theme.px(10),
                       upper.width() / 2)
            area = QRectF(upper.right() - room, upper.top(), room, upper.height())
            write(painter, area, row.state, small, theme.color(row.tone), RIGHT)
        strong = theme.font("strong")
        strong.setStrikeOut(row.is_void)
        write(painter, upper.adjusted(0, 0, -room, 0), row.upper, strong, theme.color("text"))
        write(painter, lower, row.lower, theme.font("body"), theme.color("text2"))
