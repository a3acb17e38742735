"""From an inspected table to an ordinary recipe: the same `Design` that bundled models are trained by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from medapp.training.datasets import sha256_of
from medapp.training.design import Design, EstimatorDesign, OutcomeDesign, SplitDesign, parse_design
from medapp.training.own_table import spelling
from medapp.training.own_table.columns import Column
from medapp.training.own_table.errors import ModelIdUnfit
from medapp.training.own_table.inspect import Inspected
from medapp.training.own_table.options import TableOptions

if TYPE_CHECKING:
    import pandas as pd

READER: Final = "own_table"
GROUP: Final = "same patient or same answers"
LOCAL: Final = "urn:medapp:local-variable"
FOLDS, INNER = 5, 3
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}$")


def model_id(options: TableOptions, file: str) -> str:
    """The id asked for, else one of the file's name. Raises ModelIdUnfit."""
    name = options.id
    if name is None:
        stem = file.partition(".")[0].casefold()
        slug = re.sub(r"[^a-z0-9]+", "_", f"own_{stem}").strip("_")[:60]
        return slug if len(slug) > 3 else "own_table"
    if not _ID.match(name):
        raise ModelIdUnfit(id=name)
    return name


def values_of(table: Inspected, options: TableOptions, model: str, day: str) -> dict[str, Any]:
    """The recipe as the document that `design.toml` holds; of a quantity without classes."""
    outcome = table.outcome
    classes = {c.id: [c.id] for c in outcome.classes}
    lead = outcome.classes[0].id if outcome.classes else ""
    features = feature_values(table)
    return {
        "id": model,
        "version": "1.0.0",
        "seed": options.seed,
        "data": _source(table, options, day),
        "outcome": {"column": outcome.column.name, "classes": classes, "lead_class": lead},
        "features": features,
        "split": {
            "kind": "grouped" if table.is_grouped else "rows",
            "groups": [GROUP] if table.is_grouped else [],
            "folds": FOLDS,
            "inner": INNER,
        },
        "estimator": {"algorithm": "logistic_regression"},
        "operating_points": [] if outcome.is_quantity else [{"id": "sensitive", "sensitivity": 0.9}],
        "subgroups": _subgroups(table),
        "card": {
            "setting": "research",
            "modality": "tabular",
            "temporality": "diagnosis",
            "reviewed_by": "",
            "task": "regression" if outcome.is_quantity else "classification",
            "calibrated": True,
            "external_reason": {
                "en": "Not available: the table has not been tested on data from elsewhere.",
                "zh_CN": "暂缺：尚未用其他来源的数据检验。",
            },
        },
        "golden": [{"inputs": {}, "expected": {"status": "insufficient_data", "reason": "missing_input"}}]
        if any(f["required"] for f in features)
        else [],
    }


def design_of(values: Mapping[str, Any], *, is_quantity: bool) -> Design:
    """The recipe's noun; a quantity has no classes to be checked."""
    if not is_quantity:
        return parse_design(values, values["id"])
    stand_in = {**values, "outcome": {"column": "", "classes": {"a": [], "b": []}, "lead_class": "a"}}
    design = parse_design(stand_in, values["id"])
    split = SplitDesign("grouped", (GROUP,), FOLDS, INNER, 1)
    return replace(design, outcome=OutcomeDesign(values["outcome"]["column"], {}, ""), split=split)


def with_estimator(design: Design, estimator: EstimatorDesign) -> Design:
    """The same recipe for another algorithm."""
    return replace(design, estimator=estimator)


def _source(table: Inspected, options: TableOptions, day: str) -> dict[str, Any]:
    """Whose the data are, and how the same file is read again."""
    outcome, path = table.outcome, table.raw.form.path
    labels = {spelling.fold(c.label): c.id for c in outcome.classes}
    return {
        "reader": READER,
        "file": path.name,
        "sha256": sha256_of(path),
        "origin": f"the clinic's own table {path.name}",
        "licence": "the clinic's own data, not to be passed on",
        "citation": f"The clinic's own table {path.name}, read {day}.",
        "dates": f"read {day}",
        "options": {
            "has_header": options.has_header,
            "seed": options.seed,
            "target": outcome.column.name,
            "target_rule": outcome.column.rule.as_options(),
            "labels": labels,
            "rules": {column.name: column.rule.as_options() for column in table.inputs},
            **({"group": options.group} if options.group else {}),
        },
    }


def feature_values(table: Inspected) -> list[dict[str, Any]]:
    """The inputs as the recipe tells them, in the table's order."""
    x = table.x()
    names = feature_names(table.inputs)
    return [_feature(column, names[place], x[:, place]) for place, column in enumerate(table.inputs)]


def feature_names(columns: tuple[Column, ...]) -> list[str]:
    """The variable's id, or a name of the clinic's own that no variable has."""
    found: list[str] = []
    for place, column in enumerate(columns):
        slug = re.sub(r"[^a-z0-9]+", "_", spelling.fold(column.name)).strip("_")[:40]
        name = column.rule.variable or f"own_{slug or f'column_{place + 1}'}"
        found.append(name if name not in found else f"{name}_{place + 1}")
    return found


def _feature(column: Column, name: str, values: Any) -> dict[str, Any]:
    known = values[np.isfinite(values)]
    feature: dict[str, Any] = {
        "name": name,
        "column": column.name,
        "required": bool(len(known) == len(values)),
        "kind": _kind(column, known),
        "card": _card(column, name, known),
    }
    if column.kind == "choice":
        feature |= {"choices": list(column.rule.choices), "values": {c: c for c in column.rule.choices}}
    elif column.kind == "boolean":
        feature["values"] = {"no": 0, "yes": 1}
    else:
        feature |= {"low": float(known.min()), "high": float(known.max())}
    return feature


def _kind(column: Column, known: Any) -> str:
    if column.kind in ("boolean", "choice"):
        return column.kind
    return (
        "integer"
        if column.kind == "integer" and (column.rule.variable or len(np.unique(known)) <= 12)
        else "number"
    )


def _card(column: Column, name: str, known: Any) -> dict[str, Any]:
    if column.rule.variable:
        return {}
    card: dict[str, Any] = {
        "label": {"en": column.name, "zh_CN": column.name},
        "kind": _kind(column, known),
        "codes": [{"system": LOCAL, "code": name}],
    }
    if column.kind in ("number", "integer"):
        card |= {"plausible": [float(known.min()), float(known.max())]}
        card |= {"unit": column.rule.unit} if column.rule.unit else {}
    return card


def _subgroups(table: Inspected) -> list[dict[str, Any]]:
    return [{"by": "sex", "column": column.name} for column in table.inputs if column.rule.variable == "sex"]


def frame_of(table: Inspected) -> pd.DataFrame:
    """The rows that count as the recipe's reader gives them: strings, "" for unknown."""
    import pandas as pd

    columns = {column.name: column.canonical() for column in table.inputs}
    outcome = table.outcome
    answers = (
        outcome.column.canonical()
        if outcome.is_quantity
        else [outcome.classes[y].id if y >= 0 else "" for y in outcome.y]
    )
    frame = pd.DataFrame({**columns, outcome.column.name: answers}, dtype=str).iloc[table.rows]
    frame[GROUP] = [str(number) for number in table.groups]
    return frame.reset_index(drop=True)
