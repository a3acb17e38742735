"""What a person may decide about a table: everything else is told in the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TableOptions:
    """Decisions beside the file. `units` maps a column to its unit (UCUM), `mapped` to a variable's id.

    `keep` takes back what a check would leave out, `keep_zeros` what it would clean;
    `missing` adds codes for "unknown" by column; `group` names who is kept together.
    """

    target: str
    lead: str | None = None
    id: str | None = None
    algorithms: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    mapped: Mapping[str, str] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    keep_zeros: frozenset[str] = frozenset()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str | None = None
    has_header: bool = True
    seed: int = 7
