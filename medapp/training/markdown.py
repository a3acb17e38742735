"""The pieces that generated pages are made of: tables, lists, names of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_NAMES: Mapping[str, str] = {
    "auroc": "AUROC", "auprc": "AUPRC (average precision)", "brier": "Brier score", "f1": "F1",
    "recall": "Recall (sensitivity)", "calibration_slope": "Calibration slope",
    "calibration_intercept": "Calibration intercept (in the large)", "net_benefit": "Net benefit",
    "macro_f1": "Macro F1", "mae": "MAE", "rmse": "RMSE", "r2": "R²",
}
_OF: Mapping[str, str] = {"auroc": "AUROC", "recall": "Recall"}


def figure_name(name: str) -> str:
    """How a figure is called: `auroc_suspect` is "AUROC, suspect against the rest"."""
    if name in _NAMES:
        return _NAMES[name]
    kind, _, of = name.partition("_")
    if kind in _OF and of:
        against = " against the rest" if kind == "auroc" else ""
        return f"{_OF[kind]}, {of.replace('_', ' ')}{against}"
    return name.replace("_", " ").capitalize()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, bars in its cells escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines.extend("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return "\n".join(lines) + "\n"


def section(head: str, items: Sequence[str]) -> list[str]:
    """A heading with a list below it, or nothing when the list is empty."""
    return [f"## {head}\n", *(f"- {item}" for item in items), ""] if items else []
