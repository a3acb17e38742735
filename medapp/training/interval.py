"""Does the 80 % interval hold what it promises? Measured out of fold.

The interval of an estimate is Beta(e + 1/2, k - e + 1/2) over the k nearest
out-of-fold estimates, e of them events, widened to hold the estimate (DESIGN
section 1). What it should hold is the frequency among patients like this one,
which nobody sees; it is stood in for by the calibration curve of other patients. Where
estimates come in few steps (a tree) and outcomes are nearly parted, a smooth curve runs
off to nought and one; there the curve is the monotone one (pool adjacent violators),
each level with half an event and half a non-event more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from medapp.inference.background import NEAREST, Neighbours
from medapp.training import calibration
from medapp.training.types import FloatArray, IntArray

LEVEL = 0.8
FEW_STEPS = 5
"""Fewer distinct estimates than one for so many rows: they come in steps."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of estimates whose interval held the curve of the other half."""

    level: float
    coverage: float
    low: float
    high: float
    mean_width: float
    splits: int
    in_steps: bool = False

    def as_document(self) -> dict[str, Any]:
        shape = "monotone, in steps" if self.in_steps else "logistic, quadratic in the log-odds"
        return {
            "level": self.level, "method": f"beta_nearest_{NEAREST}",
            "coverage": {"value": self.coverage, "low": self.low, "high": self.high},
            "mean_width": self.mean_width, "splits": self.splits,
            "how": (
                "Rows split in halves at random: intervals from the pairs of one half, held against "
                f"the calibration curve ({shape}) of the other."
            ),
        }


def coverage(scores: FloatArray, events: IntArray | FloatArray, seed: int, splits: int = 200) -> Coverage:
    """Coverage over random halves; the limits are the 2.5 and 97.5 % of the splits."""
    random = np.random.default_rng(seed)
    in_steps = len(np.unique(scores)) * FEW_STEPS < len(scores)
    held, width = [], []
    for _ in range(splits):
        mixed = random.permutation(len(scores))
        half = len(scores) // 2
        first = mixed[:half][np.argsort(scores[mixed[:half]], kind="stable")]
        other = mixed[half:]
        near = Neighbours(scores[first], events[first].astype(np.float64))
        truth = _truth(events[other], scores[other], in_steps)
        low, high = _limits(near, scores[other])
        held.append(float(np.mean((low <= truth) & (truth <= high))))
        width.append(float(np.mean(high - low)))
    least, most = np.quantile(held, [0.025, 0.975])
    return Coverage(
        LEVEL, float(np.mean(held)), float(least), float(most), float(np.mean(width)), splits,
        in_steps,
    )


def _truth(events: IntArray | FloatArray, scores: FloatArray, in_steps: bool) -> FloatArray:
    if in_steps:
        return calibration.steps(events, scores)
    return calibration.bend(calibration.curve(events, scores), scores)


def _limits(near: Neighbours, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    low, high = near.beta_limits(LEVEL)
    count = near.events(scores)
    p = calibration.expit(scores)
    return np.minimum(low[count], p), np.maximum(high[count], p)
