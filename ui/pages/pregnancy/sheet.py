"""The form of a pregnancy: begun, dated, ended; or the statement that there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from medapp.assess.inputs import InputSpec
from medapp.assess.pregnancy import pregnancy_of
from medapp.domain.datatypes import Moment, Precision
from medapp.domain.pregnancy import Outcome, Pregnancy, Status
from medapp.i18n import N_, Words
from medapp.services import pregnancies
from ui.commit import SAVE, commit_words
from ui.context import Context
from ui.format import format_date
from ui.forms.drafted import DraftedSheet
from ui.forms.entry_fields import DAY, NUMBER, PICK, TEXT, entry_spec
from ui.forms.entry_form import EntryForm
from ui.pages.patient_facts import Facts
from ui.pages.pregnancy.words import DATED, OUTCOMES, gestation_words
from ui.widgets import Segmented, Strip, Text

KINDS: Final = (
    (Status.CURRENT.value, N_("Pregnant")), (Status.ENDED.value, N_("Ended")),
    (Status.NONE.value, N_("Not pregnant")),
)
RULE: Final = N_(
    "An agreed due date counts first, then a scan, then the last period; 280 days to the due date. "
    "“Not pregnant” counts for 28 days, then it is not checked."
)
DRAFT: Final = "pregnancy"
"""The kind of draft that this sheet keeps."""


class PregnancySheet(DraftedSheet):
    """One episode; what follows from the days is said as one types."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Pregnancy"), DRAFT, withdraw=pregnancies.withdraw)
        self._facts: Facts | None = None
        self._kept: Pregnancy | None = None
        self.kind = Segmented(context, KINDS, Status.CURRENT.value, name=N_("Pregnancy"))
        self.kind.chosen.connect(self._on_kind)
        self.top.addWidget(self.kind)
        self.fields_ = EntryForm(context)
        self.fields_.changed.connect(self._on_change)
        self.form.addWidget(self.fields_)
        self.result = Strip(context, "", "info")
        self.foot.addWidget(self.result)
        self.form.addWidget(Text(context, RULE, "small", "text2", wrap=True))
        self.form.addStretch(1)
        self.saving.connect(self._save)
        context.language_changed.connect(self._say)

    def open_for(self, facts: Facts, kept: Pregnancy | None = None) -> None:
        """The given episode, the one under way, or a new one."""
        under_way = pregnancy_of(facts.record).episode
        self._open(facts, kept or (under_way if under_way is not None and under_way.id else None))

    def continue_draft(self, facts: Facts, item: int) -> bool:
        """Open what a draft is about; False when that is no longer in the record."""
        kept = next((one for one in facts.record.pregnancies if one.id == item), None)
        if kept is not None or not item:
            self._open(facts, kept)
        return kept is not None or not item

    def _open(self, facts: Facts, kept: Pregnancy | None) -> None:
        self._facts, self._kept = facts, kept
        self.save.set_dynamic(commit_words(self._context, SAVE, facts.patient))
        self.begin(facts.patient.id, 0 if kept is None else kept.id)
        self.open_at(self.kind.button(self.kind.current))

    def fill(self) -> None:
        status = Status.CURRENT if self._kept is None else self._kept.status
        self.kind.button(Status.NONE.value).setVisible(self._kept is None or status is Status.NONE)
        self.kind.set_current(status.value)
        self._ask({} if self._kept is None else values_of(self._kept))

    def raw(self) -> dict[str, Any]:
        return {"kind": self.kind.current, **self.fields_.raw()}

    def put(self, kept: Mapping[str, Any]) -> None:
        if "kind" in kept:
            self.kind.set_current(kept["kind"])
            self._ask(self.fields_.values())
        self.fields_.set_raw(kept)

    def wipe(self) -> None:
        self._facts, self._kept = None, None
        self.fields_.clear()

    def _on_kind(self, _: str) -> None:
        self._ask(self.fields_.values())
        self.touch()

    def _ask(self, values: dict[str, Any]) -> None:
        self.fields_.show_fields(_specs(self.kind.current), values, self._wrong)
        self._say()

    def _wrong(self, values: Mapping[str, Any], words: Words) -> dict[str, tuple[str, str]]:
        """Months are no days, the past is the past, and a scan needs its gestation."""
        today = Moment.of_datetime(self._context.clock()).date
        told = {}
        for name in ("last_period", "scan_date", "due_agreed", "ended"):
            found = values.get(name)
            if found is not None and found.precision < Precision.DAY:
                told[name] = words("The day is needed: year-month-day.")
            elif found is not None and name != "due_agreed" and found.date > today:
                told[name] = words("This lies in the future.")
        if values.get("scan_date") is not None and values.get("scan_weeks") is None:
            told["scan_weeks"] = words("How far was it at the scan?")
        elif values.get("scan_weeks") is not None and values.get("scan_date") is None:
            told["scan_date"] = words("On what day was the scan?")
        return {name: ("error", text) for name, text in told.items()}

    def _on_change(self) -> None:
        self._say()
        self.touch()

    def _say(self) -> None:
        said = "" if self._facts is None else self._said()
        self.result.label.set_plain(said)
        self.result.setVisible(bool(said))

    def _said(self) -> str:
        words, today = self._context.words, Moment.of_datetime(self._context.clock()).date
        made = self._made()
        if made.status is not Status.CURRENT or made.due is None or self.fields_.check():
            return ""
        days = made.days_at(today)
        if days is None:
            return ""
        return words(
            "{gestation} today, due {date}, {dated}", gestation=gestation_words(days, words),
            date=format_date(made.due, words), dated=words(DATED[made.dating]),
        )

    def _made(self) -> Pregnancy:
        """What the form says."""
        values = self.fields_.values()
        weeks, days = values.get("scan_weeks"), values.get("scan_days")
        patient = 0 if self._facts is None else self._facts.patient.id
        return Pregnancy(
            id=0 if self._kept is None else self._kept.id, patient=patient,
            status=Status(self.kind.current or Status.CURRENT.value),
            last_period=_date(values.get("last_period")), scan_date=_date(values.get("scan_date")),
            scan_days=None if weeks is None else int(weeks) * 7 + int(days or 0),
            due_agreed=_date(values.get("due_agreed")), ended=_date(values.get("ended")),
            outcome=Outcome(values.get("outcome") or ""), note=values.get("note") or "",
        )

    def _save(self) -> None:
        session, facts = self._context.session, self._facts
        wrong = self.fields_.wrong_for_saving()
        if session is None or facts is None or wrong:
            self.fields_.focus(wrong[0] if wrong else "")
            return
        made = self._made()
        work = pregnancies.correct if made.id else pregnancies.add
        self.write(partial(work, session, made), N_("Pregnancy saved"))


