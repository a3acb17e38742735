"""Scores by points: items that add up, the bands of the sum, and the range while items are unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medapp.assess.card import Feature
from medapp.assess.inputs import feature_spec
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, gate
from medapp.calculators.worked import Band, Step, Worked, band_of
from medapp.domain.datatypes import LocalText

POINTS = "{points}"
TOTAL = T("Points", "总分")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the input it reads, the points of a value, and the least and most it can give."""

    feature: Feature
    points: Callable[[Any], float]
    low: float
    high: float

    @property
    def name(self) -> str:
        return self.feature.name


def when(feature: Feature, points: float) -> Item:
    """Points for a yes, none for a no."""
    return Item(feature, lambda value: points if value else 0.0, min(0.0, points), max(0.0, points))


def unless(feature: Feature, points: float) -> Item:
    """Points for a no, none for a yes."""
    return Item(feature, lambda value: 0.0 if value else points, min(0.0, points), max(0.0, points))


def of_choice(feature: Feature, points: Mapping[str, float]) -> Item:
    """Points by the answer chosen."""
    return Item(feature, lambda value: points[value], min(points.values()), max(points.values()))


def from_bands(feature: Feature, bands: Sequence[tuple[float, float]]) -> Item:
    """Points by (lower limit, points), rising: those of the last limit not above the value.

    The first limit is -inf. A value on a limit belongs to the band that begins there.
    """
    limits = [low for low, _ in bands]
    if limits != sorted(limits) or limits[0] != float("-inf"):
        raise ValueError("bands rise from -inf")

    def points(value: float) -> float:
        return next(given for low, given in reversed(bands) if value >= low)

    given = [points for _, points in bands]
    return Item(feature, points, min(given), max(given))


def above(feature: Feature, limit: float, points: float) -> Item:
    """Points for a value greater than a limit."""
    return Item(feature, lambda value: points if value > limit else 0.0, min(0.0, points), max(0.0, points))


def at_least(feature: Feature, limit: float, points: float) -> Item:
    """Points for a value from a limit on."""
    return Item(feature, lambda value: points if value >= limit else 0.0, min(0.0, points), max(0.0, points))


def below(feature: Feature, limit: float, points: float) -> Item:
    """Points for a value less than a limit."""
    return Item(feature, lambda value: points if value < limit else 0.0, min(0.0, points), max(0.0, points))


def point_score(
    about: About,
    items: Sequence[Item],
    bands: Sequence[Band],
    examples: Sequence[Example],
    *,
    name: str = "points",
    title: LocalText = TOTAL,
    base: float = 0.0,
    gates: Sequence[Feature] = (),
    extra: Callable[[Values, float], Mapping[str, tuple[Any, str | None]]] | None = None,
) -> Calculator:
    """A calculator whose answer is the sum of its items; with one unknown it is a range.

    An input may serve several items (an age with two limits): it is asked once. A yes to one of `gates` is
    out of its population.
    """
    ordered, held = tuple(items), tuple(bands)
    asked = tuple({item.name: item.feature for item in reversed(ordered)}.values())[::-1]
    features = (*asked, *(gate(feature) for feature in gates))

    def compute(values: Values) -> Worked:
        given = [(item.name, item.points(values[item.name])) for item in ordered]
        total = base + sum(points for _, points in given)
        steps = tuple(_step(item, values, points) for item, (_, points) in zip(ordered, given, strict=True))
        return Worked(
            total, (*steps, Step(title, _sum(base, given), total, POINTS)), band_of(held, total),
            extra=extra(values, total) if extra else {}, points=tuple(given), base=base,
        )

    def extremes(values: Values) -> tuple[float, float]:
        known = [(i.points(values[i.name]),) * 2 if i.name in values else (i.low, i.high) for i in ordered]
        return base + sum(low for low, _ in known), base + sum(high for _, high in known)

    output = Output(name, title, POINTS)
    return Calculator(about, features, (output,), compute, tuple(examples), extremes, bands=held)


def _step(item: Item, values: Values, points: float) -> Step:
    return Step(feature_spec(item.feature).title, _shown(values[item.name]), points, POINTS)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _sum(base: float, given: Sequence[tuple[str, float]]) -> str:
    numbers = [points for _, points in given if points] or [0.0]
    shown = [f"{base:g}"] if base else []
    return " + ".join([*shown, *(f"{points:g}" for points in numbers)]).replace("+ -", "− ")
