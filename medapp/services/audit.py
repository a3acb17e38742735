"""The audit log as the doors see it.

A write is entered in its own transaction (`record`); acts of reading are noted (`medapp.services.notes`)
and entered within a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from medapp.security.roles import Permission
from medapp.store import audit
from medapp.store.audit import AuditEntry, AuditState
from medapp.store.connection import Transaction

if TYPE_CHECKING:
    from medapp.services.session import Session

__all__ = ["AuditEntry", "AuditState", "entries", "record", "verify"]

def record(session: Session, tx: Transaction, action: str, patient: int | None = None, **detail: Any) -> int:
    """Enter a write in its own transaction; the number of the entry.

    `detail` holds ids, counts and codes: never a name, a value or a typed text.
    """
    return session.log.append(
        tx, at=session.now_us(), user=session.user.id, action=action, patient=patient, detail=detail
    )


def entries(
    session: Session, *, before: int | None = None, patient: int | None = None, limit: int = 200
) -> list[AuditEntry]:
    """Entries, newest first, paged by number. Needs READ_AUDIT."""
    session.require(Permission.READ_AUDIT)
    session.notes.flush()
    with session.store.reading() as db:
        return audit.entries(db, before=before, patient=patient, limit=limit)


def verify(session: Session, progress: Callable[[int], None] | None = None) -> AuditState:
    """Recompute the whole chain and compare it with the head kept outside. Needs READ_AUDIT."""
    session.require(Permission.READ_AUDIT)
    session.notes.flush()
    with session.store.reading_apart() as db:
        return session.log.verify(db, progress)
