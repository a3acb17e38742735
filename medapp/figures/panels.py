"""Up to four trends under one another on one time axis: different units never share a value axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from matplotlib.figure import Figure

from medapp.figures.series import EventLine, Panel, Trend, value_limits
from medapp.figures.style import ChartStyle, blank_figure
from medapp.figures.trend import Box, Line, draw_into

MOST: Final = 4
LINES: Final = (Line("c1", "o", "-"), Line("c2", "s", "--"), Line("c3", "^", "-."), Line("c4", "D", ":"))
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 108, 4, 30  # pixels at 100 %
_TITLE: Final = 34
"""Pixels above each panel for its name and, under it, for the label of its highest point."""

_NAME: Final = 15
"""Of these, pixels between the name and the panel."""

_GAP: Final = 4


@dataclass(frozen=True, slots=True)
class DrawnPanels:
    """A figure, where the points of all panels lie one after the other, and the box around them."""

    figure: Figure
    places: tuple[tuple[float, float], ...]
    plot: Box


def draw_panels(panels: Sequence[Panel], style: ChartStyle, width: int, height: int) -> DrawnPanels:
    """Draw 1 to 4 panels on `width` x `height` device pixels; all show the window of the first.

    Raises ValueError for none or more than four.
    """
    if not 1 <= len(panels) <= MOST:
        raise ValueError(f"{len(panels)} panels: 1 to {MOST} can be compared")
    figure = blank_figure(width, height, style)
    unit = style.zoom * style.ratio
    boxes = _boxes(len(panels), width, height, unit)
    places: list[tuple[float, float]] = []
    for at, (panel, box) in enumerate(zip(panels, boxes, strict=True)):
        is_last = at == len(panels) - 1
        trend = _unnamed(panel.trend) if at else panel.trend
        places += draw_into(figure, _bare(trend), style, box, LINES[at], has_times=is_last)
        _write_title(figure, panel, style, LINES[at], (box[0], box[1] - _NAME * unit, box[2]))
    return DrawnPanels(figure, tuple(places), (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3]))


def _boxes(count: int, width: int, height: int, unit: float) -> list[Box]:
    left, right = _LEFT * unit, max(width - _RIGHT * unit, _LEFT * unit + 10)
    free = height - (_TOP + _BOTTOM) * unit - count * _TITLE * unit - (count - 1) * _GAP * unit
    each = max(free / count, 10.0)
    tops = [_TOP * unit + at * (each + (_TITLE + _GAP) * unit) + _TITLE * unit for at in range(count)]
    return [(left, top, right, top + each) for top in tops]


def _unnamed(trend: Trend) -> Trend:
    """Events as lines only: their words stand in the first panel."""
    return replace(trend, events=tuple(EventLine(event.seconds, "") for event in trend.events))


def _bare(trend: Trend) -> Trend:
    """A low panel has no room in its margin: the band and the axis are told on the line of its name."""
    band = None if trend.band is None else replace(trend.band, label="")
    return replace(trend, band=band, axis_note="")


def _write_title(
    figure: Figure, panel: Panel, style: ChartStyle, line: Line, at: tuple[float, float, float]
) -> None:
    """The name at the left end of the line, reference and axis at its right end."""
    width, height = figure.get_size_inches() * figure.dpi
    left, y, right = at[0] / width, 1 - at[1] / height, at[2] / width
    figure.text(
        left, y, panel.title, va="bottom", ha="left", color=style.colour(line.colour),
        fontproperties=style.font(9.0, "bold"),
    )
    trend = panel.trend
    starts_at = value_limits([point.value for point in trend.shown], trend.band)[0]
    notes = [trend.band.label.replace("\n", " ")] if trend.band is not None else []
    notes += [trend.axis_note] if starts_at > 0 and trend.axis_note else []
    figure.text(
        right, y, "  ·  ".join(notes), va="bottom", ha="right", color=style.colour("text2"),
        fontproperties=style.font(),
    )
