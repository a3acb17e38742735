"""Gestation by the stated rule, and what is known about pregnancy on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Dating, Known, Outcome, Pregnancy, Status, state_on

TODAY = date(2026, 11, 20)
NOW = Moment.of_date(TODAY)


def ago(**more: int) -> date:
    return TODAY - timedelta(**more)


def said(day: date, status: Status = Status.NONE, **more: object) -> Pregnancy:
    return Pregnancy(status=status, recorded=Moment.of_date(day), **more)  # type: ignore[arg-type]


def test_the_last_period_dates_a_pregnancy_of_280_days() -> None:
    one = Pregnancy(last_period=date(2026, 6, 5), recorded=NOW)
    assert one.dating is Dating.LAST_PERIOD
    assert (one.due, one.days_at(TODAY)) == (date(2027, 3, 12), 168)


def test_a_scan_wins_over_the_last_period() -> None:
    one = Pregnancy(last_period=ago(weeks=20), scan_date=ago(weeks=4), scan_days=15 * 7 + 3, recorded=NOW)
    assert (one.dating, one.days_at(TODAY)) == (Dating.SCAN, 19 * 7 + 3)
    assert one.due == ago(weeks=19, days=3) + timedelta(days=280)


def test_a_due_date_that_was_agreed_on_wins_over_both() -> None:
    one = Pregnancy(
        last_period=ago(weeks=20), scan_date=ago(weeks=4), scan_days=105, due_agreed=date(2027, 4, 1)
    )
    assert (one.dating, one.due) == (Dating.AGREED, date(2027, 4, 1))


def test_a_scan_without_a_gestation_dates_nothing() -> None:
    assert Pregnancy(scan_date=TODAY).start is None
    assert Pregnancy(last_period=TODAY).days_at(ago(days=1)) is None


def test_nobody_asked_is_not_checked_and_never_no() -> None:
    assert state_on(TODAY, [], is_asked=True).known is Known.NOT_CHECKED
    assert state_on(TODAY, [], is_asked=False).known is Known.NOT_ASKED


@pytest.mark.parametrize(("days", "known"), [(0, Known.NOT_PREGNANT), (28, Known.NOT_PREGNANT),
                                              (29, Known.NOT_CHECKED)])
def test_not_pregnant_counts_for_28_days(days: int, known: Known) -> None:
    state = state_on(TODAY, [said(ago(days=days))], is_asked=True)
    assert (state.known, state.since) == (known, ago(days=days))


def test_an_episode_left_open_beyond_44_weeks_says_nothing_about_today() -> None:
    one = said(ago(weeks=30), Status.CURRENT, last_period=ago(weeks=44))
    assert state_on(TODAY, [one], is_asked=True).known is Known.PREGNANT
    assert state_on(TODAY + timedelta(days=1), [one], is_asked=True).known is Known.NOT_CHECKED


def test_an_ended_pregnancy_is_over_from_its_day_on() -> None:
    one = said(ago(weeks=30), Status.ENDED, last_period=ago(weeks=39), ended=ago(days=3),
               outcome=Outcome.LIVE_BIRTH)
    assert state_on(ago(days=4), [one], is_asked=True).known is Known.PREGNANT
    state = state_on(TODAY, [one], is_asked=True)
    assert (state.known, state.since) == (Known.NOT_PREGNANT, ago(days=3))


def test_what_was_recorded_last_wins() -> None:
    episode = said(ago(weeks=4), Status.CURRENT, last_period=ago(weeks=12))
    assert state_on(TODAY, [said(ago(weeks=6)), episode], is_asked=True).known is Known.PREGNANT
    assert state_on(TODAY, [episode, said(ago(days=1))], is_asked=True).known is Known.NOT_PREGNANT


def test_a_dated_episode_is_named_before_an_undated_one() -> None:
    dated = said(ago(weeks=4), Status.CURRENT, last_period=ago(weeks=12))
    undated = said(ago(weeks=1), Status.CURRENT)
    assert state_on(TODAY, [dated, undated], is_asked=True).episode is dated


def test_an_episode_entered_in_error_says_nothing() -> None:
    one = said(ago(weeks=4), Status.WITHDRAWN, last_period=ago(weeks=12))
    assert state_on(TODAY, [one], is_asked=True).known is Known.NOT_CHECKED
