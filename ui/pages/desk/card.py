"""The desk: five lists in one card, counted; arrows and keys act on the chosen row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget, QWidget

from medapp.domain.changes import Changes
from ui.context import Context
from ui.format import format_date, format_number
from ui.jobs import Token
from ui.pages.desk import reading
from ui.pages.desk.actions import Actions
from ui.pages.desk.list import DeskList, DeskModel
from ui.pages.desk.reading import EMPTY, MOST_COUNTED, TITLES, TODAY, Read
from ui.pages.desk.sweeping import Sweeping
from ui.widgets import Column, EmptyState, ErrorState, Line, Row, Skeleton, Tabs, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from ui.commands import Command
    from ui.pages.desk.rows import DeskRow

AGAIN_MS: Final = 30_000
"""Waiting times are told anew so often."""

RELOAD_AFTER_MS: Final = 60
"""Several changes of one act are one reading."""


class DeskCard(QWidget):
    """Put into a card. `wanted` is sent when a list is chosen, so that a low window can make room."""

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._token = Token()
        self._read: Read | None = None
        self._counts: dict[str, int] = {}
        self._is_loading = self._wants_focus = False
        self._which = TODAY
        self._build()
        self._reload_later = QTimer(self, singleShot=True, interval=RELOAD_AFTER_MS)
        self._reload_later.timeout.connect(self.load)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._tell_time)
        context.bus.changed.connect(self._on_changed)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._fit)
        self._speak()

    def _build(self) -> None:
        context = self._context
        column = Column(context, 0, 0, self)
        head = Row(context, (8, 4, 16, 0), 8)
        self.tabs = Tabs(context)
        self._buttons = {which: self.tabs.add(which, title) for which, title in TITLES.items()}
        self.tabs.set_current(self._which)
        self.tabs.chosen.connect(self.choose)
        head.addWidget(self.tabs)
        self.choice = QComboBox()
        self.choice.activated.connect(lambda at: self.choose(list(TITLES)[at]))
        self.choice.hide()
        head.addWidget(self.choice, 1)
        head.addStretch(1)
        self.day = Text(context, "", "small", "text2")
        head.addWidget(self.day)
        column.addLayout(head)
        column.addWidget(Line())
        self.body = QWidget()
        inner = Column(context, 0, 0, self.body)
        self.stack = QStackedWidget()
        self.model = DeskModel(self)
        self.list = DeskList(context, self.model)
        self.list.current_changed.connect(self._on_row)
        self._skeleton = Skeleton(context, 4)
        self._error = ErrorState(context, self.load)
        self._empty = {which: self._empty_state(which) for which in TITLES}
        for page in (self.list, self._skeleton, self._error, *self._empty.values()):
            page.setMinimumHeight(0)
            page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self.stack.addWidget(page)
        inner.addWidget(self.stack, 1)
        self.bar = Actions(context, self)
        self.sweeping = Sweeping(context)
        self.sweeping.ended.connect(self.load)
        inner.addWidget(self.sweeping)
        inner.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self.stack.setCurrentWidget(self._skeleton)

    def _empty_state(self, which: str) -> EmptyState:
        message, advice = EMPTY[which]
        state = EmptyState(self._context, message, advice=advice)
        state.title.set_role("body")
        return state

    # --- what the page asks

    @property
    def is_ready(self) -> bool:
        return not self._is_loading and not self._reload_later.isActive()

    @property
    def which(self) -> str:
        """The list that is shown."""
        return self._which

    @property
    def current(self) -> DeskRow | None:
        """The chosen row."""
        return self.model.at(self.list.currentIndex().row())

    def focus_list(self) -> None:
        """The chosen row, or the tab where there is none (yet)."""
        if self.stack.currentWidget() is self.list:
            self.list.setFocus()
        else:
            self._buttons[self._which].setFocus()

    def choose(self, which: str) -> None:
        """Show one of the lists and put the focus into it."""
        self.wanted.emit()
        self._wants_focus = True
        if which != self._which:
            self._which = which
            self.tabs.set_current(which)
            self.choice.setCurrentIndex(list(TITLES).index(which))
            self.model.set_rows([])
            self.load()
        self._speak()
        self.focus_list()

    def set_open(self, is_open: bool) -> None:
        """A low window shows the tabs alone until one is chosen."""
        self.body.setVisible(is_open)

    def load(self) -> None:
        """Read the shown list and all counts anew."""
        session, which = self._context.session, self._which
        if session is None:
            return
        self._token.cancel()
        self._is_loading = True
        if self._read is None or self._read.which != which:
            self._skeleton.start()
            self.stack.setCurrentWidget(self._skeleton)
        work = partial(reading.read, session, which)
        self._token = self._context.jobs.store(work, self._show, self._fail)

    def commands(self) -> list[Command]:
        """The lists, and what can be done with the chosen row."""
        from ui.commands import Command

        lists = [Command(title, partial(self.choose, which), "list") for which, title in TITLES.items()]
        return [*self.bar.commands(), *lists]

    # --- showing

    def _show(self, read: Read) -> None:
        self._is_loading = False
        self._skeleton.stop()
        self._read, self._counts = read, read.counts
        self._tell()
        self._speak()
        if self._wants_focus and self.stack.currentWidget() is self.list:
            self._wants_focus = False
            self.list.setFocus()

    def _tell(self) -> None:
        """Put the lines into words again, with the chosen row kept."""
        read = self._read
        if read is None or read.which != self._which:
            return
        before, place = self.current, self.list.currentIndex().row()
        rows = read.rows(self._context.clock(), self._context.words)
        has_focus = self.list.hasFocus()
        if rows != list(self.model.rows):
            bar = self.list.verticalScrollBar()
            scrolled = bar.value()
            self.model.set_rows(rows)
            has_notes = any(row.note for row in rows)
            is_timed = self._which == TODAY
            self.list.leave_out(frozenset({"first" if is_timed else "time", "" if has_notes else "note"}))
            keys = [row.key for row in rows]
            self.list.choose(keys.index(before.key) if before and before.key in keys else max(place, 0))
            if before is not None:
                bar.setValue(scrolled)
        self.stack.setCurrentWidget(self.list if rows else self._empty[self._which])
        if has_focus and not rows:
            self.focus_list()
        self._on_row()

    def _tell_time(self) -> None:
        """Only today's list speaks of minutes."""
        if self._which == TODAY:
            self._tell()

    def _fail(self, error: BaseException) -> None:
        self._is_loading = False
        self._skeleton.stop()
        self._error.show_error(error)
        self.stack.setCurrentWidget(self._error)

    def _on_row(self) -> None:
        self.bar.show_for(self._which, self.current, self.model.rows)
        self.list.keys = self.bar.keys()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & reading.KINDS:
            self._reload_later.start()
        self.sweeping.follow(changes)

    def _speak(self) -> None:
        words = self._context.words
        for which, button in self._buttons.items():
            text = self._title(which)
            button.set_plain(text)
            button.setAccessibleName(text)
        self.choice.clear()
        self.choice.addItems([self._title(which) for which in TITLES])
        self.choice.setCurrentIndex(list(TITLES).index(self._which))
        self.choice.setAccessibleName(words("Lists of the desk"))
        self.list.setAccessibleName(words(TITLES[self._which]))
        today = self._context.clock()
        self.day.set_plain(format_date(today.date(), words))
        self._tell()
        self._fit()

    def _title(self, which: str) -> str:
        """The list's name with its count; `500+` where more may wait."""
        title, count = self._context.words(TITLES[which]), self._counts.get(which)
        if not count:
            return title
        most = MOST_COUNTED.get(which)
        number = format_number(count)
        return f"{title}\u2002{number}+" if most is not None and count >= most else f"{title}\u2002{number}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._again.stop()

    def _fit(self) -> None:
        """Without room for the tabs there is a list to choose from; the day gives way first."""
        room = self.width() - self._context.theme.px(32)
        needed = sum(button.sizeHint().width() for button in self._buttons.values())
        has_room = needed <= room
        self.tabs.setVisible(has_room)
        self.choice.setVisible(not has_room)
        self.day.setVisible(needed + self.day.sizeHint().width() + self._context.theme.px(24) <= room)
        self.bar.fit(self.width())


