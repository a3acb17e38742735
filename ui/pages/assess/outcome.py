"""What it turned out to be: beside the decision strip what is on record, at the right the form for it.

An outcome is what the figures of this clinic rest on; agreeing with an estimate is not.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from medapp.assess import wording
from medapp.assess.card import Card as ModelCard
from medapp.domain.administrative import Patient
from medapp.domain.datatypes import Moment
from medapp.errors import KnownError
from medapp.i18n import N_, Words
from medapp.services import outcomes as service
from ui.autosave import Autosave
from ui.commit import RECORD, commit_words
from ui.context import Context
from ui.format import format_date
from ui.jobs import Token
from ui.pages.assess.reading import Shown
from ui.widgets import (
    Button,
    Card,
    Column,
    Icon,
    IconButton,
    LabelledField,
    LinkButton,
    Row,
    Segmented,
    Strip,
    Text,
    scrolling,
    set_property,
)

if TYPE_CHECKING:
    from medapp.services.drafts import Draft
    from medapp.services.outcomes import Comparison, Outcome

DRAFT: Final = "outcome-"
"""How the kinds of this form's drafts begin; the assessor's name ends them."""

STATES = {"confirmed": N_("Confirmed"), "excluded": N_("Excluded"), "unknown": N_("Unknown")}
ICONS = {"confirmed": ("ok", "text"), "excluded": ("no-entry", "text"), "unknown": ("help", "text2")}


def meaning(card: ModelCard, words: Words) -> str:
    """`Confirmed: Died by day 90. Excluded: Alive at day 90.`"""
    lead = card.output.lead_class or ""
    others = [words.pick(c.title) for c in card.output.classes if c.id != lead]
    return words(
        "Confirmed: {lead}. Excluded: {others}.",
        lead=wording.class_title(lead, card, words), others=wording.listed(others, words),
    )


def outcome_words(outcome: Outcome, words: Words) -> str:
    """`Confirmed 14-Nov-2026: HbA1c 52 mmol/mol`."""
    state = words(STATES[outcome.state])
    if outcome.day is None:
        if not outcome.evidence:
            return state
        return words("{state}: {evidence}", state=state, evidence=outcome.evidence)
    when = format_date(outcome.day, words)
    if not outcome.evidence:
        return words("{state} {when}", state=state, when=when)
    return words("{state} {when}: {evidence}", state=state, when=when, evidence=outcome.evidence)


class OutcomeBar(QFrame):
    """What is on record, at the foot of the right column; never scrolls away."""

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its text wraps
        column = Column(context, (14, 9, 14, 10), 4, self)
        head = Row(context, 0, 8)
        head.addWidget(Text(context, N_("What it turned out to be"), "strong", elide=True), 1)
        self.enter = LinkButton(context, N_("Record…"), small=True, on_click=self.wanted.emit)
        head.addWidget(self.enter)
        column.addLayout(head)
        line = Row(context, 0, 6)
        self.icon = Icon(context, "help", "text2", 15)
        line.addWidget(self.icon)
        self.text = Text(context, "", "small", "text2", wrap=True)
        line.addWidget(self.text, 1)
        column.addLayout(line)

    def show_answer(self, shown: Shown) -> None:
        """Hidden where nothing can turn out: a quantity, or never a number for this patient."""
        self.setVisible(shown.is_open_ended)
        outcome = shown.outcome
        self.icon.setVisible(outcome is not None)
        if outcome is None:
            self.enter.set_message(N_("Record…"))
            self.text.set_message(N_("Not recorded. Only this counts when the model is checked here."))
            self.text.set_tone("text2")
            return
        self.enter.set_message(N_("Change…"))
        self.icon.set_icon(*ICONS[outcome.state])
        self.text.set_dynamic(lambda: outcome_words(outcome, self.context.words))
        self.text.set_tone("text")


class OutcomePanel(Card):
    """The form; nothing is chosen beforehand. `recorded` when it has been written."""

    recorded = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("What it turned out to be"), icon="flag", padding=14, gap=10,
                         parent=parent)
        self.context = context
        self._shown: Shown | None = None
        self._patient: Patient | None = None
        self._is_busy = False
        self._token = Token()
        if self.header is not None:
            self.header.add(IconButton(context, "close", N_("Close"), on_click=self.closed.emit))
        inner = QWidget()
        self.column = Column(context, 0, 12, inner)
        self._build_fields()
        self.body.addWidget(scrolling(inner), 1)
        self.autosave = Autosave(context, self, DRAFT, self._document)
        context.language_changed.connect(self._describe)
        context.language_changed.connect(self._say_why)

    def _build_fields(self) -> None:
        context, column = self.context, self.column
        self.meaning = Text(context, "", "body", "text", wrap=True)
        column.addWidget(self.meaning)
        self.state = Segmented(context, tuple(STATES.items()), name=N_("What it turned out to be"))
        self.state.chosen.connect(self._on_change)
        column.addWidget(self.state)
        self.day, self.evidence = QLineEdit(), QLineEdit()
        self.evidence.setMaxLength(400)
        self.day_field = LabelledField(context, N_("Day it was found out"), self.day,
                                       example=N_("Year-month-day, such as 2026-03-14"))
        self.evidence_field = LabelledField(context, N_("Evidence"), self.evidence,
                                            example=N_("Such as a test with its result, or a letter"))
        for field, line in ((self.day_field, self.day), (self.evidence_field, self.evidence)):
            column.addWidget(field)
            line.textChanged.connect(self._on_change)
            line.returnPressed.connect(self._record)
        self.compared = Text(context, "", "small", "text2", wrap=True)
        column.addWidget(self.compared)
        self.problem = Strip(context, "", "warn", icon="caution")
        self.problem.hide()
        column.addWidget(self.problem)
        counts = N_("Only what it turned out to be counts when the model is checked here; agreeing does not.")
        column.addWidget(Text(context, counts, "small", "text2", wrap=True))
        self.commit = Button(context, RECORD, "primary", on_click=self._record, name="")
        column.addWidget(self.commit)
        column.addStretch(1)

    def open_for(self, shown: Shown, patient: Patient) -> None:
        """A fresh form, or what is on record to be changed; what was typed there and not recorded stays."""
        self._token.cancel()
        self._token = Token()
        outcome, before = shown.outcome, self._shown
        is_kept = (
            before is not None and self._is_about(patient.id, shown.id) and before.outcome == outcome
            and self.has_unsaved
        )
        self.autosave.leave()
        self._shown, self._patient = None, patient
        if not is_kept:
            self._clear_choice()
            if outcome is not None:
                self.state.set_current(outcome.state)
            today = Moment.of_datetime(self.context.clock()).date.isoformat()
            self.day.setText(today if outcome is None else outcome.day or "")
            self.evidence.setText("" if outcome is None else outcome.evidence)
        self._shown = shown
        self.commit.set_dynamic(commit_words(self.context, RECORD, patient))
        self._describe()
        self._on_change()
        self.autosave.follow(patient.id, kind=DRAFT + shown.id)
        if not is_kept:
            self.autosave.bring_back(self._take_draft)

    def _document(self) -> dict[str, Any] | None:
        """What a draft keeps; None while no evidence is typed that is not on record."""
        shown = self._shown
        known = "" if shown is None or shown.outcome is None else shown.outcome.evidence
        if shown is None or self.evidence.text().strip() == known:
            return None
        return {"state": self.state.current, "day": self.day.text(), "evidence": self.evidence.text()}

    def _take_draft(self, draft: Draft) -> None:
        if not self.has_unsaved:
            if draft.document["state"]:
                self.state.set_current(draft.document["state"])
            self.day.setText(draft.document["day"])
            self.evidence.setText(draft.document["evidence"])
            self._on_change()

    def _is_about(self, patient: int, assessor: str) -> bool:
        now, shown = self._patient, self._shown
        return now is not None and shown is not None and (now.id, shown.id) == (patient, assessor)

    def clear(self) -> None:
        """Forget the patient; what is typed is in the draft."""
        self.autosave.leave()
        self._token.cancel()
        self._shown, self._patient = None, None
        for line in (self.day, self.evidence):
            line.clear()
        self._clear_choice()
        self.compared.set_plain("")
        self.problem.hide()
        self._set_busy(False)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was chosen or typed that is not on record."""
        shown = self._shown
        if shown is None:
            return False
        kept = ("", "") if shown.outcome is None else (shown.outcome.state, shown.outcome.evidence)
        return (self.state.current, self.evidence.text().strip()) != kept

    def _set_busy(self, is_busy: bool) -> None:
        """While it is being recorded nothing is typed, and nothing is recorded twice."""
        self._is_busy = is_busy
        for widget in (self.state, self.day, self.evidence):
            widget.setEnabled(not is_busy)
        self.commit.setEnabled(not is_busy and self._shown is not None and not self._why_not())

    def focus_first(self) -> None:
        self.state.button(self.state.current or "confirmed").setFocus()

    def _clear_choice(self) -> None:
        """An exclusive group keeps one pressed: it is let go for a moment."""
        buttons = [self.state.button(key) for key in STATES]
        group = buttons[0].group()
        group.setExclusive(False)
        for button in buttons:
            button.setChecked(False)
        group.setExclusive(True)

    def _typed_day(self) -> date | None:
        """The day; None when empty. Raises ValueError for what is no whole date."""
        text = self.day.text().strip()
        return date.fromisoformat(text) if text else None

    def _on_change(self, *_: object) -> None:
        if self._shown is None:
            return
        self.autosave.touch()
        self.problem.hide()
        self._say_why()
        self._compare()

    def _say_why(self) -> None:
        """Whether it can be recorded, and at the button why not."""
        why = "" if self._shown is None else self._why_not()
        self.commit.setEnabled(self._shown is not None and not why and not self._is_busy)
        self.commit.setToolTip(why)
        self.commit.setAccessibleDescription(why)

    def _why_not(self) -> str:
        """Why nothing can be recorded yet; empty when it can."""
        words = self.context.words
        self.day_field.set_error()
        set_property(self.day, "state", "")
        try:
            day = self._typed_day()
        except ValueError:
            set_property(self.day, "state", "error")
            self.day_field.note.set_message(N_("Enter a date as year-month-day, such as 2026-03-14."))
            self.day_field.note.set_tone("danger")
            return words("Enter a date as year-month-day, such as 2026-03-14.")
        if not self.state.current:
            return words("Choose one of the three first.")
        if self.state.current == "unknown":
            return ""
        if day is None:
            return words("The day on which it was found out is needed.")
        return "" if self.evidence.text().strip() else words("Evidence is needed to confirm or exclude.")

    def _compare(self) -> None:
        """Ask which answer it would be compared with."""
        session, shown, patient = self.context.session, self._shown, self._patient
        self._token.cancel()
        self._token = Token()
        self.compared.set_plain("")
        try:
            day = self._typed_day()
        except ValueError:
            return
        state = self.state.current
        if session is None or shown is None or patient is None or state not in ("confirmed", "excluded"):
            return
        self.context.jobs.store(
            partial(service.comparison, session, patient.id, shown.id, state, day),
            partial(self._show_compared, shown), self._show_problem, self._token,
        )

    def _show_compared(self, shown: Shown, found: Comparison) -> None:
        answer = found.answer
        if answer is None:
            self.compared.set_message(
                N_("No estimate had been given in time for that day: it is kept, but does not count.")
            )
            self.compared.set_tone("warn")
            return

        def say() -> str:
            words = self.context.words
            lead = wording.lead_probability(answer, shown.card)
            number = "—" if lead is None else wording.percent(lead)
            return words("Compared with the {number} given on {when}.", number=number,
                         when=format_date(answer.at, words))

        self.compared.set_dynamic(say)
        self.compared.set_tone("text2")

    def _record(self) -> None:
        session, shown, patient = self.context.session, self._shown, self._patient
        if session is None or shown is None or patient is None or not self.commit.isEnabled():
            return
        work = self.autosave.ending(partial(
            service.enter, session, patient.id, shown.id, self.state.current, self._typed_day(),
            self.evidence.text(), replaces=shown.outcome.id if shown.outcome is not None else None,
        ))
        self.autosave.leave()
        self._set_busy(True)
        self.context.acts.write(
            work, N_("The outcome is recorded"), undo_patient=patient.id,
            on_done=partial(self._take_recorded, patient.id, shown.id),
            on_error=partial(self._fail, patient.id, shown.id),
        )

    def _take_recorded(self, patient: int, assessor: str, _answer: object) -> None:
        if self._is_about(patient, assessor):
            self._shown = None
            self._set_busy(False)
            self.recorded.emit()

    def _fail(self, patient: int, assessor: str, error: BaseException) -> None:
        is_here = self._is_about(patient, assessor)
        if is_here:
            self._set_busy(False)
            self.autosave.follow(patient, kind=DRAFT + assessor)
        if is_here and isinstance(error, KnownError):
            self.problem.show_error(self.context, error)
        else:
            self.context.acts.tell(error)

    def _show_problem(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self.problem.show_error(self.context, error)
        elif self.context.window is not None:
            self.context.window.show_error(error)

    def _describe(self) -> None:
        words = self.context.words
        self.day.setAccessibleName(words("Day it was found out"))
        self.evidence.setAccessibleName(words("Evidence"))
        if self._shown is not None:
            self.meaning.set_plain(meaning(self._shown.card, words))
