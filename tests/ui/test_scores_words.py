"""Shares of a hundred by the score's own numbers, and positions among its bands."""

from __future__ import annotations

from datetime import UTC, datetime

from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from medapp.services import scores
from ui.pages.scores.words import band_state, group_words, risk_groups

AT = Moment.of_datetime(datetime(2026, 11, 20, tzinfo=UTC))


def test_a_band_with_a_share_stands_beside_the_lowest_band() -> None:
    one = scores.calculator("curb65")
    example = max(one.examples, key=lambda case: float(case.value))
    answer = scores.answer("curb65", {n: _given(v) for n, v in example.inputs.items()}, AT)
    mine, lowest = risk_groups(answer, one, Words("en"))
    assert mine.share > lowest.share
    assert group_words(mine, Words("en")).startswith(f"about {round(mine.share * 100)} of 100")
    state = band_state(answer, one)
    assert state is not None
    assert list(state.edges) == sorted(state.edges)


def test_a_score_without_shares_has_none() -> None:
    one = scores.calculator("has_bled")
    example = one.examples[0]
    answer = scores.answer("has_bled", {n: _given(v) for n, v in example.inputs.items()}, AT)
    assert answer.outcome is not None
    assert risk_groups(answer, one, Words("en")) == ()


def _given(value: object):  # type: ignore[no-untyped-def]
    from medapp.assess.assessor import read_given

    return read_given({"x": value})["x"]
