"""Computes and stores the assessments of a patient, on the store thread.

An answer that differs from the last stored one only in its clock is not stored
again: opening a record ten times a day must not write ten assessments, and a
decision made this morning still belongs to the answer on screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medapp.assess.card import Card
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.services import assessments as service

if TYPE_CHECKING:
    from medapp.services.session import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment with its card, the id it is stored under and the decision on it, if any."""

    assessment: Assessment
    card: Card
    stored: int | None = None
    decision: Any = None

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def is_final(self) -> bool:
        return self.assessment.status is Status.FINAL


def read_assessments(session: Session, patient: int, at: Moment) -> tuple[Shown, ...]:
    """All assessors on one patient; each answer stored once."""
    fresh = service.assess_patient(session, patient, at=at, store=False)
    return tuple(_shown(session, patient, assessment, at) for assessment in fresh)


def _shown(session: Session, patient: int, assessment: Assessment, at: Moment) -> Shown:
    name = assessment.assessor.id
    card = session.registry.get(name).card
    stored = _latest(session, patient, name)
    if stored is None or not _says_the_same(stored.document, assessment):
        service.assess_patient(session, patient, [name], at=at, store=True)
        stored = _latest(session, patient, name)
    if stored is None:
        return Shown(assessment, card)
    return Shown(Assessment.from_document(stored.document), card, stored.id, stored.decision)


def _latest(session: Session, patient: int, assessor: str) -> Any:
    stored = service.history(session, patient, assessor)
    return max(stored, key=lambda s: s.id, default=None)


def _says_the_same(document: Any, assessment: Assessment) -> bool:
    new = assessment.as_document()
    return all(document.get(key) == new[key] for key in new if key not in ("at", "row"))
