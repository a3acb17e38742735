"""A session that reads and can write nothing: what the window's second, read-only view is given."""

from __future__ import annotations

from typing import Any, NoReturn, cast

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services.session import Session
from medapp.store.connection import Store


class OnlyLooking(KnownError):
    code = "only_looking"
    message = N_("This window only shows the record.")
    advice = N_("Write in the first window of this patient.")


class _LookingStore:
    """The store of the clinic without its transactions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def transaction(self, *_: object) -> NoReturn:
        raise OnlyLooking

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class _LookingSession(Session):
    """Its store and its notes are another session's."""

    def close(self) -> None:
        """Let the models go; the store stays open for the first session."""
        self.forget_models()


def looking(session: Session) -> Session:
    """The same user and clinic; every attempt to write raises OnlyLooking.

    What is read is noted as ever: acts of reading are entered by the first session's own notes.
    """
    made = _LookingSession(cast(Store, _LookingStore(session.store)), session.user, session.clock)
    made.notes = session.notes
    return made
