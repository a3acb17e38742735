"""The two-product graph says what scikit-learn's calibrated machine says."""

from __future__ import annotations

import numpy as np
import pytest

from medapp.runtime.session import open_graph
from medapp.training import basis as bases
from medapp.training.estimators import support_vector_machine
from medapp.training.estimators.support_vector_machine import ESTIMATOR, MachineFit, classifier
from medapp.training.table import prepare
from tests.unit.training.tables import design, rows


@pytest.mark.parametrize(("exact", "required", "blank"), [(True, True, 0.0), (False, False, 0.15)])
def test_the_graph_equals_the_calibrated_machine(exact: bool, required: bool, blank: float) -> None:
    recipe = design("support_vector_machine", exact=exact, required=required)
    x, y = rows(blank=blank)
    ready = prepare(recipe, x)
    fit = ESTIMATOR.fit(recipe, ready, y, {"C": 2, "gamma": 0.1}, 7)
    values = bases.fit(recipe, ready).values(ready)
    expected = classifier(values, (y == 0).astype(int), 2.0, 0.1, 7).predict_proba(values)[:, ::-1]
    assert np.abs(fit.probabilities(ready) - expected).max() < 1e-9
    (p,) = open_graph(fit.export(recipe)).run(["probability"], {"x": x})
    assert np.abs(p - expected).max() < 1e-4  # the graph computes in float32
    assert np.abs(p.sum(axis=1) - 1).max() < 1e-6


def test_inputs_far_from_any_support_vector_give_a_number() -> None:
    recipe = design("support_vector_machine", required=True)
    x, y = rows()
    fit = ESTIMATOR.fit(recipe, prepare(recipe, x), y, {}, 0)
    (p,) = open_graph(fit.export(recipe)).run(["probability"], {"x": np.array([[1e9, 1e9, -1e9, 0.0]])})
    assert np.isfinite(p).all()


def test_recalibration_is_a_line_on_the_log_odds() -> None:
    recipe = design("support_vector_machine")
    x, y = rows()
    ready = prepare(recipe, x)
    fit = ESTIMATOR.fit(recipe, ready, y, {}, 0)
    assert isinstance(fit, MachineFit)
    before, after = (f.probabilities(ready) for f in (fit, fit.recalibrated(0.8, 0.1)))
    odds = [np.log(p[:, 0] / p[:, 1]) for p in (before, after)]
    assert np.abs(odds[1] - (0.8 * odds[0] + 0.1)).max() < 1e-9


def test_small_numbers_are_not_rounded_where_the_recipe_is_exact() -> None:
    x = np.array([[50.5, 0.000123, 5.00001234, 1.0]])
    assert prepare(design("support_vector_machine", exact=True), x)[0, 1] == 0.000123
    assert prepare(design("support_vector_machine"), x)[0, 1] == 0.0001
    assert support_vector_machine.ESTIMATOR.explains == "shapley"
