"""What is normal, plausible and possible for one value.

A reference range that the laboratory sent wins over ours; ours is chosen by sex and age, in pregnancy
by the week (resources/knowledge/pregnancy). Where no range is known for the person there is none: no
range is better than a wrong one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medapp import paths
from medapp.terminology.variables import ReferenceRange, Variable, variable


@dataclass(frozen=True, slots=True)
class Range:
    """Limits in the canonical unit, both included; an open side is None.

    `source`: laboratory, table or pregnancy.
    """

    low: float | None
    high: float | None
    source: str = "table"


@dataclass(frozen=True, slots=True)
class Gestation:
    """That the patient was pregnant when the value was taken; `days` is None where nobody dated it."""

    days: int | None


def reference_range(
    variable_id: str,
    sex: str | None,
    age_years: float | None,
    sent: tuple[float | None, float | None] | None = None,
    *,
    pregnant: Gestation | None = None,
) -> Range | None:
    """The range to hold a value against, or None.

    `sex` is female, male, other, unknown or None; `sent` are the laboratory's limits in the
    canonical unit. Raises UnknownVariable.
    """
    if sent is not None and (sent[0] is not None or sent[1] is not None):
        return Range(sent[0], sent[1], "laboratory")
    if pregnant is not None and is_changed_by_pregnancy(variable_id):
        return _in_pregnancy(variable_id, pregnant)
    rows = [row for row in variable(variable_id).reference if _covers(row, sex, age_years)]
    return Range(rows[0].low, rows[0].high) if rows else None


def is_changed_by_pregnancy(variable_id: str) -> bool:
    """Whether our ordinary range is not used for a pregnant woman. Raises UnknownVariable."""
    rules = _pregnancy()
    return variable_id in rules["variables"] or variable(variable_id).group in rules["groups"]


def _in_pregnancy(variable_id: str, pregnant: Gestation) -> Range | None:
    if pregnant.days is None:
        return None
    week = pregnant.days // 7
    for row in _pregnancy()["ranges"]:
        if row["variable"] == variable_id and row["from_week"] <= week < row["to_week"]:
            return Range(row.get("low"), row.get("high"), "pregnancy")
    return None


@lru_cache(maxsize=1)
def _pregnancy() -> dict[str, Any]:
    return tomllib.loads((paths.knowledge_dir() / "pregnancy" / "ranges.toml").read_text("utf-8"))


def _covers(row: ReferenceRange, sex: str | None, age: float | None) -> bool:
    if row.sex is not None and row.sex != sex:
        return False
    if age is None:
        return False
    return row.age_from <= age and (row.age_to is None or age < row.age_to)


def level(value: float, limits: Range | None) -> str:
    """"low", "normal" or "high" against a range; "normal" without one."""
    if limits is None:
        return "normal"
    if limits.low is not None and value < limits.low:
        return "low"
    if limits.high is not None and value > limits.high:
        return "high"
    return "normal"


def plausibility(variable: Variable, value: float) -> str:
    """"ok", "implausible" (computed and flagged) or "impossible" (refused); NaN is impossible."""
    if value != value:
        return "impossible"
    if variable.possible and not variable.possible[0] <= value <= variable.possible[1]:
        return "impossible"
    if variable.plausible and not variable.plausible[0] <= value <= variable.plausible[1]:
        return "implausible"
    return "ok"
