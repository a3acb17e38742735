"""Read and write one patient's record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from medapp.domain.administrative import Encounter, Patient
from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import (
    HERE as HERE,
)
from medapp.domain.clinical import (
    AllergyIntolerance,
    Condition,
    Denial,
    FamilyMember,
    Immunisation,
    MedicationUse,
    Observation,
    Procedure,
)
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.domain.record import PatientRecord
from medapp.security.roles import Permission
from medapp.services import incoming, journal
from medapp.services.audit import record
from medapp.services.journal import Act
from medapp.services.session import Session
from medapp.store.connection import Reader, Transaction
from medapp.store.errors import UnknownItem, UnknownPatient
from medapp.store.repositories import (
    allergies,
    codes,
    conditions,
    denials,
    edits,
    encounters,
    family_history,
    immunisations,
    medications,
    observations,
    patients,
    pregnancies,
    procedures,
    sources,
)


@dataclass(frozen=True, slots=True)
class Added:
    """The id of what was added, and what changed."""

    id: int
    changes: Changes


def resolve(session: Session, reference: str) -> int:
    """The patient of a record number, any identifier, or the store's id (`17` or `#17`).

    Raises UnknownPatient, and AmbiguousPatient when it fits several; `#` always means the store's id.
    """
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return patients.resolve(db, reference)


def open_record(
    session: Session, patient: int, *, at: Moment | None = None, latest_only: bool = True, audit: bool = True
) -> PatientRecord:
    """The record as it was true up to and including `at` (default now).

    With `latest_only` it holds the newest observation of each code: enough for every
    assessor. One log entry per opened record. Raises UnknownPatient.
    """
    session.require(Permission.READ_RECORD)
    until = at or session.now()
    with session.store.reading() as db:
        whole = patients.get(db, patient)
        read = observations.latest if latest_only else observations.of_patient
        opened = PatientRecord(
            at=until,
            patient=whole,
            observations=tuple(read(db, patient, until)),
            conditions=tuple(_as_known(conditions.of_patient(db, patient), until)),
            medications=tuple(_medications(medications.of_patient(db, patient), until)),
            allergies=tuple(_allergies(allergies.of_patient(db, patient), until)),
            encounters=tuple(_encounters(encounters.of_patient(db, patient), until)),
            procedures=tuple(_procedures(procedures.of_patient(db, patient), until)),
            immunisations=tuple(_immunisations(immunisations.of_patient(db, patient), until)),
            pregnancies=tuple(_pregnancies(pregnancies.of_patient(db, patient), until)),
            family_history=tuple(_family(family_history.of_patient(db, patient), until)),
            denials=tuple(_denials(denials.of_patient(db, patient), until)),
        )
    if audit:
        session.note("open_record", patient)
    return opened


def last_date(session: Session, patient: int) -> Moment | None:
    """The last moment the record speaks of (not after now); None for an empty record."""
    session.require(Permission.READ_RECORD)
    now = session.now()
    with session.store.reading() as db:
        found = [observations.last_moment(db, patient, now), *_dated(db, patient)]
    return max((one for one in found if one is not None and not one.is_after(now)), default=None)


def series(session: Session, patient: int, variable: str, since: Moment | None = None) -> list[Observation]:
    """Usable observations of a variable, oldest first."""
    session.require(Permission.READ_RECORD)
    start = since.seconds if since else -(1 << 62)
    with session.store.reading() as db:
        return observations.series(db, patient, codes.ids_of_variable(db, variable), start)


def observation(session: Session, observation: int) -> Observation:
    """One value by its id, whatever its status. Raises UnknownItem."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = observations.get(db, observation)
    if found is None:
        raise UnknownItem()
    return found.observation


