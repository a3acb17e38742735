"""The graph says what interpret says, unknown values and pairs included."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from medapp.paths import models_dir
from medapp.runtime.session import open_graph
from medapp.training.design import Design, parse_design
from medapp.training.estimators import glass_box
from medapp.training.export.binned_trees import round_up, thresholds
from medapp.training.own_table.quantity_fits import GlassBoxRegression
from medapp.training.table import prepare

K = 5


def _design(**first: Any) -> Design:
    return parse_design(
        {
            "id": "toy", "version": "1", "seed": 1,
            "data": {
                "reader": "nhanes", "file": "", "sha256": "", "origin": "", "licence": "", "citation": "",
                "dates": "",
            },
            "outcome": {"column": "y", "classes": {"yes": ["1"], "no": ["0"]}, "lead_class": "yes"},
            "features": [
                {"name": "a", "column": "a", **first},
                *({"name": n, "column": n} for n in "bcde"),
            ],
            "split": {"kind": "rows", "folds": 3, "inner": 2},
            "estimator": {"algorithm": "glass_box"},
        },
        "toy",
    )


@pytest.fixture(scope="module")
def machine() -> tuple[Any, np.ndarray]:
    from interpret.glassbox import ExplainableBoostingClassifier

    random = np.random.default_rng(0)
    x = np.round(random.normal(50, 20, (1500, K)), 2)
    x[random.random(x.shape) < 0.15] = np.nan
    z = np.nan_to_num(x, nan=50.0) / 20 - 2.5
    y = random.random(1500) < 1 / (1 + np.exp(-(z[:, 0] + z[:, 1] * z[:, 2])))
    fitted = ExplainableBoostingClassifier(
        feature_types=["continuous"] * K, interactions=[(1, 2), (0, 3)], outer_bags=2, max_rounds=80,
        random_state=1, n_jobs=1,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        fitted.fit(x, y.astype(int))
    return fitted, x


def test_graph_equals_interpret_to_a_millionth(machine: tuple[Any, np.ndarray]) -> None:
    fitted, x = machine
    fit = glass_box.from_machine(fitted, lead=0)
    cuts = np.unique(np.concatenate([cut for term in fit.terms for cut in term.cuts]))
    on_cuts = np.round(np.resize(cuts, (len(cuts), K)), 4)
    extremes = np.array([[np.nan] * K, [-1e9] * K, [1e9] * K])
    rows = np.vstack([x, on_cuts, extremes])
    graph = open_graph(fit.export(_design()))
    p, contributions, base = graph.run(["probability", "contributions", "base"], {"x": rows})
    assert np.abs(p[:, 0] - fitted.predict_proba(rows)[:, 1]).max() < 1e-6
    assert np.abs(contributions - fitted.eval_terms(rows)).max() < 1e-6
    assert base.shape == (1,) and base[0] == pytest.approx(fitted.intercept_[0], abs=1e-6)
    assert np.abs(p.sum(axis=1) - 1).max() < 1e-6
    log_odds = np.log(p[:, 0].astype(float) / p[:, 1])
    assert np.abs(contributions.sum(axis=1) + base - log_odds).max() < 1e-4


def test_an_unanswered_question_moves_nothing(machine: tuple[Any, np.ndarray]) -> None:
    fitted, x = machine
    fit = glass_box.neutral(glass_box.from_machine(fitted, lead=0))
    graph = open_graph(fit.export(_design()))
    (contributions,) = graph.run(["contributions"], {"x": x})
    for place, term in enumerate(fit.terms):
        unknown = np.isnan(x[:, list(term.features)]).any(axis=1)
        assert not contributions[unknown, place].any()
        assert contributions[~unknown, place].any()


def test_the_graph_floors_clamps_and_rounds_as_the_recipe_does(machine: tuple[Any, np.ndarray]) -> None:
    fitted, x = machine
    design = _design(whole=True, low=20, high=80)
    graph = open_graph(glass_box.from_machine(fitted, 0).export(design))
    noisy = x.copy()
    noisy[:, 0] = np.floor(x[:, 0]) + 0.9
    noisy[:, 1] *= 1 + 1e-15
    fit = glass_box.from_machine(fitted, 0)
    (p,) = graph.run(["probability"], {"x": noisy})
    assert np.abs(p - fit.probabilities(prepare(design, noisy))).max() < 1e-6
    whole = np.where(np.isnan(x[:, 0]), np.nan, np.clip(np.floor(x[:, 0]), 20, 80))
    expected = fit.probabilities(np.column_stack([whole, x[:, 1:]]))
    assert np.abs(p - expected).max() < 1e-6


def test_a_second_lead_class_turns_the_columns_round(machine: tuple[Any, np.ndarray]) -> None:
    fitted, x = machine
    first, second = (glass_box.from_machine(fitted, lead) for lead in (0, 1))
    graph = open_graph(second.export(_design()))
    (p,) = graph.run(["probability"], {"x": x})
    assert np.abs(p - first.probabilities(x)[:, ::-1]).max() < 1e-6


def test_recalibration_scales_the_log_odds(machine: tuple[Any, np.ndarray]) -> None:
    fitted, x = machine
    plain = glass_box.from_machine(fitted, 0)
    bent = plain.recalibrated(0.8, 0.1)
    before, after = (np.log(f.probabilities(x)[:, 0] / f.probabilities(x)[:, 1]) for f in (plain, bent))
    assert np.abs(after - (0.8 * before + 0.1)).max() < 1e-9


def test_cut_points_are_rounded_up_to_float32() -> None:
    cuts = np.array([0.1, 27.855, 1e-9, 64.0])
    raised = round_up(cuts)
    assert (raised >= cuts).all() and raised[-1] == 64.0
    assert (raised.astype(np.float32).astype(float) == raised).all()


def test_thresholds_part_the_grid_as_the_cuts_do() -> None:
    random = np.random.default_rng(6)
    grid = np.round(random.uniform(-500, 500, 4000), 4)
    cuts = np.concatenate([grid[:2000], (grid[:2000] + grid[2000:]) / 2, grid[:2000] - 1e-13])
    for cut, threshold in zip(cuts, thresholds(cuts), strict=True):
        near = np.round(np.round(cut * 1e4) + np.arange(-2, 3)) / 1e4
        assert ((near >= cut) == (near.astype(np.float32) >= np.float32(threshold))).all(), cut


def test_the_graph_is_the_same_bytes_every_time(machine: tuple[Any, np.ndarray]) -> None:
    fit = glass_box.from_machine(machine[0], 0)
    assert fit.export(_design()) == fit.export(_design())


@pytest.mark.parametrize("learner", [glass_box.ESTIMATOR, GlassBoxRegression()], ids=["classes", "quantity"])
def test_it_is_trained_without_the_vector_code_of_one_processor(
    learner: Any, machine: tuple[Any, np.ndarray]
) -> None:
    from interpret import develop

    develop.set_option("acceleration", develop.Native.AccelerationFlags_ALL)
    x = machine[1][:200]
    y = (np.nan_to_num(x[:, 0], nan=50.0) > 50).astype(np.int64)
    learner.fit(_design(), x, y, {"interactions": 0, "outer_bags": 1, "max_rounds": 5}, 1)
    assert develop.get_option("acceleration") == develop.Native.AccelerationFlags_NONE


def test_the_released_graph_names_its_terms() -> None:
    graph = open_graph(models_dir() / "diabetes_screening" / "model.onnx")
    assert {"terms", "medapp.features", "medapp.schema"} <= set(graph.metadata)
    assert graph.inputs[0].type == "tensor(double)"
