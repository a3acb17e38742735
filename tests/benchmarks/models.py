"""One patient through a tabular model, and a million rows against the bare graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from medapp import paths
from medapp.assess.assessor import read_given
from medapp.assess.index import model_folders
from medapp.domain.assessment import Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.infer import INPUT
from medapp.inference.model import ModelAssessor
from medapp.inference.registry import load_registry
from medapp.inference.table import CHUNK
from medapp.runtime.session import BATCH
from tests.benchmarks import kernel_graph, together
from tests.benchmarks.measure import Outcome, Result, Skipped, interleaved, median, milliseconds, seconds

ROUNDS = 7


def measure(rows: int) -> list[Outcome]:
    """Both bounds for each bundled model, all on one record, and those of a single graph."""
    folders = model_folders(paths.models_dir())
    if not folders:
        return [Skipped("model_single", "no model folder in models/")]
    each = [one for folder in folders for one in _measure(folder, rows)]
    return [*each, *together.measure(folders), *kernel_graph.measure()]


def _measure(folder: Path, rows: int) -> list[Outcome]:
    assessor = load_registry(paths.models_dir()).get(folder.name)
    if not isinstance(assessor, ModelAssessor):
        return [Skipped(f"model_{folder.name}", "refused by the registry")]
    return [_single(assessor, _golden_inputs(folder)), _batch(assessor, rows)]


def _golden_inputs(folder: Path) -> Mapping[str, Any]:
    for line in (folder / "golden.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["expected"]["status"] == "final":
            inputs: Mapping[str, Any] = case["inputs"]
            return inputs
    raise AssertionError("no golden case is final")


def _single(assessor: ModelAssessor, inputs: Mapping[str, Any]) -> Result:
    given = read_given(inputs)
    record = PatientRecord(Moment.parse("2026-11-20"))
    assert assessor.assess(record, given).status is Status.FINAL
    times = [seconds(lambda: assessor.assess(record, given)) for _ in range(200)]
    what = f"one patient, {assessor.card.id}, with contributions and interval"
    return Result(
        f"model_single_{assessor.card.id}", what, median(times) * 1e3, 10.0, "ms", details=milliseconds(times)
    )


def _batch(assessor: ModelAssessor, rows: int) -> Result:
    """Share of the bare graph's throughput that encode + infer + decode keeps; the same threads for both.

    The bare side is the faster of one call for all rows and of calls in the chunks that we use.
    """
    columns = _columns(assessor, rows)
    x = np.column_stack([columns[feature.name] for feature in assessor.card.features]).astype(np.float64)
    graph, answer = assessor.graph.opened(BATCH), [assessor.scorer.answer]

    def bare() -> float:
        return seconds(lambda: graph.run(answer, {INPUT: x}))

    def chunked() -> float:
        parts = [x[start : start + CHUNK] for start in range(0, rows, CHUNK)]
        return seconds(lambda: [graph.run(answer, {INPUT: part}) for part in parts])

    def whole() -> float:
        return seconds(lambda: assessor.predict_table(columns))

    for side in (bare, whole):
        side()
    ours, *theirs = interleaved((whole, bare, chunked), ROUNDS)
    details = {
        "rows": rows,
        "ours": milliseconds(ours),
        "bare": milliseconds(theirs[0]),
        "bare_in_chunks": milliseconds(theirs[1]),
    }
    what = f"{rows:,} rows, {assessor.card.id}: encode + infer + decode against bare session.run"
    share = min(median(times) for times in theirs) / median(ours) * 100
    return Result(f"model_batch_{assessor.card.id}", what, share, 60.0, "%", at_least=True, details=details)


def _columns(assessor: ModelAssessor, rows: int) -> dict[str, Any]:
    """Values inside the plausible range of every feature, a tenth of the optional ones unknown."""
    rng = np.random.default_rng(3)
    columns: dict[str, Any] = {}
    for feature in assessor.card.features:
        spec = assessor.encoder.specs[feature.name]
        if spec.kind == "boolean":
            column = rng.integers(0, 2, rows).astype(np.float64)
        elif spec.kind == "choice":
            choices = assessor.encoder.choices.get(feature.name) or spec.choices
            column = rng.integers(0, len(choices), rows).astype(np.float64)
        else:
            low, high = feature.valid or spec.plausible or (0.0, 1.0)
            column = rng.uniform(low, high, rows)
            column = np.rint(column) if spec.kind == "integer" else column
        if not feature.required:
            column[rng.random(rows) < 0.1] = np.nan
        columns[feature.name] = column
    return columns
