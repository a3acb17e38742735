"""The entries of a visit: each hangs on a problem of the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medapp.domain.notes import Passage, ProblemEntry, Source
from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Column, IconButton, Row, Text
from ui.widgets.drop_down import DropDown
from ui.widgets.prose import PassageField

Choice = tuple[int, str]
"""A condition's id and its name in the reader's language."""


class Entry(QWidget):
    """One problem with what was found about it."""

    changed = Signal()
    removed = Signal(int)

    def __init__(self, context: Context, entry: ProblemEntry) -> None:
        super().__init__()
        self.condition, self.label = entry.condition, entry.label
        column = Column(context, 0, 0, self)
        head = QWidget()
        row = Row(context, 0, 8, head)
        self.title = Text(context, "", "strong", wrap=True)
        self.title.set_plain(entry.label)
        row.addWidget(self.title, 1)
        row.addWidget(
            IconButton(context, "close", N_("Take this problem off the visit"),
                       on_click=lambda: self.removed.emit(self.condition))
        )
        self.field = PassageField(context, N_("About this problem"), lines=1)
        self.field.add_head(head)
        self.field.show_passage(entry.passage)
        self.field.changed.connect(self.changed)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)

    def entry(self) -> ProblemEntry:
        return ProblemEntry(self.condition, self.label, self.field.passage())

    def rename(self, label: str) -> None:
        """The problem's name in another language."""
        self.label = label
        self.title.set_plain(label)


class Problems(QWidget):
    """The entries, and a list of the record's problems to add one."""

    changed = Signal()
    new_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entries: list[Entry] = []
        self._choices: Sequence[Choice] = ()
        self._sources: Sequence[Source] = ()
        column = Column(context, 0, 8, self)
        column.addWidget(Text(context, N_("Problems of this visit"), "small", "text2"))
        self._column = Column(context, 0, 10)
        column.addLayout(self._column)
        self.box = DropDown(context)
        self.box.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(self._on_chosen)
        column.addWidget(self.box)
        context.language_changed.connect(self._fill)
        self._fill()

    def entries(self) -> tuple[ProblemEntry, ...]:
        return tuple(one.entry() for one in self._entries)

    def show_entries(self, entries: Sequence[ProblemEntry]) -> None:
        """Replace all entries without telling `changed`."""
        for one in self._entries:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._entries = []
        for entry in entries:
            self._put(entry)
        self._fill()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The active problems of the record."""
        self._choices = choices
        names = dict(choices)
        for one in self._entries:
            if one.condition in names:
                one.rename(names[one.condition])
        self._fill()

    def set_sources(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        for one in self._entries:
            one.field.prose.set_sources(sources)

    def add(self, condition: int, label: str) -> Entry:
        """The entry of a problem, made when there is none."""
        found = next((one for one in self._entries if one.condition == condition), None)
        if found is None:
            found = self._put(ProblemEntry(condition, label, Passage()))
            self._fill()
            self.changed.emit()
        return found

    def _put(self, entry: ProblemEntry) -> Entry:
        made = Entry(self._context, entry)
        made.field.prose.set_sources(self._sources)
        made.changed.connect(self.changed)
        made.removed.connect(self._remove)
        self._entries.append(made)
        self._column.addWidget(made)
        return made

    def _remove(self, condition: int) -> None:
        self.show_entries([one.entry() for one in self._entries if one.condition != condition])
        self.box.setFocus()
        self.changed.emit()

    def _fill(self) -> None:
        words, shown = self._context.words, {one.condition for one in self._entries}
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(words("Add a problem of the record…"), None)
        for condition, label in self._choices:
            if condition not in shown:
                self.box.addItem(label, condition)
        self.box.addItem(words("A problem that is not in the record yet…"), 0)
        self.box.blockSignals(False)
        self.box.setAccessibleName(words("Add a problem"))

    def _on_chosen(self, at: int) -> None:
        condition, label = self.box.itemData(at), self.box.itemText(at)
        self.box.setCurrentIndex(0)
        if condition == 0:
            self.new_wanted.emit()
        elif condition is not None:
            self.add(condition, label).setFocus()
