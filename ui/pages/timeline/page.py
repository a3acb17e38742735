"""Timeline: filters above, events left, one of them at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from medapp.services import timeline
from medapp.services.timeline import Event, EventKind
from ui.context import Context
from ui.itemmodels.series_table import Lazy
from ui.itemmodels.two_lines import TwoLineDelegate, TwoLineModel, TwoLines
from ui.jobs import Token
from ui.pages.patient_facts import Facts
from ui.pages.summary.cards import OpeningList
from ui.pages.timeline.reading import TITLES, Preview, preview_of, row_of
from ui.widgets import (
    Chip,
    Column,
    EmptyState,
    ErrorState,
    LinkButton,
    Row,
    Skeleton,
    Text,
    scrolling,
    surface,
)
from ui.widgets.flow import Flow
from ui.widgets.layout import empty

RIGHT, LEAST, LOW = 400, 900, 150
KINDS = (
    Kind.ENCOUNTER, Kind.NOTE, Kind.OBSERVATION, Kind.CONDITION, Kind.MEDICATION, Kind.PROCEDURE,
    Kind.IMMUNISATION, Kind.ASSESSMENT, Kind.DOCUMENT, Kind.IMPORT,
)


class TimelinePage(QWidget):
    """Events are read when the page is looked at; rows are worded as they are scrolled to."""

    trend_wanted = Signal(str)
    tab_wanted = Signal(str)
    assessment_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._events: Sequence[Event] = ()
        self._shown: Sequence[Event] = ()
        self._chosen: set[EventKind] = set()
        self._token = Token()
        self._pending = 0
        self._is_due = False
        self._width = 1366
        self._build()
        context.bus.changed.connect(self._on_changes)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._render)

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Row(context, (14, 12, 14, 12), 0, self)
        self.states = QStackedWidget()
        outer.addWidget(self.states)
        self.content = QWidget()
        column = Column(context, 0, 10, self.content)
        bar = QWidget()
        flow = Flow(context, 6, bar)
        self.chips = {kind: self._chip(kind) for kind in EventKind}
        for chip in self.chips.values():
            flow.addWidget(chip)
        column.addWidget(bar)
        self._row = row = Row(context, 0, 12)
        self.left = surface("card")
        inner = Column(context, (1, 6, 1, 6), 0, self.left)
        self.rows = TwoLineModel(self)
        self.list = OpeningList()
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoLineDelegate(context, self.list))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        inner.addWidget(self.list)
        row.addWidget(self.left, 1)
        self.right = surface("card")
        inner = Column(context, 1, 0, self.right)
        inside = QWidget()
        self._preview = Column(context, (16, 14, 16, 16), 8, inside)
        self.area = scrolling(inside)
        inner.addWidget(self.area)
        row.addWidget(self.right)
        column.addLayout(row, 1)
        self.loading, self.error = Skeleton(context, 10), ErrorState(context, self._fetch)
        self.empty = EmptyState(
            context, N_("Nothing is recorded yet"), icon="clock",
            advice=N_("Visits, results and everything else with a date appear here."),
        )
        self.scroll = scrolling(self.content)
        for widget in (self.scroll, self.loading, self.error, self.empty):
            self.states.addWidget(widget)
        self._measure()

    def _chip(self, kind: EventKind) -> Chip:
        return Chip(self.context, TITLES[kind], "neutral", on_click=partial(self._toggle, kind))

    @property
    def is_ready(self) -> bool:
        return self._pending == 0

    def clear(self) -> None:
        """Forget the patient; the filters stay as they are."""
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._facts, self._events, self._shown, self._is_due = None, (), (), False
        self.rows.set_rows(())
        empty(self._preview)
        self.states.setCurrentWidget(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        is_new = self._facts is None
        self._facts = facts
        if is_new:
            self._fetch()
        else:
            self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._fetch()

    def focus_first(self) -> None:
        """The latest event."""
        if self.rows.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.rows.index(0, 0))

    def set_window(self, width: int, _is_short: bool) -> None:
        self._width = width
        self._measure()

    def _fetch(self) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._is_due = not self.isVisible()
        if self._is_due:
            return  # a page nobody looks at asks for nothing
        self._pending += 1
        self.context.jobs.store(
            partial(timeline.read, session, facts.patient.id), self._take, self._fail, self._token
        )

    def _take(self, events: Sequence[Event]) -> None:
        self._pending -= 1
        self._events = events
        self._show_state()
        self._render()

    def _show_state(self) -> None:
        self.loading.stop()
        self.states.setCurrentWidget(self.scroll if self._events else self.empty)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _on_changes(self, changes: Changes) -> None:
        facts = self._facts
        if facts is not None and changes.touches(facts.patient.id, *KINDS):
            self._fetch()

    def _toggle(self, kind: EventKind) -> None:
        """Only the chosen kinds are listed; with none chosen all are."""
        self._chosen ^= {kind}
        self._render()

    def _render(self) -> None:
        words, events = self.context.words, self._events
        counts = Counter(event.kind for event in events)
        for kind, chip in self.chips.items():
            chip.set_message(N_("{title} {count}"), title=words(TITLES[kind]), count=counts[kind])
            chip.set_tone("accent" if kind in self._chosen else "neutral")
            chip.setAccessibleDescription(words("shown alone") if kind in self._chosen else "")
        row = self.rows.at(self.list.currentIndex().row())
        kept = row.key if row is not None else None
        self._shown = [one for one in events if not self._chosen or one.kind in self._chosen]
        self.list.setAccessibleName(words("Timeline"))
        self.rows.set_rows(Lazy(len(self._shown), self._word))
        place = self.rows.row_of(kept) if kept is not None else -1
        if self._shown:
            self.list.setCurrentIndex(self.rows.index(max(place, 0), 0))
        else:
            empty(self._preview)

    def _word(self, at: int) -> TwoLines:
        return row_of(self._shown[at], self.context.words)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= index.row() < len(self._shown):
            event = self._shown[index.row()]
            self._show(event, preview_of(event, self.context.words))

    def _show(self, event: Event, preview: Preview) -> None:
        empty(self._preview)
        self._preview.addWidget(self._text(preview.title, "section"))
        self._preview.addWidget(self._text(preview.date, "small", "text2"))
        opens = preview.variables or ("",) * len(preview.lines)
        for (label, text), variable in zip(preview.lines, opens, strict=True):
            self._preview.addWidget(self._line(event, label, text, variable))
        link = self._link(event)
        if link is not None:
            self._preview.addWidget(link)
        self._preview.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _line(self, event: Event, label: str, text: str, variable: str) -> QWidget:
        """Results stand beside their values, everything else below its label."""
        box = QWidget()
        if event.kind is not EventKind.RESULTS:
            column = Column(self.context, 0, 1, box)
            column.addWidget(self._text(label, "small", "text2"))
            column.addWidget(self._text(text, "body"))
            return box
        row = Row(self.context, 0, 8, box)
        if variable:
            link = LinkButton(self.context, on_click=partial(self.trend_wanted.emit, variable))
            link.set_plain(label)
            row.addWidget(link)
            row.addStretch(1)
        else:
            row.addWidget(self._text(label, "body"), 1)
        value = self._text(text, "strong")
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(value, 0 if variable else 1)
        return box

    def _link(self, event: Event) -> LinkButton | None:
        """Where more of it is."""
        if event.kind is EventKind.NOTE:
            return LinkButton(self.context, N_("Open in Notes"),
                              on_click=partial(self.tab_wanted.emit, "notes"))
        if event.kind is EventKind.DOCUMENT:
            return LinkButton(self.context, N_("Open in Documents"),
                              on_click=partial(self.tab_wanted.emit, "documents"))
        if event.kind is EventKind.ASSESSMENT:
            return LinkButton(self.context, N_("Open in Assess"),
                              on_click=partial(self.assessment_wanted.emit, event.what.answer.assessor))
        return None

    def _text(self, text: str, role: str, tone: str = "text") -> Text:
        label = Text(self.context, "", role, tone, wrap=True)
        label.set_plain(text)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _measure(self) -> None:
        px = self.context.theme.px
        is_single = self._width < px(LEAST)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_single else directions.LeftToRight)
        self.right.setMinimumWidth(0 if is_single else px(RIGHT))
        self.right.setMaximumWidth(16_777_215 if is_single else px(RIGHT))
        for card in (self.left, self.right):
            card.setMinimumHeight(px(LOW))
