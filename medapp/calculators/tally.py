"""Scores by points of which an item reads several inputs: an age with the sex, a count of risk factors.

Like `points`, for items that are no single input's. With an input unknown the answer is a range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medapp.assess.card import Feature
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, gate
from medapp.calculators.points import POINTS, TOTAL
from medapp.calculators.worked import Band, Step, Worked, band_of
from medapp.domain.datatypes import LocalText


@dataclass(frozen=True, slots=True)
class Part:
    """One item: the inputs it reads, its points, and what it can give while one of them is unknown.

    `limits`, where given, says more of that than `low` and `high` from the inputs that are known.
    """

    title: LocalText
    names: tuple[str, ...]
    points: Callable[[Values], float]
    low: float
    high: float
    limits: Callable[[Values], tuple[float, float]] | None = None

    def range(self, values: Values) -> tuple[float, float]:
        """Least and most points."""
        if all(name in values for name in self.names):
            return (self.points(values),) * 2
        return self.limits(values) if self.limits is not None else (self.low, self.high)


def tally_score(
    about: About,
    features: Sequence[Feature],
    parts: Sequence[Part],
    bands: Sequence[Band],
    examples: Sequence[Example],
    *,
    gates: Sequence[Feature] = (),
    extra: Callable[[Values, float], Mapping[str, tuple[Any, str | None]]] | None = None,
    cautions: Callable[[Values, float], tuple[tuple[str, LocalText], ...]] | None = None,
) -> Calculator:
    """A calculator whose answer is the sum of its parts; the points stand under a part's first input.

    A yes to one of `gates` is out of its population.
    """
    held, asked = tuple(bands), tuple(gate(feature) for feature in gates)

    def compute(values: Values) -> Worked:
        given = [(part, part.points(values)) for part in parts]
        total = sum(points for _, points in given)
        steps = tuple(Step(part.title, _shown(part, values), points, POINTS) for part, points in given)
        summed = " + ".join(f"{points:g}" for _, points in given if points) or "0"
        return Worked(
            total, (*steps, Step(TOTAL, summed, total, POINTS)), band_of(held, total),
            extra=extra(values, total) if extra else {},
            points=tuple((part.names[0], points) for part, points in given),
            cautions=cautions(values, total) if cautions else (),
        )

    def extremes(values: Values) -> tuple[float, float]:
        ranges = [part.range(values) for part in parts]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    output = Output("points", TOTAL, POINTS)
    return Calculator(
        about, (*features, *asked), (output,), compute, tuple(examples), extremes, bands=held
    )


def _shown(part: Part, values: Values) -> str:
    return ", ".join(_word(values[name]) for name in part.names)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.5g}" if isinstance(value, float) else str(value)
