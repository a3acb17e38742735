"""From observations to what Results shows: rows, trend, table, and one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medapp.assess.pregnancy import gestation_on
from medapp.domain.administrative import age_at
from medapp.domain.clinical import MedicationUse, Observation
from medapp.domain.datatypes import Moment
from medapp.figures.series import DAY, YEAR, Band, EventLine, Trend, TrendPoint
from medapp.i18n import N_, Words
from medapp.services import population
from medapp.terminology import ranges
from medapp.terminology.said import answer_words
from medapp.terminology.variables import Variable, groups, variables
from ui.charts.sparkline import Spark
from ui.format import EN_DASH, format_ago, format_date, format_number, format_quantity
from ui.itemmodels.series_table import Lazy, SeriesRow
from ui.itemmodels.test_list import TestRow
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import brief, concept_name

LEVEL_WORDS = {"high": N_("High"), "low": N_("Low"), "normal": ""}
SPANS = {"6m": 0.5, "1y": 1.0, "3y": 3.0, "all": 0.0}
MOST_EVENTS = 12
ORGANS = (
    "kidney", "metabolic", "electrolytes", "liver", "blood", "coagulation", "heart", "endocrine",
    "immunology", "drug_levels", "blood_gas", "serology", "imaging", "vital_signs",
)
"""Groups in the order a general doctor reads them; those not named follow."""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """One test's chart, bubbles, headline, spoken sentence and table."""

    variable: str
    title: str
    unit: str
    trend: Trend
    bubbles: Sequence[str]
    headline: str
    sentence: str
    rows: Sequence[SeriesRow]
    standing: str = ""
    """Where the last value shown stands in a population; empty where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A usable number with the range that applied to it: the laboratory's own first."""

    observation: Observation
    value: float
    low: float | None
    high: float | None
    level: str  # low | normal | high | ""
    is_unranged: bool = False
    """Whether our range does not hold because she was pregnant."""


def measure(observation: Observation, variable: Variable, facts: Facts) -> Measured | None:
    """None when the observation has no number or was withdrawn."""
    value = observation.value
    if value is None or not observation.is_usable:
        return None
    pregnant = gestation_on(facts.told, observation.time.date) if facts.told else None
    found = ranges.reference_range(
        variable.id, str(facts.patient.sex), age_at(facts.patient.birth_date, observation.time),
        (observation.reference_low, observation.reference_high), pregnant=pregnant,
    )
    if found is None:
        is_unranged = pregnant is not None and ranges.is_changed_by_pregnancy(variable.id)
        return Measured(observation, value, None, None, "", is_unranged)
    return Measured(observation, value, found.low, found.high, ranges.level(value, found))


def value_words(value: float, variable: Variable, comparator: str | None = None) -> str:
    text = format_number(value, variable.decimals)
    return f"{comparator} {text}" if comparator else text


def test_rows(facts: Facts, words: Words, only: Sequence[str] | None = None) -> list[TestRow]:
    """The latest number of every known variable in the record, in the order of the organ groups."""
    known = variables()
    order = {name: place for place, name in reversed(list(enumerate((*ORGANS, *groups()))))}
    titles = groups()
    rows = []
    for name, observations in facts.trends.items():
        variable = known.get(name)
        if variable is None or (only is not None and name not in only):
            continue
        measured = [m for o in observations if (m := measure(o, variable, facts)) is not None]
        if measured:
            group = titles.get(variable.group)
            rows.append((order.get(variable.group, 99), _row(measured, variable, facts, words,
                                                             words.pick(group) if group else "")))
    rows.sort(key=lambda pair: (pair[0], pair[1].title))
    return [row for _, row in rows]


def _row(measured: list[Measured], variable: Variable, facts: Facts, words: Words, group: str) -> TestRow:
    last = measured[-1]
    spark = Spark(tuple((m.observation.time.seconds, m.value) for m in measured), last.low, last.high)
    return TestRow(
        variable.id, group, brief(variable, words),
        value_words(last.value, variable, last.observation.comparator), variable.unit_label, last.level,
        words(LEVEL_WORDS.get(last.level, "")), format_ago(last.observation.time, facts.now, words), spark,
        " ".join((variable.id, variable.title.en, variable.title.zh_CN, variable.short.en)).lower(),
    )


