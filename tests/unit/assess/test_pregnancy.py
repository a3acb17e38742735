"""What the problem list says about pregnancy: one list for what counts and for what is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from medapp.assess.pregnancy import gestation_on, pregnancy_of, told_of
from medapp.calculators import calculators
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.domain.pregnancy import Known, Outcome, Pregnancy, Status
from medapp.domain.record import PatientRecord
from medapp.terminology.systems import ICD10, ICD10CM, SNOMED
from tests.clinics import person

NOW = Moment.parse("2026-03-01")


def problem(code: str, begun: str = "2026-01-10", system: str = ICD10, **more: Any) -> Condition:
    coded = CodeableConcept((Coding(system, code),))
    one = Condition(1, 1, coded, "active", "confirmed", onset=Moment.parse(begun))
    return replace(one, **more)


def record(*problems: Condition, episodes: tuple[Pregnancy, ...] = ()) -> PatientRecord:
    woman = replace(person("Lin", "Meihua", born="1996-02-01"), id=1)
    return PatientRecord(NOW, woman, conditions=problems, pregnancies=episodes)


@pytest.mark.parametrize(
    ("system", "code"),
    [(ICD10, "Z33"), (ICD10, "Z34.9"), (ICD10, "Z35.9"), (ICD10, "O24.4"), (ICD10, "O244"), (ICD10, "O14.1"),
     (ICD10, "O99.0"), (ICD10CM, "O09.91"), (ICD10CM, "Z3A.20"), (SNOMED, "77386006")],
)  # fmt: skip
def test_a_problem_of_pregnancy_says_pregnant_while_it_is_active(system: str, code: str) -> None:
    active = problem(code, system=system)
    assert pregnancy_of(record(active)).known is Known.PREGNANT
    assert gestation_on(told_of(record(active)), NOW.date) is not None
    assert pregnancy_of(record(replace(active, verification="refuted"))).known is Known.NOT_CHECKED


@pytest.mark.parametrize("code", ["O03.9", "O72.1", "O80", "O86.0", "O90.8", "Z37.0", "P07.3"])
def test_abortion_birth_and_childbed_do_not_say_pregnant(code: str) -> None:
    assert pregnancy_of(record(problem(code))).known is Known.NOT_CHECKED


def test_a_complication_that_is_over_ends_no_pregnancy_its_supervision_does() -> None:
    over: dict[str, Any] = {"clinical_status": "resolved", "abatement": Moment.parse("2026-02-20")}
    assert pregnancy_of(record(problem("O21.0", **over))).known is Known.NOT_CHECKED
    both = record(problem("O21.0", **over), problem("Z34.9"))
    assert pregnancy_of(both).known is Known.PREGNANT
    assert pregnancy_of(record(problem("Z35.9", **over))).known is Known.NOT_PREGNANT


def test_a_problem_left_active_does_not_outlive_the_pregnancy_that_it_belonged_to() -> None:
    ended = Pregnancy(1, 1, Status.ENDED, last_period=date(2025, 5, 20), ended=date(2026, 2, 24),
                      outcome=Outcome.LIVE_BIRTH, recorded=Moment.parse("2025-08-01"))  # fmt: skip
    assert pregnancy_of(record(problem("O24.4"), episodes=(ended,))).known is Known.NOT_PREGNANT
    later = problem("O24.4", begun="2026-02-25")
    assert pregnancy_of(record(later, episodes=(ended,))).known is Known.PREGNANT


@pytest.mark.parametrize("name", ["due_date", "gestational_age"])
def test_what_counts_as_pregnant_is_what_the_dates_are_offered_for(name: str) -> None:
    offered = calculators()[name].about.offered_for
    for system, code in ((ICD10, "Z35.9"), (ICD10CM, "O09.91"), (ICD10CM, "Z3A.20"), (SNOMED, "72892002")):
        assert any(match.matches(Coding(system, code)) for match in offered)
    assert not any(match.matches(Coding(ICD10, "O80")) for match in offered)
