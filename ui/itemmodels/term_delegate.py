"""Paints a name to choose: the name, in Chinese the English one behind it, the code at the end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import width_of, write
from ui.context import Context

TERM_ROLE = Qt.ItemDataRole.UserRole + 1


class TermDelegate(QStyledItemDelegate):
    """One line a name; what is too long is elided and stands whole in the tooltip."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self.context.theme
        return QSize(100, theme.text_px("body") + theme.px(14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, term = self.context.theme, index.data(TERM_ROLE)
        rect, state = QRectF(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        body, small = theme.font("body"), theme.font("small")
        place = rect.adjusted(theme.px(9), 0, -theme.px(9), 0)
        code = width_of(term.code, small)
        room = place.width() - code - theme.px(10)
        title = self.context.words.pick(term.title)
        first = QRectF(place.left(), place.top(), room, place.height())
        write(painter, first, title, body, theme.color("text"))
        rest = room - width_of(title, body) - theme.px(8)
        if title != term.title.en and rest > theme.px(40):
            behind = QRectF(place.right() - code - theme.px(10) - rest, place.top(), rest, place.height())
            write(painter, behind, term.title.en, small, theme.color("text2"))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        write(painter, place, term.code, small, theme.color("text2"), end)
        painter.restore()
