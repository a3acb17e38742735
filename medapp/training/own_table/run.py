"""`medapp model train --csv`: a table goes in, a report and a draft folder come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from medapp.i18n import Words
from medapp.training.own_table import classes, plan, quantity, recipe
from medapp.training.own_table.compare import RULE, Compared
from medapp.training.own_table.errors import TrainingCancelled
from medapp.training.own_table.findings import Finding
from medapp.training.own_table.inspect import Inspected, inspect
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.results import after_training, not_compared
from medapp.training.types import Progress, no_progress

REPORT_FILE: Final = "report.json"

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was made: the folder, what was found in the table, and how the algorithms compared."""

    id: str
    folder: Path
    table: Inspected
    findings: tuple[Finding, ...]
    compared: tuple[Compared, ...]
    chosen: str
    metrics: Mapping[str, Any]
    breaches: tuple[str, ...]

    def as_document(self) -> dict[str, Any]:
        """The answer of `medapp model train --csv`; also the folder's report.json."""
        return {
            "id": self.id,
            "state": "draft",
            "algorithm": self.chosen,
            "rule": RULE,
            "table": _table_document(self.table),
            "findings": [finding.as_document() for finding in self.findings],
            "comparison": [one.as_document(self.chosen) for one in self.compared],
            "metrics": dict(self.metrics),
            "conforms": not self.breaches,
            "breaches": list(self.breaches),
        }


def train_table(
    path: Path,
    options: TableOptions,
    aside: Path,
    day: str,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Draft:
    """Inspect the table, compare the algorithms and write a draft below the folder `aside`.

    `day` is today's date for the card. Raises the KnownErrors of this package and of
    the training; nothing is left in `aside` that anybody should use after an error.
    """
    tell = _telling(progress or no_progress, cancelled or (lambda: False))
    tell("table", 0.0)
    table = inspect(path, options, cancelled)
    model = plan.model_id(options, path.name)
    values = plan.values_of(table, options, model, day)
    folder = aside / model
    folder.mkdir(parents=True)
    train = quantity.train if table.outcome.is_quantity else classes.train
    trained = train(table, values, options, folder, tell)
    names = [one.name for one in trained.compared]
    shown = after_training(table, trained.found)
    recipe.add_cautions(folder, [one.as_document()["text"] for one in shown], trained.found)
    told = (*not_compared(table, options.algorithms, names), *shown)
    findings = (*table.findings, *told)
    draft = Draft(
        model,
        folder,
        table,
        findings,
        trained.compared,
        trained.chosen,
        trained.found["internal"]["metrics"],
        _breaches(folder),
    )
    write_report(draft)
    tell("done", 1.0)
    return draft


def write_report(draft: Draft) -> None:
    """Write report.json; the hashes that approval pins are taken afterwards."""
    text = json.dumps(draft.as_document(), ensure_ascii=False, indent=1) + "\n"
    (draft.folder / REPORT_FILE).write_text(text, encoding="utf-8", newline="\n")


def _telling(progress: Progress, cancelled: Cancelled) -> Progress:
    def tell(step: str, share: float) -> None:
        if cancelled():
            raise TrainingCancelled
        progress(step, share)

    return tell


def _breaches(folder: Path) -> tuple[str, ...]:
    """What the conformance checks say of the draft; the time of one answer is not held against it."""
    from medapp.inference.registry import check_folder

    words = Words("en")
    found = [one for one in check_folder(folder) if one.check != "check_latency"]
    return tuple(f"{one.check} {one.where}: {one.text(words)}" for one in found)


def _table_document(table: Inspected) -> dict[str, Any]:
    raw = table.raw
    return {
        "file": raw.form.path.name,
        "encoding": raw.form.encoding,
        "delimiter": raw.form.delimiter,
        "rows": raw.total,
        "used": len(table.rows),
        "target": table.outcome.column.name,
        "task": "regression" if table.outcome.is_quantity else "classification",
        "classes": [{"id": c.id, "label": c.written, "rows": c.rows} for c in table.outcome.classes],
        "lead_class": table.outcome.classes[0].id if table.outcome.classes else None,
        "columns": [
            {
                "column": c.name,
                "kind": c.kind,
                "variable": c.rule.variable or None,
                "unit": c.rule.unit or None,
            }
            for c in table.inputs
        ],
        "units_not_stated": [{"column": column, "variable": variable} for column, variable in table.unstated],
    }
