"""A clinic's own table, read again by the rules that its recipe keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.training.datasets import Repair
from medapp.training.own_table import spelling
from medapp.training.own_table.columns import Rule
from medapp.training.own_table.plan import GROUP
from medapp.training.own_table.read import read_rows

if TYPE_CHECKING:
    import pandas as pd


def read(path: Path, options: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[Repair, ...]]:
    """Every row in one spelling, "" for unknown; rows alike in all inputs belong together."""
    import pandas as pd

    raw = read_rows(path, has_header=bool(options["has_header"]), seed=int(options["seed"]))
    cells = dict(zip(raw.names, raw.columns, strict=True))
    columns = {
        name: _column(Rule.of_options(rule), cells[name])
        for name, rule in options["rules"].items()
        if name in cells
    }
    target, rule, labels = options["target"], Rule.of_options(options["target_rule"]), options["labels"]
    if target in cells:
        columns[target] = [_label(text, rule, labels) for text in cells[target]]
    inputs = [columns[name] for name in options["rules"] if name in columns]
    groups = cells.get(options.get("group", ""), ["\x1f".join(row) for row in zip(*inputs, strict=True)])
    return pd.DataFrame({**columns, GROUP: groups}, dtype=str), ()


def _column(rule: Rule, cells: list[str]) -> list[str]:
    known = {text: rule.canonical(text) for text in set(cells)}
    return [known[cell] for cell in cells]


def _label(text: str, rule: Rule, labels: Mapping[str, str]) -> str:
    value = rule.canonical(text)
    if not labels:
        return value
    label = f"{float(value):g}" if value and rule.kind == "integer" else value
    return labels.get(spelling.fold(label), "")
