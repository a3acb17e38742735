"""Which rows count, and which belong together: copies, contradictions, rows without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from medapp.i18n import N_
from medapp.training.own_table.columns import Column
from medapp.training.own_table.findings import CLEANED, GROUPED, NOTED, Finding
from medapp.training.own_table.outcome import Outcome
from medapp.training.own_table.read import RawRows
from medapp.training.types import IntArray

MORE_THAN_CHANCE: Final = 20.0
"""Pairs of rows alike, as a multiple of those expected of columns that know nothing of each other."""


def of_rows(
    raw: RawRows,
    columns: Sequence[Column],
    inputs: Sequence[Column],
    outcome: Outcome,
    group: Column | None,
    findings: list[Finding],
) -> tuple[IntArray, IntArray]:
    """The rows that count and which of them belong together; repeated rows are counted once."""
    known = outcome.known
    unknown = len(raw.lines) - len(known)
    if unknown:
        findings.append(
            Finding(
                "outcome_unknown",
                N_("{count} rows without a usable answer in {column} were set aside."),
                CLEANED,
                (outcome.column.name,),
                {"count": unknown, "column": outcome.column.name},
            )
        )
    asked: list[Sequence[str]] = [c.canonical() for c in inputs]
    asked += [column.cells for column in _beside(columns, inputs, findings)]
    keys = ["\x1f".join(row) for row in zip(*asked, strict=True)]
    if _is_chance(asked, keys, known):
        if len({keys[i] for i in known}) < len(known):
            findings.append(
                Finding(
                    "alike_by_chance",
                    N_(
                        "Rows are alike as often as chance makes them with so few different answers: all "
                        "are kept."
                    ),
                    NOTED,
                    (),
                    {},
                    "information",
                )
            )
        return known, _groups(asked, 0, known, group, [])
    first: dict[str, int] = {}
    rows = np.array([i for i in known if first.setdefault(keys[i], int(i)) == i], dtype=np.int64)
    repeated = len(known) - len(rows)
    if repeated:
        findings.append(
            Finding(
                "duplicated_rows",
                N_(
                    "{count} of {rows} rows repeat another one exactly and count once: {left} are left. "
                    "Rows learned from and tested on again would flatter every figure."
                ),
                CLEANED,
                (),
                {"count": repeated, "rows": len(known), "left": len(rows)},
            )
        )
    return rows, _groups(asked, len(inputs), rows, group, findings)


def _beside(columns: Sequence[Column], inputs: Sequence[Column], findings: Sequence[Finding]) -> list[Column]:
    """What also tells two rows apart: the outcome, dates, texts, times; not a running number."""
    numbers = {name for f in findings if f.code == "identifier" for name in f.columns}
    seen = numbers | {column.name for column in inputs}
    return [column for column in columns if column.name not in seen]


def _is_chance(asked: Sequence[Sequence[str]], keys: Sequence[str], known: IntArray) -> bool:
    """Whether the pairs of like rows are hardly more than the columns' own shares let expect."""
    n = len(known)
    pairs = sum(c * (c - 1) for c in Counter(keys[i] for i in known).values()) / 2
    shares = [sum(c * c for c in Counter(cells[i] for i in known).values()) / n**2 for cells in asked]
    return pairs <= MORE_THAN_CHANCE * float(np.prod(shares)) * n * (n - 1) / 2


def _groups(
    asked: Sequence[Sequence[str]], width: int, rows: IntArray, group: Column | None, findings: list[Finding]
) -> IntArray:
    """One number for each person, or for each set of rows alike in the first `width` columns; 0: each row."""
    if group is not None:
        labels = [group.cells[i] or f"\x1f{i}" for i in rows]
    elif not width:
        return np.arange(len(rows), dtype=np.int64)
    else:
        labels = ["\x1f".join(asked[k][i] for k in range(width)) for i in rows]
    numbers: IntArray = np.unique(np.array(labels), return_inverse=True)[1].astype(np.int64)
    alike = len(rows) - len(np.unique(numbers))
    if alike and group is None:
        findings.append(
            Finding(
                "contradictions",
                N_(
                    "Rows with the same inputs as another one and another outcome: {count}; they stay "
                    "together in every comparison."
                ),
                GROUPED,
                (),
                {"count": alike},
            )
        )
    return numbers
