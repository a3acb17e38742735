"""What the desk's lists show: lines of the services put into words, one shape for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.services import appointments, due, reviews
from medapp.services.drafts import NEW_PATIENT
from medapp.terminology import ranges
from medapp.terminology.variables import variables
from ui.format import (
    NBSP,
    format_born,
    format_concept,
    format_date,
    format_name,
    format_quantity,
    format_time,
)
from ui.pages.patient_names import brief

if TYPE_CHECKING:
    from medapp.services.appointments import AppointmentLine
    from medapp.services.drafts import DraftLine
    from medapp.services.due import Task, TaskLine
    from medapp.services.reviews import ResultLine
    from medapp.services.search import PatientLine

Chip = tuple[str, str, str]
"""Text, tone, icon ("" for none)."""

STATES = {
    "booked": (N_("Booked"), "neutral"),
    "arrived": (N_("Arrived"), "quiet"),
    "waiting": (N_("Waiting"), "warn"),
    "in_room": (N_("In room"), "accent"),
    "done": (N_("Done"), "ok"),
    "cancelled": (N_("Cancelled"), "neutral"),
    "absent": (N_("Did not come"), "neutral"),
}
LEVELS = {
    "critical": (N_("Critical"), "danger", "stop"),
    "abnormal": (N_("Abnormal"), "warn", ""),
    "unknown": (N_("No range known"), "neutral", ""),
    "normal": (N_("Normal"), "ok", ""),
}
SIDES = {
    ("critical", "low"): N_("Critical ▼ low"),
    ("critical", "high"): N_("Critical ▲ high"),
    ("abnormal", "low"): N_("▼ Low"),
    ("abnormal", "high"): N_("▲ High"),
}
DRAFTS = {
    "visit": N_("Visit note"), "values": N_("Values being entered"), "letter": N_("Letter, not printed yet"),
    "questions": N_("Questions and social history"), "details": N_("Patient details"),
    "immunisation": N_("Immunisation"), "pregnancy": N_("Pregnancy"),
    "outcome": N_("What it turned out to be"),
}
PLANNED = {
    due.FOLLOW_UP: N_("Follow-up visit"),
    due.TELL: N_("Tell the patient the result"),
}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One row: when, who, what, a state, a remark. `key` is kept when the list is read again."""

    key: object
    line: PatientLine
    first: str
    names: tuple[str, str]
    born: str
    what: str
    chip: Chip
    note: str
    item: Any
    is_quiet: bool = False

    @property
    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        parts = (self.first, *self.names, self.born, self.what, self.chip[0], self.note)
        return ", ".join(part for part in parts if part)


def today_rows(lines: Sequence[AppointmentLine], now: datetime, words: Words) -> list[DeskRow]:
    """Today by time; who waits, since how many minutes."""
    return [
        DeskRow(
            one.id, one.patient, minute_words(one.minute), *_who(one.patient, now, words), one.reason,
            state_chip(one, now, words), words("late") if _is_late(one, now) else "", one, one.is_over,
        )
        for one in lines
    ]


