"""Look at a table before anything is learned: what it holds, what was cleaned, what may deceive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from medapp.training.own_table import checks, leaks, units
from medapp.training.own_table.columns import Column, understand
from medapp.training.own_table.errors import (
    NothingToLearnFrom,
    OptionUnreadable,
    TargetMissing,
    TooFewRows,
    TooManyColumns,
    TrainingCancelled,
)
from medapp.training.own_table.findings import Finding, named
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.outcome import Outcome, outcome_of
from medapp.training.own_table.read import FEWEST_ROWS, RawRows, read_rows
from medapp.training.own_table.rows import of_rows
from medapp.training.types import FloatArray, IntArray

MOST_INPUTS = 100
MOST_COLUMNS = 2000
"""A wider table is refused before it is looked at: the checks would not leave a twentieth of it."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A table understood: the inputs that are left, the rows that count, and everything found.

    `rows` [m] index the rows read; `groups` [m] number what a split must keep
    together; `unstated` are inputs that look like a variable but have no unit.
    """

    raw: RawRows
    outcome: Outcome
    inputs: tuple[Column, ...]
    rows: IntArray
    groups: IntArray
    findings: tuple[Finding, ...]
    unstated: tuple[tuple[str, str], ...]

    def x(self) -> FloatArray:
        """The inputs as numbers [m, k]."""
        return np.column_stack([column.numbers()[self.rows] for column in self.inputs])

    @property
    def is_grouped(self) -> bool:
        return len(np.unique(self.groups)) < len(self.groups)


def inspect(path: Path, options: TableOptions, cancelled: Cancelled | None = None) -> Inspected:
    """Read and check a table. Raises the KnownErrors of this package."""
    is_cancelled = cancelled or (lambda: False)
    raw = read_rows(path, has_header=options.has_header, seed=options.seed, cancelled=is_cancelled)
    _check_names(raw, options)
    width = len(raw.names) - len(options.drop)
    if width > MOST_COLUMNS:
        raise TooManyColumns(count=width, most=MOST_INPUTS)
    columns = []
    for name, cells in zip(raw.names, raw.columns, strict=True):
        if is_cancelled():
            raise TrainingCancelled
        columns.append(understand(name, cells))
    return _inspected(raw, columns, options)


def _check_names(raw: RawRows, options: TableOptions) -> None:
    shown = named(raw.names, 30)
    if options.target not in raw.names:
        raise TargetMissing(column=options.target, columns=shown)
    asked = {
        "--unit": options.units,
        "--map": options.mapped,
        "--keep": options.keep,
        "--drop": options.drop,
        "--keep-zeros": options.keep_zeros,
        "--missing": options.missing,
        "--group": (options.group,) if options.group else (),
    }
    for option, names in asked.items():
        for name in names:
            if name not in raw.names:
                raise OptionUnreadable(option=option, given=name, columns=shown)


def _inspected(raw: RawRows, columns: list[Column], options: TableOptions) -> Inspected:
    findings: list[Finding] = checks.of_reading(raw)
    target = next(column for column in columns if column.name == options.target)
    outcome = outcome_of(target, options.lead, findings)
    others = [column for column in columns if column.name != options.target]
    others = checks.of_spelling(others, options, findings)
    group = checks.group_column(others, options, findings)
    inputs = checks.of_kinds(others, options, group, findings)
    if not inputs:
        raise NothingToLearnFrom
    inputs, unstated = units.stated(inputs, options, findings)
    rows, groups = of_rows(raw, columns, inputs, outcome, group, findings)
    if len(rows) < FEWEST_ROWS:
        raise TooFewRows(count=len(rows), needed=FEWEST_ROWS, column=options.target)
    inputs = checks.of_contents(inputs, rows, options, findings)
    inputs = leaks.checked(inputs, outcome, rows, groups, raw, options, findings)
    if not inputs:
        raise NothingToLearnFrom
    if len(inputs) > MOST_INPUTS:
        raise TooManyColumns(count=len(inputs), most=MOST_INPUTS)
    checks.of_size(inputs, outcome, rows, findings)
    return Inspected(raw, outcome, tuple(inputs), rows, groups, tuple(findings), tuple(unstated))
