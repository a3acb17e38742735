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
    """A named threshold on the probability of the lead class."""

    id: str
    value: float


def choose(design: Design, event: IntArray, p: FloatArray) -> tuple[Point, ...]:
    """The recipe's operating points, each rounded to its step on the safe side.

    The largest threshold that still reaches the wanted sensitivity, or the
    smallest that reaches the wanted specificity.
    """
    return tuple(Point(point.id, _value(point, event, p)) for point in design.points)


def _value(point: PointDesign, event: IntArray, p: FloatArray) -> float:
    if point.value is not None:
        return float(point.value)
    steps = np.arange(1, math.ceil(1.0 / point.step)) * point.step
    reached = []
    for step in steps:
        found = metrics.at_threshold(event, p >= step)
        if point.sensitivity is not None and found["recall"] >= point.sensitivity:
            reached.append(float(step))
        if point.specificity is not None and found["specificity"] >= point.specificity:
            reached.append(float(step))
    if not reached:
        return float(steps[0] if point.sensitivity is not None else steps[-1])
    return round(max(reached) if point.sensitivity is not None else min(reached), 6)
