"""Exact limits of what was observed, and the words for them."""

from __future__ import annotations

import pytest

from medapp.i18n import Words
from medapp.services.local_validity import LEAST, Counts, Pair, sentence, share_limits, spans


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


def pairs(month: str, n: int) -> list[Pair]:
    return [Pair(0.2, True, "female", f"{month}-{1 + i % 28:02d}") for i in range(n)]


def test_months_are_taken_together_until_each_span_has_enough_outcomes() -> None:
    months = {"2026-03": 12, "2026-01": LEAST, "2026-02": 20, "2026-05": 4}
    found = spans([pair for month, n in months.items() for pair in pairs(month, n)])
    assert [(one.first, one.last, one.counts.n) for one in found] == [
        ("2026-01", "2026-01", 30), ("2026-02", "2026-05", 36),
    ]


def test_few_outcomes_are_one_span_and_none_are_none() -> None:
    assert [one.counts.n for one in spans(pairs("2026-01", 3))] == [3]
    assert spans([]) == ()
