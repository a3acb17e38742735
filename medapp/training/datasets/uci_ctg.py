"""Cardiotocograms of the University of Porto (UCI), a line each a stretch analysed by SisPorto 2.

The file also holds the experts' ten patterns (A to SUSP, CLASS), which are labels
like NSP and no inputs, and twice the same baseline (LB, LBE). Nothing is missing in it and nothing is
filled in; Width is Max less Min. `b` and `e` are seconds of the recording between which the
stretch lies; its length in minutes and the year serve subgroups only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

LABELS = ("A", "B", "C", "D", "E", "AD", "DE", "LD", "FS", "SUSP", "CLASS")
"""Said by the experts with the outcome: taken out before anything can use them."""


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All lines as strings, without the other labels. Raises ColumnMissing without the outcome."""
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False)
    if "NSP" not in frame.columns:
        raise ColumnMissing(column="NSP")
    if {"b", "e"} <= set(frame.columns):
        lasted = pd.to_numeric(frame["e"], errors="coerce") - pd.to_numeric(frame["b"], errors="coerce")
        frame["Minutes"] = (lasted / 60).round(3).astype(str)
    if "Date" in frame.columns:
        frame["Year"] = frame["Date"].str.slice(0, 4)
    told = [name for name in LABELS if name in frame.columns]
    repairs = [Repair(name, len(frame), "a label of the same experts: taken out") for name in told]
    return frame.drop(columns=told), tuple(repairs)
