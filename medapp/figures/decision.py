"""The decision curve: the net benefit of acting by a model, at every threshold one might choose.

Vickers and Elkin, Med Decis Making 2006;26:565-574.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import PercentFormatter

from medapp.figures.style import ChartStyle, blank_figure, dress, dress_ticks, write

Box = tuple[float, float, float, float]
_BOX: Final[Box] = (0.14, 0.17, 0.82, 0.74)  # left, bottom, width, height of the plot, in shares


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """Net benefit at a threshold (0 to 1) of acting by the model, and of acting on everybody."""

    threshold: float
    model: float
    everybody: float


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """Names of the axes and of the three ways to act, in the reader's language."""

    threshold: str
    benefit: str
    model: str
    everybody: str
    nobody: str


def draw_decision(
    points: Sequence[DecisionPoint], marks: Sequence[tuple[float, str]], words: DecisionWords,
    style: ChartStyle, width: int, height: int, box: Box = _BOX,
) -> Figure:
    """The model against acting on everybody and on nobody; `marks` are named thresholds.

    The axis of benefit ends where acting on everybody does harm: below nought only
    a tenth is shown.
    """
    figure = blank_figure(width, height, style)
    axes = figure.add_axes(box)
    dress(axes, style)
    top = max((max(point.model, point.everybody) for point in points), default=0.1) * 1.12
    axes.set_ylim(-0.12 * top, top)
    axes.set_xlim(0.0, max((point.threshold for point in points), default=0.5))
    axes.axhline(0.0, color=style.colour("control"), lw=1.0, zorder=1)
    _draw_lines(axes, points, style)
    _draw_marks(axes, marks, style)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%"))
    dress_ticks(axes, style)
    _draw_words(axes, points, words, style)
    return figure


def _draw_lines(axes: Axes, points: Sequence[DecisionPoint], style: ChartStyle) -> None:
    at = [point.threshold for point in points]
    everybody = [point.everybody for point in points]
    axes.plot(at, everybody, color=style.colour("text3"), lw=1.2, ls=(0, (4, 3)), zorder=2)
    axes.plot(at, [point.model for point in points], color=style.colour("c1"), lw=1.8, zorder=3)


def _draw_marks(axes: Axes, marks: Sequence[tuple[float, str]], style: ChartStyle) -> None:
    low, high = axes.get_xlim()
    for row, (value, name) in enumerate(sorted(marks)):
        if low <= value <= high:
            axes.axvline(value, color=style.colour("text2"), lw=0.8, ls=(0, (2, 2.5)), zorder=1.5)
            _lifted(axes, style, value, 0.97 - 0.07 * (row % 3), f" {name}", value > 0.7 * high)


def _draw_words(
    axes: Axes, points: Sequence[DecisionPoint], words: DecisionWords, style: ChartStyle
) -> None:
    """The axes' names, and each line's own name beside it instead of a legend."""
    write(axes, style, 0.5, -0.15, words.threshold, transform=axes.transAxes, ha="center", va="top")
    write(axes, style, 0.0, 1.02, words.benefit, transform=axes.transAxes, va="bottom")
    if not points:
        return
    top = axes.get_ylim()[1]
    last = points[-1]
    middle = points[int(0.72 * (len(points) - 1))]
    write(axes, style, middle.threshold, middle.model + 0.04 * top, words.model, ha="left", va="bottom",
          weight="bold", colour="c1", zorder=4)
    write(axes, style, last.threshold, -0.02 * top, words.nobody, ha="right", va="top", colour="text3",
          zorder=4)
    low = next((p for p in points if p.everybody < 0.3 * top), last)
    is_steep = low.threshold < 0.3 * last.threshold
    write(axes, style, low.threshold, max(low.everybody, 0.05 * top), f"  {words.everybody}  ",
          ha="left" if is_steep else "right", va="bottom" if is_steep else "top", colour="text3", zorder=4)


def _lifted(axes: Axes, style: ChartStyle, x: float, y: float, text: str, leftward: bool) -> None:
    write(
        axes, style, x, y, text, transform=axes.get_xaxis_transform(), va="top",
        ha="right" if leftward else "left", zorder=5,
        path_effects=[withStroke(linewidth=3, foreground=style.colour("surface"))],
    )
