"""Painting one patient's row: name, script, marks on what was typed, chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.context import Context
from ui.format import format_name, format_substance
from ui.pages.worklist.matching import Span, date_spans, han_spans, name_spans, number_spans
from ui.pages.worklist.table_model import NOT_READ, Col, PatientTableModel
from ui.theme.ink import chip_tokens, fill, write
from ui.widgets.flags import LEFT, V_CENTER, elided, no_ink

if TYPE_CHECKING:
    from medapp.services.search import PatientLine

Index = QModelIndex | QPersistentModelIndex
_LEFT = LEFT | V_CENTER


class PatientRowDelegate(QStyledItemDelegate):
    """Paints from the theme of the moment; the model's texts serve screen readers."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._context.theme.row_height() + self._context.theme.px(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PatientTableModel):
            return
        line = model.line(index.row())
        if line is None:
            return
        column, cell = index.column(), option.rect
        px = self._context.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._background(painter, cell, index.row(), column)
        area: QRect = cell.adjusted(px(16) if column == 0 else px(8), 0, -px(6), 0)
        painter.setClipRect(cell)
        self._content(painter, area, model, line, index)
        painter.restore()

    def _background(self, painter: QPainter, cell: QRect, row: int, column: int) -> None:
        theme = self._context.theme
        view = self.parent()
        if not isinstance(view, QTableView):
            return
        if row == view.currentIndex().row():
            fill(painter, cell, theme, "selected")
            if column == 0:
                fill(painter, QRect(cell.topLeft(), QSize(3, cell.height())), theme, "accent")
        elif row == view.property("hoverRow"):
            fill(painter, cell, theme, "subtle")

    def _content(
        self, painter: QPainter, area: QRect, model: PatientTableModel, line: PatientLine, index: Index
    ) -> None:
        column = Col(index.column())
        if column is Col.NAME:
            self._name(painter, area, model, line)
        elif column is Col.ALERTS:
            self._alerts(painter, area, model, line)
        else:
            text = model.data(index)
            spans: list[Span] = []
            if not model.words:
                pass
            elif column is Col.BORN:
                spans = date_spans(text, line.birth_date, model.words)
            elif column is Col.MRN:
                spans = number_spans(text, model.words)
            tone = "text2" if column in (Col.LAST, Col.MRN) else "text"
            self._marked(painter, area, text, spans, "body", tone)

    def _name(self, painter: QPainter, area: QRect, model: PatientTableModel, line: PatientLine) -> None:
        first, second = format_name(line.name, line.name_local, self._context.words)
        px = self._context.theme.px
        for text, role, tone in ((first, "strong", "text"), (second, "body", "text2")):
            if not text:
                continue
            typed = model.words
            spans = name_spans(text, typed) + han_spans(text, typed) if typed else []
            used = self._marked(painter, area, text, spans, role, tone)
            area = area.adjusted(used + px(9), 0, 0, 0)
        if line.deceased:
            area = self._chip(painter, area, self._context.words("Died"), "neutral", "")
        if model.has_similar(line):
            self._chip(painter, area, self._context.words("Similar name"), "warn", "")

    def _alerts(self, painter: QPainter, area: QRect, model: PatientTableModel, line: PatientLine) -> None:
        facts = model.facts(line)
        if model.is_unread(line):
            self._chip(painter, area, self._context.words(NOT_READ), "warn", "")
        if facts is None or not facts.allergies:
            return
        first = format_substance(facts.allergies[0], self._context.words)
        area = self._chip(painter, area, first, "danger", "stop")
        if len(facts.allergies) > 1:
            self._chip(painter, area, f"+{len(facts.allergies) - 1}", "danger", "")

    def _marked(
        self, painter: QPainter, area: QRect, text: str, spans: Sequence[Span], role: str, tone: str
    ) -> int:
        """Text with marked parts; returns the width used."""
        if not text:
            return 0
        theme = self._context.theme
        font, metrics = theme.measured(role)
        text = elided(metrics, text, area.width())
        if not spans:
            if tone == "text":  # the pen of the view itself
                painter.setFont(font)
                painter.drawText(area, _LEFT, text)
            else:
                write(painter, area, text, theme.measured(role), theme.hex(tone))
            return metrics.horizontalAdvance(text)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        left = area.left()
        for start, end, is_marked in _runs(len(text), spans):
            part = text[start:end]
            part_font = bold if is_marked else font
            width = QFontMetrics(part_font).horizontalAdvance(part)
            if is_marked:
                height = metrics.height() + 2
                top = area.center().y() - height // 2 + 1
                painter.setPen(no_ink())
                painter.setBrush(theme.color("warnTint"))
                painter.drawRoundedRect(QRectF(left - 1, top, width + 2, height), 2, 2)
            painter.setFont(part_font)
            painter.setPen(theme.color("warn" if is_marked else tone))
            painter.drawText(QRect(left, area.top(), width + 2, area.height()), _LEFT, part)
            left += width
        return left - area.left()

    def _chip(self, painter: QPainter, area: QRect, text: str, tone: str, icon: str) -> QRect:
        """A pill; returns what is left of the area."""
        theme = self._context.theme
        px = theme.px
        font, metrics = theme.measured("caption")
        mark = px(13) if icon else 0
        gap = px(4) if icon else 0
        room = area.width() - 2 * px(8) - mark - gap
        if room < px(16):
            return area
        shown = elided(metrics, text, room)
        width = metrics.horizontalAdvance(shown) + 2 * px(8) + mark + gap
        height = px(22)
        top = area.center().y() - height // 2
        tint, edge, ink = chip_tokens(tone)
        ratio = painter.device().devicePixelRatio()
        pill = theme.box(width + 1, height + 1, height / 2, tint, edge, ratio)
        painter.drawPixmap(QRect(area.left(), top, width + 1, height + 1), pill)
        left = area.left() + px(8)
        if icon:
            picture = theme.pixmap(icon, ink, 13, 2.0)
            painter.drawPixmap(QRect(left, top + (height - mark) // 2, mark, mark), picture)
            left += mark + gap
        write(painter, QRect(left, top, width, height), shown, (font, metrics), theme.hex(ink))
        return area.adjusted(width + px(6), 0, 0, 0)


def _runs(length: int, spans: Sequence[Span]) -> list[tuple[int, int, bool]]:
    """Cut a text into marked and unmarked runs."""
    runs: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, length)
        if start >= end:
            continue
        if start > at:
            runs.append((at, start, False))
        runs.append((start, end, True))
        at = end
    if at < length:
        runs.append((at, length, False))
    return runs
