"""What was measured, as JSON and as docs/performance.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Outcome, Result, Skipped

_HEAD = """# Performance

Written by `make bench` (tests/benchmarks); do not edit. Both sides of a ratio are timed in one run with their
rounds interleaved; only ratios transfer to another machine.

"""


def as_document(outcomes: Sequence[Outcome], at: datetime) -> dict[str, Any]:
    """Everything measured, for a script."""
    return {
        "schema": "medapp.bench/1",
        "at": at.isoformat(timespec="seconds"),
        "machine": machine(),
        "results": [_result(one) for one in outcomes if isinstance(one, Result)],
        "skipped": [{"name": one.name, "why": one.why} for one in outcomes if isinstance(one, Skipped)],
    }


def _result(one: Result) -> dict[str, Any]:
    return {
        "name": one.name,
        "what": one.what,
        "value": one.value,
        "unit": one.unit,
        "limit": one.limit,
        "at_least": one.at_least,
        "met": one.is_met,
        "details": one.details,
    }


def machine() -> dict[str, Any]:
    """What it ran on; no name of the machine."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def as_page(document: dict[str, Any]) -> str:
    """The page of docs."""
    system = document["machine"]
    lines = [
        _HEAD,
        f"Measured {document['at'][:10]} on {system['cores']} cores ({system['processor']}, ",
        f"{system['system']}), Python {system['python']}.\n\n",
        "| bound | measured | demanded | |\n| --- | --- | --- | --- |\n",
    ]
    for one in document["results"]:
        sign = ">=" if one["at_least"] else "<="
        state = "met" if one["met"] else "**MISSED**"
        value, limit = f"{one['value']:.2f} {one['unit']}", f"{sign} {one['limit']:g} {one['unit']}"
        lines.append(f"| {one['what']} | {value} | {limit} | {state} |\n")
    lines.extend(f"| {one['name']} | not measured: {one['why']} | | |\n" for one in document["skipped"])
    lines.append("\n## Details\n\n")
    details = ((one["name"], json.dumps(one["details"], ensure_ascii=False)) for one in document["results"])
    lines.extend(f"- `{name}`: {text}\n" for name, text in details)
    return "".join(lines)


def write(document: dict[str, Any], json_path: Path, page_path: Path) -> None:
    """Write both."""
    for path, text in (
        (json_path, json.dumps(document, ensure_ascii=False, indent=1) + "\n"),
        (page_path, as_page(document)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
