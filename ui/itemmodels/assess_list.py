"""The list of assessments and its painter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import embolden, lines_of, paint_focus, paint_ground, width_of, write
from ui.charts.scale import ScaleState, draw_bar
from ui.context import Context

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
PENDING_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the answers are being calculated anew: the old ones are then not shown."""


@dataclass(frozen=True, slots=True)
class AssessRow:
    """One assessor's answer in a few words; `scale` is None without a probability."""

    id: str
    group: str
    title: str
    number: str
    detail: str
    icon: str
    scale: ScaleState | None
    sentence: str


@dataclass(frozen=True, slots=True)
class GroupHead:
    """A heading with how many rows follow."""

    group: str
    title: str
    icon: str
    tone: str
    count: int


class AssessListModel(QAbstractListModel):
    """Finished rows and headings in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AssessRow | GroupHead] = []
        self._is_pending = False

    @property
    def is_pending(self) -> bool:
        return self._is_pending

    def set_rows(self, rows: Sequence[AssessRow | GroupHead]) -> None:
        self.beginResetModel()
        self._rows, self._is_pending = list(rows), False
        self.endResetModel()

    def set_pending(self) -> None:
        """Hide the numbers until new rows come."""
        self._is_pending = bool(self._rows)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def row_of(self, assessor: str) -> int:
        """Where an assessor stands; -1 when it is not listed."""
        rows = ((i, row) for i, row in enumerate(self._rows) if isinstance(row, AssessRow))
        return next((i for i, row in rows if row.id == assessor), -1)

    def at(self, row: int) -> AssessRow | None:
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, AssessRow) else None

    def first(self) -> int:
        """The first row that can be chosen; -1 when there is none."""
        return next((i for i, row in enumerate(self._rows) if isinstance(row, AssessRow)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == PENDING_ROLE:
            return self._is_pending
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence if isinstance(row, AssessRow) and not self._is_pending else row.title
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, AssessRow):
            return row.sentence
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], GroupHead):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class AssessDelegate(QStyledItemDelegate):
    """Title and number, the small scale, one line of words; headings with icon and count."""

    def __init__(self, context: Context, parent: QObject | None = None, *, inset: int = 17) -> None:
        super().__init__(parent)
        self.context, self._inset = context, inset

    def color(self, name: str) -> QColor:
        return self.context.theme.color(name)

    def px(self, n: float) -> float:
        return n * self.context.theme.zoom

    @property
    def _line(self) -> int:
        """What each further line of a title takes: Chinese stands on taller lines."""
        return 21 if self.context.theme.cjk else 17

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupHead):
            height = 27 if index.row() == 0 else 35
        else:
            more = self._line * (self._lines(option, row) - 1) + 17 * (self._detail_lines(option, row) - 1)
            height = (63 if row.scale is not None else 46) + more
        return QSize(100, int(self.px(height + (2 if self.context.theme.cjk else 0))))

    def _width(self, option: QStyleOptionViewItem) -> float:
        """As if the scroll bar were there: it may come when the rows have their heights."""
        view = option.widget  # type: ignore[attr-defined]
        if view is None:
            return float(option.rect.width())  # type: ignore[attr-defined]
        bar = view.verticalScrollBar()
        return float(view.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width()))

    def _detail_lines(self, option: QStyleOptionViewItem, row: AssessRow) -> int:
        room = self._width(option) - self.px(self._inset + 14 + (18 if row.icon else 0))
        return lines_of(row.detail, self.context.theme.font("small"), room)

    def _lines(self, option: QStyleOptionViewItem, row: AssessRow) -> int:
        """How many lines the title takes beside the number; it is never cut."""
        width = self._width(option)
        font = self.context.theme.font("strong")
        room = width - self.px(self._inset + 14 + 8) - width_of(row.number, font) - 3  # as painted
        return lines_of(row.title, font, room) if width > 0 else 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, GroupHead):
            self._paint_head(painter, rect, row, index.row() > 0)
        else:
            state = option.state  # type: ignore[attr-defined]
            paint_ground(painter, rect, state, self.context.theme)
            paint_focus(painter, rect, state, self.context.theme)
            is_pending = bool(index.data(PENDING_ROLE))
            self._paint_row(painter, rect, row, self._lines(option, row), is_pending=is_pending)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRectF, row: GroupHead, is_ruled: bool) -> None:
        theme = self.context.theme
        top = rect.top()
        if is_ruled:
            top += self.px(6)
            painter.fillRect(QRectF(rect.left(), top, rect.width(), 1), theme.color("line"))
        line = QRectF(rect.left() + self.px(self._inset), top + self.px(4), 0, self.px(22))
        picture = theme.pixmap(row.icon, row.tone, 14, 2.0)
        side = self.px(14)
        painter.drawPixmap(QRectF(line.left(), line.center().y() - side / 2, side, side), picture,
                           QRectF(picture.rect()))
        font = embolden(theme.font("small"), theme.cjk)
        line.setLeft(line.left() + self.px(20))
        line.setRight(rect.right() - self.px(14))
        write(painter, line, row.title, font, theme.color("text2"))
        write(painter, line, str(row.count), theme.font("small"), theme.color("text2"),
              Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _paint_row(
        self, painter: QPainter, rect: QRectF, row: AssessRow, lines: int, *, is_pending: bool
    ) -> None:
        theme = self.context.theme
        left, right = rect.left() + self.px(self._inset), rect.right() - self.px(14)
        strong = theme.font("strong")
        line = self.px(20)
        top = QRectF(left, rect.top() + self.px(4), right - left, line)
        number = width_of(row.number, strong) + 2
        if not is_pending:
            write(painter, top, row.number, strong, theme.color("text" if row.scale else "text2"),
                  Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.adjust(0, 0, -number - self.px(8), self.px(self._line) * (lines - 1))
        if lines == 1:
            write(painter, top, row.title, strong, theme.color("text"))
        else:
            painter.setFont(strong)
            painter.setPen(theme.color("text"))
            painter.drawText(top, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), row.title)
        y = top.bottom()
        if is_pending:
            hairline = QRectF(left, y + self.px(8), right - left, self.px(1.5))
            painter.fillRect(hairline, theme.color("model"))
            return
        if row.scale is not None:
            track = QRectF(left + self.px(4), y + self.px(6), right - left - self.px(8), self.px(4))
            draw_bar(painter, self, row.scale, track, self.px(5), self.px(7.5))
            y += self.px(17)
        self._paint_detail(painter, QRectF(left, y - self.px(1), right - left, rect.bottom() - y), row)

    def _paint_detail(self, painter: QPainter, rect: QRectF, row: AssessRow) -> None:
        theme = self.context.theme
        if row.icon:
            side = self.px(13)
            picture = theme.pixmap(row.icon, "text2", 13, 2.0)
            place = QPointF(rect.left(), rect.top() + self.px(3))
            painter.drawPixmap(QRectF(place.x(), place.y(), side, side), picture, QRectF(picture.rect()))
            rect = rect.adjusted(self.px(18), 0, 0, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        painter.drawText(rect, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), row.detail)
