"""Critical values: the published table, a clinic's own limits over it, and what a result is called."""

from __future__ import annotations

import pytest

from medapp.terminology import critical
from medapp.terminology.critical import (
    ABNORMAL,
    CRITICAL,
    NORMAL,
    UNKNOWN,
    grade,
    limits_for,
    published,
    with_own,
)
from medapp.terminology.ranges import Range
from medapp.terminology.variables import variable

POTASSIUM = limits_for(published(), "potassium", 50)
USUAL = Range(3.5, 5.0)


def test_every_row_has_a_source_and_lies_within_what_is_possible() -> None:
    for row in published():
        found = variable(row.variable)
        assert row.source and row.stated
        assert row.low is not None or row.high is not None
        for limit in (row.low, row.high):
            assert limit is None or found.possible is None or found.possible[0] <= limit <= found.possible[1]
    assert len({row.key for row in published()}) == len(published())


@pytest.mark.parametrize(
    ("value", "comparator", "expected"),
    [
        (2.5, None, CRITICAL), (2.6, None, ABNORMAL), (4.2, None, NORMAL), (5.0, None, NORMAL),
        (5.1, None, ABNORMAL), (6.5, None, CRITICAL), (6.4, ">", ABNORMAL), (6.5, ">", CRITICAL),
        (2.0, "<", CRITICAL), (2.0, ">", UNKNOWN), (7.0, "<", UNKNOWN), (4.0, "<", UNKNOWN),
    ],
)  # fmt: skip
def test_a_value_is_held_against_both_tables(value: float, comparator: str | None, expected: str) -> None:
    assert grade(value, comparator, POTASSIUM, USUAL) == expected


def test_without_a_range_nothing_is_called_normal() -> None:
    assert grade(4.2, None, None, None) == UNKNOWN
    assert grade(9.0, None, POTASSIUM, None) == CRITICAL


def test_below_a_detection_limit_is_normal_where_only_high_matters() -> None:
    assert grade(5, "<", None, Range(None, 5)) == NORMAL
    assert grade(5, "<", None, Range(1, 5)) == UNKNOWN


def test_children_have_rows_of_their_own_and_an_unknown_age_has_the_adults() -> None:
    def high(age: float | None) -> float | None:
        row = limits_for(published(), "glucose", age)
        return None if row is None else row.high

    assert (high(4), high(40), high(None)) == (15, 25, 25)


@pytest.mark.parametrize(
    ("variable", "age", "value"),
    [("potassium", 10, 7.5), ("sodium", 5, 110), ("calcium", 0.5, 1.7), ("magnesium", 2, 0.3),
     ("phosphate", 1, 0.2), ("inr", 12, 8.0), ("neutrophils", 3, 0.2), ("urea", 15.9, 10), ("urea", 16, 30)],
)  # fmt: skip
def test_limits_that_their_source_sets_for_every_age_hold_for_children(
    variable: str, age: float, value: float
) -> None:
    assert grade(value, None, limits_for(published(), variable, age), None) == CRITICAL


def test_a_source_that_speaks_of_adults_says_nothing_of_a_child() -> None:
    assert limits_for(published(), "haemoglobin", 3) is None
    assert grade(60, None, limits_for(published(), "haemoglobin", 16), None) == CRITICAL


def test_a_clinics_own_row_is_named_by_its_variable_whatever_ages_it_holds_for() -> None:
    keys = {row.key for row in published()}
    assert {"potassium", "haemoglobin", "urea", "urea@0-16"} <= keys
    own = limits_for(with_own({"potassium": (2.8, 6.2)}), "potassium", 4)
    assert own is not None and own.high == 6.2
    added = limits_for(with_own({"troponin_t_hs": (None, 52.0)}), "troponin_t_hs", 4)
    assert added is not None and added.high == 52.0


def test_a_clinics_own_limits_stand_over_the_published_ones() -> None:
    rows = with_own({"potassium": (2.8, 6.2), "inr": (None, None), "troponin_t_hs": (None, 52.0)})
    own = limits_for(rows, "potassium", 50)
    assert own is not None and (own.low, own.high, own.is_own) == (2.8, 6.2, True)
    off = limits_for(rows, "inr", 50)
    assert off is not None and grade(9, None, off, None) == UNKNOWN
    added = limits_for(rows, "troponin_t_hs", 50)
    assert added is not None and added.high == 52.0
    assert limits_for(critical.published(), "troponin_t_hs", 50) is None
