"""The patient page: banner, tabs, and the one reading that all tabs share.

Every job carries the patient's token. Opening another patient cancels it and
empties every tab before anything is asked, so that a late result has nowhere
to land.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from ui.context import Context
from ui.jobs import Token
from ui.pages.assess import AssessPage, Shown, read_assessments
from ui.pages.patient.banner import Banner
from ui.pages.patient.banner_words import banner_words
from ui.pages.patient_facts import Facts, read_facts
from ui.pages.results import ResultsPage
from ui.pages.summary import SummaryPage
from ui.widgets import Column, ErrorState, Row, Tabs

TABS = ("summary", "assess", "results")
SHORT_BELOW = 720
RECORD_KINDS = (
    Kind.PATIENT, Kind.OBSERVATION, Kind.CONDITION, Kind.MEDICATION, Kind.ALLERGY, Kind.ENCOUNTER,
    Kind.PROCEDURE, Kind.IMPORT,
)


class PatientPage(QWidget):
    """One patient at a time. `shown` is sent when a patient's record is on screen."""

    shown = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._patient: int | None = None
        self._facts: Facts | None = None
        self._assessments: tuple[Shown, ...] | None = None
        self._token = Token()
        self._pending = 0
        self._build()
        context.language_changed.connect(self._on_language)
        context.theme_changed.connect(self._measure)
        context.models_changed.connect(self._assess)
        context.session_changed.connect(self.clear)
        context.bus.changed.connect(self._on_changes)

    def _build(self) -> None:
        context = self.context
        column = Column(context, 0, 0, self)
        self.banner = Banner(context)
        column.addWidget(self.banner)
        bar = QFrame()
        bar.setProperty("surface", "bar")
        self._bar = bar
        row = Row(context, (10, 0, 16, 0), 0, bar)
        self.tabs = Tabs(context)
        self._numbered = {
            1: self.tabs.add("summary", N_("Summary"), 1),
            2: self.tabs.add("assess", N_("Assess"), 2),
            3: self.tabs.add("results", N_("Results"), 3),
        }
        self.tabs.chosen.connect(self.show_tab)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addWidget(bar)
        self.stack = QStackedWidget()
        self.summary = SummaryPage(context)
        self.assess = AssessPage(context)
        self.results = ResultsPage(context)
        self.error = ErrorState(context, self._retry)
        for page in (self.summary, self.assess, self.results, self.error):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self.summary.trend_wanted.connect(self.show_trend)
        self.summary.tab_wanted.connect(self.show_tab)
        self.summary.assessment_wanted.connect(self._show_assessment)
        self.assess.trend_wanted.connect(self.show_trend)
        self.tabs.set_current("summary")
        self._measure()

    @property
    def current_patient(self) -> int | None:
        """The store id of the patient on screen or being opened."""
        return self._patient

    @property
    def is_ready(self) -> bool:
        """Whether nothing is being loaded or drawn."""
        return self._pending == 0 and self.results.is_ready and self.assess.is_ready

    def show_patient(self, patient: int, tab: str = "summary") -> None:
        """Open a patient, or only turn to `tab` when it is open already."""
        if patient != self._patient:
            self.clear()
            self._patient = patient
            self._read(is_opening=True)
        self.show_tab(tab)

    def show_tab(self, tab: str) -> None:
        if tab not in TABS:
            return
        self.tabs.set_current(tab)
        if self.stack.currentWidget() is not self.error:
            self.stack.setCurrentWidget(getattr(self, tab))

    def show_trend(self, variable: str) -> None:
        """Turn to Results with one test's chart."""
        self.show_tab("results")
        self.results.select(variable)
        self.results.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the page's first useful item."""
        page = self.stack.currentWidget()
        focus = getattr(page, "focus_first", None)
        if focus is not None:
            focus()

    def back(self) -> bool:
        """Esc: one layer back inside the page; False when there is none."""
        return self.stack.currentWidget() is self.assess and self.assess.back()

    def clear(self) -> None:
        """Forget the patient: cancel what runs for them and empty every tab at once."""
        self._token.cancel()
        self._token = Token()
        self._patient, self._facts, self._assessments, self._pending = None, None, None, 0
        self.banner.clear()
        for page in (self.summary, self.assess, self.results):
            page.clear()
        self.stack.setCurrentWidget(getattr(self, self.tabs.current or "summary"))

    def _retry(self) -> None:
        self.stack.setCurrentWidget(getattr(self, self.tabs.current or "summary"))
        self._read(is_opening=True)

    def _read(self, *, is_opening: bool) -> None:
        session, patient = self.context.session, self._patient
        if session is None or patient is None:
            return
        if is_opening:
            for page in (self.summary, self.assess, self.results):
                page.show_loading()
        self._pending += 1
        self.context.jobs.store(
            partial(read_facts, session, patient, is_opening=is_opening),
            self._take_facts, self._fail, self._token,
        )

    def _take_facts(self, facts: Facts) -> None:
        self._pending -= 1
        if facts.patient.id != self._patient:
            return
        self._facts = facts
        self._render()
        self._assess()
        self.shown.emit(facts.patient.id)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.stack.setCurrentWidget(self.error)

    def _on_language(self) -> None:
        for number, button in self._numbered.items():
            button.setShortcut(f"Alt+{number}")  # Qt drops it with every new text
        self._render()

    def _render(self) -> None:
        facts = self._facts
        if facts is None:
            return
        self.banner.show_words(banner_words(facts, self.context.words))
        self.summary.show_facts(facts)
        self.results.show_facts(facts)
        self.assess.show_facts(facts)
        if self._assessments is not None:
            self._show_assessments()

    def _assess(self, *_: object) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._pending += 1
        patient, now, are_on = facts.patient.id, facts.now, self.context.are_models_on
        self.context.jobs.store(
            partial(read_assessments, session, patient, now, are_on),
            partial(self._take_assessments, patient, are_on), self._fail_assessments, self._token,
        )

    def _take_assessments(self, patient: int, are_on: bool, found: tuple[Shown, ...]) -> None:
        self._pending -= 1
        if patient != self._patient or are_on != self.context.are_models_on:
            return
        self._assessments = found
        self._show_assessments()

    def _fail_assessments(self, error: BaseException) -> None:
        self._pending -= 1
        self.assess.show_error(error)
        self.summary.show_assess_error(error)

    def _show_assessments(self) -> None:
        if self._assessments is None or self._facts is None:
            return
        self.summary.show_assessments(self._assessments)
        self.assess.show_assessments(self._assessments)

    def _show_assessment(self, assessor: str) -> None:
        self.show_tab("assess")
        self.assess.select(assessor)

    def _on_changes(self, changes: Changes) -> None:
        patient = self._patient
        if patient is None:
            return
        if changes.touches(patient, *RECORD_KINDS):
            self._read(is_opening=False)
        elif changes.touches(patient, Kind.ASSESSMENT, Kind.MODEL):
            self._assess()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Short and narrow windows: lower banner and tabs, fewer contributions, narrower columns."""
        theme, window = self.context.theme, self.window()
        is_short = window.height() < theme.px(SHORT_BELOW)
        self.banner.set_short(is_short)
        self._bar.setFixedHeight(theme.px(35 if is_short else 38))
        self.assess.set_window(window.width(), is_short)
        self.summary.set_window(window.width(), is_short)
        self.results.set_window(window.width(), is_short)
