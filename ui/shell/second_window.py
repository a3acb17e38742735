"""The same record in a second window, to read only: beside what is written in the first.

There is one, of the patient of the first window; it closes when another record is opened or the clinic
is locked. It has no action that writes, and its session could not write if it had.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from medapp.domain.changes import Changes
from medapp.i18n import N_
from ui.context import Context
from ui.jobs import Token
from ui.looking import LookingContext
from ui.pages.patient.banner import Banner
from ui.pages.patient.banner_words import banner_words
from ui.pages.patient.page import RECORD_KINDS, SHORT_BELOW
from ui.pages.patient_facts import Facts, read_facts
from ui.pages.results import ResultsPage
from ui.shell.read_only_record import RecordPanel
from ui.widgets import Column, ErrorState, Row, Strip, Tabs, surface
from ui.widgets.toast import Toast

SIZE: Final = (1000, 720)
SMALLEST: Final = (640, 480)
TABS: Final = (("record", N_("The record"), 1), ("results", N_("Results"), 3))


class SecondWindow(QMainWindow):
    """Banner, a strip that says what this is, the record in lines, and the results with their charts."""

    def __init__(self, first: Context, patient: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context = LookingContext(first, self)
        self.patient = patient
        self._token = Token()
        self._pending = 0
        self._facts: Facts | None = None
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self._build(context)
        self.toast = Toast(context, self)
        context.language_changed.connect(self._render)
        context.theme_changed.connect(self._measure)
        context.bus.changed.connect(self._on_changes)
        for keys in ("Ctrl+W", "Escape", "Ctrl+Shift+W"):
            QShortcut(QKeySequence(keys), self, self.close)
        self._read(is_opening=True)

    def _build(self, context: Context) -> None:
        root = surface("app")
        column = Column(context, 0, 0, root)
        self.banner = Banner(context)
        self.banner.set_read_only()
        column.addWidget(self.banner)
        note = Row(context, (12, 8, 12, 0), 0)
        self.strip = Strip(context, N_("Read only: write in the first window. Esc closes this one."), "info")
        note.addWidget(self.strip)
        column.addLayout(note)
        bar = surface("bar")
        row = Row(context, (10, 0, 16, 0), 0, bar)
        self.tabs = Tabs(context)
        for name, title, number in TABS:
            self.tabs.add(name, title, number)
        self.tabs.chosen.connect(self.show_tab)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addWidget(bar)
        self.stack = QStackedWidget()
        self.record, self.results = RecordPanel(context), ResultsPage(context)
        self.error = ErrorState(context, partial(self._read, is_opening=False))
        for page in (self.record, self.results, self.error):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(root)
        self.show_tab("results")

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and self.results.is_ready

    def show_tab(self, name: str) -> None:
        """record or results."""
        self.tabs.set_current(name)
        page: Any = self.results if name == "results" else self.record
        self.stack.setCurrentWidget(page)
        page.focus_first()

    def show_error(self, error: BaseException) -> None:
        """In place of the record: nothing half read is shown."""
        self.error.show_error(error)
        self.stack.setCurrentWidget(self.error)

    def _read(self, *, is_opening: bool) -> None:
        session = self._context.session
        if session is None:
            return
        self._pending += 1
        if self._facts is None:
            self.results.show_loading()
        self._context.jobs.store(
            partial(read_facts, session, self.patient, is_opening=is_opening),
            self._take, self._fail, self._token,
        )

    def _take(self, facts: Facts) -> None:
        self._pending -= 1
        self._facts = facts
        if self.stack.currentWidget() is self.error:
            self.show_tab(self.tabs.current)
        self._render()
        self._measure()

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.show_error(error)

    def _render(self) -> None:
        if self._facts is None:
            return
        words = banner_words(self._facts, self._context.words)
        self.setWindowTitle(self._context.words("{name} — read only — MedApp", name=words.name))
        self.banner.show_words(words)
        self.record.show_facts(self._facts)
        self.results.show_facts(self._facts)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(self.patient, *RECORD_KINDS):
            self._read(is_opening=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        is_short = self.height() < self._context.theme.px(SHORT_BELOW)
        self.banner.set_short(is_short)
        self.results.set_window(self.width(), is_short)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing late lands here, and nothing of the patient stays in memory."""
        self._token.cancel()
        self._facts = None
        self.banner.clear()
        self.results.clear()
        self.record.clear()
        self._context.close()
        super().closeEvent(event)

