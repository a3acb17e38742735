"""The UCI Heart Disease tables of 14 columns, one centre a file.

Read are the CSV with a header line (also the joint one with a column `centre`) and the
archive's own `processed.*.data` without; blank and "?" are unknown. A cholesterol or a
pressure of 0 was not measured and is blanked. `centre` is the file's name where the file
does not say it. Everybody in these tables was sent for coronary angiography: the column
`referred` says so; `sex_name` is the sex in words. Nothing records where values are missing:
that would tell the centre.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca",
    "thal", "num",
)
NOT_MEASURED = {"chol": "0", "trestbps": "0"}


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All rows as strings, numbers written alike ("1.0" as "1"), unknown as ""."""
    import pandas as pd

    names = None if _has_header(path) else list(COLUMNS)
    frame = pd.read_csv(
        path, dtype=str, keep_default_na=False, na_filter=False, names=names, skipinitialspace=True
    )
    for column in ("age", "sex", "cp"):
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    for column in frame.columns:
        if column != "centre":
            frame[column] = frame[column].map(_plain)
    if "num" not in frame.columns and "target" in frame.columns:
        frame["num"] = frame["target"]
    repairs = []
    for column, written in NOT_MEASURED.items():
        if column not in frame.columns:
            continue
        found = frame[column] == written
        if found.any():
            frame.loc[found, column] = ""
            what = f"{written} means not measured: taken as unknown"
            repairs.append(Repair(column, int(found.sum()), what))
    if "centre" not in frame.columns:
        frame["centre"] = path.name.partition(".")[0]
    frame["referred"] = "1"
    frame["sex_name"] = frame["sex"].map({"0": "female", "1": "male"}).fillna("")
    return frame, tuple(repairs)


def _has_header(path: Path) -> bool:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", errors="replace") as stream:
        first = str(stream.readline())
    return any(letter.isalpha() for letter in first)


def _plain(text: str) -> str:
    """The number without needless decimals; "" for what is unknown."""
    text = text.strip()
    if text in ("", "?", "-9", "-9.0", "NA", "NaN", "nan"):
        return ""
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") else text
