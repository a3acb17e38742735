"""What the services that write a list share: a name is needed, dates must fit the patient's life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services.journal import Act
from medapp.services.records import HERE
from medapp.services.session import Session
from medapp.store.connection import Reader
from medapp.store.errors import UnknownItem
from medapp.store.repositories import patients, sources

WITHDRAWN = "entered-in-error"
"""What an entry says, by `verification` or `status`, that was written by mistake."""

_Entry = TypeVar("_Entry")


class NotNamed(KnownError):
    code = "not_named"
    message = N_("The entry has no name.")
    advice = N_("Say what it is, in your own words if it is not on the list.")


def named(concept: CodeableConcept) -> CodeableConcept:
    """The concept itself. Raises NotNamed."""
    if not concept.label.strip():
        raise NotNamed
    return concept


def standing(session: Session, get: Callable[[Reader, int], _Entry | None], item: int) -> _Entry:
    """An entry that may still be changed or withdrawn. Raises UnknownItem, NotPermitted."""
    session.require(Permission.WRITE_RECORD)
    with session.store.reading() as db:
        found = get(db, item)
    said = (getattr(found, name, None) for name in ("verification", "status"))
    if found is None or WITHDRAWN in said:
        raise UnknownItem()
    return found


def born(act: Act) -> Moment | None:
    """When the act's patient was born; None when that is not known."""
    return patients.get(act.tx, act.patient).birth_date


def here(act: Act) -> dict[str, Any]:
    """The columns of what is written here and now."""
    now = act.session.now()
    return {
        "recorded_ts": now.seconds, "recorded_when": now.packed, "source": sources.intern(act.tx, HERE),
    }
