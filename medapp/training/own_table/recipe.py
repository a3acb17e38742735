"""The two files that a person may read and change: design.toml and texts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from medapp.assess.card import CARD_FILE
from medapp.training import readme
from medapp.training.design import EstimatorDesign
from medapp.training.estimators import library


def write(folder: Path, values: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
    """Write both, UTF-8, the same bytes for the same table."""
    dumps = library("tomli_w").dumps
    for name, document in (("design.toml", values), ("texts.toml", texts)):
        (folder / name).write_text(dumps(document), encoding="utf-8", newline="\n")


def add_cautions(folder: Path, texts: Sequence[Mapping[str, str]], found: Mapping[str, Any]) -> None:
    """Write into the finished card and its README what only the held-out figures showed."""
    if not texts:
        return
    path = folder / CARD_FILE
    written = path.read_text("utf-8")
    card = tomllib.loads(written)
    card["cautions"] = [*card["cautions"], *(dict(text) for text in texts)]
    head = written.partition("\n")[0] + "\n"
    path.write_text(head + library("tomli_w").dumps(card), encoding="utf-8", newline="\n")
    readme.write(folder, found)


def estimator_values(design: EstimatorDesign) -> dict[str, Any]:
    """The `[estimator]` table of a recipe."""
    return {
        "algorithm": design.algorithm,
        "parameters": dict(design.parameters),
        "grid": [dict(point) for point in design.grid],
        "recalibrate": design.recalibrate,
    }
