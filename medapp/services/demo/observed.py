"""Rows of observations for a block of invented people, in the order in which the table is clustered.

Half of the clinic's laboratories report in the units of the United States, so
that conversion, and the unit as sent, can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from medapp.domain.datatypes import Moment
from medapp.services.demo.course import Flags, Health, Ints, Series, Visits
from medapp.store.connection import Row, Transaction
from medapp.store.repositories import codes
from medapp.terminology.units import conversion
from medapp.terminology.variables import variable

_TIME_PACKED: Final = Moment(0).packed

_SENT: Final = {
    "glucose": ("mg/dL", 0),
    "cholesterol_total": ("mg/dL", 0),
    "hdl": ("mg/dL", 0),
    "ldl": ("mg/dL", 0),
    "triglycerides": ("mg/dL", 0),
    "creatinine": ("mg/dL", 2),
    "haemoglobin": ("g/dL", 1),
}
"""Variables sent in another unit, with the decimals of that unit."""


@dataclass(frozen=True, slots=True)
class Column:
    """What all rows of one variable share."""

    code: int
    unit: str | None
    choices: tuple[str, ...]
    unit_sent: str | None


def observation_rows(
    tx: Transaction, series: Sequence[Series], visits: Visits, health: Health,
    first_id: int, first_encounter: int, source: int,
) -> list[Row]:  # fmt: skip
    """Rows in `observations.COLUMNS` order, sorted by (patient, code, time)."""
    columns = [_column(tx, one) for one in series]
    place = np.concatenate([np.full(len(one.visit), index) for index, one in enumerate(series)])
    visit = np.concatenate([one.visit for one in series])
    code = np.array([column.code for column in columns])[place]
    order = np.lexsort((visits.time[visit], code, visits.patient[visit]))
    values, sent = _values(series, ~health.is_han, visits.patient)
    place, visit, values, sent = place[order], visit[order], values[order], sent[order]
    cells = zip(
        (visits.patient[visit] + first_id).tolist(), place.tolist(), visits.time[visit].tolist(),
        values.tolist(), sent.tolist(), (visit + first_encounter).tolist(), strict=True,
    )  # fmt: skip
    return [_row(columns[at], person, time, value, raw, encounter, source)
            for person, at, time, value, raw, encounter in cells]  # fmt: skip


def _column(tx: Transaction, series: Series) -> Column:
    meaning = variable(series.variable)
    first = meaning.codes[0]
    key = (first.system, first.code)
    number = codes.intern(tx, [(*key, first.display or meaning.title.en, meaning.id)])[key]
    unit_sent, _decimals = _SENT.get(series.variable, (None, 0))
    return Column(number, None if series.choices else meaning.unit, series.choices, unit_sent)


def _values(
    series: Sequence[Series], sends_other: Flags, patient: Ints
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Canonical values, and values as sent (NaN where they were sent in the canonical unit)."""
    values, sents = [], []
    for one in series:
        value, sent = one.value, np.full(len(one.value), np.nan)
        if one.variable in _SENT:
            unit, decimals = _SENT[one.variable]
            rule = conversion(one.variable, unit)
            raw = np.round((value - rule.offset) / rule.factor, decimals)
            is_other = sends_other[patient[one.visit]]
            value = np.where(is_other, raw * rule.factor + rule.offset, value)
            sent = np.where(is_other, raw, sent)
        values.append(value)
        sents.append(sent)
    return np.concatenate(values), np.concatenate(sents)


def _row(
    column: Column, person: int, time: int, value: float, raw: float, encounter: int, source: int
) -> Row:
    if column.choices:
        answer = column.choices[int(value)]
        return (person, column.code, time, _TIME_PACKED, None, None, answer, None, None, None, None,
                None, None, encounter, source, "final", None, None, None, None)  # fmt: skip
    was_converted = raw == raw
    return (person, column.code, time, _TIME_PACKED, value, column.unit, None, None, None,
            raw if was_converted else None, column.unit_sent if was_converted else None,
            None, None, encounter, source, "final", None, None, None, None)  # fmt: skip
