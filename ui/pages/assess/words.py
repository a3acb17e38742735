"""Sentences of the Assess page that need more than one field of an assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medapp.assess import wording
from medapp.assess.inputs import InputSpec
from medapp.domain.assessment import InputUsed, Source, Status
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.services.clinic_tests import ClinicTest
from medapp.terminology.units import unit_label
from medapp.terminology.variables import variables
from ui.charts.waterfall import Move, folded, signed_points
from ui.format import format_ago, format_date, format_number, format_quantity
from ui.pages.assess.reading import Shown
from ui.pages.patient_names import brief

SOURCES: Mapping[Source, str] = {
    Source.RECORD: N_("record"), Source.GIVEN: N_("entered"), Source.DERIVED: N_("derived"),
    Source.IMPUTED: N_("estimated"),
}


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input used, in words; `flag` is stale, implausible or empty."""

    name: str
    title: str
    value: str
    unit: str
    age: str
    source: str
    flag: str
    note: str
    has_variable: bool


@dataclass(frozen=True, slots=True)
class Waterfalls:
    """The rows of the waterfall and its sentence."""

    base: Move
    moves: tuple[Move, ...]
    total: Move
    sentence: str


def input_lines(shown: Shown, now: Moment, words: Words) -> tuple[InputLine, ...]:
    """Every input that had a value, in the card's order."""
    specs = shown.specs
    return tuple(
        _input_line(used, specs.get(used.name), now, words)
        for used in shown.assessment.inputs
        if used.value is not None
    )


def _input_line(used: InputUsed, spec: InputSpec | None, now: Moment, words: Words) -> InputLine:
    title = input_title(used.name, spec, words)
    unit = unit_label(used.unit, words)
    flag = next((f for f in ("implausible", "stale") if f in used.flags), "")
    age = "" if used.date is None else _age(used.date, now, words)
    if used.name == "age":
        age = words("today")  # its date is the birth date
    return InputLine(
        used.name, title, _value(used, spec, words), unit, age, words(SOURCES[used.source]), flag,
        _note(used, words), spec is not None and spec.has_variable,
    )


def _age(date: str | Moment, now: Moment, words: Words) -> str:
    """`today`, `6 d`, `14 mo`, `3 yr`: the column has no room for "ago"."""
    at = Moment.parse(date) if isinstance(date, str) else date
    days = (now.date - at.date).days
    if days < 1:
        return format_ago(date, now, words)
    if days < 60:
        return words("{n} d", n=days)
    months = round(days / 30.44)
    return words("{n} mo", n=months) if months < 24 else words("{n} yr", n=int(days / 365.25))


def input_title(name: str, spec: InputSpec | None, words: Words, most: int = 14) -> str:
    """The input's title, in the usual short form where it is long."""
    known = variables().get(name)
    if known is not None:
        return brief(known, words, most)
    return words.pick(spec.title) if spec else name


def _value(used: InputUsed, spec: InputSpec | None, words: Words) -> str:
    if used.name == "age" and isinstance(used.value, (int, float)):
        return format_number(int(used.value))  # completed years, as in the banner
    if spec is not None and spec.kind == "boolean" and isinstance(used.value, (int, float)):
        return words("yes") if used.value else words("no")
    return wording.value_text(used, spec, words)


def _note(used: InputUsed, words: Words) -> str:
    parts = []
    if used.date is not None:
        parts.append(words("Collected {date}", date=format_date(used.date, words)))
    sent = used.value_sent
    is_converted = used.unit_sent not in (None, used.unit)
    if is_converted and isinstance(sent, (int, float)) and not isinstance(sent, bool):
        parts.append(words("converted from {value}", value=format_quantity(float(sent), used.unit_sent)))
    if "stale" in used.flags:
        parts.append(words("older than the model asks for"))
    if "implausible" in used.flags:
        parts.append(words("outside the plausible range: check the value"))
    return "  ·  ".join(parts)


def without_old_words(shown: Shown, words: Words) -> str:
    """`Recalculated without the old values: 31%`, or why there would then be no number."""
    answer = shown.without_old
    if answer is None:
        return ""
    if answer.status is not Status.FINAL:
        why = wording.reason_short(answer, shown.specs, words)
        return words("Without the old values: not calculated. {why}", why=why)
    number = wording.number(answer, shown.card, words)
    interval = wording.interval(answer, shown.card, words)
    if interval is None:
        return words("Recalculated without the old values: {number}", number=number)
    return words(
        "Recalculated without the old values: {number}, {interval}", number=number, interval=interval
    )


NEAREST_SHOWN = 6


