"""The Scores view: a score is found, filled from the record, tried as one types, and kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from medapp.assess import score_words
from medapp.domain.assessment import Assessment, Status
from medapp.i18n import N_
from medapp.services import score_shelf, scores
from ui.commands import Command
from ui.commit import SAVE, commit_words
from ui.context import Context
from ui.jobs import Token
from ui.pages.assess.reading import Shown
from ui.pages.patient_facts import Facts
from ui.pages.scores.answer import AnswerHead, People, Working
from ui.pages.scores.finder import ScoreFinder
from ui.pages.scores.form import ScoreForm, documents
from ui.pages.scores.growth import GrowthSlot, Wanted
from ui.pages.scores.reading import (
    Listed,
    Open,
    read_answer,
    read_growth,
    read_listed,
    read_open,
    specs_of,
)
from ui.pages.scores.side import ScoreSide
from ui.pages.scores.words import possible
from ui.widgets import (
    Button,
    Column,
    EmptyState,
    ErrorState,
    Row,
    SectionHeader,
    Skeleton,
    Text,
    scrolling,
    surface,
)
from ui.widgets.commit_button import CommitButton
from ui.widgets.flow import flowing
from ui.widgets.layout import height_at_width

WAIT_MS = 200
LEFT, LEFT_NARROW, RIGHT, RIGHT_NARROW = 286, 236, 312, 280
NARROW_BELOW, DRAWER_BELOW, SIDE_BY_SIDE = 1300, 1180, 520


class _Page(QWidget):
    """The content of the centre, as tall as its texts need."""

    def minimumSizeHint(self) -> Any:
        return height_at_width(self)


class ScoresView(QWidget):
    """Holds nothing of a patient after `clear`; `models_wanted` when the other view is chosen."""

    models_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._listed: Listed | None = None
        self._open: Open | None = None
        self._answer: Assessment | None = None
        self._wanted = ""
        self._token, self._pending, self._asked = Token(), 0, 0
        self._width, self._has_room = 1366, True
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self._compute)
        self._row = Row(context, (14, 12, 14, 12), 12, self)
        self.finder = ScoreFinder(context)
        self.finder.opened.connect(self.open_score)
        self.finder.switch.chosen.connect(self._switch)
        self.side = ScoreSide(context)
        self.side.input_wanted.connect(self._go_on)
        self.right = scrolling(self.side)
        self._row.addWidget(self.finder)
        self._row.addWidget(self._build_centre(), 1)
        self._row.addWidget(self.right)
        context.language_changed.connect(self._render)
        context.theme_changed.connect(self._measure)
        self.clear()

    # --- building

    def _build_centre(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, 1, 0, card)
        self.states = QStackedWidget()
        page = _Page()
        inner = Column(context, (18, 13, 18, 10), 12, page)
        self.head = AnswerHead(context)
        self.head.pin_wanted.connect(self._pin)
        self.head.copy_wanted.connect(self.copy_note)
        inner.addWidget(self.head)
        self._halves = Row(context, 0, 22)
        left, right = Column(context, 0, 8), Column(context, 0, 12)
        left.addWidget(SectionHeader(context, N_("Inputs")))
        self.form = ScoreForm(context)
        self.form.changed.connect(self._on_typed)
        left.addWidget(self.form)
        self.working, self.people = Working(context), People(context)
        self.growth = GrowthSlot(context, self._read_growth)
        for widget in (self.people, self.growth, self.working):
            right.addWidget(widget)
        right.addStretch(1)
        self._halves.addLayout(left, 5)
        self._halves.addLayout(right, 6)
        inner.addLayout(self._halves)
        inner.addStretch(1)
        self.area = scrolling(page)
        self.empty = EmptyState(
            context, N_("No score is open"), icon="list",
            advice=N_("Type a name at the left, and press Enter. What the record holds is filled in."),
        )
        self.loading = Skeleton(context, 8)
        self.error = ErrorState(context, self._retry)
        for one in (self.area, self.empty, self.loading, self.error):
            self.states.addWidget(one)
        column.addWidget(self.states, 1)
        self.foot = self._build_foot()
        column.addWidget(self.foot)
        return card

    def _build_foot(self) -> QWidget:
        """The value stays in sight while the form is scrolled."""
        context = self.context
        foot = surface("decision")
        row = Row(context, (18, 9, 18, 10), 8, foot)
        self.brief = Text(context, "", "strong", elide=True)
        row.addWidget(self.brief, 1)
        self.copy = Button(context, N_("Copy for the note"), icon="copy", on_click=self.copy_note)
        self.save = CommitButton(context, icon="save", on_click=self.keep)
        row.addWidget(flowing(context, self.copy, self.save, gap=8))
        return foot

    # --- what the page asks

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and not self._later.isActive() and self.growth.is_drawn

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not kept."""
        return bool(self._open is not None and self.form.typed())

    @property
    def current(self) -> str:
        """The id of the score that is open, or empty."""
        return self._open.score.id if self._open is not None else ""

    @property
    def answer(self) -> Assessment | None:
        """The answer on screen."""
        return self._answer

    def clear(self) -> None:
        """Forget the patient."""
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._later.stop()
        self._facts, self._listed = None, None
        self._close()
        self.save.set_plain("")
        self.finder.show_loading()
        self.finder.search.show_text("")

    def _close(self) -> None:
        self._open, self._answer, self._wanted = None, None, ""
        self.form.ask({})
        self.growth.clear()
        self.side.clear()
        self.foot.hide()
        self.brief.set_plain("")
        self._show(self.empty)

    def show_facts(self, facts: Facts) -> None:
        """The record as it is now; what is typed stays, and is tried on it."""
        self._facts = facts
        self.save.set_dynamic(commit_words(self.context, SAVE, facts.patient))
        self._read_list()
        if self._open is not None:
            self._read_score(self._open.score.id)

    def focus_first(self) -> None:
        self.finder.focus_first()

    def commands(self) -> Sequence[Command]:
        """The pinned scores by name, and what can be done with the one that is open."""
        words, found = self.context.words, []
        for name in self._listed.shelf.pinned if self._listed is not None else ():
            title = words("Score: {title}", title=words.pick(scores.calculator(name).about.title))
            found.append(Command(title, partial(self.open_score, name), "list", is_plain=True))
        if self._answer is not None:
            found.append(Command(N_("Copy for the note"), self.copy_note, "copy"))
            if self.save.isEnabled():
                found.append(Command(N_("Save the score"), self.keep, "save"))
            found.append(Command(N_("Pin or unpin this score"), self._pin, "flag"))
        return found

    def back(self) -> bool:
        """Esc: from the score back to the list."""
        if self._open is None:
            return False
        name = self._open.score.id
        self._close()
        self.finder.choose(name)
        self.finder.focus_first()
        return True

    # --- reading

    def _read_list(self) -> None:
        session, facts = self.context.session, self._facts
        if session is not None and facts is not None:
            self._job(partial(read_listed, session, facts.patient.id, facts.now), self._take_list)

    def _take_list(self, listed: Listed) -> None:
        self._listed = listed
        self.finder.show_listed(listed)
        self._render()

    def open_score(self, name: str) -> None:
        """Fill a score from the record and put the focus on what is missing."""
        if self._facts is None:
            return
        if name == self.current:
            self._go_on()
            return
        self._close()
        self.loading.start()
        self._show(self.loading)
        self._read_score(name)
        session = self.context.session
        assert session is not None
        self.context.acts.write(  # not to be remembered is no reason to disturb a doctor
            partial(score_shelf.opened, session, name), is_order=False, on_error=lambda _error: None,
            on_done=lambda _changes: self._read_list(),
        )

    def _read_score(self, name: str) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._wanted = name
        given = documents(self.form.typed()) if name == self.current else {}
        self._job(partial(read_open, session, facts.patient.id, name, given, facts.now), self._take_score)

    def _take_score(self, found: Open) -> None:
        if found.score.id != self._wanted:
            return
        is_new = found.score.id != self.current
        self._open, self._answer = found, found.answer
        self.growth.forget()
        if is_new:
            self.form.ask(specs_of(found.score))
            self.area.verticalScrollBar().setValue(0)
        self._render()
        if is_new:
            self.finder.choose(found.score.id)
            self._go_on()

    def _read_growth(self, wanted: Wanted) -> None:
        session, facts = self.context.session, self._facts
        if session is not None and facts is not None:
            work = partial(read_growth, session, facts.patient.id, wanted, facts.now)
            self._job(work, partial(self.growth.take, wanted))

    def _go_on(self) -> None:
        """To what is missing, in sight."""
        name = self.form.first_missing() or next(iter(self.form.fields), "")
        if name:
            self.form.focus_on(name)
            self.area.ensureWidgetVisible(self.form.fields[name])

    # --- trying

    def _on_typed(self) -> None:
        self.form.say_sources()
        self._later.start()
        self.save.setEnabled(False)

    def _compute(self) -> None:
        session, facts, found = self.context.session, self._facts, self._open
        if session is None or facts is None or found is None:
            return
        self._asked += 1
        given = documents(self.form.typed())
        work = partial(read_answer, session, facts.patient.id, found.score.id, given, facts.now)
        self._job(work, partial(self._take_answer, found.score.id, self._asked))

    def _take_answer(self, name: str, asked: int, answer: Assessment) -> None:
        if name == self.current and asked == self._asked:
            self._answer = answer
            self._render()

    # --- showing

    def _render(self) -> None:
        found, answer, facts = self._open, self._answer, self._facts
        if found is None or answer is None or facts is None:
            return
        score, words = found.score, self.context.words
        shown = Shown(answer, score.card, specs=specs_of(score))
        self.form.fill(shown, facts.now)
        is_pinned = self._listed is not None and score.id in self._listed.shelf.pinned
        self.head.show_answer(score, shown, is_tried=bool(self.form.typed()), is_pinned=is_pinned)
        self.working.show_answer(answer)
        self.people.show_answer(answer, score)
        self.growth.show_answer(answer)
        self.side.show_answer(shown, facts.now)
        self.side.show_history(found.earlier)
        said = score_words.sentence(answer, score.card, words)
        self.brief.set_plain(possible(answer, score, words) or said)
        self._check_save()
        self.foot.show()
        self._show(self.area)

    def _check_save(self) -> None:
        """Only an answer is kept; the button says why it cannot."""
        words, answer = self.context.words, self._answer
        is_final = answer is not None and answer.status is Status.FINAL
        can = is_final and not self.form.has_errors and not self._later.isActive()
        self.save.setEnabled(can)
        why = "" if can else words("There is no answer to save yet.")
        self.save.setToolTip(why)
        self.save.setAccessibleDescription(why)

    def _show(self, page: QWidget) -> None:
        if page is not self.loading:
            self.loading.stop()
        self.states.setCurrentWidget(page)
        if page is not self.area:
            self._show_side()
        elif self._has_room:
            self.right.show()

    # --- acting

    def keep(self) -> None:
        """Store the answer on screen for this patient."""
        session, facts, found = self.context.session, self._facts, self._open
        if session is None or facts is None or found is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        given = documents(self.form.typed())
        self.context.acts.write(
            partial(scores.keep, session, facts.patient.id, found.score.id, given), N_("Score saved"),
            on_done=lambda _kept: self._read_score(found.score.id), on_error=self._fail_keep,
        )

    def _fail_keep(self, error: BaseException) -> None:
        self._check_save()
        if self.context.window is not None:
            self.context.window.show_error(error)

    def copy_note(self) -> None:
        """Answer, inputs with their dates and the source, as text on the clipboard."""
        if self._answer is None or self._open is None:
            return
        text = score_words.note_text(self._answer, self._open.score.card, self.context.words)
        QGuiApplication.clipboard().setText(text)
        if self.context.window is not None:
            self.context.window.toast.tell(N_("Copied: answer, inputs and source"))

    def _pin(self) -> None:
        session, name = self.context.session, self.current
        if session is None or not name or self._listed is None:
            return
        is_pinned = name not in self._listed.shelf.pinned
        self.context.acts.write(
            partial(score_shelf.pin, session, name, is_pinned), is_order=False,
            on_done=lambda _changes: self._read_list(),
        )

    def _switch(self, view: str) -> None:
        if view == "models":
            self.models_wanted.emit()

    # --- jobs and room

    def _job(self, work: Any, on_done: Any) -> None:
        self._pending += 1
        token = self._token

        def done(answer: Any) -> None:
            self._pending -= 1
            on_done(answer)

        self.context.jobs.store(work, done, self._fail, token)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.foot.hide()
        self._show(self.error)

    def _retry(self) -> None:
        name = self._wanted
        self._read_list()
        if name:
            self._read_score(name)
        else:
            self._show(self.empty)

    def set_window(self, width: int, is_short: bool) -> None:
        """The rules of small windows, from the window's own size."""
        self._width = width
        self._row.set_measures((14, 9, 14, 9) if is_short else (14, 12, 14, 12))
        self._measure()

    def _show_side(self) -> None:
        """Beside an open score, where there is room for it."""
        self.right.setVisible(self._has_room and self._open is not None)

    def toggle_side(self) -> None:
        """F8: show or hide the right column."""
        self.right.setVisible(self.right.isHidden())

    def _measure(self) -> None:
        theme = self.context.theme
        width = self._width / max(theme.zoom, 0.01)
        is_narrow = width < NARROW_BELOW
        self.finder.setFixedWidth(theme.px(LEFT_NARROW if is_narrow else LEFT))
        self.right.setFixedWidth(theme.px(RIGHT_NARROW if is_narrow else RIGHT))
        self._has_room = width >= DRAWER_BELOW
        self._show_side()
        self._turn()

    def _turn(self) -> None:
        """Without room the working stands below the form."""
        directions = QBoxLayout.Direction
        is_wide = self.states.width() >= self.context.theme.px(SIDE_BY_SIDE)
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.copy.setVisible(is_wide)  # without room for its word it is an icon at the title
        self.head.copy.setVisible(not is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


