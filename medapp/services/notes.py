"""Acts of reading on their way into the audit log.

A read (an opened record, a search) is noted and entered within a second, so that reading never
waits for the disk.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from medapp.store.audit import AuditLog
    from medapp.store.connection import Store

_DELAY = 0.8
"""Seconds until noted acts are entered."""


class _Note(NamedTuple):
    at: int
    user: int
    action: str
    patient: int | None
    detail: dict[str, Any]


class Notes:
    """Acts of reading that wait to be entered together.

    When they cannot be entered (a full disk, a fault) they are kept, and the next act of reading is
    refused with the reason: nothing is read that is not logged.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._waiting: list[_Note] = []
        self._timer: threading.Timer | None = None
        self._thread: threading.Timer | None = None
        self._failure: Exception | None = None

    @cached_property
    def log(self) -> AuditLog:
        """The audit log; its key is derived when something is first entered or checked."""
        from medapp.store.audit import audit_log

        return audit_log(self._store.directory, self._store.key)

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
            log = self.log
            with self._store.transaction() as tx:
                for note in notes:
                    log.append(
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
        except Exception as error:  # noqa: BLE001 - of whatever kind: nothing is read that is not logged
            self._failure = error

    def close(self) -> None:
        """Enter what waits and end the timer's thread."""
        try:
            self.flush()
        finally:
            if self._thread is not None and self._thread is not threading.current_thread():
                self._thread.join()
