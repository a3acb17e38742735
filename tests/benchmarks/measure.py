"""Fair clocks: both sides of a ratio in one run, their rounds interleaved.

The machine's speed drifts over minutes, so that two sides timed one after the
other compare the weather; alternating rounds share it. Only ratios transfer to
another machine.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Result:
    """One bound: what was measured (`value`, lower is better unless `at_least`), and what is demanded."""

    name: str
    what: str
    value: float
    limit: float
    unit: str
    at_least: bool = False
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True)
class Skipped:
    """A bound that could not be measured on this machine, and why."""

    name: str
    why: str


Outcome = Result | Skipped


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, without a garbage collection in between."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    finally:
        gc.enable()


def interleaved(sides: Sequence[Callable[[], float]], rounds: int) -> list[list[float]]:
    """Times of each side over the rounds; the order turns around every other round."""
    times: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for side in order:
            times[side].append(sides[side]())
    return times


def median(times: Sequence[float]) -> float:
    """The middle of the rounds."""
    return statistics.median(times)


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least `share` of all do not exceed."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)]


def milliseconds(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst, for the details."""
    return {
        "median_ms": round(median(times) * 1e3, 3),
        "p95_ms": round(percentile(times, 0.95) * 1e3, 3),
        "worst_ms": round(max(times) * 1e3, 3),
    }
