"""A pregnancy as an episode: how it is dated, how far it is, and what is known when nothing is.

Dating: a due date that was agreed on is kept as it is; else the scan dates the pregnancy; else the first
day of the last period. A scan wins whenever one is recorded: the tolerances that some guidelines set
between both are not applied here. A pregnancy is counted as 280 days from day 0 to the due date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from medapp.domain.datatypes import Moment

TERM: Final = timedelta(days=280)
"""From day 0 (the first day of the last period, or what a scan makes of it) to the due date."""

CYCLE_DAYS: Final = 28
"""The cycle that a pregnancy counted from the last period is thought to have."""

CONCEPTION: Final = timedelta(days=14)
"""From day 0 to the conception that the count supposes."""

LONGEST: Final = timedelta(days=44 * 7)
"""No pregnancy lasts longer: an episode still open after it says nothing about today."""

LOOK_BACK: Final = timedelta(days=28)
"""How long "not pregnant" counts: about one cycle; after it nobody knows."""

AGES: Final = range(12, 51)
"""Whole years in which a woman who was not asked is "not checked", never "not pregnant"."""


_NEVER: Final = Moment(0)


class Status(StrEnum):
    """What an episode says. NONE is a dated statement that she is not pregnant."""

    CURRENT = "current"
    ENDED = "ended"
    NONE = "none"
    WITHDRAWN = "entered-in-error"


class Outcome(StrEnum):
    """How a pregnancy ended; UNKNOWN is what nobody recorded."""

    UNKNOWN = ""
    LIVE_BIRTH = "live_birth"
    STILLBIRTH = "stillbirth"
    MISCARRIAGE = "miscarriage"
    TERMINATION = "termination"
    ECTOPIC = "ectopic"


class Dating(StrEnum):
    """What a pregnancy is dated by."""

    AGREED = "agreed"
    SCAN = "scan"
    LAST_PERIOD = "last_period"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """One episode, or one statement that there is none. `scan_days` is the gestation on `scan_date`."""

    id: int = 0
    patient: int = 0
    status: Status = Status.CURRENT
    last_period: date | None = None
    scan_date: date | None = None
    scan_days: int | None = None
    due_agreed: date | None = None
    ended: date | None = None
    outcome: Outcome = Outcome.UNKNOWN
    note: str = ""
    recorded: Moment = _NEVER
    source: str = ""

    @property
    def dating(self) -> Dating:
        """What wins by the rule above."""
        if self.due_agreed is not None:
            return Dating.AGREED
        if self.scan_date is not None and self.scan_days is not None:
            return Dating.SCAN
        return Dating.NOTHING if self.last_period is None else Dating.LAST_PERIOD

    @property
    def start(self) -> date | None:
        """Day 0; None when nothing dates the pregnancy."""
        if self.due_agreed is not None:
            return self.due_agreed - TERM
        if self.scan_date is not None and self.scan_days is not None:
            return self.scan_date - timedelta(days=self.scan_days)
        return self.last_period

    @property
    def due(self) -> date | None:
        """The due date by the same rule."""
        start = self.start
        return None if start is None else start + TERM

    def days_at(self, day: date) -> int | None:
        """Gestation in days; None when undated, or before day 0."""
        start = self.start
        return None if start is None or day < start else (day - start).days

    def is_under_way(self, day: date) -> bool:
        """Whether she is pregnant on that day as far as this episode says.

        An undated one counts from the day it was recorded.
        """
        if self.status not in (Status.CURRENT, Status.ENDED):
            return False
        if self.ended is not None and day >= self.ended:
            return False
        if self.status is Status.ENDED and self.ended is None:
            return False
        start = self.start or self.recorded.date
        return start <= day <= start + LONGEST

    def is_told_by(self, day: date) -> bool:
        """Whether it stands and speaks of that day or one before; a statement speaks from its own day on."""
        if self.status is Status.WITHDRAWN:
            return False
        start = None if self.status is Status.NONE else self.start
        return (self.recorded.date if start is None else start) <= day


def from_last_period(last_period: date, cycle_days: int = CYCLE_DAYS) -> Pregnancy:
    """A pregnancy dated by the last period alone; each day of a longer cycle makes it a day younger."""
    return Pregnancy(last_period=last_period + timedelta(days=cycle_days - CYCLE_DAYS))


class Known(StrEnum):
    """What is known about pregnancy on a day. NOT_ASKED: nobody would ask (a man, a girl, a woman of 51)."""

    PREGNANT = "pregnant"
    NOT_PREGNANT = "not_pregnant"
    NOT_CHECKED = "not_checked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class PregnancyState:
    """The answer with its day: of the statement it rests on, or of the last one that no longer counts."""

    known: Known
    since: date | None = None
    episode: Pregnancy | None = None


def state_on(day: date, episodes: Iterable[Pregnancy], *, is_asked: bool) -> PregnancyState:
    """What the episodes say about `day`; `is_asked` is whether silence means "not checked".

    What was recorded last wins: an episode over an earlier "not pregnant", and the other way round.
    """
    standing = [one for one in episodes if one.is_told_by(day)]
    standing.sort(key=lambda one: (one.recorded.seconds, one.id))
    under_way = [one for one in standing if one.is_under_way(day)]
    denials = [one.recorded.seconds for one in standing if one.status is Status.NONE]
    if under_way and under_way[-1].recorded.seconds >= max(denials, default=0):
        best = max(under_way, key=lambda one: (one.start is not None, one.recorded.seconds, one.id))
        return PregnancyState(Known.PREGNANT, best.recorded.date, best)
    empty = max((told for one in standing if (told := _empty_from(one)) is not None), default=None)
    if empty is not None and empty <= day <= empty + LOOK_BACK:
        return PregnancyState(Known.NOT_PREGNANT, empty)
    last = max((min(day, one.ended or one.recorded.date) for one in standing), default=None)
    return PregnancyState(Known.NOT_CHECKED if is_asked else Known.NOT_ASKED, last)


def _empty_from(one: Pregnancy) -> date | None:
    """From when on it says that she is not pregnant."""
    if one.status is Status.NONE:
        return one.recorded.date
    return one.ended if one.status is Status.ENDED else None
