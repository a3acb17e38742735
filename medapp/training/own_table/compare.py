"""Each algorithm by the same nested cross-validation, and of those as good as the best the simplest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from medapp.training import bootstrap, evaluate
from medapp.training.bootstrap import Figure
from medapp.training.design import Design
from medapp.training.fit import TINY, OutOfFold
from medapp.training.split import outer_folds
from medapp.training.table import Table
from medapp.training.types import FloatArray, IntArray

RULE: Final = (
    "The algorithm with the least loss on held-out rows (log loss; of a quantity the squared error), or "
    "a simpler "
    "one whose mean loss is within one standard error of it."
)
DRAWS: Final = 300


@dataclass(frozen=True, slots=True)
class Compared:
    """One algorithm on the held-out rows: mean loss over the outer folds, its standard error, the figures."""

    name: str
    title: str
    loss: float
    error: float
    figures: Mapping[str, Figure]
    seconds: float

    def as_document(self, chosen: str) -> dict[str, Any]:
        return {
            "algorithm": self.name,
            "title": self.title,
            "chosen": self.name == chosen,
            "loss": self.loss,
            "standard_error": self.error,
            "seconds": round(self.seconds, 1),
            "metrics": {name: figure.as_document() for name, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class Trained:
    """The comparison, the name that won, and the figures that `metrics.json` holds."""

    compared: tuple[Compared, ...]
    chosen: str
    found: Mapping[str, Any]


def of_classes(
    design: Design, table: Table, held: OutOfFold, name: str, title: str, seconds: float
) -> Compared:
    """The comparison of one classifier; figures of two classes are called at one half."""
    p = held.probabilities[0]
    losses = -np.log(np.clip(p[np.arange(len(p)), table.y], TINY, 1.0))
    loss, error = of_folds(losses, outer_folds(design.split, table.groups, table.y, design.seed))

    def measure(index: IntArray) -> dict[str, float]:
        found = evaluate.measure(design, table.y[index], p[index], ())
        found.setdefault("log_loss", float(losses[index].mean()))
        return {key: value for key, value in found.items() if not key.startswith(("net_", "recall_"))}

    return Compared(
        name, title, loss, error, bootstrap.figures(measure, table.groups, DRAWS, design.seed), seconds
    )


def of_folds(losses: FloatArray, fold: IntArray) -> tuple[float, float]:
    """Mean over the folds' mean losses, and the standard error of that mean."""
    means = np.array([losses[fold == held].mean() for held in np.unique(fold)])
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means)))


def choose(compared: Sequence[Compared]) -> str:
    """The simplest (the order given) whose loss is within one standard error of the least."""
    best = min(compared, key=lambda one: one.loss)
    return next(one.name for one in compared if one.loss <= best.loss + best.error)
