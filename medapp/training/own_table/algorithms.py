"""The algorithms that are compared on a clinic's own table, the simplest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from medapp.training.design import EstimatorDesign
from medapp.training.own_table.errors import AlgorithmUnfit


@dataclass(frozen=True, slots=True)
class Candidate:
    """One algorithm: its module's name, its settings, and whether it takes more than two classes."""

    name: str
    design: EstimatorDesign
    many_classes: bool


def _design(
    name: str, *grid: dict[str, object], recalibrate: bool = False, **parameters: object
) -> EstimatorDesign:
    return EstimatorDesign(name, parameters, grid or ({},), recalibrate)


CLASSIFIERS: Final = (
    Candidate(
        "logistic_regression",
        _design(
            "logistic_regression",
            {"C": 0.01},
            {"C": 0.1},
            {"C": 1.0},
            {"C": 10.0},
        ),
        many_classes=True,
    ),
    Candidate(
        "decision_tree",
        _design(
            "decision_tree",
            {"max_depth": 3},
            {"max_depth": 5},
            {"max_depth": 8},
            min_samples_leaf=10,
        ),
        many_classes=True,
    ),
    Candidate(
        "glass_box",
        _design(
            "glass_box",
            interactions=0,
            outer_bags=4,
            max_rounds=1500,
            learning_rate=0.02,
        ),
        many_classes=False,
    ),
    Candidate(
        "support_vector_machine",
        _design(
            "support_vector_machine",
            {"C": 0.3},
            {"C": 1.0},
            {"C": 3.0},
            {"C": 10.0},
        ),
        many_classes=False,
    ),
    Candidate(
        "random_forest",
        _design(
            "random_forest",
            {"min_samples_leaf": 3},
            {"min_samples_leaf": 10},
            n_estimators=200,
        ),
        many_classes=True,
    ),
)
"""In the order of simplicity: how easily a reader follows one answer."""
QUANTITIES: Final = ("linear_regression", "glass_box_regression", "random_forest_regression")


def classifiers(asked: Sequence[str], classes: int) -> tuple[Candidate, ...]:
    """Those asked for, or all that fit so many classes. Raises AlgorithmUnfit."""
    fit = [c for c in CLASSIFIERS if c.many_classes or classes == 2]
    known = {c.name: c for c in fit}
    for name in asked:
        if name not in known:
            raise AlgorithmUnfit(name=name, known=", ".join(known))
    return tuple(c for c in fit if not asked or c.name in asked)


def quantities(asked: Sequence[str]) -> tuple[str, ...]:
    """The algorithms for a number, short names allowed. Raises AlgorithmUnfit."""
    short = {name.removesuffix("_regression"): name for name in QUANTITIES}
    chosen = []
    for name in asked:
        full = name if name in QUANTITIES else short.get(name)
        if full is None:
            raise AlgorithmUnfit(name=name, known=", ".join(QUANTITIES))
        chosen.append(full)
    return tuple(name for name in QUANTITIES if not chosen or name in chosen)
