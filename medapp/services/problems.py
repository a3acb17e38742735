"""Problems: add, change, end, withdraw. Refuted is an answer of its own: she does not have it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Condition, Subject
from medapp.domain.datatypes import Moment
from medapp.services import dating, denials, journal, written
from medapp.services.journal import Act
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store.repositories import conditions

ENDED: Final = ("resolved", "inactive", "remission")
"""Clinical statuses of a problem that is past."""


def add(session: Session, problem: Condition) -> Added:
    """Enter a problem of its patient, begun and recorded. Raises NotNamed, BeforeBirth and the like."""
    with journal.act(session, "add_problem", problem.patient, Kind.CONDITION) as act:
        number = insert(act, problem)
    return Added(number, act.changes)


def insert(act: Act, problem: Condition) -> int:
    """Enter a problem of the act's patient as a part of a larger act; its id."""
    _check(act, problem)
    if problem.is_active:
        denials.end(act, Subject.PROBLEMS)
    values = {**conditions.values_of(act.tx, problem), "encounter": problem.encounter, **written.here(act)}
    return act.insert("condition", {"patient": act.patient, **values})


def change(session: Session, problem: Condition) -> Changes:
    """Write what the problem is now; its source and its visit stay. Raises UnknownItem."""
    kept = written.standing(session, conditions.get, problem.id)
    with journal.act(session, "change_problem", kept.patient, Kind.CONDITION) as act:
        _check(act, problem)
        if problem.is_active:
            denials.end(act, Subject.PROBLEMS)
        act.update("condition", problem.id, conditions.values_of(act.tx, problem))
    return act.changes


def end(session: Session, item: int, on: Moment | None, status: str = "resolved") -> Changes:
    """It is past since a day, or since nobody knows when. Raises UnknownItem, EndsBeforeStart."""
    kept = written.standing(session, conditions.get, item)
    with journal.act(session, "end_problem", kept.patient, Kind.CONDITION) as act:
        dating.check_end(kept.onset, on, written.born(act), session.now())
        ended = replace(kept, clinical_status=status, abatement=on)
        act.update("condition", item, conditions.values_of(act.tx, ended))
    return act.changes


def withdraw(session: Session, item: int) -> Changes:
    """It was never hers, or written by mistake: it stays in the table as entered in error."""
    kept = written.standing(session, conditions.get, item)
    with journal.act(session, "withdraw_problem", kept.patient, Kind.CONDITION) as act:
        act.update("condition", item, {"verification": written.WITHDRAWN})
    return act.changes


def _check(act: Act, problem: Condition) -> None:
    written.named(problem.code)
    dating.check(problem.onset, problem.abatement, written.born(act), act.session.now())
