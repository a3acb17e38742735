"""Several tests of one patient on one time axis: panels, what is spoken, one table of all values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medapp.domain.clinical import Observation
from medapp.figures.series import Panel
from medapp.i18n import Words
from medapp.services import records
from ui.itemmodels.series_table import SeriesRow
from ui.pages.patient_facts import Facts
from ui.pages.results.reading import ChartWords, chart_words

if TYPE_CHECKING:
    from medapp.services.session import Session

MOST = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """`bubbles` and the rows' points count the shown points of all panels, one panel after the other."""

    title: str
    panels: tuple[Panel, ...]
    bubbles: tuple[str, ...]
    sentence: str
    rows: tuple[SeriesRow, ...]


def read_several(session: Session, patient: int, variables: Sequence[str]) -> dict[str, list[Observation]]:
    """Every value of some variables; runs on the store thread."""
    return {name: records.series(session, patient, name) for name in variables}


def compare_words(
    series: Mapping[str, Sequence[Observation]], facts: Facts, span: str, words: Words
) -> Compared:
    """The panels in the order of the series, all over the window in which any of them has values."""
    alone = [chart_words(name, observations, facts, span, words) for name, observations in series.items()]
    start, end = _window(alone, span)
    panels, bubbles, rows = [], [], []
    for name, chart in zip(series, alone, strict=True):
        again = chart_words(name, series[name], facts, span, words, window=(start, end))
        first = len(bubbles)
        panels.append(Panel(_named(chart), again.trend))
        bubbles += [words("{test}: {bubble}", test=chart.title, bubble=one) for one in again.bubbles]
        rows += _rows(again, first)
    rows.sort(key=lambda pair: -pair[0])
    title = words("Compare {n} tests", n=len(panels))
    sentence = " ".join(chart.sentence for chart in alone)
    return Compared(title, tuple(panels), tuple(bubbles), sentence, tuple(row for _, row in rows))


def _named(chart: ChartWords) -> str:
    return f"{chart.title}  {chart.unit}".rstrip()


def _window(charts: Sequence[ChartWords], span: str) -> tuple[int, int]:
    """One window for all: with a fixed span the latest, else from the first value to the last of any."""
    if span == "all":
        return min(chart.trend.start for chart in charts), max(chart.trend.end for chart in charts)
    latest = max(charts, key=lambda chart: chart.trend.end)
    return latest.trend.start, latest.trend.end


def _rows(chart: ChartWords, first: int) -> list[tuple[int, SeriesRow]]:
    """Each value of the window with its time, to be sorted among those of the other tests."""
    points = chart.trend.points
    before = sum(point.seconds < chart.trend.start for point in points)
    found = []
    for row in chart.rows:
        seconds = points[row.point].seconds
        if chart.trend.start <= seconds <= chart.trend.end:
            when, value, unit, reference, _change, source = row.cells
            cells = (when, chart.title, value, unit, reference, source)
            found.append((seconds, replace(row, point=first + row.point - before, cells=cells)))
    return found
