"""The model folder's card: prose from `texts.toml`, numbers from the training, one file out.

Prose names measured figures in braces ("AUROC {auroc}"), so that no number in a
card is typed by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from medapp.assess.card import CARD_FILE
from medapp.training.design import Design, FeatureDesign
from medapp.training.errors import DesignInvalid
from medapp.training.estimators import library

TEXTS_FILE: Final = "texts.toml"
GRAPH_FILE: Final = "model.onnx"
_HEAD: Final = "# Written by `medapp model train`: edit design.toml and texts.toml, not this file.\n"
_PROSE: Final = (
    "title", "summary", "intended_use", "population", "users", "out_of_scope", "cautions", "next_steps",
    "references",
)


def write(
    folder: Path, texts_folder: Path, design: Design, *, fields: Mapping[str, str],
    points: Sequence[Mapping[str, Any]], coverage: float, data: Mapping[str, Any], algorithm: str,
    explains: str, sha256: str, imputed: Mapping[str, float] | None = None,
) -> None:
    """Write `card.toml` into `folder` with the prose of `texts_folder`.

    `imputed`: what the graph puts in for an unknown value of an input, by name.

    Raises DesignInvalid when the prose lacks a key or names an unknown figure.
    """
    texts = _read_texts(texts_folder, fields)
    try:
        card = _head(design, texts, algorithm)
        card["output"] = _output(design, texts)
        card["operating_points"] = [
            {
                "id": point["id"], "value": point["value"],
                **({"classes": point["classes"]} if point["classes"] else {}),
                **{key: texts["operating_points"][point["id"]][key] for key in ("title", "purpose")},
                "sensitivity": point["sensitivity"], "specificity": point["specificity"],
            }
            for point in points
        ]
        card["features"] = [_feature(feature, imputed or {}) for feature in design.features]
        card["exclusions"] = texts.get("exclusions", [])
        card["explain"] = {"method": explains}
        card["interval"] = {
            "level": 0.8, "method": "beta_nearest_64", "measured_coverage": round(coverage, 3),
        }
        card["data"] = dict(data)
        card["graph"] = {"file": GRAPH_FILE, "sha256": sha256}
        card["attributes"] = texts["attributes"]
    except KeyError as error:
        raise DesignInvalid(model=design.id, key=f"texts.toml: {error.args[0]}", expected="a text") from error
    written = _HEAD + str(library("tomli_w").dumps(card))
    (folder / CARD_FILE).write_text(written, encoding="utf-8", newline="\n")


def _read_texts(folder: Path, fields: Mapping[str, str]) -> dict[str, Any]:
    path = folder / TEXTS_FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        filled: dict[str, Any] = _fill(values, fields)
    except FileNotFoundError as error:
        raise DesignInvalid(model=folder.name, key=TEXTS_FILE, expected="a file") from error
    except (KeyError, IndexError, ValueError) as error:
        raise DesignInvalid(model=folder.name, key=f"texts.toml: {error}", expected="a figure") from error
    return filled


def _fill(value: Any, fields: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format_map(fields)
    if isinstance(value, dict):
        return {key: _fill(item, fields) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, fields) for item in value]
    return value


def _head(design: Design, texts: Mapping[str, Any], algorithm: str) -> dict[str, Any]:
    card: dict[str, Any] = {"schema": 1, "id": design.id, "version": design.version, "kind": "model"}
    for key in ("setting", "modality", "task", "temporality", "reviewed_by"):
        card[key] = design.card[key]
    card["algorithm"] = algorithm
    if "refuse_below_typicality" in design.card:
        card["refuse_below_typicality"] = float(design.card["refuse_below_typicality"])
    for key in _PROSE:
        card[key] = texts[key]
    return card


def _output(design: Design, texts: Mapping[str, Any]) -> dict[str, Any]:
    output = texts["output"]
    horizon = design.card.get("horizon_days")
    return {
        "name": output["name"], "have": output["have"], "lead_class": design.outcome.lead_class,
        "calibrated": bool(design.card["calibrated"]),
        **({} if horizon is None else {"horizon_days": int(horizon)}),
        "classes": [{"id": name, **output["classes"][name]} for name in design.outcome.ids],
    }


def _feature(feature: FeatureDesign, imputed: Mapping[str, float] = MappingProxyType({})) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": feature.name, "required": feature.required,
        "missing": "refuse" if feature.required else "impute",
    }
    if feature.choices:
        entry["choices"] = list(feature.choices)
    if feature.name in imputed and not feature.required and not feature.choices:
        entry["impute_value"] = round(imputed[feature.name], 4)
    return entry | dict(feature.card)
