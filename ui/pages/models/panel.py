"""The model card as a right panel: whole on the Assess page, its 31 attributes on the Models page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.assess.attributes import ATTRIBUTES
from medapp.i18n import N_
from ui.context import Context
from ui.pages.models.attributes import Attributes
from ui.pages.models.facts import ModelFacts
from ui.pages.models.sections import CardWriter
from ui.widgets import Card, Chip, Column, IconButton, scrolling


class ModelCardPanel(Card):
    """Esc and the cross close it; with `is_page` it is a part of the page: no cross, attributes alone."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None, *, is_page: bool = False) -> None:
        super().__init__(context, N_("Model card"), padding=14, gap=6, parent=parent)
        self.context = context
        self._is_page = is_page
        self._shown: ModelFacts | None = None
        self.filled = Chip(context, "", "ok", icon="check")
        self.close_button = IconButton(context, "close", N_("Close"), on_click=self.closed.emit)
        if self.header is not None:
            self.header.add(self.close_button)
        self.close_button.setVisible(not is_page)
        self.body.addWidget(self.filled, 0, Qt.AlignmentFlag.AlignLeft)  # beside the title it has no room
        page = QWidget()
        self._column = Column(context, (0, 0, 6, 0), 4, page)
        self.attributes = Attributes(context)
        self._column.addWidget(self.attributes)
        self._column.addStretch(1)
        self._about: QWidget | None = None
        self.area = scrolling(page)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll what one reads
        self.body.addWidget(self.area, 1)
        context.language_changed.connect(self._render)

    def show_model(self, facts: ModelFacts) -> None:
        is_other = self._shown is None or self._shown.id != facts.id
        self._shown = facts
        self._render()
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        self.close_button.setFocus()

    def _render(self) -> None:
        facts = self._shown
        self.area.setAccessibleName(self.context.words("Model card"))
        if facts is None:
            return
        if not self._is_page:
            self._write_about(facts)
        number = self.attributes.show_model(facts)
        self.filled.set_message(N_("{n} of {total} filled"), n=number, total=len(ATTRIBUTES))
        is_whole = number == len(ATTRIBUTES)
        self.filled.set_tone("ok" if is_whole else "warn", "check" if is_whole else "caution")

    def _write_about(self, facts: ModelFacts) -> None:
        """Everything but the attributes, in the place of what was said of another model."""
        about = QWidget()
        column = Column(self.context, 0, 4, about)
        writer = CardWriter(self.context, column, facts)
        for write in (writer.identity, writer.purpose, writer.not_for, writer.cautions, writer.metrics,
                      writer.here, writer.data):
            write()
        writer.flush()
        if self._about is not None:
            self._column.removeWidget(self._about)
            self._about.hide()
            self._about.deleteLater()
        self._about = about
        self._column.insertWidget(0, about)
