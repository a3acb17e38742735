"""Everything dated in a record as one line of time, the latest first.

Results are gathered by visit, or by day where no visit is known. What was entered in error is left out;
what has no date stands at the end, for an unknown date is not no event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from medapp.domain.clinical import Observation
from medapp.domain.datatypes import LocalText, Moment
from medapp.security.roles import Permission
from medapp.services.session import Session
from medapp.store.connection import Reader
from medapp.store.repositories import (
    assessments,
    conditions,
    encounters,
    immunisations,
    medications,
    observations,
    papers,
    procedures,
    visit_notes,
)
from medapp.store.repositories.assessments import StoredAssessment

_VOID = frozenset(("entered-in-error", "cancelled", "superseded"))
_MANY = 100_000


class EventKind(StrEnum):
    """What can stand on the timeline, in the order of the filters."""

    ENCOUNTER = "encounter"
    NOTE = "note"
    RESULTS = "results"
    PROBLEM = "problem"
    MEDICINE = "medicine"
    PROCEDURE = "procedure"
    IMMUNISATION = "immunisation"
    ASSESSMENT = "assessment"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Assessed:
    """A stored answer with its assessor's title; None for one that is no longer installed."""

    title: LocalText | None
    answer: StoredAssessment


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `what` is the noun itself, for results the observations of one visit or day."""

    kind: EventKind
    id: int
    at: Moment | None
    what: Any


def read(session: Session, patient: int) -> list[Event]:
    """Every event of a record. Part of the opened record; the log has that."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = [
            *_clinical(db, patient), *_results(db, patient), *_written(db, patient, session.now().offset),
            *_assessed(session, db, patient),
        ]
    found.sort(key=lambda one: (one.at is not None, one.at.seconds if one.at else 0, one.id), reverse=True)
    return found


def _clinical(db: Reader, patient: int) -> Iterator[Event]:
    told = {note.encounter for note in visit_notes.of_patient(db, patient) if note.is_standing}
    for visit in encounters.of_patient(db, patient):
        if visit.status not in _VOID and visit.id not in told:  # a signed note is its visit
            yield Event(EventKind.ENCOUNTER, visit.id, visit.period.start, visit)
    for problem in conditions.of_patient(db, patient):
        if problem.verification not in _VOID:
            yield Event(EventKind.PROBLEM, problem.id, problem.onset or problem.recorded, problem)
    for use in medications.of_patient(db, patient):
        if use.status not in _VOID:
            begun = (use.period.start if use.period else None) or use.authored
            yield Event(EventKind.MEDICINE, use.id, begun, use)
    for procedure in procedures.of_patient(db, patient):
        if procedure.status not in _VOID:
            yield Event(EventKind.PROCEDURE, procedure.id, procedure.performed.start, procedure)
    for given in immunisations.of_patient(db, patient):
        if given.status not in _VOID:
            yield Event(EventKind.IMMUNISATION, given.id, given.given, given)


def _results(db: Reader, patient: int) -> Iterator[Event]:
    groups: dict[tuple[str, int], list[Observation]] = {}
    for one in observations.of_patient(db, patient):
        if one.is_usable:
            key = ("day", one.time.date.toordinal()) if one.encounter is None else ("visit", one.encounter)
            groups.setdefault(key, []).append(one)
    for found in groups.values():
        first = min(found, key=lambda one: (one.time.seconds, one.id))
        yield Event(EventKind.RESULTS, first.id, first.time, tuple(found))


def _written(db: Reader, patient: int, offset: int) -> Iterator[Event]:
    for note in visit_notes.of_patient(db, patient):
        if note.is_standing:
            yield Event(EventKind.NOTE, note.id, note.visit.started, note)
    for paper in papers.of_patient(db, patient):
        yield Event(EventKind.DOCUMENT, paper.id, Moment(paper.created, offset), paper)


def _assessed(session: Session, db: Reader, patient: int) -> Iterator[Event]:
    answers = assessments.history(db, patient, None, _MANY)
    known = {one.id: one.card for one in session.registry.entries()} if answers else {}
    for answer in answers:
        card = known.get(answer.assessor)
        what = Assessed(None if card is None else card.title, answer)
        yield Event(EventKind.ASSESSMENT, answer.id, Moment(answer.created, session.now().offset), what)
