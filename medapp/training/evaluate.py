"""What a model is worth on a cohort: the document of `medapp model evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from medapp.training import bootstrap, metrics
from medapp.training.design import Design
from medapp.training.operating_points import Point, event_of
from medapp.training.table import Table
from medapp.training.types import FloatArray, IntArray

KEYS = ("model", "data", "level", "metrics", "thresholds", "subgroups")
"""Keys of the document, in its order."""
DRAWS = 1000
LOST = "lost_before_horizon"
"""Why a row of unknown outcome is not in the cohort; through its weight it still counts for the others."""
SMALL = 30
"""Subgroups with fewer rows, or fewer than five of a class, are counted and not measured."""


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model was measured."""

    id: str
    version: str
    sha256: str

    def as_document(self) -> dict[str, str]:
        return {"id": self.id, "version": self.version, "sha256": self.sha256}


def document(
    design: Design, model: ModelRef, table: Table, p: FloatArray, points: Sequence[Point],
    *, draws: int = DRAWS,
) -> dict[str, Any]:
    """Every figure with its 95 % interval.

    `table` is the whole cohort; `p` [scored, classes] the estimates of its rows
    that lack no required input, in their order. With [repeats, scored, classes] every
    figure is the mean over the repeats, in each resample too.
    """
    scored = table.scored()
    return {
        "model": model.as_document(),
        "data": data_document(design, table),
        "level": bootstrap.LEVEL,
        "metrics": _metrics(design, scored, p, points, draws),
        "thresholds": _thresholds(design, scored, p, points),
        "subgroups": _subgroups(design, scored, p, points, draws),
    }


def data_document(design: Design, table: Table) -> dict[str, Any]:
    """What became of the rows of the file."""
    known = table.known
    cohort, scored = int(known.sum()), int((known & table.complete).sum())
    counts = {name: int(np.sum(known & (table.y == i))) for i, name in enumerate(design.outcome.ids)}
    excluded = dict(table.excluded)
    if cohort < len(known):
        excluded[LOST] = len(known) - cohort
    return {
        "file": table.file, "sha256": table.sha256, "rows": table.total, "cohort": cohort,
        "scored": scored, "abstained": cohort - scored, "excluded": excluded,
        "classes": counts,
    }


def measure(
    design: Design, y: IntArray, p: FloatArray, points: Sequence[Point],
    weights: FloatArray | None = None,
) -> dict[str, float]:
    """The figures without intervals; calls of two classes are made at the first operating point.

    `weights` [n] are those of `Table.weights`, which only two classes have.
    """
    if len(design.outcome.ids) > 2:
        return metrics.of_many_classes(y, p, design.outcome.ids, design.outcome.unions)
    event, lead = lead_of(design, y, p)
    return metrics.of_two_classes(event, lead, points[0].value if points else 0.5, weights)


def lead_of(design: Design, y: IntArray, p: FloatArray) -> tuple[IntArray, FloatArray]:
    """Whether each row has the lead class (0, 1), and its estimated probability."""
    return event_of(design, y, p)


def _metrics(
    design: Design, table: Table, p: FloatArray, points: Sequence[Point], draws: int
) -> dict[str, Any]:
    def at(index: IntArray) -> dict[str, float]:
        y, weights = table.y[index], _weights(table, index)
        return _mean([measure(design, y, one[index], points, weights) for one in repeats_of(p)])

    found = bootstrap.figures(at, table.groups, draws, design.seed)
    return {name: figure.as_document() for name, figure in found.items()}


def _weights(table: Table, index: IntArray) -> FloatArray | None:
    """The weights of the rows at `index`, estimated among them."""
    return None if table.follow_up is None else table.follow_up.take(index).weights()


def _thresholds(
    design: Design, table: Table, p: FloatArray, points: Sequence[Point]
) -> list[dict[str, Any]]:
    rows, weights = [], table.weights()
    for point in points:
        single = []
        for one in repeats_of(p):
            event, lead = event_of(design, table.y, one, point.classes)
            called = lead >= point.value
            benefit = metrics.net_benefit(event, called, point.value, weights)
            single.append({**metrics.at_threshold(event, called, weights), "net_benefit": benefit})
        found = _mean(single)
        rows.append({
            "id": point.id, "value": point.value, "sensitivity": _plain(found["recall"]),
            "specificity": _plain(found["specificity"]), "precision": _plain(found["precision"]),
            "net_benefit": _plain(found["net_benefit"]),
        })
    return rows


def threshold_figures(
    design: Design, table: Table, p: FloatArray, points: Sequence[Point], draws: int
) -> Mapping[str, dict[str, dict[str, Any]]]:
    """Sensitivity and specificity of each operating point with intervals, for the card."""
    figures = {}
    for point in points:
        pairs = [event_of(design, table.y, one, point.classes) for one in repeats_of(p)]
        calls = [(event, lead >= point.value) for event, lead in pairs]

        def at(index: IntArray, calls: Any = calls) -> dict[str, float]:
            weights = _weights(table, index)
            found = _mean([
                metrics.at_threshold(event[index], called[index], weights) for event, called in calls
            ])
            return {"sensitivity": found["recall"], "specificity": found["specificity"]}

        measured = bootstrap.figures(at, table.groups, draws, design.seed)
        figures[point.id] = {name: figure.as_document() for name, figure in measured.items()}
    return figures


def _subgroups(
    design: Design, table: Table, p: FloatArray, points: Sequence[Point], draws: int
) -> list[dict[str, Any]]:
    rows = []
    for by, labels in table.subgroups.items():
        named = np.array(labels)
        for group in sorted(set(labels) - {""}):
            index = np.flatnonzero(named == group)
            part = table.take(index)
            counts = np.bincount(part.y[part.known], minlength=len(design.outcome.ids))
            small = len(index) < SMALL or counts.min() < 5
            measured = {} if small else _metrics(design, part, p[..., index, :], points, draws // 2)
            rows.append({"by": by, "group": group, "n": len(index), "metrics": measured})
    return rows


def repeats_of(p: FloatArray) -> FloatArray:
    """Estimates as [repeats, n, classes]."""
    return p if p.ndim == 3 else p[None]


def _mean(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([single[name] for single in found])) for name in found[0]}


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
