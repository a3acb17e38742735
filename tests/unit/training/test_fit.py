"""Nothing is fitted, tuned or recalibrated on a row that is later estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from medapp.paths import models_dir
from medapp.training import interval, operating_points
from medapp.training.calibration import expit
from medapp.training.design import (
    Design,
    EstimatorDesign,
    OutcomeDesign,
    PointDesign,
    SplitDesign,
    read_design,
)
from medapp.training.fit import out_of_fold, tune
from medapp.training.table import Table
from medapp.training.types import FloatArray, IntArray, no_progress


@dataclass
class Ledger:
    """An algorithm that learns the base rate and notes which rows it was shown."""

    title: str = "base rate"
    explains: str = "path"
    shown: list[set[int]] = field(default_factory=list)

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Rate:
        self.shown.append(set(x[:, 0].astype(int)))
        return Rate(self.shown[-1], float(np.mean(y == 0)) + float(parameters.get("bias", 0.0)))


@dataclass
class Rate:
    """What `Ledger` learned; refuses rows that it has seen."""

    seen: set[int]
    rate: float

    def probabilities(self, x: FloatArray) -> FloatArray:
        assert self.seen.isdisjoint(x[:, 0].astype(int)), "a row was seen before it was estimated"
        return np.tile([self.rate, 1 - self.rate], (len(x), 1))

    def recalibrated(self, slope: float, intercept: float) -> Rate:
        return self

    def export(self, design: Design) -> bytes:
        raise NotImplementedError


@pytest.fixture
def design() -> Design:
    recipe = read_design(models_dir() / "diabetes_screening")
    return replace(
        recipe, split=SplitDesign("grouped", ("g",), 4, 3, 2),
        estimator=EstimatorDesign("ledger", {}, ({"bias": 0.3}, {"bias": 0.0})),
    )


@pytest.fixture
def table(design: Design) -> Table:
    random = np.random.default_rng(0)
    n = 600
    x = np.column_stack([np.arange(n), *random.normal(size=(len(design.features) - 1, n))]).astype(float)
    y = (random.random(n) < 0.8).astype(np.int64)
    ok = np.ones(n, dtype=bool)
    return Table(x, y, np.arange(n), random.integers(0, 25, n), ok, {}, "", "", n, {}, ())


def test_held_out_rows_and_their_groups_are_never_shown(design: Design, table: Table) -> None:
    ledger = Ledger()
    held = out_of_fold(design, ledger, table, no_progress)
    assert held.probabilities.shape == (2, 600, 2)
    assert np.isfinite(held.probabilities).all()
    for shown in ledger.shown:
        rows = np.array(sorted(shown))
        unseen = np.setdiff1d(np.arange(600), rows)
        assert not set(table.groups[rows]) & set(table.groups[unseen])
    # 2 repeats x 4 outer folds x (2 points x 3 inner folds + 1 fit)
    assert len(ledger.shown) == 2 * 4 * (2 * 3 + 1)


def test_the_better_point_of_the_grid_is_chosen(design: Design, table: Table) -> None:
    assert tune(design, Ledger(), table, 1).parameters == {"bias": 0.0}


def test_the_80_percent_interval_holds_what_it_promises() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(-2, 1, 4000)
    events = (random.random(4000) < expit(scores)).astype(np.int64)
    found = interval.coverage(scores, events, seed=1, splits=20)
    assert 0.72 < found.coverage < 0.95
    assert found.low <= found.coverage <= found.high


def test_an_operating_point_reaches_what_it_was_chosen_for(design: Design) -> None:
    random = np.random.default_rng(2)
    p = random.beta(1, 6, 5000)
    event = (random.random(5000) < p).astype(np.int64)
    recipe = replace(design, points=(
        PointDesign("a", None, 0.8, None, 0.01), PointDesign("b", None, None, 0.9, 0.01),
        PointDesign("c", 0.5, None, None, 0.01),
    ))
    lead = recipe.outcome.ids.index(recipe.outcome.lead_class)
    shares = np.column_stack((p, 1 - p) if lead == 0 else (1 - p, p))
    a, b, c = operating_points.choose(recipe, np.where(event == 1, lead, 1 - lead), shares)
    assert np.mean(p[event == 1] >= a.value) >= 0.8 > np.mean(p[event == 1] >= a.value + 0.01)
    assert np.mean(p[event == 0] < b.value) >= 0.9 > np.mean(p[event == 0] < b.value - 0.01)
    assert c.value == 0.5


def test_an_operating_point_may_lie_on_classes_taken_together(design: Design) -> None:
    random = np.random.default_rng(4)
    p = random.dirichlet([6.0, 2.0, 1.0], 4000)
    y = (random.random(4000)[:, None] > np.cumsum(p, axis=1)).sum(axis=1)
    outcome = OutcomeDesign("y", {"a": (), "b": (), "c": ()}, "c", {"not_a": ("b", "c")})
    point = PointDesign("call", None, 0.9, None, 0.01, "not_a")
    (called,) = operating_points.choose(replace(design, outcome=outcome, points=(point,)), y, p)
    assert called.classes == ("b", "c")
    assert np.mean((p[:, 1] + p[:, 2])[y > 0] >= called.value) >= 0.9
