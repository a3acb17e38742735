"""The record in the words of a report: rows and lines, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medapp.assess.pregnancy import gestation_on, told_of
from medapp.domain.administrative import Patient, age_at
from medapp.domain.clinical import MedicationUse, Observation
from medapp.domain.notes import Note, Passage, Visit, origins
from medapp.domain.record import PatientRecord
from medapp.i18n import N_, Words
from medapp.terminology import ranges
from medapp.terminology.readable import (
    EN_DASH,
    format_born,
    format_concept,
    format_date,
    format_number,
    format_patient,
    format_sex,
)
from medapp.terminology.said import allergy_words, answer_words, dosage_words
from medapp.terminology.variables import Variable, groups, variables

LEVELS = {"high": N_("▲ High"), "low": N_("▼ Low")}
_NO_RESULTS = frozenset({"demographics", "vital_signs", "questionnaire"})
"""Groups that are no results of a laboratory or a machine."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One test's latest value beside the one before."""

    title: str
    value: str
    level: str
    reference: str
    date: str
    before: str


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Tests of one organ or laboratory group."""

    title: str
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with where its words were copied from."""

    title: str
    text: str
    origin: str


def identity(patient: Patient, words: Words, at: object) -> str:
    """Who it is about, on every page: names, birth date, sex, record number."""
    names = [part for part in format_patient(patient, words) if part]
    parts = [
        " ".join(names) or words("No name recorded"),
        words("born {date}", date=format_born(patient.birth_date, at, words)),  # type: ignore[arg-type]
        format_sex(patient.sex, words),
        words("record number {number}", number=patient.mrn or words("Not recorded")),
    ]
    return " · ".join(parts)


def problems(record: PatientRecord, words: Words) -> list[str]:
    """Active problems with the year they began, one line a name."""
    found: dict[str, str] = {}
    for one in sorted((c for c in record.conditions if c.is_active), key=lambda c: c.id):
        begun = one.onset or one.recorded
        name = format_concept(one.code, words)
        year = str(begun.date.year) if begun is not None else ""
        found.setdefault(name, words("{name} (since {year})", name=name, year=year) if year else name)
    return sorted(found.values())


def medicines(record: PatientRecord, words: Words) -> list[str]:
    """Current medicines with how they are taken."""
    return sorted({_medicine(one, words) for one in record.medications if one.is_current})


def _medicine(use: MedicationUse, words: Words) -> str:
    name = format_concept(use.medication, words)
    return words("{name}, {dose}", name=name, dose=dosage_words(use.dosage, words)) if use.dosage else name


def allergies(record: PatientRecord, words: Words) -> list[str]:
    """What the banner says: recorded ones, a dated denial, or that nobody asked."""
    return list(allergy_words(record.allergies, words).lines)


def vitals(observations: Iterable[Observation], words: Words) -> list[str]:
    """What was measured at the visit: `Blood pressure 148/86 mmHg`."""
    found = {one.variable: one for one in observations if one.value is not None}
    lines = []
    upper, lower = found.get("systolic_bp"), found.get("diastolic_bp")
    if upper is not None and lower is not None:
        found.pop("systolic_bp")
        found.pop("diastolic_bp")
        pressure = f"{upper.value:.0f}/{lower.value:.0f}"
        lines.append(words("Blood pressure {value} mmHg", value=pressure))
    known = variables()
    for name, one in found.items():
        variable = known.get(name or "")
        if variable is not None:
            lines.append(f"{words.pick(variable.title)} {answer_words(one, words)}")
    return lines


def passage(title: str, found: Passage, words: Words) -> Said | None:
    """A passage for a template; None when nothing was written."""
    if found.is_empty:
        return None
    lines = [
        words("Copied from the visit of {date}, changed since", date=format_date(day, words))
        if is_changed
        else words("Copied from the visit of {date}", date=format_date(day, words))
        for day, is_changed in origins(found)
    ]
    return Said(title, found.text.strip(), "; ".join(lines))


def passages(visit: Visit, words: Words) -> list[Said]:
    """Everything written at a visit, in the order of the page."""
    parts = [
        passage(words("Reason for the visit"), visit.reason, words),
        passage(words("History"), visit.history, words),
        passage(words("Examination"), visit.examination, words),
        *(
            passage(one.label, one.passage, words) or Said(one.label, "", "") for one in visit.problems
        ),
        passage(words("Plan"), visit.plan, words),
    ]
    return [part for part in parts if part is not None]


def signed_line(note: Note, words: Words) -> str:
    """When and by whom the text was signed, and that it was amended or cancelled where it was."""
    signed = words("Signed {date} by {user}", date=format_date(note.signed, words, time=True),
                   user=note.signed_by)
    parts = [signed]
    if note.correction is not None:
        parts.append(words("Amended: {reason}", reason=note.correction.reason))
    if note.cancellation is not None:
        parts.append(words("Cancelled, entered in error: {reason}", reason=note.cancellation.reason))
    if note.status == "superseded":
        parts.append(words("A later version of this visit stands. This one is kept to be read."))
    return " · ".join(parts)


def results(
    record: PatientRecord, trends: Mapping[str, Sequence[Observation]], words: Words
) -> list[ResultGroup]:
    """The latest value of every test with the one before, in groups; what is no test of ours follows."""
    known, found = variables(), dict[str, list[ResultRow]]()
    for name, observations in trends.items():
        variable = known.get(name)
        if variable is None or variable.group in _NO_RESULTS:
            continue
        usable = [one for one in observations if one.value is not None and one.is_usable]
        if usable:
            ordered = sorted(usable, key=lambda one: (one.time.seconds, one.id))
            found.setdefault(variable.group, []).append(_row(ordered, variable, record, words))
    titled = [(words.pick(title), found[group]) for group, title in groups().items() if group in found]
    other = [_plain_row(one, words) for one in record.observations if one.variable is None and one.is_usable]
    if other:
        titled.append((words("Other results"), other))
    return [ResultGroup(title, tuple(sorted(rows, key=lambda row: row.title))) for title, rows in titled]


def _row(
    observations: Sequence[Observation], variable: Variable, record: PatientRecord, words: Words
) -> ResultRow:
    last = observations[-1]
    patient = record.patient
    limits = ranges.reference_range(
        variable.id, None if patient is None else str(patient.sex),
        None if patient is None else age_at(patient.birth_date, last.time),
        (last.reference_low, last.reference_high),
        pregnant=gestation_on(told_of(record), last.time.date),
    )
    level = "" if limits is None else ranges.level(last.value or 0.0, limits)
    before = observations[-2] if len(observations) > 1 else None
    mark = words(LEVELS[level]) if level in LEVELS else ""
    return ResultRow(
        words.pick(variable.title), answer_words(last, words), mark,
        _limits(limits, variable), format_date(last.time, words),
        "" if before is None else words(
            "{value} ({date})", value=answer_words(before, words), date=format_date(before.time, words)
        ),
    )


def _plain_row(one: Observation, words: Words) -> ResultRow:
    name = one.code.display or one.code.code
    return ResultRow(name, answer_words(one, words), "", "", format_date(one.time, words), "")


def _limits(limits: ranges.Range | None, variable: Variable) -> str:
    if limits is None:
        return ""
    low, high = limits.low, limits.high
    if low is None:
        return f"≤ {format_number(high, variable.decimals)}" if high is not None else ""
    if high is None:
        return f"≥ {format_number(low, variable.decimals)}"
    return f"{format_number(low, variable.decimals)}{EN_DASH}{format_number(high, variable.decimals)}"
