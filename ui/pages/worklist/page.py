"""The worklist: find as one types, see who it is, open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.i18n import N_
from medapp.services import search as finding
from ui.context import Context
from ui.format import format_number
from ui.jobs import Token
from ui.pages.worklist.table import PatientTable
from ui.pages.worklist.table_model import PatientTableModel
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card, SectionHeader
from ui.widgets.layout import Column, Row, surface
from ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medapp.domain.changes import Changes
    from medapp.services.search import PatientLine, SearchResult
    from medapp.services.worklist import Preview
    from ui.commands import Command
    from ui.pages.desk import DeskCard
    from ui.pages.person.sheet import PersonSheet
    from ui.pages.worklist.preview import PreviewPanel
    from ui.widgets import EmptyState, ErrorState, Skeleton

PAGE: Final = 50
SKELETON_AFTER_MS: Final = 60
SIDE: Final = 316
SIDE_FROM, HINT_FROM, DESK_FROM = 860, 940, 500
"""Room (design pixels) from which the preview, the hint and both cards at once are shown."""

WIDEST_SIDE: Final = 420
"""The design's widest right column, where a third of the page is not more."""

BESIDE_AFTER_MS: Final = 40
"""What stands beside the names is read when the list is painted, never before it."""

PREVIEW_AFTER_MS: Final = 90
"""Arrowing through rows must not open a preview (and an audit entry) for each."""


