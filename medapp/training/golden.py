"""A dozen inputs with the expected answers, made by a rule and never taken from the data."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from medapp.runtime.session import open_graph
from medapp.training.design import Design, FeatureDesign
from medapp.training.estimators import Fitted
from medapp.training.table import prepare
from medapp.training.types import FloatArray

GOLDEN_FILE: Final = "golden.jsonl"
CASES: Final = 9
TURN: Final = 0.6180339887498949
"""Steps of the golden section spread the cases over each range."""


def write(
    folder: Path, design: Design, graph: bytes, fitted: Fitted, low: FloatArray, high: FloatArray
) -> None:
    """Write the cases: made ones, then the recipe's own.

    Those without an `expected` of the recipe are answered by the graph and by the
    estimator. `low` and `high` [k] bound what is asked of each feature.
    """
    lines = []
    session = open_graph(graph)
    own = [case["inputs"] for case in design.golden if "expected" not in case]
    for inputs in (*made(design, low, high), *own):
        x = encode(design, inputs)
        (p,) = session.run(["probability"], {"x": x})
        trained = fitted.probabilities(prepare(design, x))
        ids = design.outcome.ids
        given = {name: float(value) for name, value in zip(ids, p[0], strict=True)}
        lines.append({
            "inputs": inputs,
            "expected": {
                "status": "final", "value": given[design.outcome.lead_class], "probabilities": given,
            },
            "estimator": {
                "probabilities": {n: float(v) for n, v in zip(ids, trained[0], strict=True)}
            },
        })
    lines.extend(dict(case) for case in design.golden if "expected" in case)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / GOLDEN_FILE).write_text(text, encoding="utf-8", newline="\n")


def made(design: Design, low: FloatArray, high: FloatArray) -> list[dict[str, Any]]:
    """Inputs spread over the ranges; later cases leave ever more optional questions unanswered."""
    cases = []
    for case in range(CASES):
        inputs: dict[str, Any] = {}
        for place, feature in enumerate(design.features):
            skip = case >= 3 and (place + case) % 3 < case // 3
            if feature.required or not skip:
                share = ((case + 1) * TURN * (place + 1)) % 1.0
                least, most = _in_scope(feature, float(low[place]), float(high[place]))
                inputs[feature.name] = _value(feature, least, most, share)
        cases.append(inputs)
    return cases


def encode(design: Design, inputs: Mapping[str, Any]) -> FloatArray:
    """Inputs as the row [1, k] that the graph takes; absent ones are NaN."""
    row = []
    for feature in design.features:
        value = inputs.get(feature.name)
        if value is None:
            row.append(np.nan)
        elif isinstance(value, str):
            row.append(float(feature.choices.index(value)))
        else:
            row.append(float(value))
    return np.array([row])


def _in_scope(feature: FeatureDesign, low: float, high: float) -> tuple[float, float]:
    """The range within what the card calls valid: a made case is answered."""
    least, most = feature.card.get("valid", (-np.inf, np.inf))
    return max(low, float(least)), max(min(high, float(most)), float(least))


def _value(feature: FeatureDesign, low: float, high: float, share: float) -> Any:
    if feature.choices:
        return feature.choices[int(share * len(feature.choices))]
    if feature.excludes:
        return False
    if feature.kind == "boolean":
        return bool(low) if low == high else share >= 0.5
    value = low + share * (high - low)
    span = high - low
    digits = 1 if not 0.0 < span < 1.0 else 2 - math.floor(math.log10(span))
    return round(value) if feature.kind == "integer" or feature.whole else round(value, digits)
