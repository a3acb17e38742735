""" "None known, confirmed on a day by a user" of problems, allergies, medicines or family history.

Silence is "not asked"; a denial is an answer with a date. It ends in the act that finds something. An
allergy's denial also stands among the allergies under SNOMED CT 716186003, as FHIR has it, so that
exports and other programs see it.
"""

from __future__ import annotations

from typing import Final

from medapp.domain.changes import Kind
from medapp.domain.clinical import AllergyIntolerance, Subject
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import journal
from medapp.services.journal import Act
from medapp.services.records import HERE, Added
from medapp.services.session import Session
from medapp.store.connection import Reader
from medapp.store.repositories import allergies, conditions, denials, family_history, medications, sources
from medapp.terminology.systems import SNOMED

NONE_KNOWN: Final = CodeableConcept((Coding(SNOMED, "716186003", "No known allergy"),), "No known allergy")
KINDS: Final = {
    Subject.PROBLEMS: Kind.CONDITION, Subject.ALLERGIES: Kind.ALLERGY, Subject.MEDICINES: Kind.MEDICATION,
    Subject.FAMILY_HISTORY: Kind.FAMILY_HISTORY,
}


class SomethingRecorded(KnownError):
    code = "something_recorded"
    message = N_("The record lists some: none known cannot be confirmed.")
    advice = N_("End or correct what is listed first.")


def confirm(session: Session, patient: int, subject: Subject) -> Added:
    """Enter that none are known today. Raises SomethingRecorded, UnknownPatient, NotPermitted."""
    with journal.act(session, f"deny_{subject}", patient, Kind.DENIAL, KINDS[subject]) as act:
        if is_recorded(act.tx, patient, subject):
            raise SomethingRecorded
        end(act, subject)
        now = session.now()
        when = {"recorded_ts": now.seconds, "recorded_when": now.packed}
        number = act.insert("denial", {
            "patient": patient, "subject": subject.value, "status": "active", **when,
            "user": session.user.id,
        })
        if subject is Subject.ALLERGIES:
            said = AllergyIntolerance(0, patient, NONE_KNOWN, "active", "confirmed")
            act.insert("allergy", {
                "patient": patient, **allergies.values_of(act.tx, said), **when,
                "source": sources.intern(act.tx, HERE),
            })
    return Added(number, act.changes)


def end(act: Act, subject: Subject) -> None:
    """Something was found, or it is asked again: what was denied before no longer stands."""
    for table, item, ended in standing(act.tx, act.patient, subject):
        act.update(table, item, ended)
        if table == "denial":
            act.kinds |= {Kind.DENIAL}


def standing(db: Reader, patient: int, subject: Subject) -> list[tuple[str, int, dict[str, str]]]:
    """Rows that say none is known: table, id, and the columns that end it."""
    found = [("denial", item, {"status": "ended"}) for item in denials.standing(db, patient, subject)]
    if subject is Subject.ALLERGIES:
        found += [
            ("allergy", one.id, {"clinical_status": "inactive"})
            for one in allergies.of_patient(db, patient)
            if one.is_denial
        ]
    return found


def last_confirmed(listed: tuple[AllergyIntolerance, ...]) -> Moment | None:
    """When it was last said that there is no allergy; None without a date."""
    return max((one.recorded for one in listed if one.is_denial and one.recorded), default=None)


def is_recorded(db: Reader, patient: int, subject: Subject) -> bool:
    """Whether something stands that a denial would contradict."""
    if subject is Subject.PROBLEMS:
        return any(one.is_active for one in conditions.of_patient(db, patient))
    if subject is Subject.ALLERGIES:
        return any(one.is_active for one in allergies.of_patient(db, patient))
    if subject is Subject.MEDICINES:
        return any(one.is_current for one in medications.of_patient(db, patient))
    return any(one.stands for one in family_history.of_patient(db, patient))
