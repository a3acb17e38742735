"""The tree's graph answers as the tree, its path sums to the answer, and both as scikit-learn."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from medapp.inference.infer import Raw
from medapp.runtime.session import open_graph
from medapp.training.calibration import powered, steps
from medapp.training.design import Design, parse_design
from medapp.training.estimators import estimator
from medapp.training.estimators.decision_tree import TreeFit
from medapp.training.table import prepare
from medapp.training.types import FloatArray, IntArray

RECIPE: dict[str, Any] = {
    "id": "made", "version": "1.0.0", "seed": 1,
    "data": dict.fromkeys(("reader", "file", "sha256", "origin", "licence", "citation", "dates"), ""),
    "outcome": {"column": "y", "classes": {"a": ["0"], "b": ["1"], "c": ["2"]}, "lead_class": "b"},
    "features": [
        {"name": "age", "column": "age", "required": True, "whole": True, "low": 20, "high": 80},
        {"name": "tsh", "column": "tsh", "required": True},
        {"name": "total_t4", "column": "tt4"},
        {"name": "on_thyroxine", "column": "flag", "kind": "boolean"},
    ],
    "split": {"kind": "rows", "folds": 3, "inner": 2},
    "estimator": {"algorithm": "decision_tree"},
}


@cache
def _made() -> tuple[Design, FloatArray, IntArray]:
    design = parse_design(RECIPE, "made")
    random = np.random.default_rng(3)
    n = 900
    x = np.column_stack([
        random.integers(15, 95, n), np.round(random.lognormal(1, 1, n), 2),
        np.round(random.normal(100, 30, n)), random.integers(0, 2, n),
    ]).astype(float)
    y = np.where(x[:, 1] > 6.05, np.where(x[:, 2] > 90, 1, 0), 2) + 0
    y = np.where((x[:, 3] == 1) & (x[:, 0] > 60), 2, y)
    y = np.where(random.random(n) < 0.05, random.integers(0, 3, n), y)
    return design, prepare(design, x), y.astype(np.int64)


def _fit(**settings: Any) -> TreeFit:
    design, x, y = _made()
    chosen = {"max_depth": 5, "min_samples_leaf": 1, **settings}
    found = estimator("decision_tree").fit(design, x, y, chosen, 1)
    assert isinstance(found, TreeFit)
    return found


def _ask(fitted: TreeFit, x: FloatArray) -> Raw:
    p, shares, base = open_graph(fitted.export(_made()[0])).run(
        ["probability", "contributions", "base"], {"x": x}
    )
    return Raw(p.astype(float), shares.astype(float), float(base[0]))


def test_the_tree_without_pull_is_scikit_learns() -> None:
    _, x, y = _made()
    theirs = DecisionTreeClassifier(max_depth=5, random_state=1).fit(x, y)
    assert np.abs(_fit(pull=0.0).probabilities(x) - theirs.predict_proba(x)).max() < 1e-12


def test_the_graph_answers_as_the_tree_at_below_and_above_every_cut() -> None:
    design, x, _ = _made()
    fitted = _fit()
    for node in np.flatnonzero(fitted.tree.feature >= 0):
        place, cut = fitted.tree.feature[node], fitted.tree.threshold[node]
        for step in (-1.0, -1e-4, -1e-9, 0.0, 1e-9, 1e-4, 1.0):
            asked = x[:200].copy()
            asked[:, place] = cut + step
            expected = fitted.probabilities(prepare(design, asked))
            assert np.abs(_ask(fitted, asked).probability - expected).max() < 1e-6


def test_an_unknown_answer_goes_with_the_most() -> None:
    _, x, _ = _made()
    asked = x.copy()
    asked[::2, 2] = np.nan
    asked[::3, 3] = np.nan
    fitted = _fit()
    assert np.abs(_ask(fitted, asked).probability - fitted.probabilities(asked)).max() < 1e-6


def test_the_path_sums_to_the_answer() -> None:
    _, x, _ = _made()
    fitted = _fit()
    raw = _ask(fitted, x)
    assert raw.contributions is not None and raw.base is not None
    assert np.abs(raw.base + raw.contributions.sum(axis=1) - raw.probability[:, 1]).max() < 1e-6
    assert np.abs(raw.contributions - fitted.contributions(x)).max() < 1e-6


def test_an_input_of_the_scope_only_is_not_asked() -> None:
    fitted = _fit(scope_only=["age"])
    assert 0 not in fitted.tree.feature and 3 in fitted.tree.feature


def test_no_leaf_is_certain_and_its_shares_sum_to_one() -> None:
    value = _fit(pull=2.0).tree.value
    assert (value > 0).all() and (value < 1).all()
    assert value.sum(axis=1) == pytest.approx(1.0)


def test_recalibrated_answers_are_the_graphs_too() -> None:
    _, x, _ = _made()
    plain, mended = _fit(), _fit().recalibrated(0.7, 0.0)
    assert np.abs(mended.probabilities(x) - powered(plain.probabilities(x), 0.7)).max() < 1e-12
    assert np.abs(_ask(mended, x).probability - mended.probabilities(x)).max() < 1e-6
    pair = plain.tree.value[:, :2]
    two = replace(plain, tree=replace(plain.tree, value=pair / pair.sum(axis=1, keepdims=True)))
    assert two.recalibrated(1.0, 0.5).base > two.base


def test_the_curve_in_steps_rises_and_keeps_the_mean() -> None:
    score = np.array([-3.0, -3.0, -1.0, -1.0, 0.0, 2.0, 2.0, 2.0])
    y = np.array([0, 0, 1, 0, 0, 1, 1, 1])
    found = steps(y, score)
    assert (np.diff(found[np.argsort(score)]) >= 0).all()
    assert found[2] == found[4] == pytest.approx(1.5 / 4)


def test_the_thyroid_reader_says_what_was_not_measured(tmp_path: Path) -> None:
    from medapp.training.datasets.thyroid_ann import read

    path = tmp_path / "ann.csv"
    path.write_text(
        "age,sex,TSH,FTI,class\n0.5,0,0.00189,0.1,3\n0.7,1.0,0.02,0.05,1\n0.7,1.0,0.02,0.05,1\n", "utf-8"
    )
    frame, repairs = read(path, {"filled": {"TSH": "0.00189"}})
    assert frame["tsh_measured"].tolist() == ["no", "yes", "yes"]
    assert frame["sex_name"].tolist() == ["female", "male", "male"]
    assert frame["same"].tolist() == ["0", "1", "1"]
    assert [(r.column, r.rows) for r in repairs] == [("TSH", 1), ("(row)", 1)]
