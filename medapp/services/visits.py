"""The visit: a draft while it is written, a signed note from then on.

A signed text is never edited. It is amended (a new version that says why, the old one stays readable) or
cancelled (entered in error, with the reason). Signing and amending seal what was written about the patient;
a cancellation can be undone until the next of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from medapp.assess.assessor import Given
from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import CodeableConcept
from medapp.domain.notes import Correction, Note, Source, Visit
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import drafts, due, journal, records
from medapp.services.entries import add_values
from medapp.services.journal import Act
from medapp.services.session import Session
from medapp.store.connection import Reader
from medapp.store.errors import UnknownItem
from medapp.store.repositories import concepts, observations, sources, visit_notes

__all__ = [
    "VITALS", "AlreadyReplaced", "FollowUpPast", "NothingToSign", "ReasonNeeded", "Signed", "as_document",
    "cancel", "from_document", "get", "listed", "measured", "sign", "sources_of",
]

VITALS: Final = (
    "systolic_bp", "diastolic_bp", "heart_rate", "temperature", "respiratory_rate", "spo2", "weight",
    "height",
)
"""What a visit's page asks to measure, in this order."""

_KINDS: Final = (Kind.NOTE, Kind.ENCOUNTER, Kind.OBSERVATION, Kind.DRAFT, Kind.TASK)

AMBULATORY: Final = "AMB"


class NothingToSign(KnownError):
    code = "nothing_to_sign"
    message = N_("The visit is empty: there is nothing to sign.")
    advice = N_("Write at least one passage first.")


class ReasonNeeded(KnownError):
    code = "reason_needed"
    message = N_("A signed text is changed only with a reason.")
    advice = N_("Write in a few words why it is amended or cancelled.")


class AlreadyReplaced(KnownError):
    code = "already_replaced"
    message = N_("This version was amended or cancelled before.")
    advice = N_("Open the version that stands and amend that one.")


class FollowUpPast(KnownError):
    code = "follow_up_past"
    message = N_("The follow-up date lies in the past.")
    advice = N_("Enter a later day, or leave it empty.")


@dataclass(frozen=True, slots=True)
class Signed:
    """The note that was signed, and what changed."""

    note: int
    changes: Changes


def as_document(visit: Visit) -> dict[str, Any]:
    """A visit as a draft's JSON."""
    return visit_notes.pack_visit(visit)


def from_document(document: Mapping[str, Any]) -> Visit:
    """The visit of a draft."""
    return visit_notes.unpack_visit(document)


def listed(session: Session, patient: int) -> list[Note]:
    """Every version of every signed visit, the latest first."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return visit_notes.of_patient(db, patient)


def get(session: Session, note: int) -> Note:
    """One version of a visit. Raises UnknownItem."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return _found(db, note)


