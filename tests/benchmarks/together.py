"""All bundled models with explanations on one record, as a patient's page asks them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from medapp import paths
from medapp.assess.assessor import read_given
from medapp.domain.assessment import Status
from medapp.domain.record import PatientRecord
from medapp.inference.registry import load_registry
from medapp.services import search
from medapp.services.demo import create_demo
from medapp.services.records import open_record
from medapp.services.session import open_clinic
from tests.benchmarks.measure import Outcome, Result, Skipped, median, milliseconds, seconds

LIMIT_MS = 300.0
ROUNDS = 50


def measure(folders: Sequence[Path]) -> list[Outcome]:
    """The bound on all of them together.

    No patient is in the scope of all: what a model needs is given beside the
    record, so that each really computes and explains a number.
    """
    registry = load_registry(paths.models_dir())
    asked = [(registry.get(folder.name), read_given(_golden_inputs(folder))) for folder in folders]
    record = longest_record()

    def ask() -> None:
        for assessor, given in asked:
            assessor.assess(record, given)

    first = seconds(ask)
    computed = sum(assessor.assess(record, given).status is Status.FINAL for assessor, given in asked)
    if computed < len(asked):
        return [Skipped("models_together", f"only {computed} of {len(asked)} models answered with a number")]
    times = [seconds(ask) for _ in range(ROUNDS)]
    details = {"first_ms": first * 1e3, "observations": len(record.observations), **milliseconds(times)}
    what = f"{len(asked)} models with explanations on one record"
    return [Result("models_together", what, median(times) * 1e3, LIMIT_MS, "ms", details=details)]


def _golden_inputs(folder: Path) -> Mapping[str, Any]:
    cases = (json.loads(line) for line in (folder / "golden.jsonl").read_text("utf-8").splitlines())
    inputs: Mapping[str, Any] = next(c["inputs"] for c in cases if c["expected"]["status"] == "final")
    return inputs


def longest_record() -> PatientRecord:
    """The longest record of a demo clinic without a problem that would exclude somebody.

    Age and sex are taken out: they are given with each model's other inputs.
    """
    with tempfile.TemporaryDirectory(prefix="medapp-bench-") as folder:
        create_demo(Path(folder) / "clinic", clock=clock, patients=300, seed=1)
        with open_clinic(Path(folder) / "clinic", "demo", "demo", clock=clock) as session:
            lines = search.page(session, None, 300)
            found = [open_record(session, line.id, latest_only=False, audit=False) for line in lines]
    healthy = (one for one in found if not one.conditions)
    return replace(max(healthy, key=lambda one: len(one.observations)), patient=None)


def clock() -> datetime:
    """A fixed moment: the same record on every day."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=timezone.utc)
