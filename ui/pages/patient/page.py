"""The patient page: banner, tabs, and the one reading that all tabs share.

Every job carries the patient's token. Opening another patient cancels it and
empties every tab before anything is asked, so that a late result has nowhere
to land.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from medapp.terminology.variables import variables
from ui.commands import Command, commands_of
from ui.context import Context
from ui.jobs import Token
from ui.pages.assess import Shown, read_assessments
from ui.pages.patient.banner import Banner
from ui.pages.patient.banner_words import banner_words
from ui.pages.patient.forms import PatientForms
from ui.pages.patient.lists import PatientLists
from ui.pages.patient.paper import PatientPaper
from ui.pages.patient.still_there import StillThere
from ui.pages.patient.tabs import TABS
from ui.pages.patient_facts import Facts, read_facts
from ui.pages.patient_names import brief
from ui.widgets import Column, ErrorState, LinkButton, Row, Sheet, Tabs
from ui.widgets.inside import inside

SHORT_BELOW = 720
GONE = "unknown_patient"
"""The code of the error that says that there is no such patient any more."""

RECORD_KINDS = (
    Kind.PATIENT, Kind.OBSERVATION, Kind.CONDITION, Kind.MEDICATION, Kind.ALLERGY, Kind.ENCOUNTER,
    Kind.PROCEDURE, Kind.IMMUNISATION, Kind.FAMILY_HISTORY, Kind.PREGNANCY, Kind.DENIAL, Kind.IMPORT,
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
        self._wants_focus = False
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
        self.still_there = StillThere(context)
        self.still_there.acknowledged.connect(context.presence.acknowledge)
        self.still_there.declined.connect(self._decline)
        context.presence.asked.connect(self._ask_who)
        context.presence.answered.connect(self.still_there.close_strip)
        column.addWidget(self.still_there)
        bar = QFrame()
        bar.setProperty("surface", "bar")
        self._bar = bar
        row = Row(context, (10, 0, 16, 0), 0, bar)
        self.tabs = Tabs(context)
        self._numbered = {one.number: self.tabs.add(one.name, one.title, one.number) for one in TABS}
        self.tabs.chosen.connect(self._turn_to)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._actions = (
            LinkButton(context, N_("New visit"), icon="plus", on_click=lambda: context.window.write_visit()),
            LinkButton(context, N_("Print"), icon="print", on_click=lambda: context.window.print_page()),
        )
        for action in self._actions:
            row.addWidget(action)
        column.addWidget(bar)
        self.stack = QStackedWidget()
        self._made: dict[str, Any] = {}
        self._assess_error: BaseException | None = None
        self._untold: set[str] = set()  # tabs out of sight, told when they are next asked for
        self.error = ErrorState(context, self._retry)
        self.stack.addWidget(self.error)
        column.addWidget(self.stack, 1)
        self.forms = PatientForms(context, self.stack, lambda: self._facts)
        self.banner.edit_wanted.connect(self.forms.edit_details)
        self.lists = PatientLists(context, self.stack)
        self.banner.allergies_wanted.connect(lambda: self.lists.open("allergies"))
        self.paper = PatientPaper(context, self.stack, lambda: self._facts, self._show_current)
        self.show_tab("summary")
        self._measure()

    def tab(self, name: str) -> Any:
        """The tab of that name, made when first asked for. Raises KeyError."""
        if name not in self._made:
            entry = {entry.name: entry for entry in TABS}[name]
            made = self._made[name] = entry.make(self.context)
            self.stack.addWidget(made)
            for signal, slot in (
                ("trend_wanted", self.show_trend), ("tab_wanted", self.show_tab),
                ("assessment_wanted", self._show_assessment), ("form_wanted", self.forms.open),
                ("print_wanted", self.paper.print_note),
                ("immunisation_wanted", self.forms.add_immunisation),
                ("list_wanted", self.lists.open), ("entry_wanted", self.lists.open_form),
                ("entry_withdrawn", self.lists.withdraw), ("none_confirmed", self.lists.deny),
            ):
                if hasattr(made, signal):
                    getattr(made, signal).connect(slot)
            self._size(made)
            if self._facts is not None:
                self._untold.add(name)
            elif self._patient is not None:
                made.show_loading()
        if name in self._untold and self._facts is not None:
            self._untold.discard(name)
            self._made[name].show_facts(self._facts)
            self._tell_assessments(self._made[name])
        return self._made[name]

    def _told(self) -> list[Any]:
        """The tabs that hold what was read last."""
        return [made for name, made in self._made.items() if name not in self._untold]

    def _tell_assessments(self, tab: Any) -> None:
        if self._assess_error is not None:
            name, news = "show_assess_error", cast(object, self._assess_error)
        elif self._assessments is not None:
            name, news = "show_assessments", self._assessments
        else:
            return
        show = getattr(tab, name, None)
        if show is not None:
            show(news)

    @property
    def summary(self) -> Any:
        return self.tab("summary")

    @property
    def assess(self) -> Any:
        return self.tab("assess")

    @property
    def results(self) -> Any:
        return self.tab("results")

    @property
    def current_patient(self) -> int | None:
        """The store id of the patient on screen or being opened."""
        return self._patient

    @property
    def is_ready(self) -> bool:
        """Whether nothing is being loaded or drawn."""
        ready = self._pending == 0 and self.forms.is_ready and self.paper.is_ready
        return ready and all(made.is_ready for made in self._told())

    def show_patient(self, patient: int, tab: str = "summary") -> None:
        """Open a patient, or only turn to `tab` when it is open already."""
        if patient != self._patient:
            self.clear()
            self._patient = patient
            self._read(is_opening=True)
        self.show_tab(tab)

    def show_tab(self, tab: str) -> None:
        if tab not in {entry.name for entry in TABS}:
            return
        self.tabs.set_current(tab)
        made = self.tab(tab)
        if self.stack.currentWidget() is not self.error or self._patient is None:
            self.stack.setCurrentWidget(made)

    def _turn_to(self, tab: str) -> None:
        """A tab that somebody presses has the focus at once, unless a form lies over it."""
        self.show_tab(tab)
        if not any(sheet.isVisible() for sheet in inside(self.stack, Sheet)):
            self.focus_first()

    def show_trend(self, variable: str) -> None:
        """Turn to Results with one test's chart."""
        self.show_tab("results")
        self.results.select(variable)
        self.results.focus_first()

    def write_visit(self) -> None:
        """Turn to Notes and start or continue today's visit."""
        self.show_tab("notes")
        self.tab("notes").write()

    def print_page(self) -> None:
        """Ctrl P: the report that belongs to the tab that is shown."""
        name = self.tabs.current or "summary"
        self.paper.print_tab(name, self.tab(name))

    def _show_current(self) -> None:
        self.show_tab(self.tabs.current or "summary")
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the page's first useful item."""
        self._wants_focus = self._facts is None
        page = self.stack.currentWidget()
        focus = getattr(page, "focus_first", None)
        if focus is not None:
            focus()

    def _focus_late(self) -> None:
        """What was asked while the record was being read: not when somebody types elsewhere by now."""
        wanted, self._wants_focus = self._wants_focus, False
        focused = QApplication.focusWidget()
        is_inside = focused is not None and self.stack.isAncestorOf(focused)
        if wanted and self.isVisible() and not is_inside and not self.context.window.top_bar.find.text():
            self.focus_first()

    def back(self) -> bool:
        """Esc: one layer back inside the page; False when there is none."""
        if self.lists.back():
            return True
        back = getattr(self.stack.currentWidget(), "back", None)
        return back is not None and bool(back())

    def toggle_side(self) -> None:
        """F8: the right panel of a tab that has one."""
        toggle = getattr(self.stack.currentWidget(), "toggle_side", None)
        if toggle is None or self.lists.is_open:
            toggle = self.lists.toggle
        toggle()

    def regions(self) -> list[QWidget]:
        """F6: banner, tabs, what the tab shows, and the panel over it."""
        if self.lists.is_open:  # it lies in the stack: each widget belongs to one region only
            return [self.banner, self._bar, self.stack.currentWidget(), self.lists.panel]
        return [self.banner, self._bar, self.stack]

    def commands(self) -> Sequence[Command]:
        """What the shown tab can do."""
        own = commands_of(self.stack.currentWidget()) if self._patient is not None else ()
        return (*own, *self.forms.commands(), *self.lists.commands(), *self.paper.commands())

    def trends(self) -> Sequence[Command]:
        """The course of every test in the record, found by the test's name in either language."""
        if self._facts is None:
            return ()
        known, words = variables(), self.context.words
        tests = [known[name] for name in self._facts.trends if name in known]
        return [
            Command(
                words("Trend of {test}", test=brief(one, words)), partial(self._open_trend, one.id), "chart",
                is_plain=True, also=(one.title.en, one.title.zh_CN),
            )
            for one in tests
        ]

    def _open_trend(self, variable: str) -> None:
        self.context.window.goto("patient")
        self.show_trend(variable)

    def clear(self) -> None:
        """Forget the patient: cancel what runs for them and empty every tab at once."""
        self._token.cancel()
        self._token = Token()
        self.context.presence.begin()
        self._patient, self._facts, self._assessments, self._pending = None, None, None, 0
        self.banner.clear()
        self.paper.clear()
        self.forms.forget()
        self.lists.clear()
        self._untold.clear()
        self._assess_error = None
        for made in self._made.values():
            made.clear()
        self.stack.setCurrentWidget(self.tab(self.tabs.current or "summary"))

    def _ask_who(self, patient: int) -> None:
        if patient == self._patient and self._facts is not None:
            name = banner_words(self._facts, self.context.words).name
            self.still_there.ask(name, is_held=self.context.presence.is_holding)

    def _decline(self) -> None:
        self.still_there.release()
        self.context.presence.decline()

    def _retry(self) -> None:
        self.stack.setCurrentWidget(self.tab(self.tabs.current or "summary"))
        self._read(is_opening=True)

    def _read(self, *, is_opening: bool) -> None:
        session, patient = self.context.session, self._patient
        if session is None or patient is None:
            return
        if is_opening:
            for made in self._made.values():
                made.show_loading()
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
        self.forms.go_on()
        self._focus_late()
        self._assess()
        self.shown.emit(facts.patient.id)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        if getattr(error, "code", "") == GONE:  # adding her was undone
            self.clear()
            self.closed.emit()
            return
        self.error.show_error(error)
        self.stack.setCurrentWidget(self.error)

    def _on_language(self) -> None:
        for number, button in self._numbered.items():
            button.setShortcut(f"Alt+{number}")  # Qt drops it with every new text
        self._share_bar()
        self._render()

    def _render(self) -> None:
        facts = self._facts
        if facts is None:
            return
        self.banner.show_words(banner_words(facts, self.context.words))
        self.lists.show_facts(facts)
        shown = self.tabs.current or "summary"
        self._untold = {name for name in self._made if name != shown}
        self._made[shown].show_facts(facts)
        self.paper.show_facts(facts)
        if self._assessments is not None:
            self._show_assessments()

    def _assess(self, *_: object) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._pending += 1
        for made in self._told():
            tell = getattr(made, "show_assessing", None)
            if tell is not None:
                tell()
        patient, now, are_on = facts.patient.id, facts.now, self.context.are_models_on
        self.context.jobs.store(
            partial(read_assessments, session, patient, now, are_on),
            partial(self._take_assessments, patient, are_on), self._fail_assessments, self._token,
        )

    def _take_assessments(self, patient: int, are_on: bool, found: tuple[Shown, ...]) -> None:
        self._pending -= 1
        if patient != self._patient or are_on != self.context.are_models_on:
            return
        self._assessments, self._assess_error = found, None
        self._show_assessments()

    def _fail_assessments(self, error: BaseException) -> None:
        self._pending -= 1
        self._assess_error = error
        for made in self._told():
            self._tell_assessments(made)

    def _show_assessments(self) -> None:
        if self._assessments is None or self._facts is None:
            return
        for made in self._told():
            self._tell_assessments(made)

    def _show_assessment(self, assessor: str) -> None:
        self.show_tab("assess")
        self.assess.select(assessor)

    def _on_changes(self, changes: Changes) -> None:
        patient = self._patient
        if patient is None:
            return
        if changes.touches(patient, *RECORD_KINDS):
            self._read(is_opening=False)
        elif changes.touches(patient, Kind.ASSESSMENT, Kind.MODEL, Kind.OUTCOME):
            self._assess()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Short and narrow windows: lower banner and tabs, fewer contributions, narrower columns."""
        theme, window = self.context.theme, self.window()
        is_short = window.height() < theme.px(SHORT_BELOW)
        self.banner.set_short(is_short)
        self._bar.setFixedHeight(max(theme.px(35 if is_short else 38), self._share_bar() + 2))
        for made in self._made.values():
            self._size(made)

    def _share_bar(self) -> int:
        """The tabs first; what Ctrl N and Ctrl P do stands beside them where there is room. The height."""
        room = self.width() - self.context.theme.px(26)
        height = self.tabs.set_room(room)
        taken = sum(action.sizeHint().width() for action in self._actions) + self.context.theme.px(24)
        has_room = self.tabs.sizeHint().width() + taken <= room
        for action in self._actions:
            action.setVisible(has_room and self.context.session is not None)
        return height

    def _size(self, tab: Any) -> None:
        window = self.window()
        tab.set_window(window.width(), window.height() < self.context.theme.px(SHORT_BELOW))
