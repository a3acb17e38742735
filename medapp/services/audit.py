"""The audit log as the doors see it.

A write is entered in its own transaction (`record`); acts of reading are noted (`medapp.services.notes`)
and entered within a second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from medapp.security.roles import Permission, permissions
from medapp.store import audit, search
from medapp.store.audit import AuditEntry, AuditState
from medapp.store.connection import Transaction
from medapp.store.repositories import patients, users
from medapp.store.search import PatientLine

if TYPE_CHECKING:
    from medapp.services.session import Session

__all__ = [
    "AuditEntry", "AuditLine", "AuditState", "count", "entries", "may_read", "page", "patient_of",
    "record", "verify",
]  # fmt: skip


class AuditLine(NamedTuple):
    """An entry as a reader sees it; `patient` is None where nobody is concerned or may be named."""

    entry: AuditEntry
    user: str
    patient: PatientLine | None


def record(session: Session, tx: Transaction, action: str, patient: int | None = None, **detail: Any) -> int:
    """Enter a write in its own transaction; the number of the entry.

    `detail` holds ids, counts and codes: never a name, a value or a typed text.
    """
    return session.log.append(
        tx, at=session.now_us(), user=session.user.id, action=action, patient=patient, detail=detail
    )


def may_read(session: Session) -> bool:
    """Whether the user may see the log."""
    return Permission.READ_AUDIT in permissions(session.user.roles)


def entries(
    session: Session,
    *,
    before: int | None = None,
    patient: int | None = None,
    actions: Collection[str] = (),
    limit: int = 200,
) -> list[AuditEntry]:
    """Entries, newest first, paged by number; `actions` keeps acts of these names. Needs READ_AUDIT."""
    session.require(Permission.READ_AUDIT)
    session.notes.flush()
    with session.store.reading() as db:
        return audit.entries(db, before=before, patient=patient, actions=actions, limit=limit)


def page(
    session: Session,
    *,
    before: int | None = None,
    patient: int | None = None,
    actions: Collection[str] = (),
    limit: int = 200,
) -> list[AuditLine]:
    """Entries with the names of who acted and about whom.

    A user who may not read records sees the record's number in the store only.
    """
    found = entries(session, before=before, patient=patient, actions=actions, limit=limit)
    may_name = Permission.READ_RECORD in permissions(session.user.roles)
    people = {entry.patient for entry in found if entry.patient is not None} if may_name else set()
    with session.store.reading() as db:
        names = {user.id: user.full_name or user.name for user in users.listed(db)}
        lines = {number: search.line(db, number) for number in people}
    return [
        AuditLine(entry, names.get(entry.user, ""), lines.get(entry.patient) if entry.patient else None)
        for entry in found
    ]


def patient_of(session: Session, reference: str) -> int:
    """The patient whose acts are asked for: a record number, or the store's id as `#17`.

    Needs READ_AUDIT alone: an administrator who reads no record can still answer who did.
    Raises UnknownPatient, AmbiguousPatient.
    """
    session.require(Permission.READ_AUDIT)
    with session.store.reading() as db:
        return patients.resolve(db, reference)


def count(session: Session) -> int:
    """How many entries there are. Needs READ_AUDIT."""
    session.require(Permission.READ_AUDIT)
    session.notes.flush()
    with session.store.reading() as db:
        return audit.count_of(db)


def verify(session: Session, progress: Callable[[int], None] | None = None) -> AuditState:
    """Recompute the whole chain and compare it with the head kept outside. Needs READ_AUDIT."""
    session.require(Permission.READ_AUDIT)
    session.notes.flush()
    with session.store.reading_apart() as db:
        return session.log.verify(db, progress)
