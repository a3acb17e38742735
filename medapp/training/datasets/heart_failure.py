"""Heart failure clinical records of Faisalabad (Ahmad et al. 2017), 299 patients, no blanks.

There are no blanks because the authors filled them in. A value to the last digit of the
column's mean was not measured: it is made a blank again. Creatinine was filled in with
the mean of those who died (1.83) or of those who did not (1.18): left as they are, these
two numbers would tell the outcome. That an ejection fraction of 38 (the mean, 40 rows) was
measured cannot be told; it is kept and said.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("age", "ejection_fraction", "time", "DEATH_EVENT")


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All rows as strings; `options["filled"]` lists the numbers of a column that become blanks."""
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False)
    for column in NEEDED:
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    repairs = []
    for column, values in options.get("filled", {}).items():
        if column not in frame.columns:
            continue
        numbers = pd.to_numeric(frame[column], errors="coerce")
        for value in values:
            found = numbers == float(value)
            frame.loc[found, column] = ""
            what = f"{value} was filled in by the authors where it was not measured: taken as unknown"
            repairs.append(Repair(column, int(found.sum()), what))
    if "sex" in frame.columns:
        frame["sex_name"] = frame["sex"].map({"0": "female", "1": "male"}).fillna("")
    kept = int((pd.to_numeric(frame["ejection_fraction"], errors="coerce") == 38).sum())
    repairs.append(Repair("ejection_fraction", kept, "38, the mean: measured or filled in, not known; kept"))
    return frame, tuple(repair for repair in repairs if repair.rows)
