"""Exact limits of what was observed, and the words for them."""

from __future__ import annotations

import pytest

from medapp.i18n import Words
from medapp.services.local_validity import Counts, Pair, by_month, sentence, share_limits


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.308498), (10, 10, 0.691502, 1.0), (8, 40, 0.090522, 0.356478),
        (1, 30, 0.000844, 0.172170),
    ],
)
def test_the_limits_of_a_share_are_those_of_clopper_and_pearson(
    events: int, n: int, low: float, high: float
) -> None:
    assert share_limits(events, n) == pytest.approx((low, high), abs=2e-6)


@pytest.mark.parametrize(
    ("observed", "expected", "verdict"), [(10, 10.0, "agrees"), (1, 20.0, "fewer"), (30, 15.0, "more")]
)
def test_the_verdict_follows_from_where_one_lies_against_the_limits(
    observed: int, expected: float, verdict: str
) -> None:
    assert Counts(40, observed, expected).verdict == verdict


def test_the_sentence_states_counts_ratio_and_limits() -> None:
    text = sentence(Counts(40, 8, 10.0), Words("en"))
    assert text == (
        "8 of 40 patients here had it where the estimates add up to 10.0: "
        "observed ÷ expected 0.80 (0.36–1.43), no difference found."
    )


def test_months_are_those_with_outcomes_in_order() -> None:
    pairs = [Pair(0.2, True, "female", day) for day in ("2026-03-02", "2026-01-09", "2026-03-30")]
    assert [(m.name, m.counts.n) for m in by_month(pairs)] == [("2026-01", 1), ("2026-03", 2)]
