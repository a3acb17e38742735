"""What the Scores view reads and computes, on the store thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from medapp.assess.inputs import InputSpec, input_specs
from medapp.domain.assessment import Assessment
from medapp.domain.datatypes import Moment
from ui.pages.assess.reading import Shown, read_history

if TYPE_CHECKING:
    from medapp.calculators.calculator import Calculator
    from medapp.services.growth import GrowthCurves
    from medapp.services.score_shelf import Shelf
    from medapp.services.session import Session
    from ui.pages.scores.growth import Wanted


@dataclass(frozen=True, slots=True)
class Listed:
    """The answers that come by themselves, by score, and what the user keeps at hand."""

    offered: Mapping[str, Assessment]
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Open:
    """A score with its answer from the record and the answers that were kept, newest first."""

    score: Calculator
    answer: Assessment
    earlier: tuple[Shown, ...]


def read_listed(session: Session, patient: int, at: Moment) -> Listed:
    """Which scores the record brings up, with their answers."""
    from medapp.services import records, score_shelf, scores

    record = records.open_record(session, patient, at=at, audit=False)
    found = scores.assess_offered(session, record)
    return Listed({one.assessor.id: one for one in found}, score_shelf.of_user(session))


def read_open(session: Session, patient: int, name: str, inputs: Mapping[str, Any], at: Moment) -> Open:
    """A score on the record as it is, with what is already typed."""
    from medapp.services import scores

    score = scores.calculator(name)
    return Open(score, read_answer(session, patient, name, inputs, at),
                read_history(session, patient, score.card))


def read_answer(
    session: Session, patient: int, name: str, inputs: Mapping[str, Any], at: Moment
) -> Assessment:
    """The answer with what is typed; not kept."""
    from medapp.services import assessments

    return assessments.what_if(session, patient, name, inputs, at=at)


def read_growth(session: Session, patient: int, wanted: Wanted, at: Moment) -> GrowthCurves:
    """The child's measurements on the lines of the measure that is asked for."""
    from medapp.services import growth

    variant, sex, weeks = wanted
    return growth.of_child(session, patient, variant, sex, gestation_weeks=weeks, at=at)


def specs_of(score: Calculator) -> dict[str, InputSpec]:
    """What the form asks: the score's own inputs, each choice with the answers that this score takes."""
    taken = {feature.name: feature.choices for feature in score.inputs}
    found = (spec for spec in input_specs(score.card) if spec.role == "feature")
    return {
        spec.name: replace(spec, choices=tuple(c for c in spec.choices if c.id in taken[spec.name]))
        if taken.get(spec.name) else spec
        for spec in found
    }
