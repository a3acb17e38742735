"""Ask the assessors, keep their answers as given, and what the doctor decided about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from medapp.assess.assessor import Assessor, Given, not_calculated, read_given
from medapp.assess.errors import WrongInputFile
from medapp.assess.fresh import without_old
from medapp.assess.refused import switched_off
from medapp.assess.registry import Registry
from medapp.assess.wording import in_both
from medapp.domain.assessment import Assessment, ReasonCode, Status
from medapp.domain.changes import Changes, Kind
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.inference.nearest import Nearest
from medapp.security.roles import Permission
from medapp.services.audit import record
from medapp.services.profile import offered
from medapp.services.records import open_record
from medapp.services.session import Session
from medapp.store.repositories import assessments
from medapp.store.repositories.assessments import DECISIONS, Decision, StoredAssessment

__all__ = [
    "Decision",
    "StoredAssessment",
    "assess_inputs",
    "assess_many",
    "assess_patient",
    "decide",
    "history",
    "latest",
    "nearest_groups",
    "read_stored",
    "replay",
    "undo_decision",
    "what_if",
    "without_old_values",
]


class ReasonRequired(KnownError):
    code = "reason_required"
    message = N_("A reason is required to disagree.")
    advice = N_("Write in a few words why the estimate does not fit this patient.")


class UnknownDecision(KnownError):
    code = "unknown_decision"
    message = N_("There is no such decision: {decision}.")
    advice = N_("Decisions are agree, disagree and not_relevant.")


def assess_patient(
    session: Session,
    patient: int,
    ids: Sequence[str] | None = None,
    *,
    at: Moment | None = None,
    store: bool = True,
    are_models_on: bool = True,
) -> list[Assessment]:
    """What the assessors say of a patient at a moment (default now).

    By default those are asked that the clinic's profile offers; a named one always answers.

    With `store` each answer is kept byte for byte, with its log entry in the same
    transaction; `latest` then gives them with their ids. While models are off each
    model answers that it is off, and that is not kept, nor what a draft answers: no page
    offers it. Raises UnknownAssessor, UnknownPatient, NotPermitted.
    """
    session.require(Permission.ASSESS)
    registry = session.registry
    chosen = [registry.get(name) for name in (offered(session) if ids is None else ids)]
    opened = open_record(session, patient, at=at)
    answers = [
        switched_off(assessor.card, opened)
        if assessor.card.kind == "model" and not are_models_on
        else assessor.assess(opened, {})
        for assessor in chosen
    ]
    given = [a for a in answers if a.reason is None or a.reason.code is not ReasonCode.OFF]
    kept = [a for a in given if store and registry.entry(a.assessor.id).state != "draft"]
    if kept:
        _keep(session, patient, kept)
    for answer in given:
        if answer not in kept:
            session.note("assess", patient, assessor=answer.assessor.id, status=str(answer.status))
    return answers


def _keep(session: Session, patient: int, answers: Iterable[Assessment]) -> None:
    with session.store.transaction() as tx:
        for answer in answers:
            number = assessments.insert(
                tx,
                patient,
                answer.assessor.id,
                answer.assessor.version,
                answer.at,
                str(answer.status),
                _bytes(answer),
                session.user.id,
                session.now().seconds,
            )
            record(
                session,
                tx,
                "assess",
                patient,
                assessment=number,
                assessor=answer.assessor.id,
                version=answer.assessor.version,
                status=str(answer.status),
            )


def _bytes(answer: Assessment) -> bytes:
    document = answer.as_document()
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def what_if(
    session: Session, patient: int, assessor_id: str, inputs: Mapping[str, Any], *, at: Moment | None = None
) -> Assessment:
    """The answer if these inputs (as in an input file) were so; never stored, noted in the log."""
    session.require(Permission.ASSESS)
    assessor = session.registry.get(assessor_id)
    opened = open_record(session, patient, at=at, audit=False)
    session.note("what_if", patient, assessor=assessor_id, inputs=len(inputs))
    return assessor.assess(opened, read_given(inputs))


def assess_with(
    session: Session, patient: int, assessor_id: str, given: Mapping[str, Given], *, at: Moment | None = None
) -> Assessment:
    """The answer with some inputs entered on the spot; a final one is stored with its log entry."""
    session.require(Permission.ASSESS)
    assessor = session.registry.get(assessor_id)
    answer = assessor.assess(open_record(session, patient, at=at, audit=False), given)
    if answer.status is Status.FINAL and session.registry.entry(assessor_id).state != "draft":
        _keep(session, patient, [answer])
    else:
        session.note("assess", patient, assessor=assessor_id, status=str(answer.status))
    return answer


def without_old_values(
    session: Session, patient: int, assessor_id: str, *, at: Moment | None = None
) -> Assessment | None:
    """The answer without the values that are older than the assessor expects; never stored.

    None where an old value is no observation and cannot be left out.
    """
    session.require(Permission.ASSESS)
    assessor = session.registry.get(assessor_id)
    opened = open_record(session, patient, at=at, audit=False)
    answer = assessor.assess(without_old(opened, assessor.card), {})
    return None if any("stale" in used.flags for used in answer.inputs) else answer


def nearest_groups(
    session: Session, patient: int, assessor_id: str, *, at: Moment | None = None
) -> Nearest | None:
    """The groups of people it was built on that come nearest to the patient; None where it keeps none."""
    session.require(Permission.ASSESS)
    ask = getattr(session.registry.get(assessor_id), "nearest", None)
    if ask is None:
        return None
    found: Nearest | None = ask(open_record(session, patient, at=at, audit=False), {})
    return found


def assess_inputs(registry: Registry, assessor_id: str, inputs: Mapping[str, Any], at: Moment) -> Assessment:
    """The answer for an input file alone, without a patient or a store.

    Raises UnknownAssessor, and WrongInputFile for a malformed file.
    """
    return registry.get(assessor_id).assess(PatientRecord(at), read_given(inputs))


def assess_many(
    registry: Registry, assessor_id: str, rows: Iterable[Mapping[str, Any]], at: Moment
) -> Iterator[Assessment]:
    """One answer per row, in order, each with its row number from 0; a malformed row is refused.

    Raises UnknownAssessor before the first row is read.
    """
    return answers_of(registry.get(assessor_id), rows, at)


def answers_of(
    assessor: Assessor, rows: Iterable[Mapping[str, Any]], at: Moment
) -> Iterator[Assessment]:
    """The answers of one assessor to many rows, in order."""
    blank = PatientRecord(at)
    for row, inputs in enumerate(rows):
        try:
            given: dict[str, Given] = read_given(inputs)
        except WrongInputFile as error:
            text = in_both(error.message, **error.fields)
            refused = not_calculated(assessor.card, blank, Status.REFUSED, ReasonCode.ERROR, text)
            yield replace(refused, row=row)
        else:
            yield replace(assessor.assess(blank, given), row=row)


def read_stored(stored: StoredAssessment) -> Assessment:
    """The assessment in the stored bytes: what was said then, whatever a model would say now."""
    return Assessment.from_document(json.loads(stored.document))


def replay(session: Session, assessment_id: int) -> StoredAssessment:
    """A stored assessment as it was given. Raises UnknownItem."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        stored = assessments.get(db, assessment_id)
    session.note("replay_assessment", stored.patient, assessment=assessment_id)
    return stored


