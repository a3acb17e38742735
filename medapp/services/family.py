"""Family history: what relatives have or had. Add, change, withdraw."""

from __future__ import annotations

from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import FamilyMember, Subject
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import denials, journal, written
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store.repositories import family_history

OLDEST: Final = 120
"""Years; nobody's age is more."""


class NoSuchAge(KnownError):
    code = "no_such_age"
    message = N_("An age is from 0 to 120 years.")
    advice = N_("Check the age at which it began.")


def add(session: Session, member: FamilyMember) -> Added:
    """Enter what a relative has or had. Raises NotNamed, NoSuchAge."""
    with journal.act(session, "add_family_history", member.patient, Kind.FAMILY_HISTORY) as act:
        _check(member)
        if member.stands:
            denials.end(act, Subject.FAMILY_HISTORY)
        values = {**family_history.values_of(act.tx, member), **written.here(act)}
        number = act.insert("family_history", {"patient": member.patient, **values})
    return Added(number, act.changes)


def change(session: Session, member: FamilyMember) -> Changes:
    """Write what is known now. Raises UnknownItem."""
    kept = written.standing(session, family_history.get, member.id)
    with journal.act(session, "change_family_history", kept.patient, Kind.FAMILY_HISTORY) as act:
        _check(member)
        if member.stands:
            denials.end(act, Subject.FAMILY_HISTORY)
        act.update("family_history", member.id, family_history.values_of(act.tx, member))
    return act.changes


def withdraw(session: Session, item: int) -> Changes:
    """It was written by mistake: it stays in the table as entered in error."""
    kept = written.standing(session, family_history.get, item)
    with journal.act(session, "withdraw_family_history", kept.patient, Kind.FAMILY_HISTORY) as act:
        act.update("family_history", item, {"verification": written.WITHDRAWN})
    return act.changes


def _check(member: FamilyMember) -> None:
    written.named(member.condition)
    if member.onset_age is not None and not 0 <= member.onset_age <= OLDEST:
        raise NoSuchAge