def withdrawn(session: Session, patient: int, variable: str) -> list[Observation]:
    """What no longer counts of a variable, oldest first: corrected since, or entered in error."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return observations.withdrawn(db, patient, codes.ids_of_variable(db, variable))


def latest(session: Session, patient: int) -> list[Observation]:
    """The newest usable observation of each code, up to now."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return observations.latest(db, patient, session.now())


def trends(
    session: Session, patient: int, variables: Iterable[str], n: int = 12
) -> dict[str, list[Observation]]:
    """The last `n` observations of each variable, oldest first: for sparklines."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return {
            variable: observations.newest(db, patient, codes.ids_of_variable(db, variable), n)
            for variable in variables
        }


def add_patient(session: Session, patient: Patient) -> Added:
    """Store a new patient; a record number is made where none is given. Needs WRITE_RECORD."""
    with journal.act(session, "add_patient", 0, Kind.PATIENT) as act:
        act.patient = patients.insert(act.tx, patient)
        act.added("patient", act.patient)
    return Added(act.patient, act.changes)


def update_patient(session: Session, patient: Patient) -> Changes:
    """Replace who the patient is (names, identifiers, contacts). Raises UnknownPatient."""
    with journal.act(session, "update_patient", patient.id, Kind.PATIENT) as act:
        act.changed("patient", patient.id)
        patients.update(act.tx, patient)
    return act.changes


def save_observation(session: Session, patient: int, observation: Observation) -> Added:
    """Store a new observation; its id is for ever. Raises UnknownPatient."""
    with journal.act(session, "save_observation", patient, Kind.OBSERVATION) as act:
        number = add_observation(act, observation)
    return Added(number, act.changes)


def add_observation(act: Act, observation: Observation) -> int:
    """Store an observation of the act's patient as a part of a larger act; its id."""
    number = _insert(act.tx, act.patient, observation)
    act.added("observation", number)
    act.detail["observation"] = number
    incoming.note_entered(act, number, observation)
    return number


def correct_observation(session: Session, observation: int, corrected: Observation) -> Added:
    """Store a corrected row that replaces an older one, which stays as superseded.

    Raises UnknownItem when there is no such row or it was corrected before.
    """
    session.require(Permission.WRITE_RECORD)
    with journal.act(session, "correct_observation", _whose(session, observation), Kind.OBSERVATION) as act:
        _standing(act.tx, observation)
        act.changed("observation", observation)
        observations.set_status(act.tx, observation, "superseded")
        number = add_observation(act, replace(corrected, replaces=observation))
        act.detail["replaces"] = observation
    return Added(number, act.changes)


def withdraw_observation(session: Session, observation: int) -> Changes:
    """Mark a row entered in error; what it had corrected here stands again, with the status it had.

    What the laboratory itself had replaced stays so: its first word was taken back by its sender. Raises
    UnknownItem.
    """
    session.require(Permission.WRITE_RECORD)
    with journal.act(session, "withdraw_observation", _whose(session, observation), Kind.OBSERVATION) as act:
        replaced = _standing(act.tx, observation).replaces
        act.changed("observation", observation)
        observations.set_status(act.tx, observation, "entered-in-error")
        before = None if replaced is None else edits.status_before_correction(act.tx, act.patient, replaced)
        if replaced is not None and before is not None and observations.may_stand_again(
            act.tx, observation, replaced
        ):
            act.changed("observation", replaced)
            observations.set_status(act.tx, replaced, before)
        act.detail["observation"] = observation
    return act.changes


def move_observation(session: Session, observation: int, to: int) -> Changes:
    """A result on the wrong patient goes to the right one, with trace at both.

    The row here is marked entered in error, a copy of it stands there. Raises UnknownItem, UnknownPatient.
    """
    session.require(Permission.WRITE_RECORD)
    with journal.act(session, "move_observation", _whose(session, observation), Kind.OBSERVATION) as act:
        found = _standing(act.tx, observation)
        act.changed("observation", observation)
        observations.set_status(act.tx, observation, "entered-in-error")
        number = _insert(act.tx, to, replace(found, encounter=None, panel=None, replaces=None))
        act.added("observation", number)
        incoming.note_entered(act, number, found, to)
        act.also.add(to)
        act.detail |= {"observation": observation, "moved_to": to, "as": number}
        record(session, act.tx, "receive_observation", to, observation=number, moved_from=act.patient)
    return act.changes


