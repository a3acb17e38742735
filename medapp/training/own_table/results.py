"""What the figures themselves say about the table: too good to be true, or unlike for women and men."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from medapp.i18n import N_
from medapp.training.own_table.algorithms import CLASSIFIERS
from medapp.training.own_table.findings import NOTED, POINTED_OUT, Finding, named
from medapp.training.own_table.inspect import Inspected

TOO_GOOD: Final = 0.98
UNEVEN: Final = 0.1
SLACK: Final = 0.1


def after_training(table: Inspected, found: Mapping[str, Any]) -> list[Finding]:
    """Findings that only the held-out figures show."""
    internal = found["internal"]
    metrics = internal["metrics"]
    perfect = _too_good(table, metrics)
    told = [
        perfect,
        _nothing(table, metrics),
        None if perfect else _narrow(found["interval"]),  # at 0 and 1 there is no curve to be held against
        *_uneven(internal["subgroups"]),
    ]
    return [finding for finding in told if finding is not None]


def not_compared(table: Inspected, asked: Sequence[str], compared: Sequence[str]) -> list[Finding]:
    """Which algorithms were not tried although nobody chose among them."""
    names = [c.name for c in CLASSIFIERS if c.name not in compared]
    if table.outcome.is_quantity or asked or not names:
        return []
    return [
        Finding(
            "not_compared",
            N_("Not compared, for they take two classes only or too long on so many rows: {names}."),
            NOTED,
            (),
            {"names": named(names)},
            "information",
        )
    ]


def _too_good(table: Inspected, metrics: Mapping[str, Any]) -> Finding | None:
    values = [
        float(figure["value"])
        for name, figure in metrics.items()
        if (name == "auroc" or name.startswith("auroc_")) and figure["value"] is not None
    ]
    if not values or min(values) < TOO_GOOD:
        return None
    return Finding(
        "too_good",
        N_(
            "The figures are nearly perfect (AUROC {score} on held-out rows). Hardly any clinical "
            "question is so easy: "
            "look for an input that defines the outcome, or for groups gathered apart. Do not quote them."
        ),
        POINTED_OUT,
        (table.outcome.column.name,),
        {"score": round(min(values), 3)},
    )


def _nothing(table: Inspected, metrics: Mapping[str, Any]) -> Finding | None:
    """Whether chance does as well: the intervals reach what no knowledge at all would give."""
    guess, lows = 0.5, [f["low"] for name, f in metrics.items() if name.startswith("auroc")]
    if table.outcome.is_quantity:
        guess, lows = 0.0, [metrics["r2"]["low"]]
    if not lows or any(low is not None and low > guess for low in lows):
        return None
    return Finding(
        "nothing_learned",
        N_(
            "On held-out rows it is not surely better than a guess. Nothing in this table was shown to "
            "predict {column}."
        ),
        POINTED_OUT,
        (table.outcome.column.name,),
        {"column": table.outcome.column.name},
    )


def _narrow(interval: Mapping[str, Any]) -> Finding | None:
    """Whether the interval holds clearly less often than it says."""
    held, level = float(interval["coverage"]["value"]), float(interval["level"])
    if held >= level - SLACK:
        return None
    return Finding(
        "interval_too_narrow",
        N_("The {level} interval held only {share} on held-out rows: take it as too narrow."),
        POINTED_OUT,
        (),
        {"level": f"{level:.0%}", "share": f"{held:.0%}"},
    )


def _uneven(subgroups: list[Mapping[str, Any]]) -> list[Finding]:
    """Groups of which those with the outcome are found much more rarely."""
    recalls = {
        str(group["group"]): group["metrics"]["recall"]
        for group in subgroups
        if group["metrics"].get("recall", {}).get("value") is not None
    }
    if len(recalls) < 2:
        return []
    least = min(recalls, key=lambda name: float(recalls[name]["value"]))
    most = max(recalls, key=lambda name: float(recalls[name]["value"]))
    gap = float(recalls[most]["value"]) - float(recalls[least]["value"])
    if gap < UNEVEN:
        return []
    return [
        Finding(
            "uneven_groups",
            N_(
                "Unlike for {least} and {most}: of those with the outcome {low} and {high} are found at "
                "the same "
                "threshold."
            ),
            POINTED_OUT,
            (),
            {
                "least": least,
                "most": most,
                "low": f"{float(recalls[least]['value']):.0%}",
                "high": f"{float(recalls[most]['value']):.0%}",
            },
        )
    ]
