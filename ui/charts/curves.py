"""The curves of a model as pixels; called in the pool, matplotlib is loaded there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.charts.drawing import DrawnPicture, Look

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from medapp.figures.style import ChartStyle

GrowthLine = tuple[str, Sequence[tuple[float, float]], bool]
"""Label of a centile, its points (months or cm, value), and whether it is the middle one."""

GrowthMark = tuple[float, float, str, float | None]
"""x, value and label of a measurement; for the preterm also the x by the birth date."""

Make = Callable[["ChartStyle", int, int], "Figure"]

NARROW_BOX = (0.14, 0.17, 0.79, 0.72)
"""Room at the right for the last tick of a narrow figure."""


def draw_figure(make: Make, look: Look, width: int, height: int) -> DrawnPicture:
    """Whatever `make` draws, as pixels of that size."""
    from medapp.figures.image import rasterise
    from medapp.figures.style import ChartStyle

    picture = rasterise(make(ChartStyle(look.colours, look.families, look.zoom, look.ratio), width, height))
    return DrawnPicture(picture.width, picture.height, picture.pixels, (), (0.0, 0.0, 0.0, 0.0))


def calibration(rows: Sequence[Mapping[str, Any]], estimated: str, observed: str) -> Make:
    """The calibration curve of `metrics.json`'s rows."""

    def make(style: ChartStyle, width: int, height: int) -> Figure:
        from medapp.figures.calibration import CalibrationPart, CalibrationWords, draw_calibration

        parts = [
            CalibrationPart(r["predicted"], *(r["observed"][key] for key in ("value", "low", "high")))
            for r in rows
        ]
        words = CalibrationWords(estimated, observed)
        return draw_calibration(parts, words, style, width, height, NARROW_BOX)

    return make


def decision(
    rows: Sequence[Mapping[str, Any]], marks: Sequence[tuple[float, str]], words: Sequence[str]
) -> Make:
    """The decision curve; `words`: threshold, benefit, the model, everybody, nobody."""

    def make(style: ChartStyle, width: int, height: int) -> Figure:
        from medapp.figures.decision import DecisionPoint, DecisionWords, draw_decision

        points = [DecisionPoint(r["threshold"], r["model"], r["all"]) for r in rows]
        return draw_decision(points, marks, DecisionWords(*words), style, width, height, NARROW_BOX)

    return make


def observed(spans: Sequence[tuple[str, float, float, float, int]], ratio: str, as_expected: str) -> Make:
    """Observed over expected over time: name, ratio, low, high, n."""

    def make(style: ChartStyle, width: int, height: int) -> Figure:
        from medapp.figures.observed import ObservedSpan, ObservedWords, draw_observed

        shown = [ObservedSpan(*span) for span in spans]
        return draw_observed(shown, ObservedWords(ratio, as_expected), style, width, height)

    return make


def growth(
    lines: Sequence[GrowthLine], marks: Sequence[GrowthMark], titles: tuple[str, str], empty: str,
    *, by_length: bool,
) -> Make:
    """A growth chart; `titles`: of x and of the measure; `empty` is said where there is no mark."""

    def make(style: ChartStyle, width: int, height: int) -> Figure:
        from medapp.figures.growth import CentileLine, GrowthChart, GrowthPoint, draw_growth

        centiles = tuple(CentileLine(label, tuple(points), middle) for label, points, middle in lines)
        points = tuple(GrowthPoint(*mark) for mark in marks)
        chart = GrowthChart(centiles, points, *titles, by_length=by_length, empty=empty)
        return draw_growth(chart, style, width, height).figure

    return make
