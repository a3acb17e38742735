"""One line a result: name, value, unit, ▲ High or ▼ Low in words, sparkline on its band, age."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import embolden, write
from ui.charts.sparkline import paint_sparkline
from ui.context import Context
from ui.itemmodels.test_delegate import LEVELS
from ui.itemmodels.test_list import ROW_ROLE, GroupRow, TestRow

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ResultDelegate(QStyledItemDelegate):
    """Columns are shares of the width, so that they line up at every zoom."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self.context.theme.px(39))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupRow) or row is None:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state, index.row())  # type: ignore[attr-defined]
        self._paint_cells(painter, rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag, row: int) -> None:
        theme = self.context.theme
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        inner = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        if row:
            painter.fillRect(QRectF(inner.left(), rect.top(), inner.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(4, 2, -4, -2), 4, 4)

    def _paint_cells(self, painter: QPainter, rect: QRectF, row: TestRow) -> None:
        theme = self.context.theme
        left, wide = rect.left() + theme.px(16), rect.width() - theme.px(32)

        def cell(start: float, end: float) -> QRectF:
            return QRectF(left + wide * start, rect.top(), wide * (end - start) - theme.px(6), rect.height())

        strong, small = theme.font("strong"), theme.font("small")
        write(painter, cell(0, 0.225), row.title, embolden(theme.font("body"), theme.cjk)
              if row.level in LEVELS else theme.font("body"), theme.color("text"))
        write(painter, cell(0.225, 0.318), row.value, strong, theme.color("text"), RIGHT)
        write(painter, cell(0.318, 0.525), row.unit, small, theme.color("text2"))
        token, mark = LEVELS.get(row.level, ("", ""))
        if token:
            write(painter, cell(0.525, 0.64), f"{mark} {row.level_word}", embolden(small, theme.cjk),
                  theme.color(token))
        spark = cell(0.645, 0.80)
        paint_sparkline(painter, spark.adjusted(0, theme.px(9), 0, -theme.px(9)), row.spark, theme)
        write(painter, QRectF(left + wide * 0.81, rect.top(), wide * 0.19, rect.height()), row.age, small,
              theme.color("text2"), RIGHT)
