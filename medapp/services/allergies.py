"""Allergies: add, change, withdraw. What is withdrawn or refuted no longer warns from that moment on."""

from __future__ import annotations

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import AllergyIntolerance, Subject
from medapp.services import dating, denials, journal, written
from medapp.services.journal import Act
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store.repositories import allergies


def add(session: Session, allergy: AllergyIntolerance) -> Added:
    """Enter an allergy of its patient; "none known" ends with it. Raises NotNamed, BeforeBirth, InFuture."""
    with journal.act(session, "add_allergy", allergy.patient, Kind.ALLERGY) as act:
        _check(act, allergy)
        if allergy.is_active:
            denials.end(act, Subject.ALLERGIES)
        values = {**allergies.values_of(act.tx, allergy), **written.here(act)}
        number = act.insert("allergy", {"patient": allergy.patient, **values})
    return Added(number, act.changes)


def change(session: Session, allergy: AllergyIntolerance) -> Changes:
    """Write what the allergy is now, refuted or past too. Raises UnknownItem."""
    kept = written.standing(session, allergies.get, allergy.id)
    with journal.act(session, "change_allergy", kept.patient, Kind.ALLERGY) as act:
        _check(act, allergy)
        if allergy.is_active:
            denials.end(act, Subject.ALLERGIES)
        act.update("allergy", allergy.id, allergies.values_of(act.tx, allergy))
    return act.changes


def withdraw(session: Session, item: int) -> Changes:
    """It was written by mistake: it stays in the table as entered in error."""
    kept = written.standing(session, allergies.get, item)
    with journal.act(session, "withdraw_allergy", kept.patient, Kind.ALLERGY) as act:
        act.update("allergy", item, {"verification": written.WITHDRAWN})
    return act.changes


def _check(act: Act, allergy: AllergyIntolerance) -> None:
    written.named(allergy.code)
    dating.check(allergy.onset, None, written.born(act), act.session.now())
