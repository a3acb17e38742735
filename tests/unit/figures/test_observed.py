"""The control chart of observed over expected."""

from __future__ import annotations

from medapp.figures.observed import ObservedSpan, ObservedWords, draw_observed
from medapp.figures.style import ChartStyle

WORDS = ObservedWords("Observed over expected", "as expected")


def test_every_span_is_a_point_with_its_limits() -> None:
    spans = [ObservedSpan("2026-01", 0.8, 0.4, 1.4, 31), ObservedSpan("2026-02", 1.2, 0.7, 1.9, 40)]
    axes = draw_observed(spans, WORDS, ChartStyle(), 560, 200).axes[0]
    assert axes.get_lines()[-1].get_ydata().tolist() == [0.8, 1.2]
    assert [line.get_ydata()[1] for line in axes.get_lines()[1:3]] == [1.4, 1.9]


def test_limits_that_reach_too_far_are_cut_with_an_arrow() -> None:
    spans = [ObservedSpan("2026-01", 2.0, 0.1, 11.0, 3)]
    axes = draw_observed(spans, WORDS, ChartStyle(), 560, 200).axes[0]
    assert axes.get_ylim()[1] == 4.0
    assert [line.get_marker() for line in axes.get_lines()].count("^") == 1


def test_twenty_spans_name_at_most_twelve() -> None:
    spans = [ObservedSpan(f"m{i}", 1.0, 0.5, 1.5, 30) for i in range(20)]
    axes = draw_observed(spans, WORDS, ChartStyle(), 560, 200).axes[0]
    assert len(axes.get_xticks()) == 10
