"""The trend chart: one variable over time on its reference band.

Directly labelled, no legend: values above the points while they fit, the last one
always; the band and the closing value in the right margin; medicine events as
dashed lines. Level is told by ▲▼ and a word, never by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import ScaledTranslation, Transform

from medapp.figures.series import Band, EventLine, Trend, TrendPoint, value_limits
from medapp.figures.style import ChartStyle, blank_figure, write
from medapp.figures.thinning import thin
from medapp.figures.timeline import ticks

_LEFT: Final = 46  # pixels at 100 %
_RIGHT: Final = 108
_TOP: Final = 12
_BOTTOM: Final = 34
_TICK: Final = 4.0  # pixels at 100 %
_PAD: Final = 4.7
_LABELLED: Final = 30
_MARKED: Final = 160
"""Beyond this many points markers would only be a thick line."""


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a series is told from others: colour, marker and dash together."""

    colour: str = "c1"
    marker: str = "o"
    dash: str = "-"


@dataclass(frozen=True, slots=True)
class DrawnTrend:
    """A figure and where its points lie: device pixels from the top left, one pair a shown point."""

    figure: Figure
    places: tuple[tuple[float, float], ...]
    plot: Box  # of the plotting area


def draw_trend(trend: Trend, style: ChartStyle, width: int, height: int) -> DrawnTrend:
    """Draw a trend on `width` x `height` device pixels.

    10,000 points cost no more than 4 x width: what a pixel column cannot show is thinned.
    """
    figure = blank_figure(width, height, style)
    box = _plot_box(width, height, style.zoom * style.ratio)
    return DrawnTrend(figure, draw_into(figure, trend, style, box, Line()), box)


def draw_into(
    figure: Figure, trend: Trend, style: ChartStyle, box: Box, line: Line, *, has_times: bool = True
) -> tuple[tuple[float, float], ...]:
    """One trend into a box of the figure (device pixels from the top left); where its points lie.

    `has_times` False leaves the words of the time axis and of the events to another panel.
    """
    unit = style.zoom * style.ratio
    width, height = figure.get_size_inches() * figure.dpi
    axes = figure.add_axes(
        (box[0] / width, 1 - box[3] / height, (box[2] - box[0]) / width, (box[3] - box[1]) / height)
    )
    shown = trend.shown
    limits, step = _on_steps(value_limits([p.value for p in shown], trend.band), (box[3] - box[1]) / unit)
    axes.set_axis_off()  # a tick of matplotlib's is five artists: ours are two collections and a text each
    axes.set_ylim(*limits)
    axes.set_xlim(trend.start, trend.end)
    size = (box[2] - box[0]) / unit, (box[3] - box[1]) / unit
    _draw_times(axes, trend, style, size, has_times=has_times)
    _draw_values(axes, trend, style, limits, step)
    if trend.band is not None:
        _draw_band(axes, trend.band, style, limits)
    _draw_events(axes, trend, style, (box[2] - box[0]) / unit)
    _draw_line(axes, shown, style, int(box[2] - box[0]), line)
    places = _places(shown, trend, limits, box)
    _label_points(axes, shown, style, places, unit)
    _write_margin(axes, trend, shown, style, limits, (box[3] - box[1]) / unit)
    return places


def _plot_box(width: int, height: int, unit: float) -> Box:
    right = max(width - _RIGHT * unit, _LEFT * unit + 10)
    return _LEFT * unit, _TOP * unit, right, max(height - _BOTTOM * unit, _TOP * unit + 10)


def _places(
    shown: tuple[TrendPoint, ...],
    trend: Trend,
    limits: tuple[float, float],
    box: Box,
) -> tuple[tuple[float, float], ...]:
    across, up = max(trend.end - trend.start, 1), limits[1] - limits[0]
    return tuple(
        (
            box[0] + (p.seconds - trend.start) / across * (box[2] - box[0]),
            box[3] - (p.value - limits[0]) / up * (box[3] - box[1]),
        )
        for p in shown
    )


