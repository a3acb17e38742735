"""What is due for a patient: the table of recalls held against her record.

Pure: a record, the rules, and what was said of them before give the recalls. What is not on record was
never recorded; it is never taken as done.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from medapp.assess.pregnancy import pregnancy_of
from medapp.domain.administrative import age_at
from medapp.domain.clinical import WITHDRAWN, MedicationUse, Procedure
from medapp.domain.pregnancy import Known
from medapp.domain.record import PatientRecord
from medapp.terminology.recalls import Meaning, Rule, Sooner

GOES_ON: Final = timedelta(days=183)
"""A prescription begun so long after another of the same medicine goes on with it."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A rule that holds for the patient: `last` done and `due` again; both None when never recorded."""

    rule: Rule
    last: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What was noted at this clinic: rules done elsewhere, and refused by the patient, and when."""

    done: Mapping[str, date]
    declined: Mapping[str, date]


NOTHING_SAID = Said({}, {})


def recalls(
    record: PatientRecord, rules: Iterable[Rule], said: Said = NOTHING_SAID
) -> tuple[Recall, ...]:
    """Every rule that holds for the patient at the record's date, in the order of the rules.

    A refusal silences a rule for one interval. The dead need nothing.
    """
    patient = record.patient
    if patient is None or patient.deceased or patient.deceased_at is not None:
        return ()
    age = age_at(patient.birth_date, record.at)
    found = []
    for rule in rules:
        if not holds(rule, record, age):
            continue
        sooner = sooner_months(rule, record, age)
        if not _is_silent(rule, said, record.at.date, sooner):
            last = _latest(_last(rule, record), said.done.get(rule.id))
            found.append(Recall(rule, last, next_due(rule, last, sooner)))
    return tuple(one for one in found if not (one.rule.is_once and one.last is not None))


def holds(rule: Rule, record: PatientRecord, age: float | None) -> bool:
    """Whether the rule's population is this patient's; an unknown age counts as below `age_to`."""
    if rule.age_from is not None and (age is None or age < rule.age_from):
        return False
    if rule.age_to is not None and age is not None and age >= rule.age_to:
        return False
    if rule.conditions and not _has_condition(record, rule.conditions):
        is_pregnant = rule.is_for_pregnant and pregnancy_of(record).known is Known.PREGNANT
        if not is_pregnant:
            return False
    return not rule.medicines or any(one.is_current for one in _taken(rule, record))


def sooner_months(rule: Rule, record: PatientRecord, age: float | None) -> int | None:
    """The shortest of the rule's shorter intervals that hold for the patient; None where none does."""
    found = [_months(one, rule, record, age) for one in rule.sooner]
    return min((months for months in found if months is not None), default=None)


def next_due(rule: Rule, last: date | None, sooner: int | None = None) -> date | None:
    """When it is due after it was last done; None when it never was, or is asked for once only.

    `sooner` is the patient's own shorter interval in months.
    """
    if last is None or rule.is_once:
        return None
    if rule.season is not None:
        counts_from, asked_from = rule.season
        return date(last.year + (last.month >= counts_from), asked_from, 1)
    if rule.weeks is not None:
        return last + timedelta(weeks=rule.weeks)
    return _after_months(last, sooner or rule.months or 12)


def _months(sooner: Sooner, rule: Rule, record: PatientRecord, age: float | None) -> int | None:
    """The shorter interval where it holds; what is not known lets it hold."""
    if sooner.age_from is not None:
        return sooner.months if age is None or age >= sooner.age_from else None
    if sooner.conditions:
        return sooner.months if _has_condition(record, sooner.conditions) else None
    if sooner.first_months is not None:
        begun = _begun(rule, record)
        is_over = begun is not None and _after_months(begun, sooner.first_months) <= record.at.date
        return None if is_over else sooner.months
    values = list(_measured(sooner.measured, record, rule.months or 12))
    if not values:
        return sooner.months
    low, high = min(values), max(values)
    if sooner.at_most is not None and low <= sooner.at_most:
        return min(sooner.months, max(1, int(low / 10))) if sooner.is_tenth else sooner.months
    return sooner.months if sooner.at_least is not None and high >= sooner.at_least else None


def _measured(names: Iterable[str], record: PatientRecord, months: int) -> Iterator[float]:
    """The last values of some variables, as far as they are not older than `months`; "> 60" is above 60."""
    for name in names:
        found = record.latest(name)
        if found is None or found.value is None or _after_months(found.time.date, months) < record.at.date:
            continue
        side = {"<": -math.inf, ">": math.inf}.get(found.comparator or "", found.value)
        yield math.nextafter(found.value, side)


def _has_condition(record: PatientRecord, meanings: Iterable[Meaning]) -> bool:
    active = [one.code for one in record.conditions if one.is_active]
    return any(meaning.covers(code) for meaning in meanings for code in active)


def _taken(rule: Rule, record: PatientRecord) -> list[MedicationUse]:
    """The rule's medicines on record, taken now or earlier."""
    return [
        one for one in record.medications
        if one.status not in WITHDRAWN and any(meaning.covers(one.medication) for meaning in rule.medicines)
    ]


def _begun(rule: Rule, record: PatientRecord) -> date | None:
    """Since when one of the rule's medicines is taken; a prescription goes on with one shortly before it."""
    taken = _taken(rule, record)
    begun = min((one.since.date for one in taken if one.is_current and one.since), default=None)
    for day in sorted((one.since.date for one in taken if one.since), reverse=True):
        if begun is not None and timedelta(0) < begun - day <= GOES_ON:
            begun = day
    return begun


def _is_silent(rule: Rule, said: Said, today: date, sooner: int | None) -> bool:
    declined = said.declined.get(rule.id)
    if declined is None:
        return False
    again = next_due(rule, declined, sooner)
    return again is None or again > today


def _last(rule: Rule, record: PatientRecord) -> date | None:
    """When the rule was last satisfied by the record."""
    days = [_observed(record, name) for name in rule.any_of]
    if rule.every_one_of:
        each = [_observed(record, name) for name in rule.every_one_of]
        whole = [day for day in each if day is not None]
        days.append(min(whole) if len(whole) == len(each) else None)
    days += [_performed(one) for one in record.procedures if _is_among(one, rule)]
    days.append(_given(record, rule.vaccines))
    for course in rule.courses:
        doses = [_given(record, frozenset({code})) for code in course]
        given = [day for day in doses if day is not None]
        days.append(max(given) if len(given) == len(doses) else None)
    return max((day for day in days if day is not None and day <= record.at.date), default=None)


def _performed(procedure: Procedure) -> date | None:
    at = procedure.performed.end or procedure.performed.start
    return None if at is None else at.date


def _is_among(procedure: Procedure, rule: Rule) -> bool:
    is_done = procedure.status in ("", "completed")
    return is_done and any((one.system, one.code) in rule.procedures for one in procedure.code.codings)


def _given(record: PatientRecord, vaccines: frozenset[tuple[str, str]]) -> date | None:
    """When one of the vaccines was given last."""
    return max((
        one.given.date
        for one in record.immunisations
        if one.given is not None and one.status == "completed" and one.given.date <= record.at.date
        and any((coding.system, coding.code) in vaccines for coding in one.vaccine.codings)
    ), default=None)  # fmt: skip


def _observed(record: PatientRecord, variable: str) -> date | None:
    found = record.latest(variable)
    return None if found is None else found.time.date


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _after_months(day: date, months: int) -> date:
    """The same day some months on, or the last of that month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
