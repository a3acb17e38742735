"""Boosted trees: the graph is the machine, its differences and taken-back weights included."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medapp.runtime.session import open_graph
from medapp.training.calibration import powered
from medapp.training.design import Design, parse_design
from medapp.training.errors import DesignInvalid
from medapp.training.estimators import library
from medapp.training.estimators.gradient_boosting import (
    ESTIMATOR,
    BoostedFit,
    from_machine,
    row_weights,
)
from medapp.training.table import prepare

SETTINGS = {"max_iter": 12, "learning_rate": 0.2, "min_samples_leaf": 5}
TOGETHER = {"differences": [["mean", "baseline"]], "class_weights": {"c": 3.0}, "group_power": 0.5}


def recipe(classes: int = 3) -> Design:
    return parse_design(
        {
            "id": "boost", "version": "1.0.0", "seed": 1,
            "data": dict.fromkeys(
                ("reader", "file", "sha256", "origin", "licence", "citation", "dates"), "x"
            ),
            "outcome": {
                "column": "y", "lead_class": "c" if classes == 3 else "b",
                "classes": {name: [name] for name in "abc"[:classes]},
            },
            "features": [
                {"name": "baseline", "column": "l"}, {"name": "mean", "column": "m"},
                {"name": "age", "column": "g", "whole": True, "low": 20, "high": 80},
            ],
            "split": {"kind": "rows", "folds": 3, "inner": 2},
            "estimator": {"algorithm": "gradient_boosting"},
        },
        "boost",
    )


def rows(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    x = np.round(np.column_stack([
        random.normal(130, 10, n), random.normal(130, 10, n), random.uniform(15, 90, n),
    ]), 1)
    score = (x[:, 1] - x[:, 0]) / 8 + (x[:, 2] - 50) / 30 + random.normal(0, 0.5, n)
    return x, np.digitize(score, [-0.6, 1.0])


def fitted(design: Design, **more: object) -> tuple[BoostedFit, np.ndarray]:
    x, y = rows()
    x = prepare(design, x)
    found = ESTIMATOR.fit_grouped(design, x, y, np.arange(len(y)) // 4, {**SETTINGS, **more}, 1)
    assert isinstance(found, BoostedFit)
    return found, x


@pytest.mark.parametrize("more", [{}, TOGETHER])
def test_the_graph_gives_the_trainers_estimate_at_every_cut(more: dict[str, object]) -> None:
    design = recipe()
    fit, x = fitted(design, **more)
    raw, _ = rows()
    raw[:200] = np.round(raw[:200] * 4) / 4 + np.tile([0.0, 4e-5, -4e-5, 1e-9], 50)[:, None]
    raw[200:230, 1] = np.nan
    graph = open_graph(fit.export(design))
    (p,) = graph.run(["probability"], {"x": raw})
    assert np.abs(p - fit.probabilities(prepare(design, raw))).max() < 1e-6
    (p,) = graph.run(["probability"], {"x": x})
    assert np.abs(p - fit.probabilities(x)).max() < 1e-6


def test_the_trees_are_those_of_the_machine() -> None:
    x, y = rows()
    machine = library("sklearn.ensemble").HistGradientBoostingClassifier(early_stopping=False, **SETTINGS)
    machine.fit(x, y)
    assert np.abs(from_machine(machine, ()).probabilities(x) - machine.predict_proba(x)).max() < 1e-12


def test_two_classes_grow_one_tree_a_step() -> None:
    x, y = rows()
    machine = library("sklearn.ensemble").HistGradientBoostingClassifier(early_stopping=False, **SETTINGS)
    machine.fit(x, y > 0)
    fit = from_machine(machine, ())
    assert len(fit.trees) == SETTINGS["max_iter"]
    assert np.abs(fit.probabilities(x) - machine.predict_proba(x)).max() < 1e-12


def test_weights_of_classes_are_taken_back_from_the_estimates() -> None:
    design = recipe()
    _, y = rows()
    fit, x = fitted(design, class_weights={"c": 4.0})
    assert fit.probabilities(x)[:, 2].mean() == pytest.approx(np.mean(y == 2), abs=0.05)


def test_large_groups_weigh_less_a_row() -> None:
    weights = row_weights(np.array([0, 0, 0, 1]), np.array([7, 7, 7, 9]), np.array([1.0, 1.0]), 1.0)
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights.mean() == pytest.approx(1.0)


def test_recalibration_raises_to_a_power_in_the_graph_too() -> None:
    design = recipe()
    fit, x = fitted(design, **TOGETHER)
    mended = fit.recalibrated(0.7, 0.0)
    assert np.abs(mended.probabilities(x) - powered(fit.probabilities(x), 0.7)).max() < 1e-6
    (p,) = open_graph(mended.export(design)).run(["probability"], {"x": x})
    assert np.abs(p - mended.probabilities(x)).max() < 1e-6


WRONG = [
    {"differences": [["mean", "nothing"]]}, {"differences": [["mean", "age"]]}, {"class_weights": {"z": 2}},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_recipe_names_must_be_there(wrong: dict[str, object]) -> None:
    with pytest.raises(DesignInvalid):
        fitted(replace(recipe()), **wrong)
