"""The figures agree with scikit-learn and with their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as reference

from medapp.training import bootstrap, calibration, measured, metrics


@pytest.fixture
def case() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(2)
    p = np.round(random.beta(1, 5, 2000), 3)  # rounded: many ties
    return (random.random(2000) < p).astype(np.int64), p


def test_two_classes_agree_with_scikit_learn(case: tuple[np.ndarray, np.ndarray]) -> None:
    event, p = case
    found, called = metrics.of_two_classes(event, p, 0.2), p >= 0.2
    assert found["auroc"] == pytest.approx(reference.roc_auc_score(event, p), abs=1e-12)
    assert found["auprc"] == pytest.approx(reference.average_precision_score(event, p), abs=1e-12)
    assert found["brier"] == pytest.approx(reference.brier_score_loss(event, p), abs=1e-12)
    assert found["f1"] == pytest.approx(reference.f1_score(event, called), abs=1e-12)
    assert found["precision"] == pytest.approx(reference.precision_score(event, called), abs=1e-12)
    assert found["recall"] == pytest.approx(reference.recall_score(event, called), abs=1e-12)
    assert found["accuracy"] == pytest.approx(reference.accuracy_score(event, called), abs=1e-12)


def test_more_classes_agree_with_scikit_learn() -> None:
    random = np.random.default_rng(3)
    p = random.dirichlet([3, 1, 1], 500)
    y = np.array([random.choice(3, p=row) for row in p])
    found = metrics.of_many_classes(y, p, ("a", "b", "c"))
    assert found["macro_f1"] == pytest.approx(reference.f1_score(y, p.argmax(1), average="macro"))
    assert found["log_loss"] == pytest.approx(reference.log_loss(y, p))
    assert found["auroc_b"] == pytest.approx(reference.roc_auc_score(y == 1, p[:, 1]))


def test_slope_and_intercept_are_found_back() -> None:
    random = np.random.default_rng(4)
    truth = random.normal(-1, 1.5, 60000)
    y = (random.random(60000) < calibration.expit(truth)).astype(np.int64)
    slope, intercept = calibration.line(y, (truth - 0.3) / 0.7)
    assert (slope, intercept) == (pytest.approx(0.7, abs=0.03), pytest.approx(0.3, abs=0.03))
    assert calibration.shift(y, truth - 0.5) == pytest.approx(0.5, abs=0.03)


def test_net_benefit_of_testing_everybody_falls_to_nought_at_the_prevalence() -> None:
    event = np.repeat([1, 0], [20, 80])
    assert metrics.net_benefit(event, np.ones(100, dtype=bool), 0.2) == pytest.approx(0.0)


def test_what_cannot_be_computed_is_null_in_the_document() -> None:
    found = metrics.of_two_classes(np.zeros(50, dtype=np.int64), np.full(50, 0.1), 0.5)
    assert np.isnan(found["auroc"]) and np.isnan(found["recall"])
    figure = bootstrap.Figure(found["auroc"], np.nan, np.nan)
    assert figure.as_document() == {"value": None, "low": None, "high": None}


def test_the_interval_widens_when_groups_hold_together() -> None:
    random = np.random.default_rng(5)
    groups = np.repeat(np.arange(30), 40)
    value = random.normal(0, 1, 30)[groups] + random.normal(0, 0.1, 1200)

    def mean(index: np.ndarray) -> dict[str, float]:
        return {"mean": float(value[index].mean())}

    by_group = bootstrap.figures(mean, groups, 300, 1)["mean"]
    by_row = bootstrap.figures(mean, np.arange(1200), 300, 1)["mean"]
    assert by_group.high - by_group.low > 3 * (by_row.high - by_row.low)
    assert by_group.low < by_group.value < by_group.high


def test_wilson_limits_stay_within_nought_and_one() -> None:
    assert measured.wilson(0, 20)[0] == 0.0
    assert measured.wilson(20, 20)[1] == pytest.approx(1.0)
    low, high = measured.wilson(10, 100)
    assert (low, high) == (pytest.approx(0.0552, abs=1e-3), pytest.approx(0.1744, abs=1e-3))


def _three_classes(sharp: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    true = random.dirichlet([1.0, 2.0, 4.0], 4000)
    y = (random.random(4000)[:, None] > np.cumsum(true, axis=1)).sum(axis=1)
    return y, calibration.powered(true, sharp)


def test_classes_taken_together_are_measured_against_the_rest() -> None:
    y, p = _three_classes(1.0)
    found = metrics.of_many_classes(y, p, ("a", "b", "c"), {"not_c": ("a", "b")})
    assert found["auroc_not_c"] == pytest.approx(found["auroc_c"])
    assert set(found) >= {"accuracy", "macro_f1", "log_loss", "auroc_a", "recall_b"}


def test_estimates_too_bold_are_taken_back_to_what_they_should_be() -> None:
    y, p = _three_classes(2.0)
    assert calibration.sharpness(y, p) == pytest.approx(0.5, abs=0.03)
    y, p = _three_classes(1.0)
    assert calibration.sharpness(y, p) == pytest.approx(1.0, abs=0.06)
