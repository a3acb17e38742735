"""The graph says what scikit-learn says, unknown values, centres and many classes included."""

from __future__ import annotations

import numpy as np
import pytest

from medapp.runtime.session import open_graph
from medapp.training import basis as bases
from medapp.training.basis import BasisDesign
from medapp.training.estimators import logistic_regression
from medapp.training.estimators.logistic_regression import ESTIMATOR, LogisticFit, classifier, level
from medapp.training.table import prepare
from tests.unit.training.tables import design, rows

RECIPE = design("logistic_regression")
OPTIONS = {"sizes": ["b"], "expected_by": ["d", "high"], "choices": {"d": ["high"]}}


def edges() -> np.ndarray:
    return np.array([[np.nan] * 4, [-1e9, -1e3, 0, 2], [1e9, 1e3, 10, 0], [79.99999, 0, 5, 1]])


@pytest.mark.parametrize("options", [{}, {"C": 0.2}, OPTIONS])
def test_the_graph_equals_scikit_learn_to_a_millionth(options: dict[str, object]) -> None:
    x, y = rows(blank=0.15)
    settings = {k: v for k, v in options.items() if k != "C"}
    prepared = prepare(RECIPE, np.vstack([x, edges()]))
    fit = ESTIMATOR.fit(RECIPE, prepared[: len(x)], y, options, 0)
    basis = bases.fit(RECIPE, prepared[: len(x)], BasisDesign(**settings))  # type: ignore[arg-type]
    machine = classifier(basis.values(prepared[: len(x)]), (y == 0).astype(int), float(options.get("C", 1.0)))  # type: ignore[arg-type]
    expected = machine.predict_proba(basis.values(prepared))[:, ::-1]
    (p,) = open_graph(fit.export(RECIPE)).run(["probability"], {"x": np.vstack([x, edges()])})
    assert np.abs(p - expected).max() < 1e-6
    assert np.abs(fit.probabilities(prepared) - expected).max() < 1e-12


def test_base_and_contributions_sum_to_the_log_odds_and_the_unknown_moves_nothing() -> None:
    x, y = rows(blank=0.2)
    fit = ESTIMATOR.fit(RECIPE, prepare(RECIPE, x), y, {}, 0)
    graph = open_graph(fit.export(RECIPE))
    p, shares, base = graph.run(["probability", "contributions", "base"], {"x": x})
    log_odds = np.log(p[:, 0].astype(float) / p[:, 1])
    assert np.abs(shares.sum(axis=1) + base - log_odds).max() < 1e-4
    assert not shares[np.isnan(x)].any() and shares[~np.isnan(x)].any()


def test_what_a_known_answer_lets_expect_of_an_unknown_one_is_credited_to_the_answer() -> None:
    x, y = rows()
    x[:, 1] += 3 * (x[:, 3] == 2)
    options = {"expected_by": ["d", "high"], "choices": {"d": ["high"]}}
    fit = ESTIMATOR.fit(RECIPE, prepare(RECIPE, x), y, options, 0)
    patients = np.array([[50, np.nan, 5, 2], [50, np.nan, 5, 0], [50, x[:, 1].mean(), 5, 2]])
    shares, p = open_graph(fit.export(RECIPE)).run(["contributions", "probability"], {"x": patients})
    assert shares[0, 1] == shares[1, 1] == 0.0
    assert shares[0, 3] > shares[2, 3]
    mean = prepare(RECIPE, x)[x[:, 3] == 2, 1].mean()
    known = fit.probabilities(np.array([[50, mean, 5, 2]]))
    assert p[0, 0] == pytest.approx(known[0, 0], abs=1e-6)


def test_centres_shift_the_level_and_not_the_coefficients() -> None:
    x, y = rows(3000)
    centre = (x[:, 1] + np.random.default_rng(2).normal(0, 1, 3000) > 0).astype(np.int64)
    random = np.random.default_rng(3)
    shifted = y.copy()
    shifted[(centre == 1) & (random.random(3000) < 0.8)] = 0  # centre 1 has far more of the lead class
    plain = ESTIMATOR.fit(RECIPE, x, shifted, {}, 0)
    held = ESTIMATOR.fit_grouped(RECIPE, x, shifted, centre, {"groups_shift": 5.0}, 0)
    assert isinstance(plain, LogisticFit) and isinstance(held, LogisticFit)
    assert held.weights[1] < plain.weights[1]  # b tells the centre: without shifts it is credited for it
    p = held.probabilities(x)[:, 0]
    by_centre = [(p[centre == c].mean(), (shifted[centre == c] == 0).mean()) for c in (0, 1)]
    estimated, observed = np.mean(by_centre, axis=0)
    assert estimated == pytest.approx(observed, abs=1e-9)


def test_the_level_counts_every_group_alike() -> None:
    event = np.array([1] * 90 + [0] * 10 + [0] * 8 + [1] * 2)
    groups = np.array([0] * 100 + [1] * 10)
    found = level(np.zeros(110), event, groups)
    assert 1 / (1 + np.exp(-found)) == pytest.approx((0.9 + 0.2) / 2)


def test_many_classes_equal_scikit_learn_and_a_power_recalibrates() -> None:
    recipe = design("logistic_regression", classes=3)
    x, y = rows(600, blank=0.1, classes=3)
    ready = prepare(recipe, x)
    fit = ESTIMATOR.fit(recipe, ready, y, {}, 0)
    basis = bases.fit(recipe, ready)
    expected = classifier(basis.values(ready), y, 1.0).predict_proba(basis.values(ready))
    (p,) = open_graph(fit.export(recipe)).run(["probability"], {"x": x})
    assert np.abs(p - expected).max() < 1e-6
    assert getattr(fit, "explains", "") == "shapley"
    bent = fit.recalibrated(0.7, 0.0).probabilities(ready)
    power = expected**0.7
    assert np.abs(bent - power / power.sum(axis=1, keepdims=True)).max() < 1e-9


def test_a_class_that_a_training_part_lacks_gets_no_estimate() -> None:
    recipe = design("logistic_regression", classes=3)
    x, y = rows(300)
    fit = ESTIMATOR.fit(recipe, prepare(recipe, x), y, {}, 0)
    assert fit.probabilities(prepare(recipe, x))[:, 2].max() < 1e-9


def test_the_graph_is_the_same_bytes_every_time() -> None:
    x, y = rows()
    fits = [ESTIMATOR.fit(RECIPE, prepare(RECIPE, x), y, {}, 0) for _ in range(2)]
    assert fits[0].export(RECIPE) == fits[1].export(RECIPE)
    assert logistic_regression.ESTIMATOR.explains == "in_graph"
