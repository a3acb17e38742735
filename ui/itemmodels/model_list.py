"""The list of models and its painter: title, figure, state chip, setting and algorithm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import lines_of, paint_focus, paint_ground, width_of, write
from ui.context import Context
from ui.itemmodels.assess_list import ROW_ROLE, Index

_FACES = {"neutral": ("text2", "surface", "line")}


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in a few words; `problem` says why it is refused."""

    id: str
    title: str
    number: str
    detail: str
    state: str
    tone: str
    problem: str
    sentence: str


class ModelListModel(QAbstractListModel):
    """Finished rows in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ModelRow] = []

    def set_rows(self, rows: Sequence[ModelRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, model: str) -> int:
        """Where a model stands; -1 when it is not listed."""
        return next((i for i, row in enumerate(self._rows) if row.id == model), -1)

    def at(self, row: int) -> ModelRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.sentence
        return None


class ModelDelegate(QStyledItemDelegate):
    """Title with the figure at its right; detail with the chip at its right; the problem below."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def px(self, n: float) -> float:
        return n * self.context.theme.zoom

    def _room(self, option: QStyleOptionViewItem) -> float:
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if view is not None else option.rect.width()  # type: ignore[attr-defined]
        return float(width) - self.px(31)

    def _title_lines(self, option: QStyleOptionViewItem, row: ModelRow) -> int:
        font = self.context.theme.font("strong")
        return lines_of(row.title, font, self._room(option) - self.px(12) - width_of(row.number, font))

    def _chip_width(self, row: ModelRow) -> float:
        return width_of(row.state, self.context.theme.font("small")) + self.px(18)

    def _detail_lines(self, option: QStyleOptionViewItem, row: ModelRow) -> int:
        room = self._room(option) - self._chip_width(row) - self.px(10)
        return lines_of(row.detail, self.context.theme.font("small"), room)

    def _problem_lines(self, option: QStyleOptionViewItem, row: ModelRow) -> int:
        if not row.problem:
            return 0
        return lines_of(row.problem, self.context.theme.font("small"), self._room(option))

    def _step(self) -> float:
        return self.px(19 if self.context.theme.cjk else 17)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: ModelRow = index.data(ROW_ROLE)
        details = max(self._detail_lines(option, row) * self._step(), self.px(24))
        height = self.px(6 + 20 + 6) + self._step() * (self._title_lines(option, row) - 1) + details
        return QSize(100, int(height + self._problem_lines(option, row) * self._step() + self.px(4)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ModelRow = index.data(ROW_ROLE)
        theme, rect = self.context.theme, QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state  # type: ignore[attr-defined]
        paint_ground(painter, rect, state, self.context.theme)
        paint_focus(painter, rect, state, self.context.theme)
        strong, left = theme.font("strong"), rect.left() + self.px(17)
        wide = self._room(option)
        line = QRectF(left, rect.top() + self.px(6), wide, self.px(20))
        write(painter, line, row.number, strong, theme.color("text"),
              Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines = self._title_lines(option, row)
        title = line.adjusted(0, 0, -width_of(row.number, strong) - self.px(12), self._step() * (lines - 1))
        self._wrapped(painter, title, row.title, "strong", "text")
        top, chip = title.bottom() + self.px(2), self._chip_width(row)
        self._paint_chip(painter, QRectF(left + wide - chip, top, chip, self.px(20)), row)
        high = max(self._detail_lines(option, row) * self._step(), self.px(20))
        detail = QRectF(left, top + self.px(2), wide - chip - self.px(10), high)
        self._wrapped(painter, detail, row.detail, "small", "text2")
        if row.problem:
            below = QRectF(left, top + high + self.px(4), wide, rect.bottom() - top - high)
            self._wrapped(painter, below, row.problem, "small", "danger")
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(left, rect.bottom()), QPointF(left + wide, rect.bottom()))
        painter.restore()

    def _wrapped(self, painter: QPainter, rect: QRectF, text: str, role: str, tone: str) -> None:
        painter.setFont(self.context.theme.font(role))
        painter.setPen(self.context.theme.color(tone))
        painter.drawText(rect, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), text)

    def _paint_chip(self, painter: QPainter, rect: QRectF, row: ModelRow) -> None:
        theme = self.context.theme
        ink, fill, edge = _FACES.get(row.tone, (row.tone, row.tone + "Tint", row.tone + "Line"))
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2)
        write(painter, rect, row.state, theme.font("small"), theme.color(ink), Qt.AlignmentFlag.AlignCenter)
