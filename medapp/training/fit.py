"""Tune and train without looking: nested cross-validation, then one fit on everything.

In each outer training part the grid is compared by log loss over inner folds, the
best point is fitted on that part, and only then are the held-out rows estimated.
If the recipe asks for recalibration, its slope and intercept come from the inner
held-out rows of the same part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from medapp.training import calibration
from medapp.training.design import Design, SplitDesign
from medapp.training.errors import DesignInvalid
from medapp.training.estimators import Estimator, Fitted, GroupedEstimator, WeightedEstimator
from medapp.training.split import inner_folds, outer_folds
from medapp.training.table import Table
from medapp.training.types import FloatArray, IntArray, Progress

TINY = 1e-15


@dataclass(frozen=True, slots=True)
class Tuned:
    """The point of the grid that won, its log loss, and the line for recalibration."""

    parameters: Mapping[str, Any]
    log_loss: float
    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Estimates of rows by models that never saw their group, [repeats, n, classes]."""

    probabilities: FloatArray
    chosen: tuple[Tuned, ...]

    def estimate(self, split: SplitDesign) -> FloatArray:
        """One estimate of each row [n, classes]: of the first repeat, or the mean of all."""
        found: FloatArray = self.probabilities.mean(axis=0) if split.averaged else self.probabilities[0]
        return found

    def figured(self, split: SplitDesign) -> FloatArray:
        """The estimates that figures are measured on [repeats, n, classes]: the first, or all."""
        return self.probabilities if split.averaged else self.probabilities[:1]


def out_of_fold(
    design: Design, estimator: Estimator, table: Table, progress: Progress
) -> OutOfFold:
    """Nested cross-validation over the rows of `table` (all scored)."""
    repeats = design.split.repeats
    found = np.full((repeats, len(table.y), len(design.outcome.ids)), np.nan)
    chosen = []
    for repeat in range(repeats):
        seed = design.seed + 1000 * repeat
        fold = outer_folds(design.split, table.groups, strata(table), seed)
        count = int(fold.max()) + 1
        for held in range(count):
            progress("cross-validation", (repeat + held / count) / repeats)
            inside, outside = np.flatnonzero(fold != held), np.flatnonzero(fold == held)
            tuned, fitted = train(design, estimator, table.take(inside), seed + held)
            found[repeat, outside] = fitted.probabilities(table.x[outside])
            chosen.append(tuned)
    progress("cross-validation", 1.0)
    return OutOfFold(found, tuple(chosen))


def train(design: Design, estimator: Estimator, table: Table, seed: int) -> tuple[Tuned, Fitted]:
    """Tune on `table` and fit the winner on all of it."""
    tuned = tune(design, estimator, table, seed)
    fitted = _fit(design, estimator, table, tuned.parameters, seed)
    if design.estimator.recalibrate:
        fitted = fitted.recalibrated(tuned.slope, tuned.intercept)
    return tuned, fitted


def tune(design: Design, estimator: Estimator, table: Table, seed: int) -> Tuned:
    """The point of the grid with the least log loss on inner held-out rows.

    A grid of one point without recalibration is not compared with anything.
    """
    grid = [{**design.estimator.parameters, **point} for point in design.estimator.grid]
    if len(grid) == 1 and not design.estimator.recalibrate:
        return Tuned(grid[0], float("nan"))
    repeats = design.split.inner_repeats
    folds = [
        inner_folds(design.split, table.groups, strata(table), seed + 100_003 * repeat)
        for repeat in range(repeats)
    ]
    y, weights = np.tile(table.y, repeats), _tiled(table, repeats)
    best: Tuned | None = None
    for parameters in grid:
        p = np.concatenate([
            _held_out(design, estimator, table, fold, parameters, seed) for fold in folds
        ])
        losses = -np.log(np.clip(p[np.arange(len(p)), y], TINY, 1.0))
        loss = float(np.average(losses, weights=weights))
        if best is None or loss < best.log_loss:
            best = Tuned(parameters, loss, *_line(design, y, p, weights))
    assert best is not None
    return best


def _held_out(
    design: Design, estimator: Estimator, table: Table, fold: IntArray,
    parameters: Mapping[str, Any], seed: int,
) -> FloatArray:
    p = np.zeros((len(table.y), len(design.outcome.ids)))
    for held in range(int(fold.max()) + 1):
        inside, outside = fold != held, fold == held
        fitted = _fit(design, estimator, table.take(np.flatnonzero(inside)), parameters, seed)
        p[outside] = fitted.probabilities(table.x[outside])
    return p


def _fit(
    design: Design, estimator: Estimator, table: Table, parameters: Mapping[str, Any], seed: int
) -> Fitted:
    if isinstance(estimator, GroupedEstimator):
        return estimator.fit_grouped(design, table.x, table.y, table.groups, parameters, seed)
    weights = table.weights()
    if weights is not None:
        if not isinstance(estimator, WeightedEstimator):
            raise DesignInvalid(model=design.id, key="censoring", expected="an algorithm that takes weights")
        kept = np.flatnonzero(weights > 0)
        return estimator.fit_weighted(
            design, table.x[kept], table.y[kept], weights[kept], parameters, seed
        )
    return estimator.fit(design, table.x, table.y, parameters, seed)


def strata(table: Table) -> IntArray:
    """What folds are balanced by: the class, those of unknown status apart."""
    return np.where(table.known, table.y, -1)


def _tiled(table: Table, repeats: int) -> FloatArray | None:
    weights = table.weights()
    return None if weights is None else np.tile(weights, repeats)


def _line(
    design: Design, y: IntArray, p: FloatArray, weights: FloatArray | None
) -> tuple[float, float]:
    if not design.estimator.recalibrate:
        return 1.0, 0.0
    if len(design.outcome.ids) > 2:
        return calibration.sharpness(y, p), 0.0
    lead = design.outcome.ids.index(design.outcome.lead_class)
    return calibration.line((y == lead).astype(np.int64), calibration.logit(p[:, lead]), weights)
