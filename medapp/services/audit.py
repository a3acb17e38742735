"""The audit log as the doors see it, and the acts of reading on their way into it.

A write is entered in its own transaction (`record`). A read (an opened record, a search) is noted
and entered within a second, so that reading never waits for the disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medapp.errors import KnownError
from medapp.security.roles import Permission
from medapp.store import audit
from medapp.store.audit import AuditEntry, AuditLog, AuditState
from medapp.store.connection import Store, Transaction

if TYPE_CHECKING:
    from medapp.services.session import Session

__all__ = ["AuditEntry", "AuditState", "Notes", "entries", "record", "verify"]

_DELAY = 0.8
"""Seconds until noted acts are entered."""


@dataclass(frozen=True, slots=True)
class _Note:
    at: int
    user: int
    action: str
    patient: int | None
    detail: dict[str, Any]


class Notes:
    """Acts of reading that wait to be entered together.

    When they cannot be entered (a full disk) they are kept, and the next act of reading is
    refused with the reason: nothing is read that is not logged.
    """

    def __init__(self, store: Store, log: AuditLog) -> None:
        self._store, self._log = store, log
        self._guard = threading.Lock()
        self._waiting: list[_Note] = []
        self._timer: threading.Timer | None = None
        self._thread: threading.Timer | None = None
        self._failure: KnownError | None = None

    def add(self, at: int, user: int, action: str, patient: int | None, detail: dict[str, Any]) -> None:
        """Note an act. Raises the error that kept the last ones from being entered."""
        if self._failure is not None:
            self.flush()
        with self._guard:
            self._waiting.append(_Note(at, user, action, patient, detail))
            if self._timer is None:
                self._timer = self._thread = threading.Timer(_DELAY, self._flush_later)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Enter everything noted, in one transaction."""
        with self._guard:
            notes, self._waiting = self._waiting, []
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not notes:
            return
        try:
            with self._store.transaction() as tx:
                for note in notes:
                    self._log.append(
                        tx,
                        at=note.at,
                        user=note.user,
                        action=note.action,
                        patient=note.patient,
                        detail=note.detail,
                    )
            self._failure = None
        except BaseException:
            with self._guard:
                self._waiting[:0] = notes
            raise

    def _flush_later(self) -> None:
        try:
            self.flush()
        except KnownError as error:
            self._failure = error

    def close(self) -> None:
        """Enter what waits and end the timer's thread."""
        try:
            self.flush()
        finally:
            if self._thread is not None and self._thread is not threading.current_thread():
                self._thread.join()


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