class WorklistPage(QWidget):
    """Search results or, with an empty field, everybody in name order."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query = ""
        self._total: int | None = None
        self._is_uncounted = False
        self._result: SearchResult | None = None
        self._exact: int | None = None
        self._token, self._preview_token = Token(), Token()
        self._is_loading = False
        self._wants_side: bool | None = None
        row = Row(context, (16, 14, 16, 14), 12, self)
        left = Column(context, 0, 12)
        self._list = self._build_list()
        left.addWidget(self._list, 1)
        self._desk_place = surface("card")
        self._desk_row = Row(context, (1, 1, 1, 1), 0, self._desk_place)
        self._is_desk_raised = False
        left.addWidget(self._desk_place, 1)
        self._left = left
        row.addLayout(left, 1)
        self._side = surface("card")
        self._side_row = Row(context, 0, 0, self._side)
        context.theme_changed.connect(self._measure)
        row.addWidget(self._side)
        self._beside_later = QTimer(self, singleShot=True, interval=BESIDE_AFTER_MS)
        self._beside_later.timeout.connect(self._load_beside)
        self._slow_later = QTimer(self, singleShot=True, interval=SKELETON_AFTER_MS)
        self._slow_later.timeout.connect(self._show_skeleton)
        self._preview_later = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._preview_later.timeout.connect(self._load_preview)
        context.bus.changed.connect(self._on_changed)
        self.search("")

    def _measure(self) -> None:
        self._arrange()

    def _build_list(self) -> Card:
        context = self._context
        card = Card(context, padding=0, gap=0)
        head = Column(context, (16, 10, 16, 4), 0)
        self._header = SectionHeader(context, N_("Patients"))
        self._header.remark.set_dynamic(self._say_state)
        hint = N_("Name, birth date, MRN, phone — any order")
        self._hint = Text(context, hint, "small", "text2")
        self._header.add(self._hint)
        self._header.add(LinkButton(context, N_("New patient"), icon="plus", small=True,
                                    on_click=self.new_patient))
        head.addWidget(self._header)
        card.body.addLayout(head)
        self.model = PatientTableModel(context, self)
        self.model.more_wanted.connect(self._load_more)
        self.table = PatientTable(context, self.model)
        self.table.row_changed.connect(self._on_row)
        self.table.open_asked.connect(self.open_current)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        body = Row(context, (1, 0, 1, 8), 0)
        body.addWidget(self._stack)
        card.body.addLayout(body, 1)
        return card

    # --- states and parts that are made when they first come: the first list must not wait for them

    @cached_property
    def preview(self) -> PreviewPanel:
        """Who the chosen patient is."""
        from ui.pages.worklist.preview import PreviewPanel

        panel = PreviewPanel(self._context)
        panel.open_asked.connect(self.open_current)
        panel.book_asked.connect(self.book)
        panel.retry_asked.connect(self._load_preview)
        self._side_row.addWidget(panel)
        return panel

    @cached_property
    def desk(self) -> DeskCard:
        """Today, results to sign, what is due, drafts, what was opened last."""
        from ui.pages.desk import DeskCard

        desk = DeskCard(self._context)
        desk.wanted.connect(lambda: self._raise_desk(True))
        self._desk_row.addWidget(desk)
        return desk

    @cached_property
    def _skeleton(self) -> Skeleton:
        from ui.widgets.states import Skeleton

        skeleton = Skeleton(self._context)
        self._stack.addWidget(skeleton)
        return skeleton

    @cached_property
    def _nobody(self) -> EmptyState:
        from ui.widgets.states import EmptyState

        advice = N_("Try fewer letters, the birth date alone, or the record number.")
        state = EmptyState(self._context, N_("Nobody matches"), icon="search", advice=advice)
        self._stack.addWidget(state)
        return state

    @cached_property
    def _empty(self) -> EmptyState:
        from ui.widgets.states import EmptyState

        window = self._context.window
        state = EmptyState(
            self._context, N_("No patients yet"), icon="group",
            advice=N_("Import FHIR files, or open a demo clinic to look around."),
            action=N_("Import FHIR…"), on_action=lambda: window.goto("import"),
        )
        self._stack.addWidget(state)
        return state

    @cached_property
    def _error(self) -> ErrorState:
        from ui.widgets.states import ErrorState

        state = ErrorState(self._context, self._retry)
        self._stack.addWidget(state)
        return state

    # --- what the window asks

    @property
    def is_listed(self) -> bool:
        """Whether the list shows what was asked for."""
        return not self._is_loading

    @property
    def is_ready(self) -> bool:
        """Nothing loading, and the chosen patient previewed."""
        waits = self._preview_later.isActive() or self._beside_later.isActive()
        is_desk_ready = "desk" not in self.__dict__ or self.desk.is_ready
        is_counted = self._total is not None or self._is_uncounted
        return not self._is_loading and not waits and is_desk_ready and is_counted

    def focus_first(self) -> None:
        """The chosen row; the find field is one key away."""
        if self._stack.currentWidget() is self.table:
            self.table.setFocus()
        elif not self._query and not self._is_loading:
            from ui.widgets import Button

            button = self._stack.currentWidget().findChild(Button)
            if button is not None:
                button.setFocus()

    def search(self, text: str) -> None:
        """Show who fits the typed text; an older search's late result is dropped."""
        self._query = text.strip()
        if self._is_desk_raised:
            self._raise_desk(False)
        self._token.cancel()
        self._token = Token()
        self._exact, self._is_uncounted = None, False
        self._is_loading = True
        self._slow_later.start()
        query, session = self._query, self._context.session
        if query:
            self._ask(lambda: finding.search(session, query, PAGE), self._show_result)
        else:
            self._ask(lambda: finding.page(session, None, PAGE), self._show_page)

    def move_by(self, step: int) -> None:
        """Arrow keys typed into the find field."""
        self.table.choose(self.table.current_row() + step)

    def open_current(self, tab: str = "summary") -> None:
        """Open the chosen patient."""
        line = self.model.line(self.table.current_row())
        if line is not None:
            self._context.window.open_patient(line.id, tab, line)

    @property
    def current(self) -> PatientLine | None:
        """The chosen patient."""
        return self.model.line(self.table.current_row())

    def book(self) -> None:
        """Book the chosen patient."""
        from ui.pages.desk.booking import BookSheet

        line = self.current
        if line is not None:
            BookSheet(self._context, line).start()

    @cached_property
    def person(self) -> PersonSheet:
        """The form of a new patient."""
        from ui.pages.person.sheet import PersonSheet

        sheet = PersonSheet(self._context, self)
        sheet.added.connect(lambda patient: self._context.window.open_patient(patient))
        return sheet

    def new_patient(self) -> None:
        """Ctrl Shift N: an empty form."""
        from medapp.domain.administrative import Patient

        self.person.open_for(Patient())

    def commands(self) -> Sequence[Command]:
        """What can be done here and now."""
        from ui.commands import Command

        book = [Command(N_("Book an appointment"), self.book, "calendar")] if self.current else []
        return [*book, *(self.desk.commands() if "desk" in self.__dict__ else ())]

    def back(self) -> bool:
        """Esc: a raised desk makes room for the patients again."""
        was_raised = self._is_desk_raised
        self._raise_desk(False)
        return was_raised

    def _raise_desk(self, is_raised: bool) -> None:
        """Where a window is too low for both cards, the desk takes the place of the patients."""
        self._is_desk_raised = is_raised and self._is_low
        self._arrange()

    @property
    def _is_low(self) -> bool:
        return self.height() < self._context.theme.px(DESK_FROM)

    def toggle_side(self) -> None:
        """F8: show the preview over a narrow window, or put it away."""
        self._wants_side = self._side.isHidden()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._context.theme.px
        has_room = self.width() >= px(SIDE_FROM)
        self._side.setFixedWidth(min(px(SIDE), max(WIDEST_SIDE, self.width() // 3)))
        self._side.setVisible(has_room if self._wants_side is None else self._wants_side)
        self._hint.setVisible(self.width() >= px(HINT_FROM))
        if "desk" in self.__dict__:
            is_low = self._is_low
            self._is_desk_raised = self._is_desk_raised and is_low
            self._list.setVisible(not self._is_desk_raised)
            self.desk.set_open(self._is_desk_raised or not is_low)
            self._left.setStretchFactor(self._desk_place, 1 if self._is_desk_raised or not is_low else 0)

    # --- loading

    def _show_skeleton(self) -> None:
        """The answer is late: say that it is on its way, where nothing stands yet."""
        self._skeleton.start()
        if self.model.rowCount() == 0:
            self._stack.setCurrentWidget(self._skeleton)

    def _end_loading(self) -> None:
        self._is_loading = False
        self._slow_later.stop()
        if "_skeleton" in self.__dict__:
            self._skeleton.stop()

    def _ask(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Belongs to the search of now; only a search that fails takes the place of the list."""
        self._context.jobs.store(work, on_done, on_error or self._on_error, self._token)

    def _show_result(self, result: SearchResult) -> None:
        self._result = result
        self._show_lines(result.patients, has_more=False)
        session, query = self._context.session, self._query
        if result.capped:
            self._ask(lambda: finding.count(session, query), self._show_count, _leave_as_it_is)

    def _show_page(self, lines: Sequence[PatientLine]) -> None:
        self._result = None
        self._show_lines(lines, has_more=len(lines) == PAGE)

    def _show_lines(self, lines: Sequence[PatientLine], *, has_more: bool) -> None:
        self._end_loading()
        self.model.set_lines(lines, self._query, has_more)
        if lines:
            self._stack.setCurrentWidget(self.table)
            self.table.choose(0)
        else:
            self._stack.setCurrentWidget(self._nobody if self._query else self._empty)
            self.preview.clear()
        self._desk_place.setHidden(not lines and not self._query)
        self._header.remark.set_dynamic(self._say_state)
        self._context.later(self._beside_later.start)

    def _load_beside(self) -> None:
        """Facts of the rows, what was opened last, and how many there are: after the names."""
        if self._context.session is None:
            return
        self._load_facts(self.model.lines)
        if self._total is None:
            self._load_total()
            self._context.jobs.compute(_load_desk, self._show_desk)

    def _show_desk(self, _module: ModuleType) -> None:
        if self._context.session is not None:
            self.desk.load()
            self._arrange()

    def _load_more(self) -> None:
        lines = self.model.lines
        session, after = self._context.session, lines[-1].id if lines else None

        def show(more: Sequence[PatientLine]) -> None:
            self.model.append_lines(more, has_more=len(more) == PAGE)
            self._load_facts(more)

        def fail(error: BaseException) -> None:
            self.model.append_lines((), has_more=True)  # scrolling asks again
            self._context.window.show_error(error)

        self._ask(lambda: finding.page(session, after, PAGE), show, fail)

    def _load_facts(self, lines: Sequence[PatientLine]) -> None:
        session, ids = self._context.session, tuple(line.id for line in lines)
        token = self._token

        def is_stale() -> bool:
            return token.cancelled

        def fail(_error: BaseException) -> None:
            self.model.set_unread(ids)

        if ids:
            self._ask(lambda: _beside().row_facts(session, ids, is_stale), self.model.set_facts, fail)

    def _show_count(self, count: int) -> None:
        self._exact = count
        self._header.remark.set_dynamic(self._say_state)

    def _load_total(self) -> None:
        session = self._context.session

        def show(total: int) -> None:
            self._total = total
            self._header.remark.set_dynamic(self._say_state)

        def fail(_error: BaseException) -> None:
            self._is_uncounted = True
            self._header.remark.set_dynamic(self._say_state)

        self._context.jobs.store(lambda: finding.count(session, ""), show, fail)

    def _on_row(self, row: int) -> None:
        self._preview_token.cancel()
        if self.model.line(row) is not None:
            self._preview_later.start()

    def _load_preview(self) -> None:
        line, session = self.current, self._context.session
        if line is None or session is None:
            return
        patient = line.id
        self._preview_token = self._context.jobs.store(
            lambda: _beside().preview(session, patient), self._show_preview, self._fail_preview
        )

    def _show_preview(self, preview: Preview) -> None:
        self.preview.show_preview(preview)

    def _fail_preview(self, error: BaseException) -> None:
        self.preview.show_error(error)

    def _on_error(self, error: BaseException) -> None:
        self._end_loading()
        self._error.show_error(error)
        self._stack.setCurrentWidget(self._error)

    def _retry(self) -> None:
        self.search(self._query)

    def _on_changed(self, changes: Changes) -> None:
        from medapp.domain.changes import Kind

        if changes.kinds & {Kind.PATIENT, Kind.IMPORT, Kind.ALLERGY, Kind.ENCOUNTER}:
            self.search(self._query)
            self._load_total()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if "desk" in self.__dict__:  # the first time it comes after the list
            self.desk.load()

    def _say_state(self) -> str:
        words, total = self._context.words, self._total
        whole = format_number(total) if total is not None else "?" if self._is_uncounted else "…"
        if self._result is None:
            return "" if total is None else words("{total} in this clinic", total=whole)
        found = self._result
        if not found.capped:
            count = format_number(found.count)
        elif self._exact is not None:
            count = format_number(self._exact)
        else:
            count = f"{len(found.patients)}+"
        ms = format_number(found.ms, 0 if found.ms >= 10 else 1)
        return words("{count} of {total} match · {ms} ms", count=count, total=whole, ms=ms)


def _beside() -> ModuleType:
    """What is read beside the search; loaded on the store thread, after the first list."""
    from medapp.services import worklist

    return worklist


def _leave_as_it_is(_error: BaseException) -> None:
    """What is shown already says that there are more."""


def _load_desk() -> ModuleType:
    """The desk's modules, loaded beside the GUI thread."""
    return import_module("ui.pages.desk")