def chart_words(
    name: str, observations: Sequence[Observation], facts: Facts, span: str, words: Words,
    *, window: tuple[int, int] | None = None,
) -> ChartWords:
    """Everything Results shows of one variable over `span` (6m, 1y, 3y, all), or in a given window."""
    variable = variables()[name]
    ordered = sorted(observations, key=lambda o: (o.time.seconds, o.id))
    measured = [m for o in ordered if (m := measure(o, variable, facts)) is not None]
    start, end = window or _window(measured, span, facts)
    points = tuple(
        TrendPoint(m.observation.time.seconds, m.value,
                   value_words(m.value, variable, m.observation.comparator), m.level or "normal")
        for m in measured
    )
    band = _band(measured, variable, words)
    shown = [m for m in measured if start <= m.observation.time.seconds <= end]
    trend = Trend(
        points, start, end, band, _events(facts.record.medications, start, end, words),
        _closing(shown, variable, words), words("axis not from 0"),
        words("No results in this period"), month_first=words.language != "zh_CN",
    )
    title = words.pick(variable.title)
    bubbles = Lazy(len(shown), lambda i: _bubble(shown[i], variable, words))
    return ChartWords(
        name, title, variable.unit_label, trend, bubbles, headline(shown, words),
        chart_sentence(title, shown, variable, words), table_rows(measured, variable, words),
        standing_words(shown, facts, words),
    )


def standing_words(shown: Sequence[Measured], facts: Facts, words: Words) -> str:
    """Where the last value stands among people of that sex and age."""
    if not shown:
        return ""
    last = shown[-1].observation
    is_pregnant = gestation_on(facts.told, last.time.date) is not None
    found = population.standing_of(last, facts.patient, is_pregnant=is_pregnant)
    return population.sentence(found, words)


def _window(measured: Sequence[Measured], span: str, facts: Facts) -> tuple[int, int]:
    """The span ends at the last result when that is older than the span itself.

    Else a record that ended years ago would open on an empty chart.
    """
    now = facts.now.seconds
    years = SPANS[span]
    first = measured[0].observation.time.seconds if measured else now - int(YEAR)
    last = measured[-1].observation.time.seconds if measured else now
    if not years:
        pad = max(int((last - first) * 0.03), 15 * DAY)
        return first - pad, last + pad
    length = int(years * YEAR)
    end = now if now - last <= length else last
    pad = int(length * 0.03)
    return end - length - pad, end + pad


def _band(measured: Sequence[Measured], variable: Variable, words: Words) -> Band | None:
    last = measured[-1] if measured else None
    if last is None or (last.low is None and last.high is None):
        return None
    text = range_words(last.low, last.high, variable.decimals)
    return Band(last.low, last.high, words("Reference\n{range}", range=text))


def range_words(low: float | None, high: float | None, decimals: int) -> str:
    """`45–84`, `≤ 5.2` or `≥ 60`."""
    if low is not None and high is not None:
        return f"{format_number(low, decimals)}{EN_DASH}{format_number(high, decimals)}"
    if high is not None:
        return f"≤ {format_number(high, decimals)}"
    return f"≥ {format_number(low, decimals)}" if low is not None else ""


def _events(
    medications: Sequence[MedicationUse], start: int, end: int, words: Words
) -> tuple[EventLine, ...]:
    """When each medicine was first begun, inside the window; the newest where there are many."""
    first: dict[str, int] = {}
    for use in medications:
        begun = (use.period.start if use.period else None) or use.authored
        if begun is None:
            continue
        name = concept_name(use.medication, words)
        first[name] = min(first.get(name, begun.seconds), begun.seconds)
    events = sorted((at, name) for name, at in first.items() if start <= at <= end)
    return tuple(EventLine(at, name) for at, name in events[-MOST_EVENTS:])


def _closing(shown: Sequence[Measured], variable: Variable, words: Words) -> str:
    if not shown:
        return ""
    last = shown[-1]
    text = value_words(last.value, variable, last.observation.comparator)
    if last.level == "high":
        return words("{value} ▲ High", value=text)
    return words("{value} ▼ Low", value=text) if last.level == "low" else text


def _bubble(m: Measured, variable: Variable, words: Words) -> str:
    value = format_quantity(m.value, variable.unit, variable.decimals)
    return f"{value} · {format_date(m.observation.time, words, time=True)}"