def history(
    session: Session, patient: int, assessor_id: str | None = None, limit: int = 100
) -> list[StoredAssessment]:
    """Earlier answers about a patient, newest first, with the decision that stands."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return assessments.history(db, patient, assessor_id, limit)


def latest(session: Session, patient: int) -> list[StoredAssessment]:
    """The newest stored answer of each assessor."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return assessments.latest(db, patient)


def decide(session: Session, assessment_id: int, decision: str, reason: str = "") -> Changes:
    """Record agree, disagree (with a reason) or not_relevant; an earlier decision stays in the ledger.

    Raises ReasonRequired, UnknownDecision, UnknownItem.
    """
    session.require(Permission.ASSESS)
    if decision not in DECISIONS:
        raise UnknownDecision(decision=decision)
    if decision == "disagree" and not reason.strip():
        raise ReasonRequired
    with session.store.transaction() as tx:
        stored = assessments.get(tx, assessment_id)
        assessments.decide(
            tx, assessment_id, decision, reason.strip(), session.user.id, session.now().seconds
        )
        record(session, tx, "decide", stored.patient, assessment=assessment_id, decision=decision)
    return _changes(stored.patient)


def undo_decision(session: Session, assessment_id: int) -> Changes:
    """Take back the decision that stands; the one before it stands again. Raises UnknownItem."""
    session.require(Permission.ASSESS)
    with session.store.transaction() as tx:
        stored = assessments.get(tx, assessment_id)
        undone = assessments.undo_decision(tx, assessment_id, session.now().seconds)
        record(session, tx, "undo_decision", stored.patient, assessment=assessment_id, undone=undone.decision)
    return _changes(stored.patient)


def _changes(patient: int) -> Changes:
    return Changes(frozenset({Kind.ASSESSMENT}), frozenset({patient}))
