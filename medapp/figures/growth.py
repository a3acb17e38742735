"""The growth chart: the centile lines of one measure for one sex, with a child's points.

Directly labelled, no legend: the centiles stand at the right end of their lines, the last value above its
point. A child born too early has two marks for a measurement: the full one at the corrected age, a hollow
one at the age since birth, joined by a thin line. Words and numbers come in finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from medapp.figures.style import ChartStyle, blank_figure, dress, dress_ticks, write

_LEFT: Final = 50  # pixels at 100 %
_RIGHT: Final = 44
_TOP: Final = 26
_BOTTOM: Final = 44
_TICK_STEPS: Final = (1.0, 2.0, 3.0, 6.0, 12.0)
"""Months between the ticks of an axis of age."""

_TICK_ROOM: Final = 34
_LABEL_GAP: Final = 13

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CentileLine:
    """One line: its label ("97"), its points (x, value) in rising x, and whether it is the middle one."""

    label: str
    points: tuple[Place, ...]
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """One measurement: x in the chart's unit, the value, its label; `uncorrected` is x by the birth date."""

    x: float
    value: float
    label: str = ""
    uncorrected: float | None = None


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """Everything one growth chart shows. x is months of age or, where `by_length`, centimetres.

    `empty` is said where there is no point in the window of `lines`.
    """

    lines: tuple[CentileLine, ...]
    points: tuple[GrowthPoint, ...]
    x_title: str
    y_title: str
    by_length: bool = False
    empty: str = ""

    @property
    def window(self) -> Place:
        """First and last x of the lines."""
        places = [x for line in self.lines for x, _ in line.points]
        return min(places), max(places)

    @property
    def shown(self) -> tuple[GrowthPoint, ...]:
        """The points inside the window, in rising x."""
        low, high = self.window
        return tuple(sorted((p for p in self.points if low <= p.x <= high), key=lambda p: p.x))


@dataclass(frozen=True, slots=True)
class DrawnGrowth:
    """A figure and where its points lie: device pixels from the top left, one pair a shown point."""

    figure: Figure
    places: tuple[Place, ...]


def draw_growth(chart: GrowthChart, style: ChartStyle, width: int, height: int) -> DrawnGrowth:
    """Draw a chart of at least one line on `width` x `height` device pixels."""
    figure = blank_figure(width, height, style)
    unit = style.zoom * style.ratio
    left, top = _LEFT * unit, _TOP * unit
    right = max(width - _RIGHT * unit, left + 10)
    bottom = max(height - _BOTTOM * unit, top + 10)
    axes = figure.add_axes(
        (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
    )
    x_limits, y_limits = chart.window, _value_limits(chart)
    axes.set_xlim(*x_limits)
    axes.set_ylim(*y_limits)
    dress(axes, style)
    _draw_axes(axes, chart, style, (right - left) / unit)
    _draw_lines(axes, chart, style, y_limits, (bottom - top) / unit)
    _draw_points(axes, chart, style)
    places = tuple(
        (
            left + (p.x - x_limits[0]) / max(x_limits[1] - x_limits[0], 1e-9) * (right - left),
            bottom - (p.value - y_limits[0]) / (y_limits[1] - y_limits[0]) * (bottom - top),
        )
        for p in chart.shown
    )
    return DrawnGrowth(figure, places)


def _value_limits(chart: GrowthChart) -> Place:
    """Room for every line and every point, and a little more."""
    values = [y for line in chart.lines for _, y in line.points] + [p.value for p in chart.shown]
    low, high = min(values), max(values)
    margin = 0.04 * max(high - low, 1e-6)
    return max(0.0, low - margin), high + margin


def month_step(months: float, width: float) -> float:
    """Months between two ticks that leave room for their numbers."""
    most = max(width / _TICK_ROOM, 1.0)
    return next((step for step in _TICK_STEPS if months / step <= most), _TICK_STEPS[-1])


def _draw_axes(axes: Axes, chart: GrowthChart, style: ChartStyle, width: float) -> None:
    low, high = chart.window
    step = 10.0 if chart.by_length else month_step(high - low, width)
    ticks = np.arange(np.ceil(low / step - 1e-9), (high + 0.05) / step) * step + 0.0
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.grid(visible=True, axis="x", color=style.colour("grid"), linewidth=0.6)
    dress_ticks(axes, style)
    write(axes, style, 1.0, -0.02, chart.x_title, transform=axes.transAxes, ha="right", va="top",
          colour="text3").set_y(-26 / max(_height_of(axes, style), 1.0))
    write(axes, style, 0.0, 1.0, chart.y_title, transform=axes.transAxes, va="bottom", colour="text2",
          weight="bold")


def _height_of(axes: Axes, style: ChartStyle) -> float:
    figure = axes.figure
    assert isinstance(figure, Figure)
    pixels = axes.get_position().height * figure.get_size_inches()[1] * figure.dpi
    return float(pixels / (style.zoom * style.ratio))


def _draw_lines(
    axes: Axes, chart: GrowthChart, style: ChartStyle, limits: Place, height: float
) -> None:
    """The lines, from below; a label that would meet the one below it is lifted above it."""
    span, taken = limits[1] - limits[0], float("-inf")
    for line in sorted(chart.lines, key=lambda one: one.points[-1][1]):
        xs, ys = zip(*line.points, strict=True)
        axes.plot(
            xs, ys, color=style.colour("ok" if line.is_middle else "control"),
            lw=1.7 if line.is_middle else 1.1, ls="-" if line.is_middle else (0, (5, 2.5)), zorder=2,
        )
        y = max((ys[-1] - limits[0]) / span, taken + _LABEL_GAP / max(height, 1.0))
        taken = y
        write(axes, style, 1.015, y, line.label, transform=axes.transAxes, va="center",
              colour="ok" if line.is_middle else "text3", weight="bold" if line.is_middle else "normal")


def _draw_points(axes: Axes, chart: GrowthChart, style: ChartStyle) -> None:
    shown = chart.shown
    if not shown:
        if chart.empty:
            write(axes, style, 0.5, 0.5, chart.empty, transform=axes.transAxes, ha="center", va="center",
                  points=9.75)
        return
    for point in shown:
        if point.uncorrected is not None:
            ages, level = [point.x, point.uncorrected], [point.value] * 2
            axes.plot(ages, level, color=style.colour("c1"), lw=0.8, zorder=3)
            axes.plot([point.uncorrected], [point.value], marker="o", markersize=6.0, zorder=3.2,
                      markerfacecolor=style.colour("surface"), markeredgecolor=style.colour("c1"))
    axes.plot(
        [p.x for p in shown], [p.value for p in shown], color=style.colour("c1"), lw=1.8, marker="o",
        markersize=6.2, markeredgecolor=style.colour("surface"), markeredgewidth=1.4, zorder=4,
    )
    last = shown[-1]
    axes.annotate(
        last.label, (last.x, last.value), xytext=(0, 7), textcoords="offset points", ha="center",
        va="bottom", zorder=5, color=style.colour("text"), fontproperties=style.font(weight="bold"),
        path_effects=[withStroke(linewidth=3, foreground=style.colour("surface"))],
    )
