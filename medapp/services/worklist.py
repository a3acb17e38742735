"""What the worklist shows beside the search: facts of rows, a preview, what was opened last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from medapp.domain.administrative import Patient
from medapp.domain.clinical import AllergyIntolerance, Condition
from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.security.roles import Permission
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.connection import Reader
from medapp.store.repositories import allergies, conditions, encounters, patients
from medapp.store.search import PatientLine

__all__ = ["Preview", "RowFacts", "preview", "recently_opened", "row_facts"]

_OPENED = "open_record"
_LOOK_BACK = 2000
"""Log entries that are looked at for what was opened last."""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row shows besides the patient's line."""

    last_visit: Moment | None
    allergies: tuple[CodeableConcept, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Enough to be sure of the person before the record is opened.

    `allergies` are those that stand; `has_no_known_allergy` says that it was asked and all were denied,
    `denied` are those denied of one kind only.
    """

    patient: Patient
    allergies: tuple[AllergyIntolerance, ...]
    has_no_known_allergy: bool
    denied: tuple[AllergyIntolerance, ...]
    problems: tuple[Condition, ...]
    last_seen: Moment | None
    similar: tuple[PatientLine, ...]


def row_facts(
    session: Session, ids: Iterable[int], cancelled: Callable[[], bool] | None = None
) -> Mapping[int, RowFacts]:
    """Last visit and standing allergies of some patients; part of the search's log entry.

    Stops early when `cancelled` says so: the next keystroke must not wait.
    """
    session.require(Permission.READ_RECORD)
    found = {}
    with session.store.reading() as db:
        for patient in ids:
            if cancelled is not None and cancelled():
                break
            standing = {one.code.label: one.code for one in _standing(allergies.of_patient(db, patient))}
            found[patient] = RowFacts(_last_visit(db, patient), tuple(standing.values()))
    return found


def preview(session: Session, patient: int) -> Preview:
    """One patient at a glance; logged as a preview. Raises UnknownPatient."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        whole = patients.get(db, patient)
        listed = allergies.of_patient(db, patient)
        shown = Preview(
            whole,
            tuple(_standing(listed)),
            any(one.is_denial for one in listed),
            tuple(one for one in listed if one.is_partial_denial),
            tuple(one for one in conditions.of_patient(db, patient) if one.is_active),
            _last_visit(db, patient),
            tuple(index.similar(db, patient)),
        )
    session.note("preview", patient)
    return shown


def recently_opened(session: Session, limit: int = 8) -> list[tuple[PatientLine, datetime]]:
    """The records this user opened last, newest first, each once."""
    session.require(Permission.READ_RECORD)
    session.notes.flush()
    with session.store.reading() as db:
        rows = db.execute(
            "SELECT patient, max(at) FROM (SELECT patient, at FROM audit WHERE action=? AND user=? "
            "AND patient IS NOT NULL AND n > (SELECT coalesce(max(n), 0) - ? FROM audit)) "
            "GROUP BY patient ORDER BY 2 DESC LIMIT ?",
            (_OPENED, session.user.id, _LOOK_BACK, limit),
        ).fetchall()
        lines = [(index.line(db, row[0]), row[1]) for row in rows]
    return [
        (line, datetime.fromtimestamp(at / 1_000_000, timezone.utc)) for line, at in lines if line is not None
    ]


def _last_visit(db: Reader, patient: int) -> Moment | None:
    found = encounters.last_moment(db, patient)
    return None if found is None else Moment.unpack(*found)


def _standing(listed: Iterable[AllergyIntolerance]) -> list[AllergyIntolerance]:
    return [one for one in listed if one.is_active]