def measured(session: Session, numbers: Iterable[int]) -> list[Observation]:
    """The observations of a visit that still stand."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = [observations.get(db, number) for number in numbers]
    return [one.observation for one in found if one is not None and one.observation.is_usable]


def sources_of(notes: Iterable[Note]) -> tuple[Source, ...]:
    """Every passage of the visits that stand, for recognising what is copied from them."""
    found = []
    for note in notes:
        if note.is_standing:
            visit, day = note.visit, note.visit.started.date.isoformat()
            passages = (visit.reason, visit.history, visit.examination, visit.plan)
            texts = [one.text for one in (*passages, *(entry.passage for entry in visit.problems))]
            found += [Source(note.id, day, text) for text in texts if text]
    return tuple(found)


def sign(
    session: Session, patient: int, visit: Visit, *, vitals: Mapping[str, Given] | None = None,
    amends: int = 0, why: str = "",
) -> Signed:  # fmt: skip
    """Make the visit a part of the record; with `amends` it takes the place of that signed version.

    The writer's draft of it is gone with the same transaction. Raises NothingToSign, ReasonNeeded,
    AlreadyReplaced, FollowUpPast, UnknownItem, UnknownPatient, and what `entries.save_values` raises.
    """
    session.require(Permission.WRITE_RECORD)
    if visit.is_empty and not vitals:
        raise NothingToSign
    if amends and not why.strip():
        raise ReasonNeeded
    action = "amend_note" if amends else "sign_note"
    with journal.act(session, action, patient, *_KINDS) as act:
        before = _standing(act.tx, patient, amends) if amends else None
        is_same_day = before is not None and visit.follow_up == before.visit.follow_up
        if visit.follow_up and not is_same_day and visit.follow_up < session.now().date.isoformat():
            raise FollowUpPast
        encounter = _encounter(act, visit, before)
        if vitals:
            added = add_values(act, vitals, encounter=encounter)
            visit = replace(visit, observations=(*visit.observations, *added.values()))
        if before is not None:
            act.update("note", before.id, {"status": "superseded", "updated": act.now})
        note = _insert(act, visit, encounter, before, why)
        if before is not None and is_same_day:
            due.keep_follow_up(act, before.id, note)
        else:
            if before is not None:
                due.drop_follow_up(act, before.id)
            due.plan_follow_up(act, note, visit.follow_up)
        drafts.drop(session, act.tx, patient, drafts.VISIT, amends)
        act.is_sealing = True
    return Signed(note, act.changes)


def cancel(session: Session, note: int, why: str) -> Changes:
    """Mark a signed visit entered in error, and with it what was measured in it; both stay readable.

    Raises ReasonNeeded, AlreadyReplaced.
    """
    session.require(Permission.WRITE_RECORD)
    if not why.strip():
        raise ReasonNeeded
    found = get(session, note)
    kinds = (Kind.NOTE, Kind.ENCOUNTER, Kind.OBSERVATION, Kind.TASK)
    with journal.act(session, "cancel_note", found.patient, *kinds) as act:
        _standing(act.tx, found.patient, note)
        reason = Correction(why.strip(), session.user.id, act.now)
        document = visit_notes.with_cancellation(act.tx, note, reason)
        act.update("note", note, {"status": "entered-in-error", "document": document, "updated": act.now})
        if found.encounter is not None:
            act.update("encounter", found.encounter, {"status": "entered-in-error"})
        due.drop_follow_up(act, note)
        numbers = [one for one in _measured_in(act.tx, found) if _is_counted(act.tx, one)]
        for number in numbers:
            act.changed("observation", number)
            observations.set_status(act.tx, number, "entered-in-error")
        act.detail |= {"note": note, "withdrawn": len(numbers)}
    return act.changes


def _measured_in(db: Reader, note: Note) -> list[int]:
    """The values of a visit with what they were corrected to since, wherever they lie."""
    numbers = list(note.visit.observations)
    for number in numbers:  # it grows: a correction may have been corrected
        numbers += observations.corrections_of(db, note.patient, number)
    return numbers


def _is_counted(db: Reader, number: int) -> bool:
    found = observations.get(db, number)
    return found is not None and observations.is_standing(found.observation)


def _found(db: Reader, note: int) -> Note:
    found = visit_notes.get(db, note)
    if found is None:
        raise UnknownItem()
    return found


def _standing(db: Reader, patient: int, note: int) -> Note:
    found = _found(db, note)
    if found.patient != patient:
        raise UnknownItem()
    if not found.is_standing:
        raise AlreadyReplaced
    return found


def _encounter(act: Act, visit: Visit, before: Note | None) -> int:
    """The visit as an encounter: a new one, or the amended note's with its new reason."""
    text = visit.reason.text.strip()
    reason = concepts.pack_whole(CodeableConcept((), text)) if text else None
    if before is not None and before.encounter is not None:
        act.update("encounter", before.encounter, {"reason": reason})
        return before.encounter
    now = act.session.now()
    return act.insert("encounter", {
        "patient": act.patient, "status": "finished", "class_code": AMBULATORY,
        "start_ts": visit.started.seconds, "start_when": visit.started.packed,
        "end_ts": max(now.seconds, visit.started.seconds), "end_when": now.packed,
        "reason": reason, "source": sources.intern(act.tx, records.HERE),
    })  # fmt: skip


def _insert(act: Act, visit: Visit, encounter: int, before: Note | None, why: str) -> int:
    user = act.session.user.id
    correction = Correction(why.strip(), user, act.now) if before is not None else None
    document = visit_notes.pack(visit, act.session.now(), correction)
    number = act.insert("note", {
        "patient": act.patient, "encounter": encounter,
        "status": "final" if before is None else "amended", "document": document,
        "replaces": None if before is None else before.id, "user": user,
        "created": visit.started.seconds, "updated": act.now, "signed": act.now, "signed_by": user,
    })  # fmt: skip
    act.detail |= {"note": number, "sha256": hashlib.sha256(document.encode()).hexdigest()}
    if before is not None:
        act.detail["replaces"] = before.id
    return number
