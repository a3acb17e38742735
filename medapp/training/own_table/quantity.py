"""Train on a table whose target is a number, with an interval whose coverage was measured."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from medapp.inference.background import Neighbours
from medapp.training import bootstrap
from medapp.training.design import Design, EstimatorDesign
from medapp.training.own_table import algorithms, classes, plan, quantity_folder
from medapp.training.own_table.compare import DRAWS, Compared, Trained, choose, of_folds
from medapp.training.own_table.inspect import Inspected
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.quantity_fits import ESTIMATORS, QuantityEstimator, QuantityFit
from medapp.training.split import grouped_folds
from medapp.training.table import prepare
from medapp.training.types import FloatArray, IntArray, Progress

LEVEL = 0.8
HALVES = 100


@dataclass(frozen=True, slots=True)
class QuantityTable:
    """Prepared inputs [n, k], the numbers [n] to be estimated, and who belongs together [n]."""

    x: FloatArray
    y: FloatArray
    groups: IntArray

    def take(self, index: IntArray) -> QuantityTable:
        return QuantityTable(self.x[index], self.y[index], self.groups[index])


@dataclass(frozen=True, slots=True)
class Tried:
    """One algorithm with its estimates of rows that it had not seen."""

    estimator: QuantityEstimator
    guess: FloatArray
    compared: Compared


def train(
    table: Inspected, values: dict[str, Any], options: TableOptions, folder: Path, tell: Progress
) -> Trained:
    """Compare, choose, fit on everything and write the folder."""
    design = plan.design_of(values, is_quantity=True)
    rows = QuantityTable(prepare(design, table.x()), table.outcome.values[table.rows], table.groups)
    names = algorithms.quantities(options.algorithms)
    tried = []
    for place, name in enumerate(names):
        start, width = 0.05 + 0.85 * place / len(names), 0.85 / len(names)
        tried.append(_try(design, ESTIMATORS[name], rows, classes.part(tell, name, start, width)))
    compared = tuple(one.compared for one in tried)
    chosen = choose(compared)
    winner = next(one for one in tried if one.compared.name == chosen)
    tell("final fit", 0.9)
    parameters = tuned(design, winner.estimator, rows, design.seed)
    fitted = winner.estimator.fit(design, rows.x, rows.y, parameters, design.seed)
    values["estimator"] = {"algorithm": chosen, "parameters": dict(parameters)}
    design = plan.with_estimator(design, EstimatorDesign(chosen, parameters, ({},)))
    tell("figures", 0.93)
    made = quantity_folder.Made(table, values, design, winner.estimator, fitted)
    found = quantity_folder.write(folder, made, rows, winner.guess, coverage(rows, winner.guess, design.seed))
    return Trained(compared, chosen, found)


def _try(design: Design, estimator: QuantityEstimator, rows: QuantityTable, tell: Progress) -> Tried:
    start = time.perf_counter()
    fold = _folds(rows, plan.FOLDS, design.seed)
    guess = np.zeros(len(rows.y))
    for held in range(plan.FOLDS):
        tell(estimator.name, held / plan.FOLDS)
        inside, outside = rows.take(np.flatnonzero(fold != held)), np.flatnonzero(fold == held)
        parameters = tuned(design, estimator, inside, design.seed + held)
        guess[outside] = estimator.fit(design, inside.x, inside.y, parameters, design.seed).values(
            rows.x[outside]
        )
    seconds = time.perf_counter() - start
    loss, error = of_folds((rows.y - guess) ** 2, fold)
    figures = bootstrap.figures(
        lambda index: measured(rows.y[index], guess[index]), rows.groups, DRAWS, design.seed
    )
    return Tried(estimator, guess, Compared(estimator.name, estimator.title, loss, error, figures, seconds))


def tuned(design: Design, estimator: QuantityEstimator, rows: QuantityTable, seed: int) -> Mapping[str, Any]:
    """The settings with the least squared error over inner folds."""
    if len(estimator.grid) == 1:
        return estimator.grid[0]
    fold = _folds(rows, plan.INNER, seed)
    losses = []
    for parameters in estimator.grid:
        guess = np.zeros(len(rows.y))
        for held in range(plan.INNER):
            inside = rows.take(np.flatnonzero(fold != held))
            fitted: QuantityFit = estimator.fit(design, inside.x, inside.y, parameters, seed)
            guess[fold == held] = fitted.values(rows.x[fold == held])
        losses.append(float(np.mean((rows.y - guess) ** 2)))
    return estimator.grid[int(np.argmin(losses))]


def _folds(rows: QuantityTable, folds: int, seed: int) -> IntArray:
    return grouped_folds(rows.groups, np.zeros(len(rows.y), dtype=np.int64), folds, seed)


def measured(y: FloatArray, guess: FloatArray) -> dict[str, float]:
    """Mean absolute error, root mean squared error and the share of the variance explained."""
    errors = y - guess
    spread = float(np.var(y))
    return {
        "mae": float(np.abs(errors).mean()),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": 1.0 - float(np.mean(errors**2)) / spread if spread > 0 else float("nan"),
    }


def coverage(rows: QuantityTable, guess: FloatArray, seed: int) -> dict[str, Any]:
    """How often the interval holds the value: errors of one random half of the groups against the other.

    The interval is conformal, its errors those of the nearest held-out estimates, as
    `medapp.inference.decode` makes it.
    """
    random = np.random.default_rng(seed)
    held, width, y = [], [], rows.y
    numbers = np.unique(rows.groups)
    for _ in range(HALVES):
        chosen = random.permutation(numbers)[: len(numbers) // 2]
        is_first = np.isin(rows.groups, chosen)
        first, other = np.flatnonzero(is_first), np.flatnonzero(~is_first)
        first = first[np.argsort(guess[first], kind="stable")]
        low, high = Neighbours(guess[first], y[first]).residual_limits(guess[other], LEVEL)
        low, high = np.minimum(low, guess[other]), np.maximum(high, guess[other])
        held.append(float(np.mean((low <= y[other]) & (y[other] <= high))))
        width.append(float(np.mean(high - low)))
    least, most = np.quantile(held, [0.025, 0.975])
    return {
        "level": LEVEL,
        "method": "conformal_nearest_64",
        "coverage": {"value": float(np.mean(held)), "low": float(least), "high": float(most)},
        "mean_width": float(np.mean(width)),
        "splits": HALVES,
        "how": "Rows split in halves at random, those that belong together kept so: the held-out errors "
        "of one half make the interval, the "
        "other is held against it.",
    }
