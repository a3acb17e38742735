"""Where a value stands in a population: NHANES 2009-10, US adults, by sex and ten years of age.

Compiled by packaging/knowledge/compile_reference.py: the values below which 2, 5, 10 ... 95, 98 of 100
stand, weighted to the population. It says how common a value is, not whether it is healthy.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Final

from medapp.terminology.tables import table

TABLE: Final = "population/nhanes_2009_10"
TITLE: Final = "NHANES 2009-10"
LEAST, MOST = 0.01, 0.99
"""Shares of a value beyond the table's ends; nothing finer is told from some hundred persons."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The share (0..1) of the people of that sex and age whose value is lower; `to_age` None: and older."""

    share: float
    sex: str
    from_age: int
    to_age: int | None


def standing(variable: str, sex: str | None, age: float | None, value: float) -> Standing | None:
    """Where a value (canonical unit) stands; None outside the table's variables, sexes and ages."""
    held = table(TABLE)
    by_sex: Any = held["variables"].get(variable, {}).get(sex)
    if by_sex is None or age is None:
        return None
    for (low, high), band in zip(held["bands"], by_sex, strict=True):
        if low <= int(age) and (high is None or int(age) <= high) and band["values"] is not None:
            return Standing(_share(held["shares"], band["values"], value), str(sex), low, high)
    return None


def percentile_of(variable: str, sex: str | None, age: float | None, value: float) -> float | None:
    """The share (0..1) of US adults of that sex and age whose value is lower, or None."""
    found = standing(variable, sex, age, value)
    return None if found is None else found.share


def _share(shares: list[float], values: list[float], value: float) -> float:
    """Between two known values in proportion; where several shares have one value, their middle."""
    if value < values[0]:
        return LEAST
    if value > values[-1]:
        return MOST
    equal = [share for share, known in zip(shares, values, strict=True) if known == value]
    if equal:
        return (equal[0] + equal[-1]) / 2.0
    after = bisect_left(values, value)
    low, high = values[after - 1], values[after]
    return shares[after - 1] + (shares[after] - shares[after - 1]) * (value - low) / (high - low)
