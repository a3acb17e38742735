"""The "ann" thyroid files of the UCI repository: 21 scaled columns and a class, no blanks.

Values that were not measured were filled in by the authors with one number a column,
finer than any laboratory wrote. Nothing is taken away, for every row is scored; whether
TSH was measured is written into a column of its own, for the figures to be shown apart.
Sex is written 0 and 1: 30 % are 1, where the records these files were made from have
31 % men.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("age", "sex", "TSH", "FTI", "class")


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All rows as strings, with `tsh_measured`, `sex_name`, `age_years` and `same` added.

    `options["filled"]` names the number, as written, that stands for "not measured" in a
    column. Rows with one label in `same` are equal in every column but the class.
    """
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False)
    for column in NEEDED:
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    repairs = []
    for column, value in options.get("filled", {}).items():
        filled = pd.to_numeric(frame[column], errors="coerce") == float(value)
        what = f"{value} was filled in by the authors where it was not measured: left as it is"
        repairs.append(Repair(column, int(filled.sum()), what))
        if column == "TSH":
            frame["tsh_measured"] = filled.map({True: "no", False: "yes"})
    same = [c for c in frame.columns if c not in ("class", "tsh_measured")]
    frame["age_years"] = (pd.to_numeric(frame["age"], errors="coerce") * 100).round(4)
    frame["sex_name"] = pd.to_numeric(frame["sex"], errors="coerce").map({0: "female", 1: "male"}).fillna("")
    frame["same"] = frame.groupby(same, sort=False).ngroup().astype(str)
    twice = int(len(frame) - frame["same"].nunique())
    repairs.append(Repair("(row)", twice, "equal to another row: kept, always in the same fold"))
    return frame, tuple(repair for repair in repairs if repair.rows)
