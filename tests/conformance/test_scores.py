"""Every bedside score holds to what is asked of any assessor's answers, on its published cases.

The checks on files, and those of shares and intervals, have nothing to say of a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

from medapp.assess.conformance import ANSWER_CHECKS, Check, Subject, check, check_golden, check_ranges
from medapp.calculators import calculators
from medapp.calculators.calculator import Calculator
from medapp.domain.assessment import Status
from medapp.i18n import Words

EN = Words("en")
HELD: tuple[Check, ...] = tuple(one for one in ANSWER_CHECKS if one not in (check_golden, check_ranges))
"""The published values have each their own digits (tests/unit/calculators); ranges: see below."""


@dataclass(frozen=True)
class ScoreSubject(Subject):
    """A score with its examples in the place of golden.jsonl."""

    @cached_property
    def golden(self) -> tuple[Mapping[str, Any], ...]:  # type: ignore[override]
        assert isinstance(self.assessor, Calculator)
        return tuple(
            {"inputs": dict(example.inputs), "expected": {"status": Status.FINAL}}
            for example in self.assessor.examples
        )


@pytest.mark.parametrize("one", HELD, ids=lambda one: one.__name__)
@pytest.mark.parametrize("score", calculators().values(), ids=lambda score: score.id)
def test_the_scores_conform(score: Calculator, one: Check) -> None:
    assert [f"{f.where}: {f.text(EN)}" for f in check(ScoreSubject(score), (one,))] == []


@pytest.mark.parametrize("score", calculators().values(), ids=lambda score: score.id)
def test_impossible_values_are_refused_and_implausible_ones_flagged(score: Calculator) -> None:
    found = check(ScoreSubject(score), (check_ranges,))
    assert [f"{f.where}: {f.text(EN)}" for f in found] == []
