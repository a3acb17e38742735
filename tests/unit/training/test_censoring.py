"""Who was lost before the horizon counts through the others, and sums agree with Kaplan-Meier."""

from __future__ import annotations

import numpy as np
import pytest

from medapp.training import metrics
from medapp.training.censoring import FollowUp, survival


def _follow_up(n: int = 400, seed: int = 4) -> FollowUp:
    random = np.random.default_rng(seed)
    death, lost = random.exponential(150, n), random.uniform(5, 300, n)
    return FollowUp(np.ceil(np.minimum(death, lost)), death <= lost, 90.0)


def test_the_weighted_share_of_events_is_that_of_kaplan_and_meier() -> None:
    follow_up = _follow_up()
    risk = 1.0 - survival(follow_up.days, follow_up.event, np.array([90.0]))[0]
    weights = follow_up.weights()
    assert np.average(follow_up.had_event, weights=weights) == pytest.approx(risk)
    assert follow_up.expected().mean() == pytest.approx(risk)
    assert weights.sum() == pytest.approx(len(weights))


def test_the_lost_weigh_nothing_and_nobody_else_less_than_one() -> None:
    follow_up = _follow_up()
    weights = follow_up.weights()
    lost = ~follow_up.event & (follow_up.days < 90)
    assert lost.any() and (weights[lost] == 0).all()
    assert (weights[~lost] >= 1).all()


def test_without_losses_every_row_counts_once() -> None:
    follow_up = FollowUp(np.array([10.0, 90.0, 120.0, 90.0]), np.array([True, True, True, False]), 90.0)
    assert follow_up.weights().tolist() == [1.0, 1.0, 1.0, 1.0]
    assert follow_up.had_event.tolist() == [True, True, False, False]


def test_an_event_on_the_last_day_of_another_comes_before_the_loss() -> None:
    days, event = np.array([5.0, 5.0, 200.0, 200.0]), np.array([True, False, False, False])
    weights = FollowUp(days, event, 90.0).weights()
    assert weights.tolist() == pytest.approx([1.0, 0.0, 1.5, 1.5])


def test_whole_weights_measure_as_repeated_rows_do() -> None:
    random = np.random.default_rng(0)
    event, p = random.integers(0, 2, 80), np.round(random.random(80), 2)
    count = random.integers(0, 4, 80)
    repeated = np.repeat(np.arange(80), count)
    weighted = metrics.of_two_classes(event, p, 0.4, count.astype(float))
    plain = metrics.of_two_classes(event[repeated], p[repeated], 0.4)
    assert weighted == pytest.approx(plain, abs=1e-9)
