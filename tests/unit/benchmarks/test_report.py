"""The bench says met or MISSED, in both directions, and never hides what was not measured."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.benchmarks import report
from tests.benchmarks.measure import Result, Skipped, interleaved, percentile


@pytest.mark.parametrize(
    ("value", "limit", "at_least", "is_met"),
    [(1.4, 1.5, False, True), (1.6, 1.5, False, False), (9.9, 10.0, True, False), (10.0, 10.0, True, True)],
)
def test_a_bound_is_met_or_missed(value: float, limit: float, at_least: bool, is_met: bool) -> None:
    assert Result("a", "a", value, limit, "x", at_least=at_least).is_met is is_met


def test_the_page_states_each_bound(tmp_path: Path) -> None:
    outcomes = [
        Result("start", "start / bare", 1.2, 1.5, "x", details={"bare_ms": 90}),
        Result("search", "search", 5.0, 4.0, "ms"),
        Skipped("import", "no bundles here"),
    ]
    document = report.as_document(outcomes, datetime(2026, 11, 20, tzinfo=timezone.utc))
    report.write(document, tmp_path / "results.json", tmp_path / "docs" / "page.md")
    page = (tmp_path / "docs" / "page.md").read_text("utf-8")
    assert "| start / bare | 1.20 x | <= 1.5 x | met |" in page
    assert "| search | 5.00 ms | <= 4 ms | **MISSED** |" in page
    assert "not measured: no bundles here" in page
    stored = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [one["met"] for one in stored["results"]] == [True, False]
    assert stored["skipped"] == [{"name": "import", "why": "no bundles here"}]


def test_rounds_alternate() -> None:
    order: list[str] = []
    sides = (lambda: order.append("a") or 1.0, lambda: order.append("b") or 2.0)
    assert interleaved(sides, 3) == [[1.0] * 3, [2.0] * 3]
    assert order == ["a", "b", "b", "a", "a", "b"]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.0, 1)])
def test_percentiles_are_times_that_were_measured(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(1, 101)], share) == expected
