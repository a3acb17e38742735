"""Computes and stores the assessments of a patient, on the store thread; reads the earlier ones.

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
    from medapp.services.assessments import Decision, Nearest, StoredAssessment
    from medapp.services.clinic_tests import ClinicTests
    from medapp.services.local_validity import Tally
    from medapp.services.outcomes import Outcome
    from medapp.services.session import Session

LISTED = 100
"""Earlier answers that a list shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment with its card, the id it is stored under and the decision on it, if any.

    `without_old` is the answer without values that are too old, where there are such; `tally` how the
    assessor fared here; `outcome` what it turned out to be; `was_answered` whether there ever was a number;
    `nearest` whom it was built on, where the patient is unlike them all.
    """

    assessment: Assessment
    card: Card
    stored: int | None = None
    decision: Decision | None = None
    specs: Mapping[str, InputSpec] = field(default_factory=dict)
    tests: ClinicTests | None = None
    without_old: Assessment | None = None
    tally: Tally | None = None
    outcome: Outcome | None = None
    was_answered: bool = False
    nearest: Nearest | None = None

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def is_final(self) -> bool:
        return self.assessment.status is Status.FINAL

    @property
    def is_open_ended(self) -> bool:
        """Whether it can turn out one way or the other: a class, and a number was once given."""
        return self.card.output.lead_class is not None and (self.was_answered or self.outcome is not None)

    @property
    def is_off(self) -> bool:
        """Not computed because models are switched off."""
        reason = self.assessment.reason
        return reason is not None and reason.code is ReasonCode.OFF


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside every answer about one patient."""

    kept: Mapping[str, StoredAssessment]
    outcomes: Mapping[str, Outcome]
    answered: frozenset[str]
    tests: ClinicTests


def read_assessments(
    session: Session, patient: int, at: Moment, are_models_on: bool = True
) -> tuple[Shown, ...]:
    """All assessors offered, on one patient; each new answer is stored once."""
    from medapp.services import assessments as service
    from medapp.services import outcomes
    from medapp.services.clinic_tests import clinic_tests_of

    fresh = service.assess_patient(session, patient, at=at, store=False, are_models_on=are_models_on)
    kept = _stored(session, patient)
    changed = [a.assessor.id for a in fresh if _is_new(a, kept.get(a.assessor.id))]
    if changed:
        service.assess_patient(session, patient, changed, at=at, store=True)
        kept = _stored(session, patient)
    around = _Around(
        kept, outcomes.of_patient(session, patient), outcomes.answered(session, patient),
        clinic_tests_of(session),
    )
    return tuple(_shown(session, patient, at, assessment, around) for assessment in fresh)


def read_history(session: Session, patient: int, card: Card) -> tuple[Shown, ...]:
    """The stored answers of one assessor, newest first, as they were given."""
    from medapp.services import assessments as service

    specs = {spec.name: spec for spec in input_specs(card)}
    found = service.history(session, patient, card.id, LISTED)
    answers = [Shown(service.read_stored(one), card, one.id, one.decision, specs) for one in found]
    return tuple(sorted(answers, key=lambda one: Moment.parse(one.assessment.at).seconds, reverse=True))


def read_again(session: Session, stored: int, card: Card) -> Shown:
    """One stored answer as it was given; entered in the log."""
    from medapp.services import assessments as service

    found = service.replay(session, stored)
    specs = {spec.name: spec for spec in input_specs(card)}
    return Shown(service.read_stored(found), card, found.id, found.decision, specs)


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


def _shown(session: Session, patient: int, at: Moment, assessment: Assessment, around: _Around) -> Shown:
    from medapp.services import assessments as service
    from medapp.services import outcomes

    name = assessment.assessor.id
    card = session.registry.get(name).card
    specs = {spec.name: spec for spec in input_specs(card)}
    stored = around.kept.get(name)
    if assessment.reason is not None and assessment.reason.code is ReasonCode.OFF:
        return Shown(  # no model computes; what was given before and turned out is still the record's
            assessment, card, specs=specs, tests=around.tests,
            outcome=around.outcomes.get(name), was_answered=name in around.answered,
        )
    if stored is None:
        return Shown(assessment, card, specs=specs, tests=around.tests)
    is_final = assessment.status is Status.FINAL
    is_unlike = assessment.reason is not None and assessment.reason.code is ReasonCode.UNLIKE_TRAINING
    is_old = is_final and any("stale" in used.flags for used in assessment.inputs)
    return Shown(
        service.read_stored(stored), card, stored.id, stored.decision, specs, around.tests,
        without_old=service.without_old_values(session, patient, name, at=at) if is_old else None,
        tally=outcomes.tally(session, name),
        outcome=around.outcomes.get(name),
        was_answered=name in around.answered,
        nearest=service.nearest_groups(session, patient, name, at=at) if is_unlike else None,
    )
