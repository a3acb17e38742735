"""What is due for a patient: the table of recalls held against her record.

Pure: a record, the rules, and what was said of them before give the recalls. What is not on record was
never recorded; it is never taken as done.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from medapp.domain.administrative import age_at
from medapp.domain.clinical import Immunisation, Procedure
from medapp.domain.record import PatientRecord
from medapp.terminology.recalls import Rule


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
    found = [
        Recall(rule, last, next_due(rule, last))
        for rule in rules
        if holds(rule, record, age) and not _is_silent(rule, said, record.at.date)
        for last in (_latest(_last(rule, record), said.done.get(rule.id)),)
    ]
    return tuple(one for one in found if not (one.rule.is_once and one.last is not None))


def holds(rule: Rule, record: PatientRecord, age: float | None) -> bool:
    """Whether the rule's population is this patient's; an age that is not known is in none."""
    if rule.age_from is not None and (age is None or age < rule.age_from):
        return False
    if rule.age_to is not None and (age is None or age >= rule.age_to):
        return False
    if rule.conditions and not any(
        meaning.covers(one.code) for one in record.conditions if one.is_active for meaning in rule.conditions
    ):
        return False
    return not rule.medicines or any(
        meaning.covers(one.medication)
        for one in record.medications
        if one.is_current
        for meaning in rule.medicines
    )


def next_due(rule: Rule, last: date | None) -> date | None:
    """When it is due after it was last done; None when it never was, or is asked for once only."""
    if last is None or rule.is_once:
        return None
    if rule.weeks is not None:
        return last + timedelta(weeks=rule.weeks)
    return _after_months(last, rule.months or 12)


def _is_silent(rule: Rule, said: Said, today: date) -> bool:
    declined = said.declined.get(rule.id)
    if declined is None:
        return False
    again = next_due(rule, declined)
    return again is None or again > today


def _last(rule: Rule, record: PatientRecord) -> date | None:
    """When the rule was last satisfied by the record."""
    days = [_observed(record, name) for name in rule.any_of]
    if rule.every_one_of:
        each = [_observed(record, name) for name in rule.every_one_of]
        whole = [day for day in each if day is not None]
        days.append(min(whole) if len(whole) == len(each) else None)
    days += [_performed(one) for one in record.procedures if _is_among(one, rule)]
    days += [one.given.date for one in record.immunisations if one.given and _is_given(one, rule)]
    return max((day for day in days if day is not None and day <= record.at.date), default=None)


def _performed(procedure: Procedure) -> date | None:
    at = procedure.performed.end or procedure.performed.start
    return None if at is None else at.date


def _is_among(procedure: Procedure, rule: Rule) -> bool:
    is_done = procedure.status in ("", "completed")
    return is_done and any((one.system, one.code) in rule.procedures for one in procedure.code.codings)


def _is_given(vaccine: Immunisation, rule: Rule) -> bool:
    is_done = vaccine.status == "completed"
    return is_done and any((one.system, one.code) in rule.vaccines for one in vaccine.vaccine.codings)


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
