"""One variable over time, as a chart needs it: points, reference band, events, window.

Standard library only: pages build a `Trend` before matplotlib or numpy are loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DAY: Final = 86_400
YEAR: Final = 365.25 * DAY


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One result: UTC seconds, value in the chart's unit, its label, low | normal | high."""

    seconds: int
    value: float
    label: str
    level: str = "normal"


@dataclass(frozen=True, slots=True)
class Band:
    """The reference range; an open side is None. `label` may have two lines."""

    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened, such as a medicine begun: a dashed line with its words."""

    seconds: int
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything one trend chart shows, in time order, with its words finished.

    `start` and `end` are UTC seconds of the window. `closing` stands beside the
    last point ("118 ▲ High"). `axis_note` is shown when the value axis does not
    start at 0, `empty` when there is no point in the window; `month_first` says whether dates read "Jan 2026"
    or "2026-01".
    """

    points: tuple[TrendPoint, ...]
    start: int
    end: int
    band: Band | None = None
    events: tuple[EventLine, ...] = ()
    closing: str = ""
    axis_note: str = ""
    empty: str = ""
    month_first: bool = True

    @property
    def shown(self) -> tuple[TrendPoint, ...]:
        """The points inside the window."""
        return tuple(p for p in self.points if self.start <= p.seconds <= self.end)


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several trends under one another; `title` names it with its unit."""

    title: str
    trend: Trend


def value_limits(values: Sequence[float], band: Band | None) -> tuple[float, float]:
    """Limits of the value axis: every value, and the band when it is not far away.

    An edge further off than three times the spread of the values would press them
    flat, so it stays out of sight; the band's words in the margin still tell it.
    """
    edges = [] if band is None else [e for e in (band.low, band.high) if e is not None]
    low, high = (min(values), max(values)) if values else (min(edges, default=0.0), max(edges, default=1.0))
    spread = max(high - low, abs(high) * 0.1, 1e-9)
    near = [e for e in edges if low - 3 * spread <= e <= high + 3 * spread]
    low, high = min([low, *near]), max([high, *near])
    pad = max((high - low) * 0.12, abs(high) * 0.02, 1e-9)
    floor = low - pad * 0.3
    if low >= 0 and (floor < 0 or low < 0.2 * high):
        floor = 0.0
    return floor, high + pad * 1.4
