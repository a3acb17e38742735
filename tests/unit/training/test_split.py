"""Folds that never divide a group."""

from __future__ import annotations

import numpy as np
import pytest

from medapp.training.design import SplitDesign
from medapp.training.split import grouped_folds, outer_folds


@pytest.fixture
def survey() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    return random.integers(0, 31, 3000), (random.random(3000) < 0.14).astype(np.int64)


def test_no_group_is_divided(survey: tuple[np.ndarray, np.ndarray]) -> None:
    groups, y = survey
    fold = grouped_folds(groups, y, 5, seed=7)
    assert all(len(set(fold[groups == group])) == 1 for group in np.unique(groups))


def test_folds_are_alike_in_size_and_in_events(survey: tuple[np.ndarray, np.ndarray]) -> None:
    groups, y = survey
    fold = grouped_folds(groups, y, 5, seed=7)
    sizes, events = np.bincount(fold), np.bincount(fold, weights=y)
    assert sizes.min() > 0.7 * sizes.max()
    assert events.min() > 0.6 * events.max()


def test_the_seed_decides_and_another_seed_deals_otherwise(survey: tuple[np.ndarray, np.ndarray]) -> None:
    groups, y = survey
    assert np.array_equal(grouped_folds(groups, y, 5, 1), grouped_folds(groups, y, 5, 1))
    assert not np.array_equal(grouped_folds(groups, y, 5, 1), grouped_folds(groups, y, 5, 2))


def test_single_rows_are_dealt_with_equal_class_shares() -> None:
    y = np.repeat([0, 1, 2], [60, 30, 12])
    fold = grouped_folds(np.arange(len(y)), y, 3, seed=0)
    for held in range(3):
        assert list(np.bincount(y[fold == held])) == [20, 10, 4]


def test_one_centre_is_left_out_at_a_time() -> None:
    split = SplitDesign("leave_one_group_out", ("centre",), 0, 3, 1)
    groups = np.array([5, 5, 9, 9, 2])
    fold = outer_folds(split, groups, np.zeros(5, dtype=np.int64), 0)
    assert sorted(set(fold)) == [0, 1, 2]
    assert fold[0] == fold[1] != fold[2]
