"""Compared tests: one time axis, a panel each."""

from __future__ import annotations

import pytest

from medapp.figures.image import rasterise
from medapp.figures.panels import LINES, draw_panels
from medapp.figures.series import EventLine, Panel
from medapp.figures.style import ChartStyle
from tests.unit.figures.test_trend import trend


def test_panels_stand_under_one_another_on_the_same_times() -> None:
    one = trend(9)
    drawn = draw_panels([Panel("A  mg", one), Panel("B  mmol/L", one)], ChartStyle(), 900, 500)
    first, second = drawn.places[:9], drawn.places[9:]
    assert [x for x, _ in first] == pytest.approx([x for x, _ in second])
    assert max(y for _, y in first) < min(y for _, y in second)


def test_words_of_events_stand_once_and_their_lines_in_each_panel() -> None:
    one = trend(5, events=(EventLine(trend(5).start + 86_400, "Ramipril"),))
    drawn = draw_panels([Panel("A", one), Panel("B", one), Panel("C", one)], ChartStyle(), 900, 600)
    texts = [text.get_text() for axes in drawn.figure.axes for text in axes.texts]
    assert texts.count("Ramipril") == 1
    dashed = [[line for line in axes.lines if len(line.get_xdata()) == 2] for axes in drawn.figure.axes]
    assert all(len(lines) >= 1 for lines in dashed)


def test_series_differ_in_colour_marker_and_dash() -> None:
    for names in zip(*[(line.colour, line.marker, line.dash) for line in LINES], strict=True):
        assert len(set(names)) == len(LINES)


def test_five_are_refused() -> None:
    with pytest.raises(ValueError, match="5 panels"):
        draw_panels([Panel("A", trend(3))] * 5, ChartStyle(), 900, 500)


def test_a_low_window_still_draws_four() -> None:
    drawn = draw_panels([Panel("A", trend(3))] * 4, ChartStyle(zoom=2.0), 640, 260)
    assert rasterise(drawn.figure).height == 260
