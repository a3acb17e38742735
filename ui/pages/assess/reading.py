"""Computes and stores the assessments of a patient, on the store thread.

An answer that differs from the last stored one only in its clock is not stored
again: opening a record ten times a day must not write ten assessments, and a
decision made this morning still belongs to the answer on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medapp.assess.card import Card
from medapp.assess.inputs import InputSpec, input_specs
from medapp.domain.assessment import Assessment, ReasonCode, Status
from medapp.domain.datatypes import Moment

if TYPE_CHECKING:
    from medapp.services.assessments import Decision, StoredAssessment
    from medapp.services.clinic_tests import ClinicTests
    from medapp.services.session import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment with its card, the id it is stored under and the decision on it, if any."""

    assessment: Assessment
    card: Card
    stored: int | None = None
    decision: Decision | None = None
    specs: Mapping[str, InputSpec] = field(default_factory=dict)
    tests: ClinicTests | None = None

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def is_final(self) -> bool:
        return self.assessment.status is Status.FINAL

    @property
    def is_off(self) -> bool:
        """Not computed because models are switched off."""
        reason = self.assessment.reason
        return reason is not None and reason.code is ReasonCode.OFF


def read_assessments(
    session: Session, patient: int, at: Moment, are_models_on: bool = True
) -> tuple[Shown, ...]:
    """All assessors offered, on one patient; each new answer is stored once."""
    from medapp.services import assessments as service
    from medapp.services.clinic_tests import clinic_tests_of

    fresh = service.assess_patient(session, patient, at=at, store=False, are_models_on=are_models_on)
    kept = _stored(session, patient)
    changed = [a.assessor.id for a in fresh if _is_new(a, kept.get(a.assessor.id))]
    if changed:
        service.assess_patient(session, patient, changed, at=at, store=True)
        kept = _stored(session, patient)
    tests = clinic_tests_of(session)
    return tuple(_shown(session, assessment, kept, tests) for assessment in fresh)


def _stored(session: Session, patient: int) -> dict[str, StoredAssessment]:
    from medapp.services import assessments as service

    return {one.assessor: one for one in service.latest(session, patient)}


def _is_new(assessment: Assessment, stored: StoredAssessment | None) -> bool:
    from medapp.services import assessments as service

    if assessment.reason is not None and assessment.reason.code is ReasonCode.OFF:
        return False
    return stored is None or not _says_the_same(service.read_stored(stored), assessment)


def _says_the_same(stored: Assessment, fresh: Assessment) -> bool:
    """Every key but the clock, compared as documents, so that tuples and lists are alike."""
    old, new = stored.as_document(), fresh.as_document()
    return all(old[key] == new[key] for key in new if key not in ("at", "row", "patient"))


def _shown(
    session: Session, assessment: Assessment, kept: dict[str, StoredAssessment], tests: ClinicTests
) -> Shown:
    from medapp.services import assessments as service

    card = session.registry.get(assessment.assessor.id).card
    specs = {spec.name: spec for spec in input_specs(card)}
    stored = kept.get(assessment.assessor.id)
    if stored is None or (assessment.reason is not None and assessment.reason.code is ReasonCode.OFF):
        return Shown(assessment, card, specs=specs, tests=tests)
    return Shown(service.read_stored(stored), card, stored.id, stored.decision, specs, tests)
