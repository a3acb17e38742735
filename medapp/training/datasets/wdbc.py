"""Breast Cancer Wisconsin (Diagnostic): 30 measures of the cell nuclei of a fine-needle aspirate.

Four layouts of the one table are read:
- scikit-learn's own file (first line `569,30,malignant,benign`, then 30 numbers and the class
  in the order of the archive, 0 malignant and 1 benign): what the model is trained on;
- a CSV with scikit-learn's names (`mean radius`, `radius error`, `worst radius`, ...; spaces or
  underscores, capitals or not) and the class in `target`, `diagnosis` or `class`;
- a CSV with the names of other copies: `radius_mean`, `radius_se`, `radius_worst`, or `radius1`
  to `radius3`; the archive's `wdbc.data` without names (number, M or B, 30 numbers).
The class may be written 0 or 1 as scikit-learn does (0 is malignant), M or B, or in words.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.errors import ColumnMissing

if TYPE_CHECKING:
    import pandas as pd

MEASURES = (
    "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points",
    "symmetry", "fractal_dimension",
)
KINDS = ("mean", "se", "worst")
COLUMNS = tuple(f"{measure}_{kind}" for kind in KINDS for measure in MEASURES)
CLASSES = {
    "0": "malignant", "m": "malignant", "malignant": "malignant", "0.0": "malignant",
    "1": "benign", "b": "benign", "benign": "benign", "1.0": "benign",
}
_KIND_OF = {"error": "se", "1": "mean", "2": "se", "3": "worst", **{kind: kind for kind in KINDS}}
_CLASS_NAMES = ("diagnosis", "target", "class", "label")


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """All rows as strings, columns named `radius_mean` ... `fractal_dimension_worst` and `diagnosis`."""
    import pandas as pd

    first = _first_line(path)
    options_of: dict[str, Any] = {"dtype": str, "keep_default_na": False, "na_filter": False}
    if re.match(r"\d+,\d+,\w*malignant\w*,\w*benign", first, re.IGNORECASE):
        frame = pd.read_csv(path, names=[*COLUMNS, "diagnosis"], skiprows=1, **options_of)
    elif re.match(r"\d+,[MB],", first):
        frame = pd.read_csv(path, names=["id", "diagnosis", *COLUMNS], **options_of)
    else:
        frame = pd.read_csv(path, **options_of)
        frame.columns = pd.Index(_names(list(frame.columns)))
    for column in (*COLUMNS, "diagnosis"):
        if column not in frame.columns:
            raise ColumnMissing(column=column)
    frame["diagnosis"] = frame["diagnosis"].map(lambda text: CLASSES.get(text.strip().casefold(), ""))
    return frame, ()


def _names(written: Sequence[str]) -> list[str]:
    """Our name of each column, or its own where it is none of the table's."""
    names = [_name(column) for column in written]
    for known in _CLASS_NAMES:
        if "diagnosis" not in names and known in names:
            names[names.index(known)] = "diagnosis"
    return names


def _name(written: str) -> str:
    plain = re.sub(r"[\s_\-().]+", "_", written.strip().casefold()).strip("_")
    for measure in MEASURES:
        for pattern in (rf"(mean|worst|se|error)_{measure}", rf"{measure}_?(mean|worst|se|error|[123])"):
            found = re.fullmatch(pattern, plain)
            if found is not None:
                return f"{measure}_{_KIND_OF[found.group(1)]}"
    return plain


def _first_line(path: Path) -> str:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", errors="replace") as stream:
        return str(stream.readline())
