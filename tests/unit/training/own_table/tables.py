"""Small tables written for the tests of the clinic's own table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from medapp.training.own_table.inspect import Inspected, inspect
from medapp.training.own_table.options import TableOptions


def write(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """Write lines with their line ends, and give the path back."""
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def illness(rows: int = 120, seed: int = 1) -> dict[str, list[str]]:
    """A table whose outcome follows age and marker, with a sex, a smoking status and a few blanks."""
    random = np.random.default_rng(seed)
    age = random.integers(20, 90, rows)
    marker = random.normal(5.0, 2.0, rows).round(2)
    risk = 1.0 / (1.0 + np.exp(-(0.05 * (age - 55) + 0.6 * (marker - 5.0))))
    ill = random.random(rows) < risk
    return {
        "age": [str(v) for v in age],
        "sex": list(random.choice(["female", "male"], rows)),
        "marker": [f"{v}" if random.random() > 0.1 else "" for v in marker],
        "smoking": list(random.choice(["never", "former", "current"], rows)),
        "ill": ["yes" if v else "no" for v in ill],
    }


def lines_of(columns: dict[str, list[str]], delimiter: str = ",") -> list[str]:
    """The lines of a table, header first."""
    return [delimiter.join(columns), *(delimiter.join(row) for row in zip(*columns.values(), strict=True))]


def inspected(path: Path, columns: dict[str, list[str]], target: str = "ill", **options: object) -> Inspected:
    """The table of these columns, inspected."""
    return inspect(write(path, lines_of(columns)), TableOptions(target, **options))  # type: ignore[arg-type]


def codes(table: Inspected) -> dict[str, tuple[str, ...]]:
    """The findings' codes with their columns; of several with one code the columns together."""
    found: dict[str, tuple[str, ...]] = {}
    for finding in table.findings:
        found[finding.code] = (*found.get(finding.code, ()), *finding.columns)
    return found
