"""Vaccines given, with their lots: enter, correct, withdraw."""

from __future__ import annotations

from dataclasses import replace

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Immunisation
from medapp.services import dating, journal, written
from medapp.services.journal import Act
from medapp.services.records import HERE, Added
from medapp.services.session import Session
from medapp.store.repositories import immunisations


def add(session: Session, given: Immunisation) -> Added:
    """Enter a vaccine for its patient. Raises UnknownPatient, NotNamed, BeforeBirth, InFuture."""
    with journal.act(session, "add_immunisation", given.patient, Kind.IMMUNISATION) as act:
        _check(act, given)
        values = immunisations.values_of(act.tx, given, given.source or HERE)
        number = act.insert("immunisation", {"patient": given.patient, **values})
    return Added(number, act.changes)


def correct(session: Session, given: Immunisation) -> Changes:
    """Put right what was entered; the journal keeps what it was. Raises UnknownItem, and as `add`."""
    kept = written.standing(session, immunisations.get, given.id)
    with journal.act(session, "correct_immunisation", kept.patient, Kind.IMMUNISATION) as act:
        _check(act, given)
        right = replace(given, encounter=kept.encounter)
        act.update("immunisation", given.id, immunisations.values_of(act.tx, right, kept.source or HERE))
    return act.changes


def withdraw(session: Session, immunisation: int) -> Changes:
    """It was not given, or not to this patient: it stays in the table as entered in error."""
    kept = written.standing(session, immunisations.get, immunisation)
    with journal.act(session, "withdraw_immunisation", kept.patient, Kind.IMMUNISATION) as act:
        act.update("immunisation", immunisation, {"status": written.WITHDRAWN})
    return act.changes


def _check(act: Act, given: Immunisation) -> None:
    written.named(given.vaccine)
    dating.check(given.given, None, written.born(act), act.session.now())
