"""Vaccines given, with their lots: enter, correct, withdraw."""

from __future__ import annotations

from dataclasses import replace

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Immunisation
from medapp.security.roles import Permission
from medapp.services import journal
from medapp.services.records import HERE, Added
from medapp.services.session import Session
from medapp.store.errors import UnknownItem
from medapp.store.repositories import immunisations

WITHDRAWN = "entered-in-error"


def add(session: Session, given: Immunisation) -> Added:
    """Enter a vaccine for its patient. Raises UnknownPatient."""
    with journal.act(session, "add_immunisation", given.patient, Kind.IMMUNISATION) as act:
        values = immunisations.values_of(act.tx, given, given.source or HERE)
        number = act.insert("immunisation", {"patient": given.patient, **values})
    return Added(number, act.changes)


def correct(session: Session, given: Immunisation) -> Changes:
    """Put right what was entered; the journal keeps what it was. Raises UnknownItem."""
    kept = _standing(session, given.id)
    with journal.act(session, "correct_immunisation", kept.patient, Kind.IMMUNISATION) as act:
        right = replace(given, encounter=kept.encounter)
        act.update("immunisation", given.id, immunisations.values_of(act.tx, right, kept.source or HERE))
    return act.changes


def withdraw(session: Session, immunisation: int) -> Changes:
    """It was not given, or not to this patient: it stays in the table as entered in error."""
    kept = _standing(session, immunisation)
    with journal.act(session, "withdraw_immunisation", kept.patient, Kind.IMMUNISATION) as act:
        act.update("immunisation", immunisation, {"status": WITHDRAWN})
    return act.changes


def _standing(session: Session, item: int) -> Immunisation:
    session.require(Permission.WRITE_RECORD)
    with session.store.reading() as db:
        found = immunisations.get(db, item)
    if found is None or found.status == WITHDRAWN:
        raise UnknownItem()
    return found