def headline(shown: Sequence[Measured], words: Words) -> str:
    """The change over the window in one line; nothing under two values."""
    if len(shown) < 2:
        return ""
    first, last = shown[0], shown[-1]
    months = round((last.observation.time.seconds - first.observation.time.seconds) / (YEAR / 12))
    if months < 1 or first.value == 0:
        return ""
    share = (last.value - first.value) / abs(first.value)
    if abs(share) < 0.05:
        return words("Within 5% of the first value over {months} months", months=months)
    if share > 0:
        return words("Up {percent}% in {months} months", percent=round(share * 100), months=months)
    return words("Down {percent}% in {months} months", percent=round(-share * 100), months=months)


def chart_sentence(title: str, shown: Sequence[Measured], variable: Variable, words: Words) -> str:
    """`Creatinine, 7 values, rising from 84 to 118 µmol/L.`"""
    unit = variable.unit_label
    if not shown:
        return words("{title}, no values in this period.", title=title)
    first, last = (format_number(m.value, variable.decimals) for m in (shown[0], shown[-1]))
    if len(shown) == 1:
        return words("{title}, one value, {value} {unit}.", title=title, value=last, unit=unit)
    n, change = len(shown), shown[-1].value - shown[0].value
    if abs(change) < 0.05 * abs(shown[0].value):
        return words("{title}, {n} values, steady from {first} to {last} {unit}.",
                     title=title, n=n, first=first, last=last, unit=unit)
    if change > 0:
        return words("{title}, {n} values, rising from {first} to {last} {unit}.",
                     title=title, n=n, first=first, last=last, unit=unit)
    return words("{title}, {n} values, falling from {first} to {last} {unit}.",
                 title=title, n=n, first=first, last=last, unit=unit)


def table_rows(measured: Sequence[Measured], variable: Variable, words: Words) -> Sequence[SeriesRow]:
    """Newest first, each with its change from the one before it."""

    def row(place: int) -> SeriesRow:
        index = len(measured) - 1 - place
        m, before = measured[index], measured[index - 1] if index else None
        usual = words("none in pregnancy") if m.is_unranged else range_words(m.low, m.high, variable.decimals)
        cells = (
            format_date(m.observation.time, words, time=True),
            value_words(m.value, variable, m.observation.comparator), variable.unit_label, usual,
            _change(before, m, variable, words),
            source_words(m.observation, words),
        )
        return SeriesRow(index, cells, m.level, m.observation.id)

    return Lazy(len(measured), row)


def _change(before: Measured | None, m: Measured, variable: Variable, words: Words) -> str:
    if before is None:
        return ""
    change = m.value - before.value
    text = format_number(change, variable.decimals)
    text = f"+{text}" if change > 0 else text
    since = duration(before.observation.time, m.observation.time, words)
    if before.value:
        share = format_number(change / abs(before.value) * 100, 0)
        share = f"+{share}" if change > 0 else share
        return words("{change} ({share}%) in {since}", change=text, share=share, since=since)
    return words("{change} in {since}", change=text, since=since)


def duration(start: Moment, end: Moment, words: Words) -> str:
    """How long between two moments: 6 days, 14 months, 3 years."""
    days = (end.date - start.date).days
    if days < 60:
        return words.plural("{count} day", "{count} days", days)
    months = round(days / 30.44)
    if months < 24:
        return words.plural("{count} month", "{count} months", months)
    return words.plural("{count} year", "{count} years", int(days / 365.25))


def dated_words(observation: Observation, variable: str, words: Words) -> str:
    """`Creatinine: 118 µmol/L, 14-Nov-2026 08:10`."""
    return words(
        "{title}: {value}, {date}", title=words.pick(variables()[variable].title),
        value=answer_words(observation, words), date=format_date(observation.time, words, time=True),
    )


def source_words(observation: Observation, words: Words) -> str:
    """Where it came from, and what was sent when it was converted."""
    parts = [observation.source] if observation.source else []
    sent, unit = observation.value_sent, observation.unit_sent
    if sent is not None and unit and unit != observation.unit:
        parts.append(words("converted from {value}", value=format_quantity(sent, unit)))
    if observation.status not in ("final", ""):
        parts.append(words(STATUSES.get(observation.status, observation.status)))
    return " · ".join(parts)


STATUSES: Mapping[str, str] = {
    "preliminary": N_("preliminary"), "amended": N_("amended"), "corrected": N_("corrected"),
    "registered": N_("registered"), "unknown": N_("status unknown"),
}
