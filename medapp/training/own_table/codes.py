"""Numbers that stand for "not measured": zeros that no living patient has, -9, 99, 999."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from medapp.i18n import N_
from medapp.terminology.variables import Variable
from medapp.training.own_table.columns import Column
from medapp.training.own_table.findings import CLEANED, POINTED_OUT, Finding
from medapp.training.types import FloatArray

CODES: Final = tuple(
    float(sign * int(digit * length)) for digit in "987" for length in (1, 2, 3, 4) for sign in (-1, 1)
)
_SPECIAL: Final = (*CODES, -1.0)
FEWEST_ZEROS: Final = 3
"""A single nought may be a newborn's age."""
SHORT_SCALE: Final = 20.0
FEWEST_VALUES: Final = 8
"""Below so many different values a scale may well have a step of its own at nought."""
GAP: Final = 3.0
"""A code lies so many usual steps away from the nearest true value."""
APART: Final = 3.0


def missing_codes(column: Column, variable: Variable | None, kept: Iterable[str]) -> list[Finding]:
    """The codes of a column that are taken as unknown, unless its name is in `kept`.

    Nought is a code where the smallest other value lies several steps away from it, or
    where the variable of that name cannot be nought.
    """
    if column.kind not in ("number", "integer") or column.name in set(kept):
        return []
    values = column.numbers()
    values = values[np.isfinite(values)]
    found = []
    for code in (0.0, *_SPECIAL):
        rows = int((values == code).sum())
        others = values[~np.isin(values, (0.0, *_SPECIAL))] if code else values[values > 0]
        if (
            rows >= (FEWEST_ZEROS if code == 0.0 else 1)
            and len(np.unique(others)) >= FEWEST_VALUES
            and _stands_apart(code, others, variable)
        ):
            found.append(_finding(column, code, rows))
    return found


def _stands_apart(code: float, others: FloatArray, variable: Variable | None) -> bool:
    low, high = float(others.min()), float(others.max())
    if code == 0.0:
        known = variable is not None and variable.plausible is not None and variable.plausible[0] > 0
        is_apart = low > GAP * _step(np.unique(others)[:20]) and not _is_scale(others)
        return low >= 0 and (known or is_apart)
    if code < 0.0:
        return low >= 0.0
    spread = float(np.subtract(*np.quantile(others, [0.75, 0.25])))
    steps = _step(np.unique(others)[-20:])
    return code > high and code - high > GAP * max(steps, spread)


def _is_scale(values: FloatArray) -> bool:
    """Whether the numbers are points of a short scale, mostly whole ones, where nought is an answer."""
    return float(values.max()) <= SHORT_SCALE and float(np.mean(values == np.round(values))) > 0.5


def _step(distinct: FloatArray) -> float:
    return float(np.median(np.diff(distinct))) if len(distinct) > 1 else float("inf")


def _finding(column: Column, code: float, rows: int) -> Finding:
    if code == 0.0:
        message = N_(
            "{column}: zeros are taken as not measured ({count} rows), for no other value comes near. "
            "--keep-zeros {column} keeps them."
        )
        return Finding(
            "zeros_as_missing", message, CLEANED, (column.name,), {"column": column.name, "count": rows}
        )
    return Finding(
        "code_as_missing",
        N_("{column}: {code} stands for not measured in {count} rows."),
        CLEANED,
        (column.name,),
        {"column": column.name, "code": f"{code:g}", "count": rows},
    )


def code_of(finding: Finding) -> str:
    """The code that a finding of `missing_codes` names, as rules keep it."""
    return str(finding.fields.get("code", "0"))


def far_values(column: Column) -> Finding | None:
    """A few values that stand far from all others: perhaps a slip of the pen."""
    if column.kind not in ("number", "integer"):
        return None
    values = np.sort(column.numbers())
    values = values[np.isfinite(values)]
    most = min(5, len(values) // 50)
    for sign in (1, -1):
        ordered = np.sort(sign * values)
        for count in range(1, most + 1):
            rest, away = ordered[:-count], ordered[-count:]
            reach = float(rest[-1] - np.median(rest)) if len(rest) else 0.0
            if reach > 0 and float(away[0] - rest[-1]) > APART * reach:
                shown = ", ".join(f"{value:g}" for value in sorted(sign * away))
                return Finding(
                    "values_far_apart",
                    N_("{column}: {values} stand far from all other values: please check them."),
                    POINTED_OUT,
                    (column.name,),
                    {"column": column.name, "values": shown, "count": count},
                )
    return None
