"""The calibration curve: what was observed where a model estimated so much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from medapp.figures.style import ChartStyle, blank_figure, dress, dress_ticks, write

Box = tuple[float, float, float, float]
_BOX: Final[Box] = (0.14, 0.17, 0.82, 0.74)  # left, bottom, width, height of the plot, in shares
_ENDS: Final = ((0.05, 0.01), (0.1, 0.02), (0.25, 0.05), (0.5, 0.1), (0.75, 0.15), (1.0, 0.2))
"""Where the axes may end, and the step of their ticks."""


@dataclass(frozen=True, slots=True)
class CalibrationPart:
    """Patients with like estimates: their mean estimate, the share observed and its limits, 0 to 1."""

    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CalibrationWords:
    """The axes' names in the reader's language."""

    estimated: str
    observed: str


def draw_calibration(
    parts: Sequence[CalibrationPart], words: CalibrationWords, style: ChartStyle, width: int, height: int,
    box: Box = _BOX,
) -> Figure:
    """Parts with their limits against the diagonal on which every estimate is true.

    Both axes are probabilities over the same range, the least of a few that
    holds every part.
    """
    figure = blank_figure(width, height, style)
    axes = figure.add_axes(box)
    most = max((max(part.high, part.predicted) for part in parts), default=1.0)
    end, step = next((pair for pair in _ENDS if most <= pair[0]), _ENDS[-1])
    dress(axes, style)
    axes.set_xlim(-0.02 * end, end)
    axes.set_ylim(-0.02 * end, end)
    axes.plot([0, end], [0, end], color=style.colour("control"), lw=0.9, ls=(0, (3.5, 3)), zorder=1)
    _draw_parts(axes, parts, style)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([step * i for i in range(round(end / step) + 1)])
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%"))
    dress_ticks(axes, style)
    write(axes, style, 0.5, -0.15, words.estimated, transform=axes.transAxes, ha="center", va="top")
    write(axes, style, 0.015, 0.985, words.observed, transform=axes.transAxes, va="top")
    return figure


def _draw_parts(axes: Axes, parts: Sequence[CalibrationPart], style: ChartStyle) -> None:
    colour = style.colour("c1")
    for part in parts:
        axes.plot([part.predicted] * 2, [part.low, part.high], color=colour, lw=1.2, alpha=0.6, zorder=2)
    axes.plot(
        [part.predicted for part in parts], [part.observed for part in parts], color=colour, lw=1.4,
        marker="o", markersize=5.0, markeredgecolor=style.colour("surface"), markeredgewidth=1.0, zorder=3,
    )
