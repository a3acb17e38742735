"""The right column of the Assess page: what the answer rests on, or one of four panels; a drawer where
there is no room beside the answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.pages.assess.history import HistoryPanel
from ui.pages.assess.outcome import OutcomeBar, OutcomePanel
from ui.pages.assess.reading import Shown
from ui.pages.assess.side import SideColumn
from ui.pages.assess.what_if import WhatIfPanel
from ui.pages.models.panel import ModelCardPanel
from ui.widgets import Column, scrolling

Panel = WhatIfPanel | HistoryPanel | OutcomePanel | ModelCardPanel
MARGIN = 12


class RightColumn(QStackedWidget):
    """`closed` when a panel was closed or has written; the page then shows the record's answer."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.is_drawer = False
        self.side = SideColumn(context)
        self.side_page = QWidget()
        column = Column(context, 0, 10, self.side_page)
        column.addWidget(scrolling(self.side), 1)
        self.outcome_bar = OutcomeBar(context)
        column.addWidget(self.outcome_bar)
        self.what_if, self.card = WhatIfPanel(context), ModelCardPanel(context)
        self.history, self.outcome = HistoryPanel(context), OutcomePanel(context)
        for panel in (self.what_if, self.card, self.history, self.outcome):
            panel.closed.connect(self.closed)
        self.what_if.saved.connect(partial(self._close_written, self.what_if))
        self.outcome.recorded.connect(partial(self._close_written, self.outcome))
        for page in (self.side_page, self.what_if, self.card, self.history, self.outcome):
            self.addWidget(page)

    @property
    def is_at_side(self) -> bool:
        """Whether no panel is open."""
        return self.currentWidget() is self.side_page

    @property
    def has_unsaved(self) -> bool:
        """Whether a form holds what is not in the record."""
        panel = self.currentWidget()
        return isinstance(panel, (WhatIfPanel, OutcomePanel)) and panel.has_unsaved

    def open_panel(self, panel: Panel) -> None:
        """Show a panel, the drawer with it, and put the focus there."""
        self.setCurrentWidget(panel)
        if self.is_drawer:
            self.show()
            self.place()
        panel.focus_first()

    def _close_written(self, panel: Panel) -> None:
        """What was typed is in the record: close its panel, unless another one was opened meanwhile."""
        if self.currentWidget() is panel:
            self.closed.emit()

    def show_side(self) -> None:
        """Back to what the answer rests on."""
        self.setCurrentWidget(self.side_page)

    def clear_side(self) -> None:
        """No answer: nothing that it would rest on."""
        self.side.clear()
        self.outcome_bar.hide()
        self.show_side()

    def leave_only_outcome(self, shown: Shown) -> None:
        """Models are off: what it turned out to be can still be recorded, and an open panel stays."""
        self.side.clear()
        self.outcome_bar.show_answer(shown)
        if self.currentWidget() is self.what_if:
            self.show_side()

    def clear(self) -> None:
        """Forget the patient."""
        self.clear_side()
        for panel in (self.what_if, self.history, self.outcome):
            panel.clear()

    def toggle(self) -> None:
        """F8: open or close the drawer."""
        if self.is_drawer:
            self.setVisible(not self.isVisible())
            self.place()

    def close_drawer(self) -> None:
        if self.is_drawer:
            self.hide()

    def place(self) -> None:
        """Over the right end of the page, where it is a drawer."""
        host = self.parentWidget()
        if self.is_drawer and host is not None:
            width, margin = self.width(), self.context.theme.px(MARGIN)
            self.setGeometry(host.width() - width - margin, margin, width, host.height() - 2 * margin)
            self.raise_()
