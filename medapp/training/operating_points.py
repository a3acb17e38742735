"""Thresholds chosen for a purpose, from out-of-fold estimates."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from medapp.training import metrics
from medapp.training.design import Design, PointDesign
from medapp.training.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Point:
    """A named threshold on the probability of the lead class, or on that of `classes` together."""

    id: str
    value: float
    classes: tuple[str, ...] = ()


def event_of(
    design: Design, y: IntArray, p: FloatArray, classes: tuple[str, ...] = ()
) -> tuple[IntArray, FloatArray]:
    """Whether each row has the lead class (0, 1) or one of `classes`, and the probability of that."""
    ids = design.outcome.ids
    index = [ids.index(name) for name in classes or (design.outcome.lead_class,)]
    return np.isin(y, index).astype(np.int64), p[:, index].sum(axis=1)


def choose(
    design: Design, y: IntArray, p: FloatArray, weights: FloatArray | None = None
) -> tuple[Point, ...]:
    """The recipe's operating points for classes `y` [n] and estimates `p` [n, classes].

    Each is rounded to its step on the safe side.

    The largest threshold that still reaches the wanted sensitivity, or the
    smallest that reaches the wanted specificity.
    """
    points = []
    for point in design.points:
        classes = design.outcome.unions[point.of] if point.of else ()
        points.append(Point(point.id, _value(point, *event_of(design, y, p, classes), weights), classes))
    return tuple(points)


def _value(
    point: PointDesign, event: IntArray, p: FloatArray, weights: FloatArray | None
) -> float:
    if point.value is not None:
        return float(point.value)
    steps = np.arange(1, math.ceil(1.0 / point.step)) * point.step
    reached = []
    for step in steps:
        found = metrics.at_threshold(event, p >= step, weights)
        if point.sensitivity is not None and found["recall"] >= point.sensitivity:
            reached.append(float(step))
        if point.specificity is not None and found["specificity"] >= point.specificity:
            reached.append(float(step))
    if not reached:
        return float(steps[0] if point.sensitivity is not None else steps[-1])
    return round(max(reached) if point.sensitivity is not None else min(reached), 6)
