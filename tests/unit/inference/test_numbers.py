"""Beta quantiles, nearest estimates, typicality, Shapley values: the arithmetic against brute force."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from medapp.inference.background import Neighbours
from medapp.inference.beta import beta_cdf, beta_quantile
from medapp.inference.decode import logit, relation
from medapp.inference.explain.scale import onto_probability
from medapp.inference.explain.shapley import allot, orders, shapley
from medapp.inference.typicality import distance, typicality

Array = NDArray[np.float64]


@pytest.fixture
def drawn() -> np.random.Generator:
    """Each test its own draw, whatever ran before it."""
    return np.random.default_rng(3)


@pytest.mark.parametrize("e", [0, 1, 7, 32, 63, 64])
def test_beta_quantiles_equal_scipys(e: int) -> None:
    for q in (0.1, 0.5, 0.9):
        assert beta_quantile(q, e + 0.5, 64 - e + 0.5) == pytest.approx(
            special.betaincinv(e + 0.5, 64 - e + 0.5, q), abs=1e-12
        )


def test_the_beta_distribution_runs_from_0_to_1() -> None:
    assert (beta_cdf(0.0, 2, 3), beta_cdf(1.0, 2, 3)) == (0.0, 1.0)
    assert beta_cdf(0.3, 2.5, 7.0) == pytest.approx(special.betainc(2.5, 7.0, 0.3), abs=1e-13)


def test_the_nearest_estimates_are_those_of_brute_force(drawn: np.random.Generator) -> None:
    logits = np.sort(drawn.standard_normal(500))
    outcomes = (drawn.random(500) < 0.4).astype(float)
    near = Neighbours(logits, outcomes)
    assert near.k == 64
    for q in [*drawn.standard_normal(50) * 2, logits[0], logits[-1], -9.0, 9.0]:
        nearest = np.argsort(np.abs(logits - q), kind="stable")[:64]
        assert near.events(np.array([q]))[0] == outcomes[nearest].sum()


def test_few_pairs_give_fewer_neighbours() -> None:
    assert Neighbours(np.arange(100.0), np.zeros(100)).k == 20


def test_errors_of_the_nearest_predictions_bound_a_quantity(drawn: np.random.Generator) -> None:
    predicted = np.sort(drawn.uniform(0, 10, 2000))
    observed = predicted + drawn.standard_normal(2000) * (0.1 + predicted / 10)
    low, high = Neighbours(predicted, observed).residual_limits(np.array([1.0, 9.0]), 0.8)
    assert high[1] - low[1] > 2 * (high[0] - low[0])


def test_a_relation_is_of_the_whole_interval() -> None:
    assert [relation(*limits, 0.2) for limits in ((0.2, 0.4), (0.1, 0.2), (0.1, 0.19))] == [
        "above", "crosses", "below",
    ]  # fmt: skip


def test_log_odds_are_finite_at_the_ends() -> None:
    assert np.isfinite(logit(np.array([0.0, 1.0]))).all()


@pytest.mark.parametrize("terms", [[0.5, -0.2, 1.0], [0.5, -0.5], [0.0], [1e-9, -1e-9], [1e-5]])
def test_additive_terms_sum_to_the_probability(terms: list[float]) -> None:
    c, base = np.array(terms), -1.2
    p = 1 / (1 + math.exp(-(base + c.sum())))
    start, shares = onto_probability(c, base, p)
    assert start + shares.sum() == pytest.approx(p, abs=1e-9)


def test_terms_that_cancel_keep_their_size_in_the_limit() -> None:
    start, shares = onto_probability(np.array([0.5, -0.5]), 0.0, 0.5)
    assert start == 0.5 and shares.tolist() == [0.125, -0.125]


def test_distance_is_to_the_nearest_centre_over_what_is_known() -> None:
    centers, scale = np.array([[0.0, 0.0], [10.0, 10.0]]), np.array([1.0, 2.0])
    x = np.array([[1.0, 2.0], [10.0, math.nan], [math.nan, math.nan]])
    found = distance(x, centers, scale)
    assert found[0] == pytest.approx(1.0) and found[1] == pytest.approx(0.0) and np.isnan(found[2])


def test_typicality_is_the_share_of_training_rows_that_lie_further() -> None:
    percentiles = np.linspace(0.0, 10.0, 101)
    assert typicality(np.array([-1.0, 0.0, 2.5, 10.0, 99.0]), percentiles).tolist() == [
        1.0,
        1.0,
        0.75,
        0.0,
        0.0,
    ]


def test_every_input_stands_at_every_place_equally_often() -> None:
    found = orders(7 * 3, 7)
    for feature in range(7):
        places = np.argwhere(found == feature)[:, 1]
        assert np.bincount(places, minlength=7).tolist() == [3] * 7


def test_every_centre_counts_exactly_its_weight() -> None:
    weights = np.array([0.5, 0.3, 0.2])
    centre, weight = allot(weights, 7)
    assert np.bincount(centre, weight).tolist() == pytest.approx(weights.tolist())
    assert np.bincount(centre).tolist() == [3, 2, 2]


def test_fewer_orders_than_centres_draw_them_by_weight() -> None:
    centre, weight = allot(np.array([0.5, 0.1, 0.1, 0.1, 0.1, 0.1]), 4)
    assert (centre[:2].tolist(), weight.sum()) == ([0, 0], 1.0)


def brute_force(score: object, x: Array, centers: Array, weights: Array) -> tuple[float, Array]:
    assert callable(score)
    k = len(x)

    def value(members: tuple[int, ...]) -> float:
        rows = centers.copy()
        rows[:, list(members)] = x[list(members)]
        return float(score(rows) @ weights)

    result = np.zeros(k)
    for i in range(k):
        others = [j for j in range(k) if j != i]
        for size in range(k):
            share = math.factorial(size) * math.factorial(k - size - 1) / math.factorial(k)
            for members in itertools.combinations(others, size):
                result[i] += share * (value((*members, i)) - value(members))
    return value(()), result


def test_sampled_shapley_values_agree_with_brute_force_and_sum_exactly(drawn: np.random.Generator) -> None:
    k, count = 8, 50
    mixing = drawn.standard_normal((k, k))

    def score(rows: Array) -> Array:
        result: Array = 1 / (1 + np.exp(-(rows @ mixing[0] + 0.3 * (rows @ mixing[1]) * (rows @ mixing[2]))))
        return result

    centers, weights = drawn.standard_normal((count, k)), drawn.random(count)
    weights /= weights.sum()
    for _ in range(5):
        x = drawn.standard_normal(k)
        base, found = shapley(score, x, centers, weights)
        true_base, true = brute_force(score, x, centers, weights)
        assert base + found.sum() == pytest.approx(float(score(x[None])[0]), abs=1e-9)
        assert base == pytest.approx(true_base, abs=1e-12)
        assert np.corrcoef(found, true)[0, 1] > 0.95  # 0.96 at least in 300 draws; it is sampled
        more = shapley(score, x, centers, weights, 800)[1]
        assert np.corrcoef(more, true)[0, 1] > 0.995


def test_effects_of_single_inputs_and_of_pairs_are_exact(drawn: np.random.Generator) -> None:
    def score(rows: Array) -> Array:
        result: Array = np.sin(rows[:, 0]) + rows[:, 1] * rows[:, 2] - 2 * rows[:, 3] * rows[:, 0]
        return result

    centers, weights = drawn.standard_normal((9, 5)), np.full(9, 1 / 9)
    x = drawn.standard_normal(5)
    assert shapley(score, x, centers, weights)[1] == pytest.approx(brute_force(score, x, centers, weights)[1])


def test_one_input_alone_gets_everything() -> None:
    base, found = shapley(lambda rows: rows[:, 0] * 2, np.array([3.0]), np.array([[1.0], [2.0]]), np.ones(2))
    assert (base, found.tolist()) == (3.0, [3.0])


def test_the_base_is_the_same_for_every_patient(drawn: np.random.Generator) -> None:
    centers, weights = drawn.standard_normal((20, 3)), np.full(20, 0.05)
    bases = {shapley(lambda rows: rows.sum(axis=1), x, centers, weights, 32)[0] for x in np.eye(3)}
    assert len(bases) == 1
