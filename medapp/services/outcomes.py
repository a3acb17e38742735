"""What it turned out to be: confirmed, excluded or unknown, with date and evidence.

An outcome is compared with the last answer that had been given by its day. What was known before any
answer is kept and not counted: an estimate that already knows the end is no estimate. Nor is one that was
asked for later as of an earlier day. For a prognosis the
day must lie within the horizon of the answer (confirmed) or after it (excluded).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from medapp.domain.assessment import Assessment
from medapp.domain.changes import Kind
from medapp.domain.datatypes import Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import journal
from medapp.services.local_validity import Pair, Tally, counted, spans
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store.repositories import outcomes
from medapp.store.repositories.outcomes import Compared, GivenAnswer, Outcome

__all__ = ["STATES", "Comparison", "Outcome", "answered", "comparison", "enter", "of_patient", "tally"]

STATES: Final = ("confirmed", "excluded", "unknown")

_LATE: Final = 86_400
"""Seconds after the moment it speaks of up to which an answer was given then."""


class UnknownState(KnownError):
    code = "unknown_outcome_state"
    message = N_("There is no such outcome: {state}.")
    advice = N_("Outcomes are confirmed, excluded and unknown.")


class EvidenceRequired(KnownError):
    code = "evidence_required"
    message = N_("Evidence is needed to confirm or exclude.")
    advice = N_("Write in a few words what showed it, such as a test with its result.")


class DayRequired(KnownError):
    code = "outcome_day_required"
    message = N_("The day on which it was found out is needed.")
    advice = N_("Give it as year-month-day.")


class DayInFuture(KnownError):
    code = "outcome_day_in_future"
    message = N_("The day lies in the future.")
    advice = N_("Give the day on which it was found out.")


class HorizonNotOver(KnownError):
    code = "horizon_not_over"
    message = N_("The {days} days of the estimate are not over on that day.")
    advice = N_("Record it once they are over, or as unknown.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer an outcome is compared with; None when none had been given in time."""

    answer: Assessment | None


def enter(
    session: Session,
    patient: int,
    assessor: str,
    state: str,
    day: date | None,
    evidence: str,
    *,
    replaces: int | None = None,
) -> Added:
    """Record what it turned out to be, anew or in place of what was said before.

    Entered again for the same answer it replaces what was said. Raises UnknownState, EvidenceRequired,
    DayRequired, DayInFuture, HorizonNotOver, UnknownAssessor, UnknownPatient, UnknownItem.
    """
    session.require(Permission.ASSESS)
    _check(session, state, day, evidence)
    card = session.registry.get(assessor).card
    horizon = card.output.horizon_days
    with journal.act(session, "enter_outcome", patient, Kind.OUTCOME) as act:
        given = outcomes.answers(act.tx, patient, assessor)
        answer = _compared_with(given, state, day, horizon, session.now().offset)
        number = None if answer is None else answer.id
        values = {
            "patient": patient, "assessor": assessor, "version": answer.version if answer else card.version,
            "assessment": number, "state": state, "day": day.isoformat() if day else None,
            "evidence": evidence.strip(), "user": session.user.id, "created": act.now,
        }
        same = outcomes.find(act.tx, patient, assessor, number)
        entered = replaces or (same.id if same else 0)
        if entered:
            act.update("outcome", entered, values)
        else:
            entered = act.insert("outcome", values)
        act.detail |= {"assessor": assessor, "state": state, "assessment": number}
    return Added(entered, act.changes)


def comparison(session: Session, patient: int, assessor: str, state: str, day: date | None) -> Comparison:
    """Which answer an outcome would be compared with. Raises HorizonNotOver."""
    session.require(Permission.READ_RECORD)
    horizon = session.registry.get(assessor).card.output.horizon_days
    with session.store.reading() as db:
        given = outcomes.answers(db, patient, assessor)
    found = _compared_with(given, state, day, horizon, session.now().offset)
    return Comparison(None if found is None else _answer(found.document))


def of_patient(session: Session, patient: int) -> dict[str, Outcome]:
    """The newest outcome of each assessor."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = outcomes.of_patient(db, patient)
    return {one.assessor: one for one in reversed(found)}


def answered(session: Session, patient: int) -> frozenset[str]:
    """The assessors that ever gave a number about a patient: only these can turn out right or wrong."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return outcomes.answered(db, patient)


def tally(session: Session, assessor: str) -> Tally:
    """The outcomes of the installed version of an assessor: sums, of no patient in particular.

    Raises UnknownAssessor.
    """
    card = session.registry.get(assessor).card
    with session.store.reading() as db:
        rows = outcomes.compared(db, assessor, card.version)
        unknown, without_answer = outcomes.not_compared(db, assessor, card.version)
    pairs = list(_pairs(rows, card.output.lead_class))
    sexes = {pair.sex for pair in pairs}
    groups = {sex: counted([p for p in pairs if p.sex == sex]) for sex in sorted(sexes)}
    return Tally(
        assessor, card.version, counted(pairs), groups, spans(pairs), unknown, without_answer
    )


def _pairs(rows: Iterable[Compared], lead: str | None) -> Iterable[Pair]:
    for row in rows:
        outcome = _answer(row.document).outcome
        estimate = None if outcome is None or lead is None else outcome.probabilities.get(lead)
        if estimate is not None:
            yield Pair(estimate, row.state == "confirmed", row.sex, row.day)


def _answer(document: bytes) -> Assessment:
    return Assessment.from_document(json.loads(document))


def _check(session: Session, state: str, day: date | None, evidence: str) -> None:
    if state not in STATES:
        raise UnknownState(state=state)
    if day is not None and day > session.now().date:
        raise DayInFuture
    if state == "unknown":
        return
    if day is None:
        raise DayRequired
    if not evidence.strip():
        raise EvidenceRequired


def _compared_with(
    answers: Sequence[GivenAnswer], state: str, day: date | None, horizon: int | None, offset: int
) -> GivenAnswer | None:
    """The newest answer given by that day whose time has come; `offset` says when days begin here."""
    told = sorted((one for one in answers if _is_prediction(one)), key=_by_moment)
    if state == "unknown" or day is None:
        return told[-1] if told else None
    given = [(one, (day - Moment.parse(one.at).date).days) for one in told]
    in_time = [
        (one, days) for one, days in given if days >= 0 and Moment(one.created, offset).date <= day
    ]
    if horizon is None:
        fitting = in_time
    elif state == "confirmed":
        fitting = [(one, days) for one, days in in_time if days <= horizon]
    else:
        fitting = [(one, days) for one, days in in_time if days >= horizon]
        if in_time and not fitting:
            raise HorizonNotOver(days=horizon)
    return fitting[-1][0] if fitting else None


def _is_prediction(answer: GivenAnswer) -> bool:
    """Whether it was stored when it speaks of, not looking back from later."""
    return answer.created - Moment.parse(answer.at).end <= _LATE


def _by_moment(answer: GivenAnswer) -> tuple[int, int]:
    return Moment.parse(answer.at).seconds, answer.id
