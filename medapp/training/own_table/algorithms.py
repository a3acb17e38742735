"""The algorithms that are compared on a clinic's own table, the simplest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from medapp.training.design import EstimatorDesign
from medapp.training.own_table.errors import AlgorithmUnfit


@dataclass(frozen=True, slots=True)
class Candidate:
    """One algorithm: its module's name, its settings, whether it takes more than two classes.

    On more than `most_rows` rows it is compared only when asked for by name: its time
    grows with their square.
    """

    name: str
    design: EstimatorDesign
    many_classes: bool
    most_rows: int | None = None


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
        most_rows=3000,
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


_SHORT: Final = {
    "logistic": "logistic_regression",
    "tree": "decision_tree",
    "boosting": "glass_box",
    "glass_box_boosting": "glass_box",
    "ebm": "glass_box",
    "svm": "support_vector_machine",
    "forest": "random_forest",
    "linear": "linear_regression",
}
"""What people also call them."""


def classifiers(asked: Sequence[str], classes: int, rows: int) -> tuple[Candidate, ...]:
    """Those asked for, or all that fit so many classes and rows. Raises AlgorithmUnfit."""
    fit = [c for c in CLASSIFIERS if c.many_classes or classes == 2]
    wanted = [_full(name) for name in asked]
    for name, given in zip(wanted, asked, strict=True):
        if name not in {c.name for c in fit}:
            raise AlgorithmUnfit(name=given, known=", ".join(c.name for c in fit))
    return tuple(
        c for c in fit if (c.name in wanted if wanted else c.most_rows is None or rows <= c.most_rows)
    )


def _full(name: str) -> str:
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return _SHORT.get(plain, plain)


def quantities(asked: Sequence[str]) -> tuple[str, ...]:
    """The algorithms for a number, short names allowed. Raises AlgorithmUnfit."""
    chosen = []
    for name in asked:
        full = next(
            (one for one in QUANTITIES if _full(name) in (one, one.removesuffix("_regression"))), None
        )
        if full is None:
            raise AlgorithmUnfit(name=name, known=", ".join(QUANTITIES))
        chosen.append(full)
    return tuple(name for name in QUANTITIES if not chosen or name in chosen)