def values_of(one: Pregnancy) -> dict[str, Any]:
    """An episode as the form shows it."""
    weeks, days = divmod(one.scan_days, 7) if one.scan_days is not None else (None, None)
    return {
        "last_period": _moment(one.last_period), "scan_date": _moment(one.scan_date), "scan_weeks": weeks,
        "scan_days": days, "due_agreed": _moment(one.due_agreed), "ended": _moment(one.ended),
        "outcome": one.outcome.value, "note": one.note,
    }


def _specs(kind: str) -> Sequence[InputSpec]:
    note = entry_spec("note", N_("Note"), TEXT)
    if kind == Status.NONE.value:
        return (note,)
    dating = (
        entry_spec("last_period", N_("First day of the last period"), DAY),
        entry_spec("scan_date", N_("Day of the dating scan"), DAY),
        entry_spec("scan_weeks", N_("Gestation at the scan: whole weeks"), NUMBER, possible=(0, 44)),
        entry_spec("scan_days", N_("Gestation at the scan: days over"), NUMBER, possible=(0, 6)),
        entry_spec("due_agreed", N_("Due date agreed elsewhere, if any"), DAY),
    )
    if kind == Status.CURRENT.value:
        return (*dating, note)
    listed = tuple((one.value, message) for one, message in OUTCOMES.items() if one.value)
    ended = entry_spec("ended", N_("Ended on"), DAY, required=True)
    return (ended, entry_spec("outcome", N_("Outcome"), PICK, choices=listed), *dating, note)


def _date(moment: Moment | None) -> date | None:
    return None if moment is None or moment.precision < Precision.DAY else moment.date


def _moment(day: date | None) -> Moment | None:
    return None if day is None else Moment.of_date(day)