def _whose(session: Session, observation: int) -> int:
    with session.store.reading() as db:
        found = observations.get(db, observation)
    if found is None:
        raise UnknownItem()
    return found.patient


def _standing(tx: Transaction, observation: int) -> Observation:
    found = observations.get(tx, observation)
    if found is None or not observations.is_standing(found.observation):
        raise UnknownItem()
    return found.observation


def _insert(tx: Transaction, patient: int, observation: Observation) -> int:
    if not patients.exists(tx, patient):
        raise UnknownPatient()
    code = observation.code
    wanted = [(code.system, code.code, code.display, observation.variable)]
    answer = observation.coded
    if answer is not None:
        wanted.append((answer.system, answer.code, answer.display, None))
    numbers = codes.intern(tx, wanted)
    coded = None if answer is None else numbers[(answer.system, answer.code)]
    row = observations.row_of(
        patient,
        numbers[(code.system, code.code)],
        observation,
        coded=coded,
        source=sources.intern(tx, observation.source or HERE),
    )
    return observations.insert_many(tx, [row]).ids[0]


def _dated(db: Reader, patient: int) -> list[Moment | None]:
    found = [one.onset for one in conditions.of_patient(db, patient)]
    found += [one.authored for one in medications.of_patient(db, patient)]
    found += [one.recorded for one in allergies.of_patient(db, patient)]
    found += [one.period.start for one in encounters.of_patient(db, patient)]
    return found + [one.performed.start for one in procedures.of_patient(db, patient)]


def _is_later(instant: Moment | None, until: Moment) -> bool:
    return instant is not None and instant.is_after(until)


def _as_known(found: list[Condition], until: Moment) -> list[Condition]:
    """Conditions begun by then; one that ended later was active."""
    begun = [one for one in found if not _is_later(one.onset or one.recorded, until)]
    return [
        replace(one, clinical_status="active", abatement=None) if _is_later(one.abatement, until) else one
        for one in begun
    ]


def _medications(found: list[MedicationUse], until: Moment) -> list[MedicationUse]:
    """Uses begun by then; one that ended later was active."""
    return [
        replace(one, status="active")
        if one.period and _is_later(one.period.end, until) and one.status in ("completed", "stopped")
        else one
        for one in found
        if not _is_later(one.authored or (one.period.start if one.period else None), until)
    ]


def _allergies(found: list[AllergyIntolerance], until: Moment) -> list[AllergyIntolerance]:
    return [one for one in found if not _is_later(one.recorded or one.onset, until)]


def _encounters(found: list[Encounter], until: Moment) -> list[Encounter]:
    return [one for one in found if not _is_later(one.period.start, until)]


def _procedures(found: list[Procedure], until: Moment) -> list[Procedure]:
    return [one for one in found if not _is_later(one.performed.start, until)]


def _immunisations(found: list[Immunisation], until: Moment) -> list[Immunisation]:
    return [one for one in found if one.status == "completed" and not _is_later(one.given, until)]


def _pregnancies(found: list[Pregnancy], at: Moment) -> list[Pregnancy]:
    """Episodes begun by then, known or not; statements that there was none by their day."""
    return [one for one in found if one.is_told_by(at.date)]


def _family(found: list[FamilyMember], until: Moment) -> list[FamilyMember]:
    return [
        one for one in found if one.verification != "entered-in-error" and not _is_later(one.recorded, until)
    ]


def _denials(found: list[Denial], until: Moment) -> list[Denial]:
    return [one for one in found if one.status == "active" and not one.recorded.is_after(until)]
