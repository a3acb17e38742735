"""95 % intervals by resampling whole groups, or rows where groups are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from medapp.training.types import IntArray

LEVEL = 0.95
FEW = 10
"""Below this many groups a resample of groups says little; rows are drawn instead."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its limits; NaN where it could not be computed."""

    value: float
    low: float
    high: float

    def as_document(self) -> dict[str, Any]:
        return {"value": _plain(self.value), "low": _plain(self.low), "high": _plain(self.high)}


def figures(
    measure: Callable[[IntArray], Mapping[str, float]], groups: IntArray, draws: int, seed: int
) -> dict[str, Figure]:
    """Every figure of `measure(index)` with percentile limits over `draws` resamples.

    `groups` [n] are drawn with replacement; `index` are the rows drawn. A figure
    that was computable in fewer than half of the draws has no limits.
    """
    n = len(groups)
    point = measure(np.arange(n))
    random = np.random.default_rng(seed)
    samples: dict[str, list[float]] = {name: [] for name in point}
    drawn = _drawer(groups)
    for _ in range(draws):
        for name, value in measure(drawn(random)).items():
            if np.isfinite(value):
                samples[name].append(value)
    return {name: _figure(point[name], samples[name], draws) for name in point}


def _drawer(groups: IntArray) -> Callable[[np.random.Generator], IntArray]:
    n = len(groups)
    names = np.unique(groups)
    if len(names) < FEW or len(names) == n:
        return lambda random: random.integers(0, n, n)
    members = [np.flatnonzero(groups == name) for name in names]
    return lambda random: np.concatenate(
        [members[i] for i in random.integers(0, len(members), len(members))]
    )


def _figure(value: float, sample: list[float], draws: int) -> Figure:
    if not np.isfinite(value) or len(sample) < draws / 2 or not sample:
        return Figure(value, float("nan"), float("nan"))
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(sample, [tail, 1.0 - tail])
    return Figure(value, float(low), float(high))


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
