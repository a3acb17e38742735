"""The forest's graph answers as scikit-learn's forest, for any number of classes and unknown values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from medapp.runtime.session import open_graph
from medapp.training.design import Design, parse_design
from medapp.training.estimators import estimator
from medapp.training.estimators.random_forest import ForestFit
from medapp.training.table import prepare
from medapp.training.types import FloatArray, IntArray
from tests.unit.training.test_decision_tree import RECIPE

SETTINGS = {"n_estimators": 60, "min_samples_leaf": 3, "max_features": 1}


def _design(classes: int, monotone: int = 0) -> Design:
    recipe = {**RECIPE, "features": [dict(feature) for feature in RECIPE["features"]]}
    recipe["outcome"] = {
        "column": "y", "classes": {name: [name] for name in "abc"[:classes]}, "lead_class": "b",
    }
    recipe["features"][1]["monotone"] = monotone
    return parse_design(recipe, "made")


@cache
def _rows(classes: int) -> tuple[FloatArray, IntArray]:
    random = np.random.default_rng(6)
    n = 400
    x = np.column_stack([
        random.integers(20, 80, n), np.round(random.lognormal(1, 1, n), 2),
        np.round(random.normal(100, 30, n)), random.integers(0, 2, n),
    ]).astype(float)
    score = 0.05 * (x[:, 0] - 50) + 0.1 * x[:, 1] + random.normal(0, 1, n)
    return x, np.digitize(score, [0.3, 1.2][: classes - 1]).astype(np.int64)


def _fit(design: Design, **settings: Any) -> ForestFit:
    x, y = _rows(len(design.outcome.ids))
    found = estimator("random_forest").fit(design, x, y, {**SETTINGS, **settings}, 5)
    assert isinstance(found, ForestFit)
    return found


def _ask(fitted: ForestFit, design: Design, x: FloatArray) -> FloatArray:
    (p,) = open_graph(fitted.export(design)).run(["probability"], {"x": x})
    return p.astype(np.float64)


@pytest.mark.parametrize("classes", [2, 3])
def test_the_graph_answers_as_scikit_learns_forest(classes: int) -> None:
    design = _design(classes)
    x, y = _rows(classes)
    target = (y == 1).astype(int) if classes == 2 else y
    theirs = RandomForestClassifier(random_state=5, **SETTINGS).fit(x, target).predict_proba(x)
    assert np.abs(_ask(_fit(design), design, x) - theirs).max() < 1e-6


@pytest.mark.parametrize("classes", [2, 3])
def test_unknown_values_and_recalibration_are_the_same_in_the_graph(classes: int) -> None:
    design = _design(classes)
    x = _rows(classes)[0].copy()
    x[::2, 2] = np.nan
    x[::3, 0] = np.nan
    fitted = _fit(design).recalibrated(1.6, 0.2 if classes == 2 else 0.0)
    ours = fitted.probabilities(prepare(design, x))
    assert np.abs(_ask(fitted, design, x) - ours).max() < 1e-6
    filled = np.where(np.isnan(x), fitted.medians, x)
    assert np.abs(fitted.probabilities(filled) - ours).max() < 1e-12


def test_a_value_held_to_one_direction_never_lowers_the_estimate() -> None:
    fitted = _fit(_design(2, monotone=1))
    x = np.repeat(_rows(2)[0][:40], 30, axis=0)
    x[:, 1] = np.tile(np.linspace(0, 40, 30), 40)
    estimates = fitted.probabilities(x)[:, 1].reshape(40, 30)
    assert (np.diff(estimates, axis=1) >= -1e-12).all()


def test_a_weight_of_two_counts_as_the_row_twice() -> None:
    design = _design(2)
    x, y = _rows(2)
    learner: Any = estimator("random_forest")
    settings = {"n_estimators": 5, "bootstrap": False, "max_features": None, "min_samples_leaf": 1}
    doubled = learner.fit_weighted(design, x, y, np.where(y == 1, 2.0, 1.0), {**settings, "max_depth": 3}, 1)
    index = np.concatenate([np.arange(len(y)), np.flatnonzero(y == 1)])
    repeated = learner.fit(design, x[index], y[index], {**settings, "max_depth": 3}, 1)
    assert np.abs(doubled.probabilities(x) - repeated.probabilities(x)).max() < 1e-9


def test_what_the_authors_filled_in_is_unknown_again(tmp_path: Path) -> None:
    from medapp.training.datasets.heart_failure import read

    path = tmp_path / "hf.csv"
    path.write_text(
        "age,ejection_fraction,serum_creatinine,sex,time,DEATH_EVENT\n"
        "60.0,38,1.83,1,10,1\n61.0,30,1.1,0,200,0\n62.0,25,1.18,0,190,0\n", "utf-8",
    )
    frame, repairs = read(path, {"filled": {"serum_creatinine": ["1.83", "1.18"], "absent": ["1"]}})
    assert frame["serum_creatinine"].tolist() == ["", "1.1", ""]
    assert frame["sex_name"].tolist() == ["male", "female", "female"]
    assert [(r.column, r.rows) for r in repairs] == [
        ("serum_creatinine", 1), ("serum_creatinine", 1), ("ejection_fraction", 1),
    ]
