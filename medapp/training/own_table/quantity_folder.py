"""The folder of a model that estimates a number: the same files as of any other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from medapp.assess.card import CARD_FILE
from medapp.inference.background import BACKGROUND_FILE
from medapp.runtime.session import open_graph
from medapp.training import background, bootstrap, cardwriter, golden, measured, readme
from medapp.training.design import Design
from medapp.training.estimators import library
from medapp.training.own_table import recipe, texts
from medapp.training.own_table.inspect import Inspected
from medapp.training.own_table.quantity_fits import QuantityEstimator, QuantityFit
from medapp.training.table import prepare
from medapp.training.types import FloatArray

if TYPE_CHECKING:
    from medapp.training.own_table.quantity import QuantityTable

DRAWS = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and of what."""

    table: Inspected
    values: Mapping[str, Any]
    design: Design
    estimator: QuantityEstimator
    fitted: QuantityFit


def write(
    folder: Path, made: Made, rows: QuantityTable, guess: FloatArray, interval: Mapping[str, Any]
) -> dict[str, Any]:
    """Write every file; what `metrics.json` holds."""
    recipe.write(folder, made.values, texts.texts_of(made.table, made.estimator.title))
    onnx = made.fitted.export(made.design)
    (folder / cardwriter.GRAPH_FILE).write_bytes(onnx)
    summary = background.summarise(rows.x, made.design.seed)
    order = np.argsort(guess, kind="stable")
    pairs: dict[str, Any] = {**summary, "oof_logit": guess[order], "oof_outcome": rows.y[order]}
    np.savez_compressed(folder / BACKGROUND_FILE, **pairs)
    _write_golden(folder, made, onnx, summary["low"], summary["high"])
    found = _found(made, rows, guess, interval, hashlib.sha256(onnx).hexdigest())
    measured.write(folder, found)
    _write_card(folder, made, found, len(rows.y))
    readme.write(folder, found)
    return found


def _found(
    made: Made, rows: QuantityTable, guess: FloatArray, interval: Mapping[str, Any], sha256: str
) -> dict[str, Any]:
    from medapp.training.own_table import quantity

    design, table = made.design, made.table
    model = {"id": design.id, "version": design.version, "sha256": sha256}
    figures = bootstrap.figures(
        lambda index: quantity.measured(rows.y[index], guess[index]), rows.groups, DRAWS, design.seed
    )
    count = len(rows.y)
    internal = {
        "model": model,
        "data": {
            "file": design.data.file,
            "sha256": design.data.sha256,
            "rows": table.raw.total,
            "cohort": count,
            "scored": count,
            "abstained": 0,
            "excluded": {},
            "classes": {},
            "classes_scored": {},
        },
        "level": bootstrap.LEVEL,
        "metrics": {
            **{name: figure.as_document() for name, figure in figures.items()},
            "coverage": interval["coverage"],
        },
        "thresholds": [],
        "subgroups": [],
        "how": (
            f"Nested cross-validation: {design.split.folds} outer folds, rows that belong together kept "
            f"together; "
            f"{design.split.inner} inner folds to choose among the settings; intervals by bootstrap of "
            f"the same groups."
        ),
    }
    return {
        "schema": 1,
        "model": model,
        "internal": internal,
        "external": {"n": 0, "metrics": {}, "reason": dict(design.card["external_reason"])},
        "operating_points": [],
        "interval": dict(interval),
        "calibration_curve": _curve(rows.y, guess),
        "final": dict(made.design.estimator.parameters),
        "cleaning": [],
    }


def _curve(y: FloatArray, guess: FloatArray, parts: int = 10) -> list[dict[str, Any]]:
    """Mean estimate and mean value with its normal 95 % interval, in equal parts by estimate."""
    rows = []
    for part in np.array_split(np.argsort(guess, kind="stable"), parts):
        if len(part) > 1:
            middle, half = float(y[part].mean()), 1.959964 * float(y[part].std(ddof=1)) / np.sqrt(len(part))
            observed = {"value": middle, "low": middle - half, "high": middle + half}
            rows.append({"predicted": float(guess[part].mean()), "observed": observed, "n": len(part)})
    return rows


def _write_golden(folder: Path, made: Made, onnx: bytes, low: FloatArray, high: FloatArray) -> None:
    session, lines = open_graph(onnx), []
    for inputs in golden.made(made.design, low, high):
        x = golden.encode(made.design, inputs)
        (value,) = session.run(["value"], {"x": x})
        trained = float(made.fitted.values(prepare(made.design, x))[0])
        lines.append(
            {
                "inputs": inputs,
                "expected": {"status": "final", "value": float(value[0, 0])},
                "estimator": {"value": trained},
            }
        )
    lines.extend(dict(case) for case in made.design.golden)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / golden.GOLDEN_FILE).write_text(text, encoding="utf-8", newline="\n")


def _write_card(folder: Path, made: Made, found: Mapping[str, Any], count: int) -> None:
    design, table = made.design, made.table
    fields = {name: measured.show(figure) for name, figure in found["internal"]["metrics"].items()}
    words = cardwriter._read_texts(folder, fields)
    card = cardwriter._head(design, words, made.estimator.title)
    source = design.data
    card |= {
        "output": {
            "name": words["output"]["name"],
            "calibrated": True,
            "unit": table.outcome.column.rule.unit,
            "decimals": _decimals(table.outcome.values),
        },
        "operating_points": [],
        "features": [cardwriter._feature(feature) for feature in design.features],
        "exclusions": [],
        "explain": {"method": made.estimator.explains},
        "interval": {
            "level": found["interval"]["level"],
            "method": found["interval"]["method"],
            "measured_coverage": round(found["interval"]["coverage"]["value"], 3),
        },
        "data": {
            "citation": source.citation,
            "licence": source.licence,
            "n": count,
            "events": 0,
            "dates": source.dates,
            "origin": source.origin,
            "sha256": source.sha256,
        },
        "graph": {"file": cardwriter.GRAPH_FILE, "sha256": found["model"]["sha256"]},
        "attributes": words["attributes"],
    }
    text = cardwriter._HEAD + str(library("tomli_w").dumps(card))
    (folder / CARD_FILE).write_text(text, encoding="utf-8", newline="\n")


def _decimals(values: FloatArray) -> int:
    """Digits behind the point that tell a hundredth of the usual spread apart."""
    known = values[np.isfinite(values)]
    spread = float(np.subtract(*np.quantile(known, [0.75, 0.25])))
    return int(np.clip(np.ceil(2 - np.log10(spread)), 0, 6)) if spread > 0 else 1
