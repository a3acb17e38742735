"""NHANES as extracted by the R package NHANES (NHANESraw), one survey cycle a file.

The extract has lost the answer "None" of the two mood questions (it was read as
a missing value), and leaves blank what follows from an earlier answer. Both are
put right where another answer of the same interview shows that it was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("HealthGen", "Sex", "Smoke100", "Alcohol12PlusYr")


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All rows as strings; "None" is an answer, a blank is unknown."""
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False)
    for column in _NEEDED:
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    # These four blocks are asked in the same visit at the mobile examination centre.
    visited = frame["HealthGen"] != ""
    woman = frame["Sex"] == "female"
    repairs = [
        _fill(frame, "LittleInterest", visited, "None", "the answer 'None' was lost on export"),
        _fill(frame, "Depressed", visited, "None", "the answer 'None' was lost on export"),
        _fill(frame, "nPregnancies", visited & woman, "0", "not asked of women never pregnant"),
        _fill(frame, "nBabies", visited & woman, "0", "not asked of women without a delivery"),
        _fill(frame, "SmokeNow", frame["Smoke100"] == "No", "No", "not asked of those who never smoked"),
        _fill(frame, "AlcoholYear", frame["Alcohol12PlusYr"] == "No", "0", "not asked of non-drinkers"),
    ]
    frame["AlcoholDrinksPerWeek"] = _drinks_per_week(frame)
    return frame, tuple(repair for repair in repairs if repair is not None)


def _drinks_per_week(frame: pd.DataFrame) -> pd.Series:
    """Days with alcohol in the year times drinks on such a day, over 52 weeks; "" where unknown."""
    import pandas as pd

    if not {"AlcoholYear", "AlcoholDay"} <= set(frame.columns):
        return pd.Series("", index=frame.index)
    days = pd.to_numeric(frame["AlcoholYear"], errors="coerce")
    week = (days * pd.to_numeric(frame["AlcoholDay"], errors="coerce") / 52).where(days != 0, 0.0)
    return week.round(4).map(lambda drinks: "" if pd.isna(drinks) else repr(float(drinks)))


def _fill(frame: pd.DataFrame, column: str, where: pd.Series, value: str, why: str) -> Repair | None:
    if column not in frame.columns:
        return None
    blank = (frame[column] == "") & where
    frame.loc[blank, column] = value
    return Repair(column, int(blank.sum()), f"blank taken as '{value}': {why}")