def nearest_rows(shown: Shown, words: Words) -> list[tuple[str, ...]]:
    """Title, this patient, and the nearest groups, for the inputs that differ most; answers as shares."""
    found, used = shown.nearest, {i.name: i for i in shown.assessment.inputs}
    rows: list[tuple[str, ...]] = []
    for name in found.inputs if found is not None else ():
        spec = shown.specs.get(name)
        if spec is None or spec.kind not in ("number", "integer", "boolean") or name not in used:
            continue
        means = [group[name] for group in found.groups] if found is not None else []
        is_yes_no = spec.kind == "boolean"
        said = [f"{wording.percent(m)}" if is_yes_no else format_number(m, spec.decimals) for m in means]
        title = input_title(name, spec, words, 26)
        unit = unit_label(spec.unit, words)
        title = words("{title}, {unit}", title=title, unit=unit) if unit else title
        rows.append((title, _value(used[name], spec, words), *said))
    return rows[:NEAREST_SHOWN]


def takes_words(test: ClinicTest, words: Words) -> str:
    """`~40 min · done here · ¥60`: what it takes to learn an input in this clinic."""
    parts = [] if test.minutes is None else [_duration(test.minutes, words)]
    parts.append(words("done here") if test.is_here else words("sent away"))
    if test.cost is not None:
        parts.append(words("no cost") if test.cost == 0 else f"{test.currency}{test.cost:g}")
    return "  ·  ".join(parts)


def _duration(minutes: int, words: Words) -> str:
    if minutes < 90:
        return words("~{n} min", n=minutes)
    if minutes < 36 * 60:
        return words("~{n} h", n=round(minutes / 60))
    return words("~{n} d", n=round(minutes / (24 * 60)))


def missing_titles(shown: Shown, words: Words) -> list[str]:
    """Titles of inputs that were not found, required ones first."""
    specs = shown.specs
    ordered = sorted(shown.assessment.missing, key=lambda m: not m.required)
    return [words.pick(specs[m.name].title) if m.name in specs else m.name for m in ordered]


def waterfall(shown: Shown, most: int, words: Words) -> Waterfalls | None:
    """The contributions as at most `most` rows; None when the assessor gives none."""
    contributions = shown.assessment.contributions
    total = wording.lead_probability(shown.assessment, shown.card)
    if contributions is None or total is None:
        return None
    specs, used = shown.specs, {i.name: i for i in shown.assessment.inputs}
    moves = [
        Move(_move_label(item.input, specs.get(item.input), used.get(item.input), words), item.value)
        for item in contributions.items
        if abs(item.value) >= 0.0005
    ]
    rest = max(0, len(moves) - most + 1)
    smaller = words.plural("{count} smaller", "{count} smaller", rest) if rest else ""
    rows = _raising_first(folded(moves, most, smaller), smaller)
    base = Move(words("Average in the data"), contributions.base)
    sentence = _waterfall_sentence(rows, base, total, words)
    return Waterfalls(base, tuple(rows), Move(words("This patient"), total), sentence)


def _raising_first(rows: Sequence[Move], smaller: str) -> list[Move]:
    """What raises, largest first; the sum of small ones; what lowers, smallest first."""
    named = [row for row in rows if row.label != smaller]
    raising = sorted((r for r in named if r.value > 0), key=lambda r: -r.value)
    lowering = sorted((r for r in named if r.value <= 0), key=lambda r: -r.value)
    return [*raising, *(r for r in rows if r.label == smaller), *lowering]


def _move_label(name: str, spec: InputSpec | None, used: InputUsed | None, words: Words) -> str:
    title = input_title(name, spec, words, 22)
    if used is None or used.value is None:
        return words("{title}: not known", title=title)
    value = _value(used, spec, words)
    if spec is not None and spec.kind in ("boolean", "choice"):
        return words("{title}: {value}", title=title, value=value)
    return words("{title} {value}", title=title, value=value)


def _waterfall_sentence(rows: Sequence[Move], base: Move, total: float, words: Words) -> str:
    moves = wording.listed([f"{row.label} {signed_points(row.value)}" for row in rows], words)
    return words(
        "From {base} on average to {total} for this patient, in percentage points: {moves}. "
        "Association, not cause.",
        base=wording.percent(base.value), total=wording.percent(total), moves=moves,
    )


def dots_sentence(low: int, best: int, high: int, words: Words) -> str:
    """What the hundred dots show."""
    return words(
        "Of 100 dots, {low} are full (lower limit), up to {best} half full (estimate), "
        "up to {high} rings (upper limit).",
        low=low, best=best, high=high,
    )
