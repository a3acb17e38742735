"""Medicines as a list: add, change, stop, withdraw. Nothing is checked here: prescribing is another page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import MedicationUse, Subject
from medapp.domain.datatypes import Moment, Period
from medapp.services import dating, denials, journal, written
from medapp.services.journal import Act
from medapp.services.records import HERE, Added
from medapp.services.session import Session
from medapp.store.repositories import medications, sources

STATEMENT: Final = "statement"
"""What the patient takes, whoever prescribed it."""


def add(session: Session, use: MedicationUse) -> Added:
    """Enter a medicine that the patient takes or took. Raises NotNamed, BeforeBirth and the like."""
    with journal.act(session, "add_medicine", use.patient, Kind.MEDICATION) as act:
        _check(act, use)
        if use.is_current:
            denials.end(act, Subject.MEDICINES)
        now = session.now()
        number = act.insert("medication", {
            "patient": use.patient, "kind": STATEMENT, **medications.values_of(act.tx, use),
            "authored_ts": now.seconds, "authored_when": now.packed, "encounter": use.encounter,
            "source": sources.intern(act.tx, HERE),
        })
    return Added(number, act.changes)


def change(session: Session, use: MedicationUse) -> Changes:
    """Write how it is taken now; its source and its visit stay. Raises UnknownItem."""
    kept = written.standing(session, medications.get, use.id)
    with journal.act(session, "change_medicine", kept.patient, Kind.MEDICATION) as act:
        _check(act, use)
        if use.is_current:
            denials.end(act, Subject.MEDICINES)
        act.update("medication", use.id, medications.values_of(act.tx, use))
    return act.changes


def stop(session: Session, item: int, on: Moment | None, reason: str = "") -> Changes:
    """It is no longer taken since a day, for a reason in the doctor's words. Raises UnknownItem."""
    kept = written.standing(session, medications.get, item)
    with journal.act(session, "stop_medicine", kept.patient, Kind.MEDICATION) as act:
        start = kept.period.start if kept.period else None
        dating.check_end(start, on, written.born(act), session.now())
        stopped = replace(kept, status="stopped", period=Period(start, on), status_reason=reason.strip())
        act.update("medication", item, medications.values_of(act.tx, stopped))
    return act.changes


def withdraw(session: Session, item: int) -> Changes:
    """It was never hers, or written by mistake: it stays in the table as entered in error."""
    kept = written.standing(session, medications.get, item)
    with journal.act(session, "withdraw_medicine", kept.patient, Kind.MEDICATION) as act:
        act.update("medication", item, {"status": written.WITHDRAWN})
    return act.changes


def _check(act: Act, use: MedicationUse) -> None:
    """A course may end later than today."""
    written.named(use.medication)
    start, end = (use.period.start, use.period.end) if use.period else (None, None)
    dating.check(start, end, written.born(act), act.session.now(), may_end_later=use.is_current)
