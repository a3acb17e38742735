"""Pregnancies as episodes: begun, dated, ended, and the dated statement that there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from medapp.domain.changes import Changes, Kind
from medapp.domain.pregnancy import LONGEST, TERM, Pregnancy, Status
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import journal, written
from medapp.services.records import HERE, Added
from medapp.services.session import Session
from medapp.store.connection import Reader
from medapp.store.repositories import pregnancies


class PregnancyDates(KnownError):
    """The days of a pregnancy do not fit together."""

    code = "pregnancy_dates"
    message = N_("These days do not fit together.")
    advice = N_("The last period and the scan lie before today, the scan after day 0, the end after both.")


class PregnancyOpen(KnownError):
    """There is an episode under way already."""

    code = "pregnancy_open"
    message = N_("A pregnancy is already recorded as under way.")
    advice = N_("Correct that one, or record how it ended first.")


def add(session: Session, episode: Pregnancy) -> Added:
    """Record a pregnancy, or (status NONE) that she is not pregnant. Raises PregnancyDates, PregnancyOpen."""
    now = session.now()
    whole = replace(episode, recorded=now)
    _check(whole, now.date)
    with journal.act(session, "add_pregnancy", episode.patient, Kind.PREGNANCY) as act:
        if whole.status is Status.CURRENT and _open_one(act.tx, episode.patient, now.date) is not None:
            raise PregnancyOpen
        values = pregnancies.values_of(act.tx, whole, episode.source or HERE)
        number = act.insert("pregnancy", {"patient": episode.patient, **values})
    return Added(number, act.changes)


def correct(session: Session, episode: Pregnancy) -> Changes:
    """Change an episode: a scan that dates it, its end, its outcome. Raises UnknownItem, PregnancyDates."""
    kept = written.standing(session, pregnancies.get, episode.id)
    _check(episode, session.now().date)
    with journal.act(session, "correct_pregnancy", kept.patient, Kind.PREGNANCY) as act:
        whole = replace(episode, recorded=kept.recorded)
        act.update("pregnancy", episode.id, pregnancies.values_of(act.tx, whole, kept.source or HERE))
    return act.changes


def withdraw(session: Session, episode: int) -> Changes:
    """It was entered in error: it says nothing any more, but stays in the table."""
    kept = written.standing(session, pregnancies.get, episode)
    with journal.act(session, "withdraw_pregnancy", kept.patient, Kind.PREGNANCY) as act:
        act.update("pregnancy", episode, {"status": written.WITHDRAWN})
    return act.changes


def _check(one: Pregnancy, today: date) -> None:
    """Raise PregnancyDates for days that cannot be: what was measured lies in the past."""
    start = one.start
    past = [day for day in (one.last_period, one.scan_date, one.ended) if day is not None]
    is_wrong = any(day > today for day in past)
    is_wrong |= (one.scan_date is None) != (one.scan_days is None)
    is_wrong |= one.scan_days is not None and not 0 <= one.scan_days <= LONGEST.days
    is_wrong |= one.due_agreed is not None and one.due_agreed - TERM > today
    is_wrong |= start is not None and one.ended is not None and not start <= one.ended <= start + LONGEST
    is_wrong |= one.last_period is not None and one.scan_date is not None and one.scan_date < one.last_period
    is_wrong |= one.status is Status.ENDED and one.ended is None
    if is_wrong:
        raise PregnancyDates


def _open_one(db: Reader, patient: int, today: date) -> Pregnancy | None:
    found = pregnancies.of_patient(db, patient)
    return next((one for one in found if one.status is Status.CURRENT and one.is_under_way(today)), None)
