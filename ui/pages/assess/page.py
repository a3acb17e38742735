"""The Assess page: the list, the answer, what it rests on, and the doctor's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from medapp.assess import wording
from medapp.assess.assessor import Given
from medapp.domain.assessment import Assessment
from medapp.domain.changes import Changes
from medapp.i18n import N_
from medapp.services import assessments as service
from ui.commands import Command
from ui.context import Context
from ui.format import format_patient, format_time
from ui.itemmodels.assess_list import AssessDelegate, AssessListModel
from ui.jobs import Token
from ui.pages.assess.decision import DecisionStrip
from ui.pages.assess.hero import Hero
from ui.pages.assess.reading import Shown, read_again, read_history
from ui.pages.assess.right import RightColumn
from ui.pages.assess.rows import grouped
from ui.pages.models.facts import ModelFacts, read_model
from ui.pages.patient_facts import Facts
from ui.pages.scores.switch import view_switch
from ui.widgets import (
    Button,
    Column,
    EmptyState,
    ErrorState,
    Line,
    Row,
    SectionHeader,
    Skeleton,
    scrolling,
    surface,
)

if TYPE_CHECKING:
    from medapp.services.assessments import Decision
    from ui.pages.scores.view import ScoresView

LEFT, RIGHT = 286, 324
LEFT_NARROW, RIGHT_NARROW = 252, 300
LEFT_LEAST, LEAST, TIGHT_BELOW = 196, 900, 400
SLOW_AFTER_MS = 150
"""From then on an answer that is being calculated anew is not shown as it was."""

NARROW_BELOW, DRAWER_BELOW, WIDE_FROM, RIGHT_WIDE = 1300, 1240, 1800, 420


class AssessPage(QWidget):
    """Shows what `PatientPage` reads; keeps no patient's data after `clear`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._all: tuple[Shown, ...] = ()
        self._selected = self._continued = ""
        self._tried: Shown | None = None
        self._earlier: Shown | None = None
        self._token = Token()
        self._pending = 0
        self._scores: ScoresView | None = None
        self._window_width, self._is_short = 1366, False
        self._slow = QTimer(self, singleShot=True, interval=SLOW_AFTER_MS)
        self._slow.timeout.connect(self._show_pending)
        self._build()
        self.clear()

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._views = QStackedWidget()
        Column(context, 0, 0, self).addWidget(self._views)
        self._models = QWidget()
        self._views.addWidget(self._models)
        row = Row(context, (14, 12, 14, 12), 12, self._models)
        self.left = self._build_left()
        self.centre = self._build_centre()
        self.right = self._build_right()
        row.addWidget(self.left)
        row.addWidget(self.centre, 1)
        row.addWidget(self.right)
        self._row = row
        context.theme_changed.connect(self._measure)

    def _build_left(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, (1, 12, 1, 4), 4, card)
        switch_row = Row(context, (14, 0, 13, 4), 0)
        self.switch = view_switch(context, "models")
        self.switch.chosen.connect(self.show_view)
        switch_row.addWidget(self.switch)
        switch_row.addStretch(1)
        column.addLayout(switch_row)
        head_row = Row(context, (14, 0, 13, 4), 0)
        self.head = SectionHeader(context, N_("Assessments"))
        head_row.addWidget(self.head)
        column.addLayout(head_row)
        column.addWidget(Line())
        self.model = AssessListModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(AssessDelegate(context, self.list))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        column.addWidget(self.list, 1)
        return card

    def _build_centre(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, 1, 0, card)
        self.states = QStackedWidget()
        self.hero = Hero(context)
        self.hero.card_wanted.connect(self.show_card)
        self.hero.history_wanted.connect(self.show_history)
        self.hero.input_wanted.connect(self.show_what_if)
        self.hero.record_wanted.connect(self._close_panel)
        self.area = scrolling(self.hero)
        self.area.viewport().installEventFilter(self)
        self.loading = Skeleton(context, 9)
        self.off = EmptyState(
            context, N_("Models are off"), icon="model",
            advice=N_("Records, results and searches work as before. No model computes anything."),
            action=N_("Turn models on"), on_action=lambda: context.set_models_on(True),
        )
        self.off.actions.addWidget(Button(context, N_("Earlier answers"), on_click=self.show_history))
        self.none = EmptyState(
            context, N_("No models are installed"), icon="model",
            advice=N_("A model folder placed beside the others appears here."),
        )
        self.error = ErrorState(context, self._retry)
        for page in (self.area, self.loading, self.off, self.none, self.error):
            self.states.addWidget(page)
        column.addWidget(self.states, 1)
        self.strip = DecisionStrip(context)
        self.strip.recorded.connect(self._decide)
        self.strip.undone.connect(self._undo_shown)
        column.addWidget(self.strip)
        return card

    def _build_right(self) -> RightColumn:
        right = RightColumn(self.context)
        right.side.input_wanted.connect(self.show_what_if)
        right.outcome_bar.wanted.connect(self.show_outcome)
        right.what_if.tried.connect(self._try)
        right.history.opened.connect(self._open_earlier)
        right.closed.connect(self._close_panel)
        self.side, self.side_page, self.outcome_bar = right.side, right.side_page, right.outcome_bar
        self.what_if, self.card, self.history = right.what_if, right.card, right.history
        self.outcome = right.outcome
        return right

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and (self._scores is None or self._scores.is_ready)

    @property
    def is_at_scores(self) -> bool:
        return self._scores is not None and self._views.currentWidget() is self._scores

    @property
    def scores(self) -> ScoresView:
        """The view of the bedside scores, made when first asked for."""
        if self._scores is None:
            from ui.pages.scores.view import ScoresView

            self._scores = ScoresView(self.context)
            self._scores.models_wanted.connect(partial(self.show_view, "models"))
            self._views.addWidget(self._scores)
            self._scores.set_window(self._window_width, self._is_short)
            if self._facts is not None:
                self._scores.show_facts(self._facts)
        return self._scores

    def show_view(self, view: str) -> None:
        """Models or scores; the focus goes to the list of that view."""
        self._views.setCurrentWidget(self.scores if view == "scores" else self._models)
        self.switch.set_current("models")  # each view has its own switch, which says where it is
        if self._scores is not None:
            self._scores.finder.switch.set_current("scores")
        self.focus_first()

    def show_score(self, name: str) -> None:
        """Turn to the scores with one open."""
        self.show_view("scores")
        self.scores.open_score(name)

    @property
    def current(self) -> Shown | None:
        """The assessment of the record that is selected."""
        return next((one for one in self._all if one.id == self._selected), None)

    def clear(self) -> None:
        """Forget the patient."""
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._slow.stop()
        self._facts, self._all, self._selected, self._continued = None, (), "", ""
        self._tried, self._earlier = None, None
        self.model.set_rows([])
        self.head.remark.set_plain("")
        self.right.clear()
        self.strip.reset()
        self.strip.hide()
        if self._scores is not None:
            self._scores.clear()
        self._show_state(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self._show_state(self.loading)

    def show_assessing(self) -> None:
        """The answers are calculated anew."""
        if self._all:
            self._slow.start()

    def _show_pending(self) -> None:
        """An old number beside new values would be taken for the new one."""
        self.model.set_pending()
        self.side.clear()
        self.strip.hide()
        self.loading.start()
        self._show_state(self.loading)

    def show_assess_error(self, error: BaseException) -> None:
        self._slow.stop()
        self.error.show_error(error)
        self.strip.hide()
        self._show_state(self.error)

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        if self._scores is not None:
            self._scores.show_facts(facts)

    def show_assessments(self, found: tuple[Shown, ...]) -> None:
        """All answers for this patient; the selection stays where it was."""
        self._slow.stop()
        self._all = found
        if self._tried is not None:  # it was tried on the record as it was
            self._tried = None
            self.what_if.try_again()
        words = self.context.words
        self.list.setAccessibleName(words("Assessments"))
        self.model.set_rows(grouped(found, words))
        if not found:
            self.strip.hide()
            self._show_state(self.none)
            return
        at = format_time(self.context.clock())
        self.head.remark.set_plain(words("{n} checked · {time}", n=len(found), time=at))
        self.select(self._selected if self.model.row_of(self._selected) >= 0 else "")
        self._go_on()

    def continue_outcome(self, assessor: str) -> None:
        """Open the form for what it turned out to be once the answers are there: its draft is in it."""
        self._continued = assessor
        if self._all:
            self._go_on()

    def _go_on(self) -> None:
        assessor, self._continued = self._continued, ""
        if assessor and self.model.row_of(assessor) >= 0:
            self.show_view("models")
            self.select(assessor)
            self.show_outcome()

    def select(self, assessor: str) -> None:
        """Show one assessor's answer; the first of the list when it is not there."""
        row = self.model.row_of(assessor)
        row = row if row >= 0 else self.model.first()
        if row < 0:
            self._selected = assessor
            return
        index = self.model.index(row, 0)
        if self.list.currentIndex() == index:
            self._on_current(index)
        else:
            self.list.setCurrentIndex(index)

    def focus_first(self) -> None:
        if self.is_at_scores:
            self.scores.focus_first()
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_unsaved(self) -> bool:
        """Whether a form at the right holds what is not in the record."""
        return self.right.has_unsaved or (self._scores is not None and self._scores.has_unsaved)

    def commands(self) -> Sequence[Command]:
        """What can be done with the answer on screen."""
        if self.is_at_scores:
            turn = Command(N_("Models"), partial(self.show_view, "models"), "model")
            return (turn, *self.scores.commands())
        turn = Command(N_("Scores"), partial(self.show_view, "scores"), "list")
        shown = self.current
        if shown is None:
            return (turn,)
        found = [
            turn,
            Command(N_("Model card"), self.show_card, "model"),
            Command(N_("Earlier answers"), self.show_history, "clock"),
        ]
        if not shown.is_off:
            found.append(Command(N_("What if"), self.show_what_if, "edit"))
        if shown.is_open_ended:
            found.append(Command(N_("What it turned out to be"), self.show_outcome, "flag"))
        if self.strip.isVisible() and self.strip.form.isVisible():
            found += [
                Command(N_("Agree"), self.strip.buttons["agree"].click, "check", "Alt A"),
                Command(N_("Disagree"), self.strip.buttons["disagree"].click, "close", "Alt D"),
                Command(N_("Not relevant"), self.strip.buttons["not_relevant"].click, "eye-off", "Alt R"),
            ]
        return found

    def _retry(self) -> None:
        self.context.bus.changed.emit(_model_changed(self._facts))

    def _show_state(self, page: QWidget) -> None:
        if page is not self.loading:
            self.loading.stop()
        self.states.setCurrentWidget(page)

    def _on_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.at(index.row())
        if row is None:
            return
        if row.id != self._selected:
            self._tried, self._earlier = None, None
            self.right.show_side()
        self._selected = row.id
        self._render()

    def _render(self) -> None:
        recorded, facts = self.current, self._facts
        if recorded is None or facts is None:
            return
        aside = self._tried or self._earlier
        if recorded.is_off and aside is None:
            self.strip.hide()
            self.right.leave_only_outcome(recorded)
            self._show_state(self.off)
            return
        shown = aside or recorded
        self.hero.show_answer(
            shown, recorded if aside is not None else None, is_earlier=self._earlier is not None
        )
        self.side.show_answer(shown, facts.now)
        self.outcome_bar.show_answer(recorded)
        self._show_state(self.area)
        self.strip.setVisible(recorded.is_final and aside is None)
        words = self.context.words
        name, _ = format_patient(facts.patient, words)
        self.strip.set_subject(name, wording.next_steps(recorded.card, words))
        if recorded.decision is None:
            self.strip.ask((recorded.id, recorded.stored))
        else:
            self.strip.show_decision(recorded.decision, self._is_mine(recorded.decision))

    def _is_mine(self, decision: Decision) -> bool:
        session = self.context.session
        return session is not None and decision.user == session.user.id

    def show_what_if(self) -> None:
        """Open the form at the right; the answer follows what is typed."""
        if self.current is None or self._facts is None:
            return
        self._leave_earlier()
        if self.current.is_off:  # nothing is computed: the page says so, with the way to turn models on
            self.right.show_side()
            return
        self.what_if.open_for(self.current, self._facts.patient)
        self.right.open_panel(self.what_if)

    def show_outcome(self) -> None:
        """Open the form for what it turned out to be."""
        if self.current is None or self._facts is None:
            return
        self._leave_earlier()
        self.outcome.open_for(self.current, self._facts.patient)
        self.right.open_panel(self.outcome)

    def show_history(self) -> None:
        """Open the earlier answers at the right."""
        shown, session, facts = self.current, self.context.session, self._facts
        if shown is None or session is None or facts is None:
            return
        self.history.show_loading()
        self.right.open_panel(self.history)
        self._later(
            partial(read_history, session, facts.patient.id, shown.card),
            partial(self._take_history, session.user.id), self._fail_history,
        )

    def _take_history(self, user: int, found: tuple[Shown, ...]) -> None:
        self._pending -= 1
        self.history.show_history(found, user)
        if self.right.currentWidget() is self.history:
            self.history.focus_first()

    def _fail_history(self, error: BaseException) -> None:
        self._pending -= 1
        self.history.show_error(error)

    def _open_earlier(self, stored: int) -> None:
        """Show a stored answer in the middle, as it was given."""
        shown, session = self.current, self.context.session
        if shown is not None and session is not None:
            self._later(partial(read_again, session, stored, shown.card), self._take_earlier)

    def _take_earlier(self, earlier: Shown) -> None:
        self._pending -= 1
        if self.right.currentWidget() is self.history and earlier.id == self._selected:
            self._earlier = earlier
            self._render()

    def _leave_earlier(self) -> None:
        if self._earlier is not None:
            self._earlier = None
            self._render()

    def show_card(self) -> None:
        """Open the model card at the right."""
        shown, session = self.current, self.context.session
        if shown is None or session is None:
            return
        self._later(partial(read_model, session, shown.id), self._take_card)

    def _take_card(self, found: ModelFacts) -> None:
        self._pending -= 1
        if found.id == self._selected:
            self.card.show_model(found)
            self.right.open_panel(self.card)

    def back(self) -> bool:
        """Esc closes the panel at the right; False when none is open."""
        if self.is_at_scores:
            return self.scores.back()
        if self.right.is_at_side and not (self.right.is_drawer and self.right.isVisible()):
            return False
        self._close_panel()
        return True

    def _close_panel(self) -> None:
        """Esc: back one layer, to the answer from the record."""
        was_aside = self._tried is not None or self._earlier is not None
        self._tried, self._earlier = None, None
        self.right.show_side()
        self.history.clear()
        if was_aside:
            self._render()
        self.right.close_drawer()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self, given: Mapping[str, Given]) -> None:
        session, facts, shown = self.context.session, self._facts, self.current
        if session is None or facts is None or shown is None or shown.is_off:
            return
        if not given:
            self._tried = None
            self._render()
            return
        inputs = {name: _document(one) for name, one in given.items()}
        work = partial(service.what_if, session, facts.patient.id, shown.id, inputs, at=facts.now)
        self._later(work, partial(self._take_tried, shown))

    def _take_tried(self, shown: Shown, assessment: Assessment) -> None:
        self._pending -= 1
        if shown.id == self._selected and self.right.currentWidget() is self.what_if:
            self._tried = Shown(assessment, shown.card, specs=shown.specs, tests=shown.tests)
            self._render()

    def _decide(self, decision: str, reason: str) -> None:
        """Written whatever is opened next: only what is read belongs to the patient's token."""
        session, shown = self.context.session, self.current
        if session is None or shown is None or shown.stored is None:
            return
        self.strip.set_busy(True)
        self.context.acts.write(
            partial(service.decide, session, shown.stored, decision, reason),
            on_done=partial(self._take_decision, shown.stored), on_error=self._fail_decision,
        )

    def _take_decision(self, stored: int, _changes: Changes) -> None:
        if self.current is not None and self.current.stored == stored:
            self.strip.set_busy(False)
        window = self.context.window
        if window is not None:
            window.toast.tell(N_("Your assessment is recorded"), undo=partial(self._undo, stored))

    def _fail_decision(self, error: BaseException) -> None:
        self.strip.set_busy(False)
        if self.context.window is not None:
            self.context.window.show_error(error)

    def _undo_shown(self) -> None:
        """The strip's own link: about the assessment that is shown."""
        if self.current is not None and self.current.stored is not None:
            self._undo(self.current.stored)

    def _undo(self, stored: int) -> None:
        """Take back the decision on one assessment: the toast may outlive the page of its patient."""
        session = self.context.session
        if session is not None:
            work = partial(service.undo_decision, session, stored)
            self.context.acts.write(work, on_error=self._fail_decision)

    def _later(self, work: Any, on_done: Any, on_error: Any = None) -> None:
        self._pending += 1
        self.context.jobs.store(work, on_done, on_error or self._fail_work, self._token)

    def _fail_work(self, error: BaseException) -> None:
        self._pending -= 1
        self.show_assess_error(error)

    def set_window(self, width: int, is_short: bool) -> None:
        """The rules of small windows, from the window's own size."""
        self._window_width, self._is_short = width, is_short
        if self._scores is not None:
            self._scores.set_window(width, is_short)
        self.hero.set_short(is_short)
        self._row.set_measures((14, 9, 14, 9) if is_short else (14, 12, 14, 12))
        self.side.set_short(is_short)
        self._measure()

    def _measure(self) -> None:
        theme = self.context.theme
        width = self._window_width / max(theme.zoom, 0.01)
        narrow = width < NARROW_BELOW
        self.left.setFixedWidth(theme.px(LEFT_LEAST if width < LEAST else LEFT_NARROW if narrow else LEFT))
        self.head.remark.setHidden(width < LEAST)
        right = RIGHT_WIDE if width >= WIDE_FROM else RIGHT_NARROW if narrow else RIGHT
        self.right.setFixedWidth(theme.px(right))
        self._set_drawer(width < DRAWER_BELOW)

    def _set_drawer(self, is_drawer: bool) -> None:
        if is_drawer != self.right.is_drawer:
            self.right.is_drawer = is_drawer
            if is_drawer:
                self._row.removeWidget(self.right)
            else:
                self._row.addWidget(self.right)
            self.right.setVisible(not is_drawer)
        self.right.place()

    def toggle_side(self) -> None:
        """F8: the right column as a drawer over the page, where there is no room beside it."""
        if self.is_at_scores:
            self.scores.toggle_side()
            return
        self.right.toggle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hero.set_room(self.area.viewport().height())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_tight(self.height() < self.context.theme.px(TIGHT_BELOW))
        self.right.place()


def _document(given: Given) -> dict[str, object]:
    """One input as an input file has it."""
    plain: dict[str, object] = {"value": given.value, "unit": given.unit}
    return plain if given.date is None else {**plain, "date": given.date.isoformat()}


def _model_changed(facts: Facts | None) -> Changes:
    from medapp.domain.changes import Kind

    patients = frozenset({facts.patient.id}) if facts is not None else None
    return Changes(frozenset({Kind.MODEL}), patients)