def _draw_times(
    axes: Axes, trend: Trend, style: ChartStyle, size: tuple[float, float], *, has_times: bool
) -> None:
    """The line at the bottom, its ticks, and their words; `size` of the plot in design pixels."""
    places, labels = ticks(trend.start, trend.end, max(2, int(size[0] // 110)), trend.month_first)
    down = -_TICK / size[1]
    lines = [[(trend.start, 0.0), (trend.end, 0.0)]]
    lines += [[(place, 0.0), (place, down)] for place in places]
    axes.add_collection(LineCollection(
        lines, colors=style.colour("control"), linewidths=0.8, zorder=2.5, clip_on=False,
        transform=axes.get_xaxis_transform(),
    ), autolim=False)
    if has_times:
        under = _shifted(axes.get_xaxis_transform(), axes, 0, -(_TICK + _PAD))
        for place, label in zip(places, labels, strict=True):
            write(axes, style, place, 0, label, transform=under, ha="center", va="top", colour="text3")


def _on_steps(limits: tuple[float, float], height: float) -> tuple[tuple[float, float], float]:
    """The lower limit on a whole step, and the step: about one line every 56 pixels."""
    step = _nice_step((limits[1] - limits[0]) / max(2.0, height / 56))
    return (float(np.floor(limits[0] / step + 1e-9) * step), limits[1]), step


def _draw_values(
    axes: Axes, trend: Trend, style: ChartStyle, limits: tuple[float, float], step: float
) -> None:
    """Lines across on whole steps, and their numbers at the left."""
    first = np.ceil(limits[0] / step) * step
    places = np.arange(first, limits[1] + step * 1e-6, step)
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    across = [[(trend.start, place), (trend.end, place)] for place in places]
    axes.add_collection(
        LineCollection(across, colors=style.colour("grid"), linewidths=0.8, zorder=0.7), autolim=False
    )
    beside = _shifted(axes.get_yaxis_transform(), axes, -_PAD, 0)
    for place in places:
        number = f"{abs(place) if abs(place) < 1e-12 else place:.{decimals}f}".replace("-", "\u2212")
        write(axes, style, 0, place, number, transform=beside, ha="right", va="center_baseline",
              colour="text3")


def _nice_step(rough: float) -> float:
    power = 10.0 ** np.floor(np.log10(rough))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= rough))


def _draw_band(axes: Axes, band: Band, style: ChartStyle, limits: tuple[float, float]) -> None:
    low = limits[0] if band.low is None else band.low
    high = limits[1] if band.high is None else band.high
    if low < limits[1] and high > limits[0]:
        axes.axhspan(max(low, limits[0]), min(high, limits[1]), color=style.colour("band"), lw=0, zorder=0.5)
    for edge in (band.low, band.high):
        if edge is not None and limits[0] <= edge <= limits[1]:
            axes.axhline(edge, color=style.colour("ok"), lw=0.9, zorder=0.6)


def _draw_events(axes: Axes, trend: Trend, style: ChartStyle, width: float) -> None:
    """Dashed lines; a label that would meet the one before it goes one row down, at most three."""
    ends = [float("-inf")] * 3
    for event in sorted(trend.events, key=lambda e: e.seconds):
        if not trend.start <= event.seconds <= trend.end:
            continue
        axes.axvline(event.seconds, color=style.colour("text2"), lw=0.9, ls=(0, (3.5, 3)), zorder=1.5)
        at = (event.seconds - trend.start) / max(trend.end - trend.start, 1) * width
        length = 12 + 6.2 * sum(2 if ord(c) > 0x2E80 else 1 for c in event.label)
        leftward = at + length > width
        start = at - length if leftward else at
        row = next((r for r, end in enumerate(ends) if end < start), None)
        if row is not None:
            ends[row] = start + length
            _write_event(axes, event, style, row, leftward)


def _write_event(axes: Axes, event: EventLine, style: ChartStyle, row: int, leftward: bool) -> None:
    write(
        axes, style, event.seconds, 1.0, event.label, transform=axes.get_xaxis_transform(),
        va="top", ha="right" if leftward else "left", zorder=4,
        path_effects=[withStroke(linewidth=3, foreground=style.colour("surface"))],
    ).set_transform(_shifted(axes.get_xaxis_transform(), axes, -5 if leftward else 5, -4 - 14 * row))


def _shifted(transform: Transform, axes: Axes, right: float, up: float) -> Transform:
    figure: Any = axes.figure
    return transform + ScaledTranslation(right / 96, up / 96, figure.dpi_scale_trans)


def _draw_line(
    axes: Axes, shown: tuple[TrendPoint, ...], style: ChartStyle, columns: int, line: Line
) -> None:
    if not shown:
        return
    x = np.array([p.seconds for p in shown], dtype=np.float64)
    y = np.array([p.value for p in shown], dtype=np.float64)
    x, y = thin(x, y, columns)
    axes.plot(
        x, y, color=style.colour(line.colour), lw=1.8, ls=line.dash, solid_capstyle="round", zorder=3,
        marker=line.marker if len(x) <= _MARKED else None, markersize=6.2,
        markeredgecolor=style.colour("surface"), markeredgewidth=1.4,
    )


def _label_points(
    axes: Axes, shown: tuple[TrendPoint, ...], style: ChartStyle,
    places: tuple[tuple[float, float], ...], unit: float,
) -> None:
    """Labels from the newest back, each only where the one after it leaves room.

    Many points keep three: the last, the highest and the lowest.
    """
    limit = float("inf")
    wanted = set(range(len(shown)))
    if len(shown) > _LABELLED:
        values = [point.value for point in shown]
        wanted = {len(shown) - 1, values.index(max(values)), values.index(min(values))}
    for index in sorted(wanted, reverse=True):
        point, (x, _) = shown[index], places[index]
        half = (3.4 * len(point.label) + 4) * unit
        last = index == len(shown) - 1
        if not last and x + half > limit:
            continue
        limit = x - half
        axes.annotate(
            point.label, (point.seconds, point.value), xytext=(0, 6.5), textcoords="offset points",
            ha="center", va="bottom", zorder=5, color=style.colour("text" if last else "text2"),
            fontproperties=style.font(weight="bold" if last else "normal", text=point.label),
        )


def _write_margin(
    axes: Axes, trend: Trend, shown: tuple[TrendPoint, ...], style: ChartStyle,
    limits: tuple[float, float], height: float,
) -> None:
    """The closing value and the band's words to the right, the axis note at the bottom right."""
    span = limits[1] - limits[0]
    taken: list[float] = []
    if shown and trend.closing:
        level = {"high": "up", "low": "down"}.get(shown[-1].level, "text")
        y = (shown[-1].value - limits[0]) / span
        write(axes, style, 1.015, y, trend.closing, transform=axes.transAxes, va="center",
              weight="bold", colour=level)
        taken.append(y)
    if trend.band is not None:
        y = _band_middle(trend.band, limits)
        gap = 32 / height
        if taken and abs(y - taken[0]) < gap:
            y = taken[0] - gap if taken[0] > gap else taken[0] + gap
        write(axes, style, 1.015, y, trend.band.label, transform=axes.transAxes, va="center", colour="ok")
    if not shown and trend.empty:
        write(axes, style, 0.5, 0.5, trend.empty, transform=axes.transAxes, ha="center", va="center",
              points=9.75)
    if limits[0] > 0 and trend.axis_note:
        write(axes, style, 1.015, 0, trend.axis_note, transform=axes.transAxes, va="bottom",
              colour="text3")


def _band_middle(band: Band, limits: tuple[float, float]) -> float:
    low = limits[0] if band.low is None else max(band.low, limits[0])
    high = limits[1] if band.high is None else min(band.high, limits[1])
    middle = ((low + high) / 2 - limits[0]) / (limits[1] - limits[0])
    return min(max(middle, 0.12), 0.88)  # a band out of sight is named at the edge it lies beyond
