"""Paints an entry: name and chip, what is said of it below; in a wide list the facts stand in columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.charts.painted import embolden, lines_of, paint_focus, paint_ground, width_of, write
from ui.context import Context
from ui.itemmodels.entry_list import ENTRY_ROLE, EntryLine, Heading

WIDE_FROM = 620
SHARE = 0.46
"""In a wide list: the part of the width that name and dose have; the facts share the rest."""

PAD, INSET = 7, 16
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class EntryDelegate(QStyledItemDelegate):
    """Nothing is cut: a long name or fact goes on in the next line."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row, theme = index.data(ENTRY_ROLE), self.context.theme
        width = option.rect.width()  # type: ignore[attr-defined]
        if isinstance(row, Heading):
            return QSize(100, theme.px(20) + theme.text_px("small"))
        return QSize(100, round(self._measure(row, width)) + theme.px(2 * PAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ENTRY_ROLE)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, rect, row)
        elif isinstance(row, EntryLine):
            state = option.state  # type: ignore[attr-defined]
            paint_ground(painter, rect, state, self.context.theme)
            self._paint_line(painter, rect)
            paint_focus(painter, rect, state, self.context.theme)
            self._paint_entry(painter, rect, row)
        painter.restore()

    def _fonts(self) -> tuple[QFont, QFont]:
        theme = self.context.theme
        return embolden(theme.font("strong"), theme.cjk), theme.font("small")

    def _parts(self, row: EntryLine, width: float) -> tuple[float, list[tuple[str, str]]]:
        """The room of the left side and its lines as (words, tone); the facts too where it is narrow."""
        theme = self.context.theme
        is_wide = width >= theme.px(WIDE_FROM)
        room = (width - theme.px(2 * INSET)) * (SHARE if is_wide else 1.0)
        lines = [(row.detail, "text2"), (row.missing, "warn")]
        if not is_wide:
            lines.append((" · ".join(fact for fact in row.facts if fact), "text2"))
        return room, [(text, tone) for text, tone in lines if text]

    def _title_room(self, row: EntryLine, room: float) -> float:
        theme = self.context.theme
        small = theme.font("small")
        taken = width_of(row.code, small) + theme.px(10) if row.code else 0.0
        if row.chip is not None:
            taken += width_of(row.chip[1], small) + theme.px(26)
        return max(room - taken, room * 0.4)

    def _measure(self, row: EntryLine, width: float) -> float:
        strong, small = self._fonts()
        room, lines = self._parts(row, width)
        title = lines_of(row.title, strong, self._title_room(row, room)) * self._height(strong)
        left = title + sum(lines_of(text, small, room) * self._height(small) for text, _ in lines)
        if width < self.context.theme.px(WIDE_FROM):
            return left
        column = self._column(row, width)
        facts = [lines_of(fact, small, column) * self._height(small) for fact in row.facts if fact]
        return max(left, *facts, 0.0)

    def _column(self, row: EntryLine, width: float) -> float:
        theme = self.context.theme
        right = (width - theme.px(2 * INSET)) * (1 - SHARE)
        return right / max(len(row.facts), 1) - theme.px(12)

    def _height(self, font: QFont) -> float:
        return QFontMetricsF(font).height() + self.context.theme.px(2)

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: Heading) -> None:
        theme = self.context.theme
        font = embolden(theme.font("small"), theme.cjk)
        place = rect.adjusted(theme.px(INSET), theme.px(6), -theme.px(INSET), 0)
        write(painter, place, row.title, font, theme.color("text2"))
        left = place.adjusted(width_of(row.title, font) + theme.px(8), 0, 0, 0)
        write(painter, left, str(row.count), theme.font("small"), theme.color("text2"))

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.context.theme
        line = QRectF(rect.left() + theme.px(INSET), rect.bottom() - 1, rect.width() - theme.px(2 * INSET), 1)
        painter.fillRect(line, theme.color("line"))

    def _paint_entry(self, painter: QPainter, rect: QRectF, row: EntryLine) -> None:
        theme = self.context.theme
        strong, small = self._fonts()
        room, lines = self._parts(row, rect.width())
        left, y = rect.left() + theme.px(INSET), rect.top() + theme.px(PAD)
        title_room = self._title_room(row, room)
        painter.setFont(strong)
        painter.setPen(theme.color("text2" if row.is_past else "text"))
        used = lines_of(row.title, strong, title_room)
        painter.drawText(QRectF(left, y, title_room, used * self._height(strong)), WRAP, row.title)
        self._paint_marks(painter, QRectF(left, y, room, self._height(strong)), row, strong, title_room)
        y += used * self._height(strong)
        painter.setFont(small)
        for text, tone in lines:
            height = lines_of(text, small, room) * self._height(small)
            painter.setPen(theme.color(tone))
            painter.drawText(QRectF(left, y, room, height), WRAP, text)
            y += height
        if rect.width() >= theme.px(WIDE_FROM):
            self._paint_columns(painter, rect, row, left + room)

    def _paint_columns(self, painter: QPainter, rect: QRectF, row: EntryLine, start: float) -> None:
        theme, small = self.context.theme, self.context.theme.font("small")
        column = self._column(row, rect.width())
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        for at, fact in enumerate(row.facts):
            x = start + theme.px(12) + at * (column + theme.px(12))
            place = QRectF(x, rect.top() + theme.px(PAD), column, rect.height() - theme.px(2 * PAD))
            painter.drawText(place, WRAP, fact)

    def _paint_marks(
        self, painter: QPainter, line: QRectF, row: EntryLine, strong: QFont, title_room: float
    ) -> None:
        """The chip behind the name, the code at the end of the line."""
        theme, small = self.context.theme, self.context.theme.font("small")
        if row.code:
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            write(painter, line, row.code, small, theme.color("text2"), end)
        if row.chip is None:
            return
        tone, words = row.chip
        name = min(width_of(row.title, strong), title_room)
        wide = width_of(words, small) + theme.px(14)
        pill = QRectF(line.left() + name + theme.px(8), line.top(), wide, line.height() - theme.px(1))
        known = tone in ("ok", "model", "warn", "danger", "info")
        painter.setPen(theme.color(f"{tone}Line" if known else "line"))
        painter.setBrush(theme.color(f"{tone}Tint" if known else "subtle"))
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2, pill.height() / 2)
        middle = Qt.AlignmentFlag.AlignCenter
        write(painter, pill, words, small, theme.color(tone if known else "text2"), middle)
