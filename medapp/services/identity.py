"""Who could a person be taken for: asked before a patient is stored, and before a value is moved."""

from __future__ import annotations

from dataclasses import dataclass

from medapp.domain.administrative import Identifier, Patient
from medapp.security.roles import Permission
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.repositories import patients
from medapp.store.search import PatientLine


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Patients with a like name, and those who have one of the candidate's numbers."""

    similar: tuple[PatientLine, ...] = ()
    same_number: tuple[tuple[Identifier, PatientLine], ...] = ()

    @property
    def ids(self) -> frozenset[int]:
        """Everybody who is named."""
        return frozenset((*(line.id for line in self.similar), *(line.id for _, line in self.same_number)))


def look_alikes(session: Session, candidate: Patient) -> LookAlikes:
    """Others who could be meant; the candidate need not be stored, and is never among them."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        similar = tuple(index.similar_to(db, candidate)) if candidate.name else ()
        same = []
        for identifier in candidate.identifiers:
            for patient in patients.find_by_identifier(db, identifier.value):
                line = index.line(db, patient) if patient != candidate.id else None
                if line is not None and _has(patients.get(db, patient), identifier):
                    same.append((identifier, line))
    return LookAlikes(similar, tuple(same))


def _has(patient: Patient, wanted: Identifier) -> bool:
    """A record number that happens to be somebody's passport number is no sign of anything."""
    return any(one.type is wanted.type and one.value == wanted.value for one in patient.identifiers)
