"""The Medicines tab: the whole list in columns; forms open in the panel beside it.

Nothing is checked here against anything: the page says so, for a list that looks complete is read as one
that was looked through.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.lists import SECTIONS
from ui.pages.lists.medicines import without_dose
from ui.pages.lists.section import FormPlan
from ui.pages.lists.view import ListView
from ui.pages.patient_facts import Facts
from ui.widgets import Card, Column, Row, Skeleton, Strip, Text


class MedicinesPage(QWidget):
    """Current, held and past medicines; what their record lacks is said."""

    entry_wanted = Signal(str, object)
    entry_withdrawn = Signal(str, int)
    none_confirmed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._is_short = False
        self._build()
        self.clear()

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Column(context, (14, 12, 14, 12), 0, self)
        self.states = QStackedWidget()
        outer.addWidget(self.states)
        section = SECTIONS["medicines"]
        self.card = Card(context, section.title, icon=section.icon, padding=0, gap=8)
        if self.card.header is not None:
            row = self.card.header.layout()
            if isinstance(row, Row):
                row.set_measures((16, 12, 16, 0))
            self.note = Text(context, "", "small", "text2", wrap=True)
            self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.card.header.add(self.note)
        self.gaps = Strip(context, "", "warn")
        self.gaps.hide()
        gaps = Column(context, (16, 0, 16, 0), 0)
        gaps.addWidget(self.gaps)
        self.card.body.addLayout(gaps)
        self.view = ListView(context, section)
        self.view.plan_wanted.connect(self._want_form)
        self.view.withdrawn.connect(lambda item: self.entry_withdrawn.emit(section.name, item))
        self.view.denied.connect(lambda: self.none_confirmed.emit(section.name))
        if self.card.header is not None:
            self.card.header.add(self.view.add)
        self.view.add.show()
        self.card.body.addWidget(self.view, 1)
        self.loading = Skeleton(context, 10)
        for page in (self.card, self.loading):
            self.states.addWidget(page)

    @property
    def is_ready(self) -> bool:
        """It loads nothing of its own."""
        return True

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        self.loading.stop()
        self.view.show_facts(facts)
        current = sum(one.is_current for one in facts.record.medications)
        if self.card.header is not None:
            self.card.header.remark.set_plain(str(current) if current else "")
        self._say_gaps(without_dose(facts), current)
        self.states.setCurrentWidget(self.card)

    def _say_gaps(self, lacking: int, current: int) -> None:
        """What the record lacks has a strip of its own, on a short window the place of the note."""
        message = N_("Dose not recorded for {n} of {all} current medicines.")
        fields = {"n": lacking, "all": current}
        self.gaps.setVisible(lacking > 0 and not self._is_short)
        self.gaps.label.set_message(message, **fields)
        if lacking and self._is_short:
            self.note.set_message(N_("Not checked; no dose: {n} of {all}"), **fields)
        else:
            self.note.set_message(N_("Not checked against anything"))
        self.note.set_tone("warn" if lacking and self._is_short else "text2")

    def clear(self) -> None:
        self._facts = None
        self.view.clear()
        self.gaps.hide()
        if self.card.header is not None:
            self.card.header.remark.set_plain("")
        self.states.setCurrentWidget(self.loading)

    def focus_first(self) -> None:
        if self._facts is not None:
            self.view.focus_first()

    def set_window(self, _width: int, is_short: bool) -> None:
        """The list takes what room there is: its rows stand in columns or below each other."""
        if is_short != self._is_short:
            self._is_short = is_short
            if self._facts is not None:
                self.show_facts(self._facts)

    def _want_form(self, plan: FormPlan) -> None:
        self.entry_wanted.emit("medicines", plan)
