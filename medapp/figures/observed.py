"""Observed over expected over time, with exact limits: the control chart of a model in a clinic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator

from medapp.figures.style import ChartStyle, blank_figure, dress, dress_ticks, write

_BOX: Final = (0.08, 0.17, 0.89, 0.7)  # left, bottom, width, height of the plot, in shares
_HIGHEST: Final = 4.0
"""Limits of few events reach far; what lies above is cut, with an arrow."""
_LABELS: Final = 12


@dataclass(frozen=True, slots=True)
class ObservedSpan:
    """Some months: their name, the ratio with its limits, and how many outcomes it rests on."""

    name: str
    ratio: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class ObservedWords:
    """The axis' name, and the word at the line of no difference."""

    ratio: str
    as_expected: str


def draw_observed(
    spans: Sequence[ObservedSpan], words: ObservedWords, style: ChartStyle, width: int, height: int
) -> Figure:
    """Each span a point with its limits against the line at 1."""
    figure = blank_figure(width, height, style)
    axes = figure.add_axes(_BOX)
    dress(axes, style)
    top = min(_HIGHEST, max((span.high for span in spans), default=2.0) * 1.05)
    top = max(top, 1.5)
    axes.set_ylim(0.0, top)
    axes.set_xlim(-0.6, max(len(spans), 1) - 0.4)
    axes.axhline(1.0, color=style.colour("control"), lw=1.0, ls=(0, (3.5, 3)), zorder=1)
    for at, span in enumerate(spans):
        axes.plot([at, at], [span.low, min(span.high, top)], color=style.colour("c1"), lw=1.4, alpha=0.6,
                  zorder=2)
        if span.high > top:
            axes.plot([at], [top * 0.985], marker="^", color=style.colour("c1"), markersize=4.5, zorder=2)
    axes.plot(range(len(spans)), [min(span.ratio, top) for span in spans], ls="none", marker="o",
              color=style.colour("c1"), markersize=6.0, markeredgecolor=style.colour("surface"),
              markeredgewidth=1.4, zorder=3)
    step = max(1, -(-len(spans) // _LABELS))
    shown = range(0, len(spans), step)
    axes.xaxis.set_major_locator(FixedLocator([float(at) for at in shown]))
    axes.xaxis.set_major_formatter(FixedFormatter([spans[at].name for at in shown]))
    dress_ticks(axes, style)
    write(axes, style, 0.0, 1.03, words.ratio, transform=axes.transAxes, va="bottom")
    write(axes, style, -0.57, 1.02, words.as_expected, ha="left", va="bottom", colour="text3")
    return figure
