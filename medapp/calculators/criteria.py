"""Scores by criteria that may be settled while an input is still unknown: this pressure or that one.

A criterion says the least and the most it can give with what is known. Where both are the same for every
criterion the score is final, whatever else is unknown; else the answer is a range. An unknown is never
taken for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from medapp.assess.card import Feature
from medapp.assess.gathering.encode import Encoded, Refusal
from medapp.assess.inputs import feature_spec
from medapp.assess.wording import in_both
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, number
from medapp.calculators.points import POINTS, TOTAL
from medapp.calculators.worked import Band, OutOfRange, Step, Worked, band_of
from medapp.domain.assessment import Assessment, Outcome, ReasonCode, Status
from medapp.domain.datatypes import LocalText
from medapp.domain.record import PatientRecord
from medapp.i18n import N_

Limits = tuple[float, float]
Test = Callable[[Any], bool]
Check = Callable[[Values], None]
"""Raises OutOfRange where the score was not made for what is known."""

ADULT: Final = number("age", valid=(18, 120), required=False, look_back=None)
"""Asked only for the population: whoever is known to be younger is out of scope."""

MEAN_PRESSURE: Final = number("mean_bp", derive="mean_arterial_pressure", required=False, look_back=DAY)
"""Measured, or from both pressures."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item: the inputs it reads, and the least and most points it can give with what is known."""

    title: LocalText
    names: tuple[str, ...]
    limits: Callable[[Values], Limits]


@dataclass(frozen=True)
class Settled(Calculator):
    """A calculator that is final as soon as the unknown inputs cannot change the answer."""

    criteria: tuple[Criterion, ...] = ()
    check: Check | None = None

    def _ranged(self, record: PatientRecord, encoded: Encoded, values: Values) -> Assessment:
        assert self.extremes is not None
        low, high = self.extremes(values)
        try:
            if self.check is not None:
                self.check(values)
            if low == high:
                return self._final(record, encoded, self.compute(values))
        except OutOfRange as outside:
            text = in_both(N_("Not calculated — out of scope: {why}"), why=outside.text)
            refusal = Refusal(Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, outside.names, text)
            return self._refused(record, encoded, refusal)
        refused = self._refused(record, encoded, self._lacking(self._undecided(values)))
        first = self.outputs[0]
        return replace(refused, outcome=Outcome("range", first.title.as_dict(), [low, high], first.unit))

    def _undecided(self, values: Values) -> tuple[str, ...]:
        """Unknown inputs of the criteria that are still open, each once."""
        asked = (one.names for one in self.criteria if one.limits(values)[0] < one.limits(values)[1])
        return tuple(dict.fromkeys(name for names in asked for name in names if name not in values))


def asked(feature: Feature, points: float = 1.0) -> Criterion:
    """Points for a yes, none for a no."""
    return graded(feature, {True: points, False: 0.0})


def graded(feature: Feature, points: Mapping[Any, float]) -> Criterion:
    """Points by the answer."""
    lowest, highest = min(points.values()), max(points.values())
    return of_value(feature, lambda value: points[value], lowest, highest)


def of_value(feature: Feature, points: Callable[[Any], float], low: float, high: float) -> Criterion:
    """Points by the value of one input, from `low` to `high`."""
    name = feature.name

    def limits(values: Values) -> Limits:
        return (points(values[name]),) * 2 if name in values else (low, high)

    return Criterion(feature_spec(feature).title, (name,), limits)


def met(feature: Feature, test: Test, points: float = 1.0) -> Criterion:
    """Points where the one input passes the test."""
    return of_value(feature, lambda value: points if test(value) else 0.0, 0.0, points)


def either(title: LocalText, tests: Mapping[str, Test], points: float = 1.0) -> Criterion:
    """Points where any of the inputs passes its test; none only where all are known and fail."""

    def limits(values: Values) -> Limits:
        known = [test(values[name]) for name, test in tests.items() if name in values]
        if any(known):
            return points, points
        return 0.0, 0.0 if len(known) == len(tests) else points

    return Criterion(title, tuple(tests), limits)


def truth(value: Any) -> bool:
    """The test of a question of yes or no."""
    return bool(value)


def in_steps(rising: Sequence[tuple[float, float]], first: float) -> Callable[[float], float]:
    """Points by (lower limit, points), rising; `first` below the first limit."""

    def points(value: float) -> float:
        return next((given for low, given in reversed(rising) if value >= low), first)

    return points


def steps_of(feature: Feature, first: float, rising: Sequence[tuple[float, float]]) -> Criterion:
    """Points by the band that a number lies in."""
    given = [first, *(points for _, points in rising)]
    return of_value(feature, in_steps(rising, first), min(given), max(given))


def up_to(feature: Feature, rising: Sequence[tuple[float, float]], beyond: float) -> Criterion:
    """Points by (upper limit, points), rising; a limit belongs to the band that it ends."""
    given = [beyond, *(points for _, points in rising)]

    def points(value: float) -> float:
        return next((one for high, one in rising if value <= high), beyond)

    return of_value(feature, points, min(given), max(given))


def criteria_score(
    about: About,
    features: Sequence[Feature],
    criteria: Sequence[Criterion],
    examples: Sequence[Example],
    *,
    bands: Sequence[Band] = (),
    title: LocalText = TOTAL,
    judged: Callable[[Values, Sequence[float], float], Band | None] | None = None,
    extra: Callable[[Values, float], Mapping[str, tuple[Any, str | None]]] | None = None,
    check: Check | None = None,
) -> Calculator:
    """The sum of the criteria; `judged` names the band where the sum alone does not, `check` may refuse."""
    held = tuple(bands)

    def compute(values: Values) -> Worked:
        if check is not None:
            check(values)
        given = [one.limits(values)[0] for one in criteria]
        total = sum(given)
        steps = [
            Step(one.title, _shown(one, values), points, POINTS)
            for one, points in zip(criteria, given, strict=True)
        ]
        summed = " + ".join(f"{points:g}" for points in given if points).replace("+ -", "− ") or "0"
        return Worked(
            total, (*steps, Step(title, summed, total, POINTS)),
            judged(values, given, total) if judged else band_of(held, total),
            extra=extra(values, total) if extra else {},
            points=tuple((one.names[0], points) for one, points in zip(criteria, given, strict=True)),
        )

    def extremes(values: Values) -> Limits:
        ranges = [one.limits(values) for one in criteria]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    output = Output("points", title, POINTS)
    return Settled(about, tuple(features), (output,), compute, tuple(examples), extremes, tuple(criteria),
                   check, bands=held)


def _shown(criterion: Criterion, values: Values) -> str:
    known = [_word(values[name]) for name in criterion.names if name in values]
    return ", ".join(known) or "–"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.5g}" if isinstance(value, float) else str(value)
