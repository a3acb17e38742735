"""The trend chart: what it keeps, where it puts things, how fast it draws."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest

from medapp.figures.image import png, rasterise
from medapp.figures.series import DAY, Band, EventLine, Trend, TrendPoint, value_limits
from medapp.figures.style import ChartStyle
from medapp.figures.thinning import thin
from medapp.figures.timeline import ticks
from medapp.figures.trend import draw_trend

START = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())


def trend(n: int, **more: object) -> Trend:
    points = tuple(TrendPoint(START + i * 2 * DAY, 80.0 + i % 40, str(80 + i % 40)) for i in range(n))
    end = START + max(n, 1) * 2 * DAY
    return Trend(points, START, end, Band(45, 84, "Reference\n45–84"), **more)  # type: ignore[arg-type]


def test_thinning_keeps_every_extreme() -> None:
    x = np.arange(50_000, dtype=float)
    y = np.sin(x / 900)
    y[31_337] = 40.0
    kept_x, kept_y = thin(x, y, 300)
    assert len(kept_x) <= 2 * 300 + 2
    assert kept_y.max() == 40.0
    assert kept_y.min() == y.min()
    assert (kept_x[0], kept_x[-1]) == (0.0, 49_999.0)


def test_few_points_are_not_thinned() -> None:
    x = np.arange(20.0)
    assert thin(x, x, 300)[0] is x


def test_a_band_far_away_does_not_press_the_values_flat() -> None:
    low, high = value_limits([3.0, 3.2, 3.1], Band(400, 900, ""))
    assert high < 5
    assert low <= 3.0


def test_limits_without_values_hold_the_band() -> None:
    low, high = value_limits([], Band(45, 84, ""))
    assert low < 45 < 84 < high


def test_points_lie_inside_the_plot_in_order() -> None:
    drawn = draw_trend(trend(9), ChartStyle(), 900, 320)
    left, top, right, bottom = drawn.plot
    assert len(drawn.places) == 9
    assert [x for x, _ in drawn.places] == sorted(x for x, _ in drawn.places)
    assert all(left <= x <= right and top <= y <= bottom for x, y in drawn.places)


def test_a_higher_value_stands_higher() -> None:
    points = (TrendPoint(START, 10.0, "10"), TrendPoint(START + DAY, 20.0, "20"))
    places = draw_trend(Trend(points, START, START + 2 * DAY), ChartStyle(), 800, 300).places
    assert places[1][1] < places[0][1]


def test_an_empty_window_says_so_and_still_draws() -> None:
    empty = Trend((), START, START + 90 * DAY, empty="No results in this period")
    figure = draw_trend(empty, ChartStyle(), 600, 240).figure
    assert "No results in this period" in [text.get_text() for text in figure.axes[0].texts]


def test_events_outside_the_window_are_not_drawn() -> None:
    events = (EventLine(START - DAY, "before"), EventLine(START + 3 * DAY, "布洛芬, 10 d"))
    figure = draw_trend(trend(9, events=events), ChartStyle(), 900, 320).figure
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert "布洛芬, 10 d" in texts
    assert "before" not in texts


def test_a_picture_has_the_asked_size_at_any_zoom_and_ratio() -> None:
    style = ChartStyle(zoom=1.5, ratio=2.0)
    picture = rasterise(draw_trend(trend(30), style, 1200, 500).figure)
    assert (picture.width, picture.height) == (1200, 500)
    assert len(picture.pixels) == 1200 * 500 * 4


def test_a_png_carries_its_description() -> None:
    data = png(draw_trend(trend(3), ChartStyle(), 300, 200).figure, "Creatinine, 3 values")
    assert data.startswith(b"\x89PNG")
    assert b"Creatinine, 3 values" in data


@pytest.mark.parametrize(
    ("days", "month_first", "first"),
    [(30, True, "1 Jan"), (30, False, "01-01"), (1000, True, "Jan 2024"), (1000, False, "2024-01"),
     (9000, True, "2025")],
)
def test_ticks_are_whole_calendar_steps(days: int, month_first: bool, first: str) -> None:
    places, labels = ticks(START, START + days * DAY, 8, month_first)
    assert labels[0] == first
    assert 2 <= len(places) <= 12
    assert places == sorted(places)
