"""Train on a table with classes: every algorithm compared, the chosen one written by the common engine."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medapp.training import run as engine
from medapp.training.datasets import RawTable
from medapp.training.design import Design
from medapp.training.estimators import Estimator, estimator
from medapp.training.fit import OutOfFold, out_of_fold
from medapp.training.fit import train as fit_all
from medapp.training.own_table import algorithms, plan, recipe, texts
from medapp.training.own_table.compare import Compared, Trained, choose, of_classes
from medapp.training.own_table.inspect import Inspected
from medapp.training.own_table.options import TableOptions
from medapp.training.table import Table, refuse_empty, tabulate
from medapp.training.types import Progress

DRAWS = 500


@dataclass(frozen=True, slots=True)
class _Tried:
    design: Design
    learner: Estimator
    held: OutOfFold
    compared: Compared


def train(
    table: Inspected, values: dict[str, Any], options: TableOptions, folder: Path, tell: Progress
) -> Trained:
    """Compare, choose, fit on everything and write the folder."""
    base = plan.design_of(values, is_quantity=False)
    rows = tabulated(table, base)
    refuse_empty(base, rows)
    candidates = algorithms.classifiers(options.algorithms, len(base.outcome.ids), len(rows.y))
    tried = []
    for place, candidate in enumerate(candidates):
        start, width = 0.05 + 0.85 * place / len(candidates), 0.85 / len(candidates)
        tried.append(_try(base, candidate, rows, part(tell, candidate.name, start, width)))
    compared = tuple(one.compared for one in tried)
    chosen = choose(compared)
    winner = next(one for one in tried if one.compared.name == chosen)
    tell("final fit", 0.9)
    tuned, fitted = fit_all(winner.design, winner.learner, rows, base.seed)
    made = engine.Made(winner.learner, fitted, tuned, fitted.export(winner.design))
    values["estimator"] = recipe.estimator_values(winner.design.estimator)
    recipe.write(folder, values, texts.texts_of(table, winner.learner.title))
    tell("figures", 0.93)
    report = engine.write_aside(folder, folder, winner.design, made, rows, winner.held, DRAWS)
    return Trained(compared, chosen, report.found)


def part(tell: Progress, name: str, start: float, width: float) -> Progress:
    """Tells the share of the whole while one algorithm is compared, under its own name."""

    def told(_: str, share: float) -> None:
        tell(name, start + width * share)

    return told


def tabulated(table: Inspected, design: Design) -> Table:
    """The rows that count as the engine takes them, with the counts of the whole file."""
    frame = plan.frame_of(table)
    source = design.data
    found = tabulate(design, RawTable(frame, source.file, source.sha256))
    excluded = dict(found.excluded)
    for finding in table.findings:
        if finding.code in ("duplicated_rows", "outcome_unknown", "ragged_rows"):
            excluded[finding.code] = int(finding.fields["count"])
    return replace(found, rows=table.rows[found.rows], total=table.raw.total, excluded=excluded)


def _try(base: Design, candidate: algorithms.Candidate, rows: Table, tell: Progress) -> _Tried:
    design = plan.with_estimator(base, candidate.design)
    learner = estimator(candidate.design.algorithm)
    start = time.perf_counter()
    held = out_of_fold(design, learner, rows, tell)
    seconds = time.perf_counter() - start
    return _Tried(
        design, learner, held, of_classes(design, rows, held, candidate.name, learner.title, seconds)
    )
