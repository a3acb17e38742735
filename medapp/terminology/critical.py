"""Critical values: results that a doctor must learn of at once.

The table is resources/knowledge/critical_values; a clinic puts its own limits over it. A row holds for
every age unless its source speaks of adults or of children only; where the age is unknown the adults' row
is used, for no limit at all would hide the value.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from medapp import paths
from medapp.terminology.ranges import Range

ADULT: Final = 16.0
NORMAL, ABNORMAL, CRITICAL, UNKNOWN = "normal", "abnormal", "critical", "unknown"

Limits = tuple[float | None, float | None]
"""This or lower, this or higher; None on a side without a limit."""


@dataclass(frozen=True, slots=True)
class CriticalValue:
    """Limits of one variable for an age group, in the canonical unit, both included.

    `source` is the citation, `short` its name and `stated` what it says; all empty for a clinic's own.
    """

    variable: str
    low: float | None
    high: float | None
    age_from: float = 0.0
    age_to: float | None = None
    source: str = ""
    stated: str = ""
    short: str = ""

    @property
    def key(self) -> str:
        """Its name in a clinic's own table: the variable, and the ages where adults are not among them."""
        if self.age_to is None:
            return self.variable
        return f"{self.variable}@{self.age_from:g}-{'' if self.age_to is None else f'{self.age_to:g}'}"

    @property
    def is_own(self) -> bool:
        """Whether the clinic set it."""
        return not self.source


@lru_cache(maxsize=1)
def published() -> tuple[CriticalValue, ...]:
    """The program's table, in its order. Raises FileNotFoundError when the installation lacks it."""
    path = paths.knowledge_dir() / "critical_values" / "critical_values.toml"
    document = tomllib.loads(path.read_text("utf-8"))
    return tuple(_row(row, document["sources"]) for row in document["values"])


def with_own(own: Mapping[str, Limits]) -> tuple[CriticalValue, ...]:
    """The table with a clinic's own limits over it; (None, None) takes a row's limits away.

    A test that the table lacks has them for every age.
    """
    rows = [
        replace(row, low=own[row.key][0], high=own[row.key][1], source="", stated="", short="")
        if row.key in own
        else row
        for row in published()
    ]
    known = {row.key for row in rows}
    added = (key for key in own if key not in known and "@" not in key)
    rows += [CriticalValue(key, *own[key]) for key in added]
    return tuple(rows)


def limits_for(rows: Sequence[CriticalValue], variable: str, age: float | None) -> CriticalValue | None:
    """The row that holds for somebody of that age."""
    years = ADULT if age is None else age
    for row in rows:
        if row.variable == variable and row.age_from <= years and (row.age_to is None or years < row.age_to):
            return row
    return None


def grade(value: float, comparator: str | None, limits: CriticalValue | None, usual: Range | None) -> str:
    """critical, abnormal, normal, or unknown: where no range is known, nothing is called normal.

    `comparator` is that of the result: of "< 5" only the upper side is certain, of "> 5" the lower.
    """
    is_below = comparator in ("<", "<=")
    is_above = comparator in (">", ">=")
    if limits is not None:
        if limits.low is not None and value <= limits.low and not is_above:
            return CRITICAL
        if limits.high is not None and value >= limits.high and not is_below:
            return CRITICAL
    if usual is None:
        return UNKNOWN
    if usual.low is not None and value < usual.low and not is_above:
        return ABNORMAL
    if usual.high is not None and value > usual.high and not is_below:
        return ABNORMAL
    if is_below and (usual.low is not None or usual.high is None or value > usual.high):
        return UNKNOWN
    if is_above and (usual.high is not None or usual.low is None or value < usual.low):
        return UNKNOWN
    return NORMAL


def _row(row: Mapping[str, Any], sources: Mapping[str, Any]) -> CriticalValue:
    source = sources[row["source"]]
    return CriticalValue(
        row["variable"], row.get("low"), row.get("high"), row.get("age_from", source["age_from"]),
        row.get("age_to"), source["title"], row["stated"], source["short"],
    )
