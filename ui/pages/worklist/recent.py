"""Recently opened: the last records this user opened, from the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_born, format_date, format_name, format_sex, format_time
from ui.widgets import Card

if TYPE_CHECKING:
    from medapp.services.search import PatientLine

Opened = tuple["PatientLine", datetime]
MOST = 6


class RecentRow(QPushButton):
    """One record: when, who, born, sex, number."""

    def __init__(self, context: Context, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, (self._line, self._at) = context, opened
        self.setProperty("kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._speak)
        self._measure()
        self._speak()

    def _texts(self) -> tuple[str, str, str, str, str, str]:
        words, line, now = self._context.words, self._line, self._context.clock()
        at = Moment.of_datetime(self._at.astimezone(now.tzinfo))
        is_today = at.date == now.date()
        when = format_time(at) if is_today else format_date(at.date, words)
        first, second = format_name(line.name, line.name_local, words)
        born = format_born(line.birth_date, now, words)
        return when, first, second, born, format_sex(line.sex, words, short=True), line.mrn

    def _speak(self) -> None:
        when, first, second, born, sex, number = self._texts()
        self.setAccessibleName(" ".join(part for part in (first, second, born, sex, number, when) if part))
        self.update()

    def _measure(self) -> None:
        self.setFixedHeight(self._context.theme.row_height() + self._context.theme.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._context.theme
        painter = QPainter(self)
        when, first, second, born, sex, number = self._texts()
        px, left_mid = theme.px, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names = f"{first}  {second}" if second else first
        tail = [(born, "body", "text", 184), (sex, "body", "text", 56), (number, "body", "text2", 150)]
        while tail and self.width() < px(110 + 160 + sum(part[3] for part in tail)):
            tail.pop()  # the narrower, the fewer: number first, birth date last
        edge = self.width() - px(sum(part[3] for part in tail))
        cells = [(when, "body", "text2", px(8), px(110)), (names, "strong", "text", px(110), edge)]
        for text, role, tone, width in tail:
            cells.append((text, role, tone, edge, edge + px(width)))
            edge += px(width)
        for text, role, tone, left, right in cells:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            area = QRect(left, 0, right - left - px(6), self.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, left_mid, shown)


class RecentCard(Card):
    """Absent until something was opened."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Recently opened"), icon="clock", padding=8, gap=0, parent=parent)
        assert self.header is not None
        self.header.setContentsMargins(8, 6, 8, 6)
        self._context = context
        self._rows: list[RecentRow] = []
        self._is_allowed = True
        self.hide()

    def show_opened(self, opened: Sequence[Opened]) -> None:
        """Newest first."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [RecentRow(self._context, one, self) for one in opened[:MOST]]
        for row in self._rows:
            row.clicked.connect(lambda _on, row=row: self.chosen.emit(row._line))
            self.body.addWidget(row)
        self._show()

    def set_allowed(self, is_allowed: bool) -> None:
        """A low window gives its height to the list."""
        self._is_allowed = is_allowed
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._rows) and self._is_allowed)
