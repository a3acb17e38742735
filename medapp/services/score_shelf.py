"""The scores that a user keeps at hand: pinned ones, and those opened last. Kept in the clinic, per user."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from medapp.calculators import calculators
from medapp.domain.changes import Changes
from medapp.security.roles import Permission
from medapp.services.audit import record
from medapp.services.scores import calculator
from medapp.services.session import Session
from medapp.store import settings

MOST_RECENT: Final = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """Ids of scores: `pinned` in the order of pinning, `recent` the last opened first."""

    pinned: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()


def of_user(session: Session) -> Shelf:
    """The shelf of whoever is signed in; a score that this version does not have is left out."""
    session.require(Permission.ASSESS)
    with session.store.reading() as db:
        kept: dict[str, Any] = settings.get(db, _name(session), {})
    known = calculators()
    pinned, recent = (tuple(n for n in kept.get(key, ()) if n in known) for key in ("pinned", "recent"))
    return Shelf(pinned, recent)


def pin(session: Session, name: str, is_pinned: bool) -> Changes:
    """Pin a score, or take it down. Raises UnknownCalculator, NotPermitted."""
    calculator(name)
    shelf = of_user(session)
    others = tuple(one for one in shelf.pinned if one != name)
    return _put(session, "pin_score", name, replace(shelf, pinned=(*others, name) if is_pinned else others))


def opened(session: Session, name: str) -> Changes:
    """Remember that a score was opened. Raises UnknownCalculator, NotPermitted."""
    calculator(name)
    shelf = of_user(session)
    recent = (name, *(one for one in shelf.recent if one != name))[:MOST_RECENT]
    if recent == shelf.recent:
        return Changes(frozenset(), frozenset())
    return _put(session, "open_score", name, replace(shelf, recent=recent))


def _put(session: Session, action: str, name: str, shelf: Shelf) -> Changes:
    """Write the shelf with its entry in the log; no page but the one that asked depends on it."""
    with session.store.transaction() as tx:
        settings.put(tx, _name(session), {"pinned": list(shelf.pinned), "recent": list(shelf.recent)})
        record(session, tx, action, None, score=name)
    return Changes(frozenset(), frozenset())


def _name(session: Session) -> str:
    return f"scores_of_user_{session.user.id}"
