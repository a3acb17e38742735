"""One list of the record with its states and its acts: read by the panel and by the tab of medicines."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from medapp.i18n import N_, Words
from ui.context import Context
from ui.format import format_patient
from ui.itemmodels.entry_delegate import EntryDelegate
from ui.itemmodels.entry_list import EntryListModel
from ui.pages.lists.section import FormPlan, Section
from ui.pages.patient_facts import Facts
from ui.widgets import Button, Column, Line, Row, Strip, Text, announce, scrolling
from ui.widgets.flow import flowing

LEAST: Final = 40
"""Pixels of the list that stay where large type leaves little: it scrolls, its buttons do not."""


class ListView(QWidget):
    """Entries under their headings; what can be done with the chosen one stands below.

    `plan_wanted` carries the FormPlan to show, `denied` and `withdrawn` are for whoever writes.
    """

    plan_wanted = Signal(object)
    withdrawn = Signal(int)
    denied = Signal()

    def __init__(self, context: Context, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.section = context, section
        self._facts: Facts | None = None
        self._build()
        context.theme_changed.connect(self._restyle)

    def _build(self) -> None:
        context, section = self.context, self.section
        inside = QWidget()  # scrolls where large type leaves strips, list and acts too little room
        Column(context, 0, 0, self).addWidget(scrolling(inside))
        column = Column(context, 0, 8, inside)
        self.add = Button(context, section.add, "primary", icon="plus", on_click=self.start_add, parent=self)
        self.add.hide()  # whoever shows the list has a heading for it
        inset = Row(context, (16, 0, 16, 0), 0)
        self.strips = {
            is_denied: Strip(context, "", tone, icon=icon)
            for is_denied, tone, icon in ((True, "ok", "ok"), (False, "warn", "caution"))
        }
        for strip in self.strips.values():
            strip.hide()
            inset.addWidget(strip)
        column.addLayout(inset)
        confirm = Row(context, (16, 0, 16, 0), 0)
        self.confirm = Button(context, "", "secondary", icon="check", on_click=self.denied.emit)
        self.confirm.hide()
        confirm.addWidget(self.confirm)
        confirm.addStretch(1)
        column.addLayout(confirm)
        self.model = EntryListModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(context, self.list))
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(LEAST)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        column.addWidget(self.list, 1)
        self.filler = QWidget()
        column.addWidget(self.filler, 1)
        column.addWidget(Line())
        column.addLayout(self._build_acts())
        self.context.language_changed.connect(self._name_list)
        self._name_list()

    def _build_acts(self) -> Row:
        context = self.context
        row = Row(context, (12, 0, 12, 8), 4)
        self.change = Button(context, N_("Change…"), "quiet", icon="edit", on_click=self.start_change)
        self.end = Button(context, self.section.end, "quiet", icon="stop", on_click=self.start_end)
        self.end.hide()
        self.error = Button(
            context, N_("Entered in error"), "quiet", icon="close", on_click=self._withdraw
        )
        self.hint = Text(context, N_("Choose an entry to change it"), "small", "text2", wrap=True)
        self.hint.setMinimumHeight(context.theme.control_height())
        self.acts = flowing(context, self.change, self.end, self.error, gap=4)
        row.addWidget(self.acts, 1)
        row.addWidget(self.hint, 1)
        return row

    def _name_list(self) -> None:
        self.list.setAccessibleName(self.context.words(self.section.title))

    def show_facts(self, facts: Facts) -> None:
        """The entries as they are now; the chosen one stays chosen."""
        chosen, row = self.chosen, self.list.currentIndex().row()
        had_focus = self.list.hasFocus()
        self._facts = facts
        words = self.context.words
        lines = self.section.lines(facts, words)
        self.model.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.filler.setVisible(not lines)
        self._show_state(facts, words)
        if chosen is not None:
            self._choose_again(chosen, row)
        if had_focus and not lines:  # what has the focus is hidden: it would go to another page's field
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_current()
        self._name_buttons(facts, words)

    def clear(self) -> None:
        """Forget the patient."""
        self._facts = None
        self.model.set_lines([])
        for strip in self.strips.values():
            strip.hide()
        self.confirm.hide()
        self._on_current()

    @property
    def chosen(self) -> int | None:
        """The id of the chosen entry."""
        line = self.model.line_at(self.list.currentIndex().row())
        return None if line is None else line.id

    def choose(self, entry: int) -> None:
        """Put the cursor on an entry, if it is listed."""
        row = self.model.row_of(entry)
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(row, 0), flag)

    def _choose_again(self, entry: int, row: int) -> None:
        """The entry that was chosen, else the one that took its place."""
        if self.model.row_of(entry) >= 0:
            self.choose(entry)
            return
        for near in (row, row - 1, row + 1):
            line = self.model.line_at(near)
            if line is not None:
                self.choose(line.id)
                return

    def focus_first(self) -> None:
        """The list where there is one, else the way to add to it."""
        first = self.model.first_entry()
        if first < 0:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.chosen is None:
            self.list.setCurrentIndex(self.model.index(first, 0))

    def start_add(self) -> None:
        """Show the form of a new entry."""
        if self._facts is not None:
            self.plan_wanted.emit(self.section.add_plan(self._facts))

    def start_change(self) -> None:
        """Show the form of the chosen entry."""
        if self._facts is not None and self.chosen is not None:
            self._want(self.section.change_plan(self._facts, self.chosen))

    def start_end(self) -> None:
        """Show the form that ends the chosen entry."""
        if self._facts is not None and self.chosen is not None:
            self._want(self.section.end_plan(self._facts, self.chosen))

    def _want(self, plan: FormPlan | None) -> None:
        if plan is not None:
            self.plan_wanted.emit(plan)

    def _withdraw(self) -> None:
        if self.chosen is not None:
            self.withdrawn.emit(self.chosen)

    def _show_state(self, facts: Facts, words: Words) -> None:
        """None known is not the same as not asked; neither is said while something stands."""
        stands, is_denied = self.section.has_current(facts), self.section.is_denied(facts)
        sentence, by = self.section.denial_words(facts, words)
        for denied, strip in self.strips.items():
            strip.setVisible(not stands and denied == is_denied)
            strip.label.set_plain(sentence)
            strip.advice.set_plain(by)
            strip.advice.setVisible(bool(by))
        self.confirm.setVisible(not stands)
        message = N_("Confirm again for {name}") if is_denied else N_("None known: confirm for {name}")
        self.confirm.set_message(message, name=format_patient(facts.patient, words)[0])
        if not stands and self.isVisible():
            announce(self, sentence)

    def _name_buttons(self, facts: Facts, words: Words) -> None:
        name = format_patient(facts.patient, words)[0]
        self.error.setToolTip(words("Mark as entered in error for {name}", name=name))

    def _on_current(self, *_: object) -> None:
        facts, chosen = self._facts, self.chosen
        is_chosen = facts is not None and chosen is not None
        ends = facts is not None and chosen is not None and self.section.end_plan(facts, chosen) is not None
        for button in (self.change, self.error):
            button.setVisible(is_chosen)
        self.end.setVisible(ends)
        self.acts.setVisible(is_chosen)
        self.hint.setVisible(not is_chosen and self.model.rowCount() > 0)

    def _restyle(self) -> None:
        self.list.doItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.start_change()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self._withdraw()
                return True
        return super().eventFilter(watched, event)
