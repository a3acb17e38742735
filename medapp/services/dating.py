"""What is wrong with a beginning and an end: before birth, in the future, the wrong way round.

A year or a month is wrong only when no day of it could be right.
"""

from __future__ import annotations

from medapp.domain.datatypes import Moment
from medapp.errors import KnownError
from medapp.i18n import N_


class BeforeBirth(KnownError):
    code = "before_birth"
    message = N_("This date is before the patient was born.")
    advice = N_("Check the date and the patient.")


class InFuture(KnownError):
    code = "in_future"
    message = N_("This date is in the future.")
    advice = N_("Check the date.")


class EndsBeforeStart(KnownError):
    code = "ends_before_start"
    message = N_("The end is before the beginning.")
    advice = N_("Check both dates.")


Wrong = type[KnownError]


def wrong_day(day: Moment | None, born: Moment | None, now: Moment) -> Wrong | None:
    """What is wrong with a day that something began or was; None when nothing is."""
    if day is None:
        return None
    if born is not None and day.end < born.seconds:
        return BeforeBirth
    return InFuture if day.date > now.date else None


def wrong_end(start: Moment | None, end: Moment | None) -> Wrong | None:
    """What is wrong with an end beside its beginning."""
    return EndsBeforeStart if start is not None and end is not None and end.end < start.seconds else None


def check(
    start: Moment | None, end: Moment | None, born: Moment | None, now: Moment, *, may_end_later: bool = False
) -> None:
    """Raise what is wrong; with `may_end_later` the end may be planned."""
    wrong = wrong_day(start, born, now)
    if wrong is not None:
        raise wrong
    check_end(start, end, born, now, may_end_later=may_end_later)


def check_end(
    start: Moment | None, end: Moment | None, born: Moment | None, now: Moment, *, may_end_later: bool = False
) -> None:
    """Raise what is wrong with an end alone: what an import brought as a beginning is not its fault."""
    wrong = wrong_end(start, end) or (None if may_end_later else wrong_day(end, born, now))
    if wrong is not None:
        raise wrong
