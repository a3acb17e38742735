"""The growth chart: lines from WHO's tables, points where they belong, both ages of the preterm."""

from __future__ import annotations

import pytest

from medapp.calculators.growth_tables import CENTILES, curve
from medapp.figures.growth import CentileLine, GrowthChart, GrowthPoint, draw_growth, month_step
from medapp.figures.image import png
from medapp.figures.style import ChartStyle

MONTH = 30.4375


def chart(*points: GrowthPoint) -> GrowthChart:
    lines = tuple(
        CentileLine(
            f"{percent:g}",
            tuple((day / MONTH, value) for day, value in curve("weight_for_age", "female", percent)),
            is_middle=percent == 50.0,
        )
        for percent in CENTILES
    )
    return GrowthChart(lines, points, "Months", "Weight, kg", empty="No weight")


def test_the_lines_are_those_of_the_standard() -> None:
    middle = chart().lines[2]
    assert middle.points[0] == (0.0, pytest.approx(3.2322))
    assert chart().window == (0.0, pytest.approx(1826 / MONTH))
    ends = [line.points[-1][1] for line in chart().lines]
    assert ends == sorted(ends)


def test_points_lie_where_they_belong_and_those_outside_are_left_out() -> None:
    drawn = draw_growth(
        chart(GrowthPoint(6.0, 7.3, "7.3"), GrowthPoint(12.0, 8.9, "8.9"), GrowthPoint(70.0, 20.0)),
        ChartStyle(), 640, 420,
    )
    (x1, y1), (x2, y2) = drawn.places
    assert 50 < x1 < x2 < 600
    assert 26 < y2 < y1 < 376


@pytest.mark.parametrize(("width", "height"), [(640, 420), (120, 90)])
def test_it_is_drawn_with_both_ages_of_the_preterm_and_without_points(width: int, height: int) -> None:
    both = draw_growth(chart(GrowthPoint(4.0, 5.9, "5.9", uncorrected=6.0)), ChartStyle(), width, height)
    none = draw_growth(chart(), ChartStyle(), width, height)
    assert len(both.places) == 1 and none.places == ()
    assert png(both.figure) != png(none.figure)


def test_ticks_leave_room_for_their_numbers() -> None:
    assert month_step(60.0, 560.0) == 6.0
    assert month_step(60.0, 200.0) == 12.0
    assert month_step(6.0, 560.0) == 1.0