def state_chip(one: AppointmentLine, now: datetime, words: Words) -> Chip:
    """The state in words, with the minutes where somebody waits."""
    title, tone = STATES[one.state]
    if one.state in (appointments.ARRIVED, appointments.WAITING):
        minutes = max(0, int((now - one.since).total_seconds() // 60))
        if one.state == appointments.WAITING:
            return words("Waiting {n} min", n=minutes), tone, ""
        return words("Arrived {n} min ago", n=minutes), tone, ""
    return words(title), tone, ""


def minute_words(minute: int) -> str:
    """`09:40` of minutes from midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def result_rows(lines: Sequence[ResultLine], now: datetime, words: Words) -> list[DeskRow]:
    """Results to sign, in the order of the service."""
    rows = []
    for one in lines:
        waits = timedelta(seconds=max(0, int(now.timestamp()) - one.received))
        note = words("unsigned for {n} d", n=waits.days) if one.is_late else ""
        rows.append(DeskRow(
            one.id, one.patient, format_date(one.observation.time, words), *_who(one.patient, now, words),
            result_words(one, words), level_chip(one, words), note, one,
        ))  # fmt: skip
    return rows


def result_words(one: ResultLine, words: Words) -> str:
    """`Potassium 6.8 mmol/L`."""
    observation, known = one.observation, variables().get(one.observation.variable or "")
    from medapp.domain.datatypes import CodeableConcept

    name = brief(known, words) if known else format_concept(CodeableConcept((observation.code,)), words)
    if observation.value is None:
        value = observation.text or (observation.coded.display if observation.coded else "") or ""
        return f"{name} {value}"
    decimals = known.decimals if known else None
    value = format_quantity(observation.value, observation.unit, decimals)
    if observation.comparator:
        value = f"{observation.comparator}{NBSP}{value}"
    return f"{name} {value}"


def level_chip(one: ResultLine, words: Words) -> Chip:
    """What the result is called, with the side on which it lies."""
    title, tone, icon = LEVELS[one.level]
    return words(SIDES.get((one.level, _side(one)), title)), tone, icon


def _side(one: ResultLine) -> str:
    """On which side an abnormal value lies; empty where it is not abnormal, or nobody knows."""
    observation = one.observation
    value, low, high = observation.value, observation.reference_low, observation.reference_high
    if value is None or one.level not in ("abnormal", "critical"):
        return ""
    name = observation.variable
    if low is None and high is None and name is not None and name in variables():
        from medapp.domain.administrative import age_at

        born = Moment.parse(one.patient.birth_date) if one.patient.birth_date else None
        age = age_at(born, observation.time)
        usual = ranges.reference_range(name, one.patient.sex, age)
        low, high = (usual.low, usual.high) if usual else (None, None)
    return ranges.level(value, ranges.Range(low, high))


def due_rows(lines: Sequence[TaskLine], now: datetime, words: Words) -> list[DeskRow]:
    """What is due in the clinic."""
    return [
        DeskRow(
            one.task.id, one.patient, format_date(one.task.due, words) if one.task.due else "",
            *_who(one.patient, now, words), task_words(one.task, words),
            due_chip(one.task, now.date(), words), reason_words(one.task, words), one,
        )
        for one in lines
    ]


def task_words(task: Task, words: Words) -> str:
    """What is to be done."""
    if task.rule is not None:
        return words.pick(task.rule.title)
    return task.title if task.kind == due.OWN else words(PLANNED[task.kind])


def reason_words(task: Task, words: Words) -> str:
    """Why, or what was noted."""
    if task.note:
        return task.note
    return words.pick(task.rule.why) if task.rule is not None else ""


def due_chip(task: Task, today: date, words: Words) -> Chip:
    """`overdue 3 mo`, `due today`, `in 5 d`, or that it was never recorded."""
    if task.due is None:
        return words("never recorded"), "neutral", ""
    days = (task.due - today).days
    if days == 0:
        return words("due today"), "warn", ""
    span = span_words(abs(days), words)
    if days < 0:
        return words("overdue {span}", span=span), "danger" if days < -30 else "warn", ""
    return words("in {span}", span=span), "quiet", ""


def span_words(days: int, words: Words) -> str:
    """A number of days as days, months or years."""
    if days < 60:
        return words("{n} d", n=days)
    months = round(days / 30.44)
    return words("{n} mo", n=months) if months < 24 else words("{n} yr", n=int(days / 365.25))


def draft_rows(lines: Sequence[DraftLine], now: datetime, words: Words) -> list[DeskRow]:
    """What one has begun and not signed."""
    rows = []
    for one in lines:
        is_new = one.patient.id == NEW_PATIENT
        kind = N_("New patient") if is_new else DRAFTS.get(one.kind.partition("-")[0], N_("Entry"))
        at = datetime.fromtimestamp(one.updated, now.tzinfo)
        when = format_time(at) if at.date() == now.date() else format_date(at.date(), words)
        rows.append(DeskRow(
            (one.patient.id, one.kind, one.item), one.patient, when, *_who(one.patient, now, words),
            words(kind), (words("Draft"), "quiet", ""), words("not signed"), one,
        ))  # fmt: skip
    return rows


def recent_rows(opened: Sequence[tuple[PatientLine, datetime]], now: datetime, words: Words) -> list[DeskRow]:
    """The records that were opened last."""
    rows = []
    for line, at in opened:
        here = at.astimezone(now.tzinfo)
        when = format_time(here) if here.date() == now.date() else format_date(here.date(), words)
        rows.append(DeskRow(line.id, line, when, *_who(line, now, words), line.mrn, ("", "", ""), "", line))
    return rows


def _who(line: PatientLine, now: datetime, words: Words) -> tuple[tuple[str, str], str]:
    return format_name(line.name, line.name_local, words), format_born(line.birth_date, now, words)


def _is_late(one: AppointmentLine, now: datetime) -> bool:
    """Booked for more than ten minutes ago and not here."""
    return one.state == appointments.BOOKED and now.hour * 60 + now.minute > one.minute + 10


__all__ = [
    "DeskRow", "draft_rows", "due_chip", "due_rows", "level_chip",
    "minute_words", "reason_words", "recent_rows",
    "result_rows", "result_words", "reviews", "state_chip", "task_words", "today_rows",
]
