"""The two files that a person may read and change: design.toml and texts.toml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medapp.training.design import EstimatorDesign
from medapp.training.estimators import library


def write(folder: Path, values: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
    """Write both, UTF-8, the same bytes for the same table."""
    dumps = library("tomli_w").dumps
    for name, document in (("design.toml", values), ("texts.toml", texts)):
        (folder / name).write_text(dumps(document), encoding="utf-8", newline="\n")


def estimator_values(design: EstimatorDesign) -> dict[str, Any]:
    """The `[estimator]` table of a recipe."""
    return {
        "algorithm": design.algorithm,
        "parameters": dict(design.parameters),
        "grid": [dict(point) for point in design.grid],
        "recalibrate": design.recalibrate,
    }
