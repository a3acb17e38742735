"""The figures that a card is written from: `metrics.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from medapp.training import metrics
from medapp.training.errors import NotTrained
from medapp.training.types import FloatArray, IntArray

METRICS_FILE: Final = "metrics.json"


def calibration_curve(
    event: IntArray | FloatArray, p: FloatArray, parts: int = 10
) -> list[dict[str, Any]]:
    """Mean estimate and observed share with its Wilson 95 % interval, in equal parts by estimate.

    `event` may be shares, for those who were lost (`FollowUp.expected`).
    """
    order = np.argsort(p, kind="stable")
    rows = []
    for part in np.array_split(order, parts):
        if not len(part):
            continue
        share, n = float(event[part].mean()), len(part)
        low, high = wilson(float(event[part].sum()), n)
        observed = {"value": share, "low": low, "high": high}
        rows.append({"predicted": float(p[part].mean()), "observed": observed, "n": n})
    return rows


def decision_curve(
    event: IntArray, p: FloatArray, most: float = 0.5, weights: FloatArray | None = None
) -> list[dict[str, float]]:
    """Net benefit of acting by the model and of acting on everybody, by threshold."""
    everybody = np.ones(len(p), dtype=np.bool_)
    return [
        {
            "threshold": percent / 100.0,
            "model": metrics.net_benefit(event, p >= percent / 100.0, percent / 100.0, weights),
            "all": metrics.net_benefit(event, everybody, percent / 100.0, weights),
        }
        for percent in range(1, round(most * 100) + 1)
    ]


def wilson(events: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Limits of a share after Wilson (1927)."""
    share = events / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def write(folder: Path, values: Mapping[str, Any]) -> None:
    """Write the figures, two spaces deep, keys as given."""
    text = json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / METRICS_FILE).write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> dict[str, Any]:
    """The figures of a folder. Raises NotTrained when there are none."""
    try:
        found: dict[str, Any] = json.loads((folder / METRICS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotTrained(model=folder.name) from error
    return found


def show(figure: Mapping[str, Any], digits: int = 3) -> str:
    """A figure with its interval, as "0.812 (0.790 to 0.833)"."""
    if figure["value"] is None:
        return "-"
    value = f"{figure['value']:.{digits}f}"
    if figure["low"] is None:
        return value
    return f"{value} ({figure['low']:.{digits}f} to {figure['high']:.{digits}f})"


def fields(found: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the prose of a card may name in braces, each as text."""
    internal = found["internal"]
    texts = {name: show(figure) for name, figure in internal["metrics"].items()}
    for point in points:
        texts[f"{point['id']}_value"] = f"{point['value'] * 100:g}"
        for side in ("sensitivity", "specificity"):
            texts[f"{point['id']}_{side}"] = show(point[side])
    data = internal["data"]
    texts |= {
        "n": f"{data['scored']:,}", "cohort": f"{data['cohort']:,}", "abstained": f"{data['abstained']:,}",
        "coverage": f"{found['interval']['coverage']['value'] * 100:.0f}",
    }
    texts |= {f"n_{name}": f"{count:,}" for name, count in data["classes_scored"].items()}
    for group in internal["subgroups"]:
        suffix = f"_{group['by']}_{group['group']}".replace("+", "_up").replace("-", "_to_")
        texts[f"n{suffix}"] = f"{group['n']:,}"
        texts |= {name + suffix: show(figure) for name, figure in group["metrics"].items()}
    return texts
