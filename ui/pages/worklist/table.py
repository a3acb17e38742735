"""The table of patients: one selected row, columns that give way in the right order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.worklist.row_delegate import PatientRowDelegate
from ui.pages.worklist.table_model import Col, PatientTableModel
from ui.widgets.flags import ALWAYS_OFF, LEFT, V_CENTER

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QResizeEvent

WIDTHS = {Col.BORN: 160, Col.SEX: 56, Col.MRN: 120, Col.LAST: 116, Col.ALERTS: 170}
GIVING_WAY = ((Col.LAST, 760), (Col.MRN, 690), (Col.ALERTS, 540))
"""Columns hidden below these widths (design pixels), the first one first."""


class PatientTable(QTableView):
    """Tells which row is current; Enter and a click on the chosen row open."""

    row_changed = Signal(int)
    open_asked = Signal()

    def __init__(self, context: Context, model: PatientTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setModel(model)
        self.setItemDelegate(PatientRowDelegate(context, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setProperty("horizontalScrollBarPolicy", ALWAYS_OFF)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setProperty("defaultAlignment", LEFT | V_CENTER)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Col.NAME, QHeaderView.ResizeMode.Stretch)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(lambda _index: self.open_asked.emit())
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._speak)
        self._measure()
        self._speak()

    def current_row(self) -> int:
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row current and bring it into view."""
        row = max(0, min(self.model().rowCount() - 1, row))
        if row >= 0 and self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.row_changed.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        self.setProperty("hoverRow", row)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        width = self.width()  # not the viewport's: wrapping it makes every widget class of Qt at the start
        for column, least in GIVING_WAY:
            self.setColumnHidden(column, width < self._context.theme.px(least))

    def _measure(self) -> None:
        theme = self._context.theme
        self.verticalHeader().setDefaultSectionSize(theme.row_height() + theme.px(4))
        self.horizontalHeader().setFixedHeight(theme.px(30))
        words = self._context.words
        longest = words("{date} ({age})", date="00-MMM-0000", age=words("{n} mo", n=23))
        sample = QFontMetrics(theme.font("body")).horizontalAdvance(longest) + theme.px(16)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, max(theme.px(width), sample if column is Col.BORN else 0))
        self._give_way()

    def _speak(self) -> None:
        self.setAccessibleName(self._context.words("Patients"))


N_("Patients")
