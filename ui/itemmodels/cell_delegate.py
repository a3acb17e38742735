"""A table cell with room at its left and a hairline below, as in every table of the window."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import write
from ui.context import Context


class CellDelegate(QStyledItemDelegate):
    """Text, font and colour from the model; grounds and lines from the theme."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self.context.theme
        rect, state = QRectF(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        font = index.data(Qt.ItemDataRole.FontRole)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        left = theme.px(16 if index.column() == 0 else 8)
        write(
            painter, rect.adjusted(left, 0, -theme.px(4), 0), str(index.data() or ""),
            font if isinstance(font, QFont) else theme.font("body"), colour or theme.color("text"),
        )
        painter.restore()
