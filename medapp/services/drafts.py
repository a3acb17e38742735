"""What a user is still typing, kept in the encrypted database until it is signed or thrown away.

A draft is nobody's record: it is its writer's own, no page but the writer's shows it, and no assessor
reads it. The log says when one was begun and when one was thrown away, not each pause of the typing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from medapp.domain.changes import Changes, Kind
from medapp.security.roles import Permission
from medapp.services.audit import record
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownPatient
from medapp.store.repositories import drafts, patients
from medapp.store.repositories.drafts import Draft
from medapp.store.search import PatientLine

__all__ = [
    "LETTER", "NEW_PATIENT", "VISIT", "Draft", "DraftLine",
    "discard", "drop", "listed", "of_patient", "read", "save",
]

VISIT: Final = "visit"
"""The kind of a visit's note; its item is the note that it amends, 0 for a new one."""

LETTER: Final = "letter"
"""The kind of a referral, request or sick note that was not printed yet."""


NEW_PATIENT: Final = 0
"""The patient of a draft about somebody who is not stored yet."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as a list shows it; `updated` in UTC seconds.

    A new patient's has the number NEW_PATIENT and the name that is typed.
    """

    patient: PatientLine
    kind: str
    item: int
    updated: int


def save(session: Session, patient: int, kind: str, document: Mapping[str, Any], item: int = 0) -> Changes:
    """Keep what is typed in place of what was kept. Raises UnknownPatient, NotPermitted."""
    session.require(Permission.WRITE_RECORD)
    at = session.now().seconds
    with session.store.transaction() as tx:
        if patient != NEW_PATIENT and not patients.exists(tx, patient):
            raise UnknownPatient()
        if drafts.put(tx, session.user.id, patient, kind, item, document, at):
            record(session, tx, "begin_draft", patient or None, kind=kind, item=item)
    return _changes(patient)


def read(session: Session, patient: int, kind: str, item: int = 0) -> Draft | None:
    """The user's draft; None when there is none."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return drafts.get(db, session.user.id, patient, kind, item)


def of_patient(session: Session, patient: int, kind: str) -> list[Draft]:
    """The user's drafts of one kind about a patient, the latest first."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = drafts.of_user(db, session.user.id)
    return [one for one in found if (one.patient, one.kind) == (patient, kind)]


def listed(session: Session) -> list[DraftLine]:
    """What the user has begun and not signed, the latest first: the next start offers it."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = drafts.of_user(db, session.user.id)
        lines = [(index.line(db, one.patient) if one.patient else _typed(one), one) for one in found]
    return [DraftLine(line, one.kind, one.item, one.updated) for line, one in lines if line is not None]


def discard(session: Session, patient: int, kind: str, item: int = 0) -> Changes:
    """Throw a draft away; nothing happens when there is none."""
    session.require(Permission.WRITE_RECORD)
    with session.store.transaction() as tx:
        if drop(session, tx, patient, kind, item):
            record(session, tx, "discard_draft", patient or None, kind=kind, item=item)
    return _changes(patient)


def drop(session: Session, tx: Transaction, patient: int, kind: str, item: int = 0) -> bool:
    """Remove a draft as a part of what makes it a record; whether there was one."""
    return drafts.delete(tx, session.user.id, patient, kind, item)


def _typed(draft: Draft) -> PatientLine:
    """A new patient by the name that is typed so far."""
    typed = {name: str(draft.document.get(name) or "").strip() for name in ("family", "given", "han")}
    name = " ".join(filter(None, (typed["family"], typed["given"])))
    return PatientLine(NEW_PATIENT, "", name, typed["han"] or None, None, "unknown", False, False)


def _changes(patient: int) -> Changes:
    return Changes(frozenset({Kind.DRAFT}), frozenset({patient}))
