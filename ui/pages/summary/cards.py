"""The cards of the Summary, each with its empty state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyleOptionViewItem, QWidget

from medapp.i18n import N_
from ui.charts.painted import embolden, lines_of
from ui.context import Context
from ui.itemmodels.test_delegate import LEVELS
from ui.pages.summary.rows import MedicineLine, ProblemLine, VitalLine
from ui.widgets import Card, Chip, Column, Line, Row, Text, scrolling
from ui.widgets.layout import empty, height_at_width


class RowsPart(QWidget):
    """Rows in an area that scrolls: as tall as their words need at this width, so that none is squeezed."""

    def minimumSizeHint(self) -> QSize:
        return height_at_width(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class ScrolledCard(Card):
    """A card whose rows scroll; its heading stays."""

    def __init__(self, context: Context, title: str, icon: str, nothing: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(context, title, icon=icon, padding=16, gap=6, parent=parent)
        self.context = context
        inside = RowsPart()
        self.rows = Column(context, (0, 0, 4, 0), 0, inside)
        self.area = scrolling(inside)
        self.body.addWidget(self.area, 1)
        self._nothing = nothing

    def fill(self, widgets: Sequence[QWidget], nothing: str = "") -> None:
        """Replace the rows; without any, the card says `nothing` (in words), else what is empty."""
        empty(self.rows)
        for widget in widgets:
            self.rows.addWidget(widget)
        if not widgets:
            text = Text(self.context, self._nothing, "body", "text2", wrap=True)
            if nothing:
                text.set_plain(nothing)
            self.rows.addWidget(text)
        self.rows.addStretch(1)  # an alignment to the top would hold the rows to one line each
        self.area.verticalScrollBar().setValue(0)

    def set_count(self, count: int) -> None:
        if self.header is not None:
            self.header.remark.set_plain(str(count) if count else "")


class ProblemsCard(ScrolledCard):
    """Active problems with code and year."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Problems"), "list", N_("No active problems recorded"), parent)
        self._titles: list[str] = []

    def show_lines(self, lines: Sequence[ProblemLine], nothing: str = "") -> None:
        self._titles = [line.title for line in lines]
        self.set_count(len(lines))
        self.fill([self._line(line) for line in lines], nothing)
        self.fit()

    def fit(self) -> None:
        """No taller than its rows, so that the card below gets the room."""
        theme = self.context.theme
        font = embolden(theme.font("body"), theme.cjk)
        lines = sum(lines_of(title, font, self.width() - theme.px(90)) for title in self._titles)
        row = theme.text_px("body") + theme.px(10 if theme.cjk else 9)
        self.setMaximumHeight(theme.px(68) + row * max(lines, 1) + theme.px(4) * len(self._titles))

    def _line(self, line: ProblemLine) -> QWidget:
        widget = QWidget()
        row = Row(self.context, (0, 3, 0, 3), 8, widget)
        title = Text(self.context, "", "strong" if line.is_disorder else "body", wrap=True)
        title.set_plain(line.title)
        row.addWidget(title, 1)
        if line.chip is not None:
            row.addWidget(Chip(self.context, line.chip[0], line.chip[1]))
        for text in (line.code, line.since):
            label = Text(self.context, "", "small", "text2")
            label.set_plain(text)
            row.addWidget(label)
        return widget


class MedicinesCard(ScrolledCard):
    """Current medicines with dosage and year."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        nothing = N_("No current medicines recorded")
        super().__init__(context, N_("Current medicines"), "pill", nothing, parent)

    def show_lines(self, lines: Sequence[MedicineLine], nothing: str = "") -> None:
        self.set_count(len(lines))
        self.fill([self._line(line, index > 0) for index, line in enumerate(lines)], nothing)

    def _line(self, line: MedicineLine, is_ruled: bool) -> QWidget:
        widget = QWidget()
        column = Column(self.context, 0, 4, widget)
        if is_ruled:
            column.addWidget(Line())
        row = Row(self.context, (0, 2, 0, 4), 8)
        texts = Column(self.context, 0, 0)
        title = Text(self.context, "", "strong", wrap=True)
        title.set_plain(line.title)
        texts.addWidget(title)
        if line.dosage:
            dosage = Text(self.context, "", "small", "text2", wrap=True)
            dosage.set_plain(line.dosage)
            texts.addWidget(dosage)
        row.addLayout(texts, 1)
        since = Text(self.context, "", "small", "text2")
        since.set_plain(line.since)
        row.addWidget(since, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        return widget


class VitalTile(QFrame):
    """One vital sign: label, value with unit, level or age below. Press to open its trend."""

    pressed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line: VitalLine | None = None
        column = Column(context, (0, 0, 4, 0), 0, self)
        self.title = Text(context, "", "small", "text2", elide=True)
        column.addWidget(self.title)
        row = Row(context, 0, 4)
        self.value = Text(context, "", "title")
        self.unit = Text(context, "", "small", "text2")
        row.addWidget(self.value)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        self.note = Text(context, "", "small", "text2")
        column.addWidget(self.note)

    def show_line(self, line: VitalLine, words_level: str) -> None:
        self._line = line
        token, mark = LEVELS.get(line.level, ("text", ""))
        self.title.set_plain(line.title)
        self.value.set_plain(line.value)
        self.value.set_tone(token)
        self.unit.set_plain(line.unit)
        self.note.set_plain(f"{mark} {words_level} · {line.note}" if mark else line.note)
        self.note.set_tone(token if mark else "text2")
        parts = (line.title, line.value, line.unit, words_level, line.note)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor if line.is_known else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._line is not None and self._line.is_known:
            self.pressed.emit(self._line.variable)


class OpeningList(QListView):
    """A list whose rows are opened by Enter, Space or one click; never by a double-click."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def row_height(self, row: int, width: int) -> int:
        """What the delegate asks for a row in a list of this width."""
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 0)  # type: ignore[attr-defined]
        return self.itemDelegate().sizeHint(option, self.model().index(row, 0)).height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
