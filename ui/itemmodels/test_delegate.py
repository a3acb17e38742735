"""Paints a test's row: title and value at the left, sparkline on its band at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import embolden, paint_focus, paint_ground, width_of, write
from ui.charts.sparkline import paint_sparkline
from ui.context import Context
from ui.itemmodels.test_list import PLACE_ROLE, ROW_ROLE, GroupRow, TestRow

LEVELS = {"high": ("up", "\u25b2"), "low": ("down", "\u25bc")}


class TestDelegate(QStyledItemDelegate):
    """Two lines a test, one line a heading; colours and zoom from the context's theme."""

    __test__ = False

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(ROW_ROLE)
        extra = 4 if self.context.theme.cjk else 0
        height = 30 if isinstance(row, GroupRow) else 43 + extra
        return QSize(100, self.context.theme.px(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, GroupRow):
            self._paint_heading(painter, rect, row)
        elif isinstance(row, TestRow):
            state = option.state  # type: ignore[attr-defined]
            paint_ground(painter, rect, state, self.context.theme)
            paint_focus(painter, rect, state, self.context.theme)
            self._paint_test(painter, rect, row)
            self._paint_place(painter, rect, index.data(PLACE_ROLE))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: GroupRow) -> None:
        theme = self.context.theme
        font = embolden(theme.font("small"), theme.cjk)
        place = rect.adjusted(theme.px(16), theme.px(6), -theme.px(8), 0)
        write(painter, place, row.title, font, theme.color("text2"))

    def _paint_test(self, painter: QPainter, rect: QRectF, row: TestRow) -> None:
        theme = self.context.theme
        spark = theme.px(70)
        left, right = rect.left() + theme.px(16), rect.right() - theme.px(14) - spark
        half = rect.height() / 2
        top = QRectF(left, rect.top() + theme.px(3), right - left - theme.px(6), half - theme.px(2))
        write(painter, top, row.title, theme.font("strong"), theme.color("text"))
        below = QRectF(left, rect.top() + half - theme.px(1), right - left - theme.px(6), half - theme.px(2))
        self._paint_value(painter, below, row)
        place = QRectF(right, rect.top() + theme.px(9), spark, rect.height() - theme.px(18))
        paint_sparkline(painter, place, row.spark, theme)

    def _paint_place(self, painter: QPainter, rect: QRectF, place: int) -> None:
        """A test that is compared has its panel's number in the colour of its line."""
        if not place:
            return
        theme = self.context.theme
        side = theme.px(16)
        area = QRectF(rect.right() - theme.px(88) - side, rect.top() + theme.px(5), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"c{place}"))
        painter.drawRoundedRect(area, theme.px(4), theme.px(4))
        font = embolden(theme.font("caption"), theme.cjk)
        left = (side - width_of(str(place), font)) / 2
        write(painter, area.adjusted(left, 0, 0, 0), str(place), font, theme.color("surface"))

    def _paint_value(self, painter: QPainter, rect: QRectF, row: TestRow) -> None:
        theme = self.context.theme
        bold, plain = embolden(theme.font("small"), theme.cjk), theme.font("small")
        token, mark = LEVELS.get(row.level, ("text", ""))
        x = rect.left()
        for text, font, colour in (
            (row.value, bold, theme.color(token)), (row.unit, plain, theme.color("text2")),
            (mark, bold, theme.color(token)),
        ):
            x = self._piece(painter, rect, x, text, font, colour)

    def _piece(self, painter: QPainter, rect: QRectF, x: float, text: str, font: object,
               colour: QColor) -> float:
        if not text:
            return x
        wide = min(width_of(text, font), rect.right() - x)  # type: ignore[arg-type]
        if wide <= 0:
            return x
        write(painter, QRectF(x, rect.top(), wide + 1, rect.height()), text, font, colour)  # type: ignore[arg-type]
        return x + wide + self.context.theme.px(4)
