"""The growth chart of a child: WHO's centile lines and the child's own measurements from the record.

A measurement is read as the score `who_growth` reads it: age to the day, corrected for the preterm until 24
months, length by how a child of that age is measured. What lies outside the tables is counted, not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from medapp.calculators import growth_tables
from medapp.calculators.growth_terms import MEASURES, STANDS_FROM, UNITS, counted_days, measured
from medapp.domain.administrative import Patient, is_age_approximate
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Moment
from medapp.security.roles import Permission
from medapp.services import records
from medapp.services.session import Session
from medapp.store.repositories import patients

BY_LENGTH: Final = ("weight_for_length", "weight_for_height")
TOGETHER_DAYS: Final = 14
"""A weight and a length this far apart are one examination, as the score takes them."""


@dataclass(frozen=True, slots=True)
class Growth:
    """One measurement where the table is read: `place` in days or, by length, in centimetres.

    `days` is the age since birth, `counted` the one the standard is read at; they differ in the preterm.
    Both are None where the birth date is not known and the measure needs none.
    """

    taken: Moment
    place: float
    value: float
    z: float
    days: int | None
    counted: int | None

    @property
    def centile(self) -> float:
        return growth_tables.centile(self.z)


@dataclass(frozen=True, slots=True)
class GrowthCurves:
    """The lines of one measure for one sex by centile, and the child's points, oldest first.

    `outside` counts the measurements that no table covers; `needs_birth` says that no age can be reckoned.
    """

    variant: str
    unit: str
    lines: tuple[tuple[float, tuple[tuple[float, float], ...]], ...]
    points: tuple[Growth, ...]
    outside: int = 0
    needs_birth: bool = False

    @property
    def by_length(self) -> bool:
        return self.variant in BY_LENGTH


def of_child(
    session: Session, patient: int, variant: str, sex: str, *, gestation_weeks: float | None = None,
    at: Moment | None = None,
) -> GrowthCurves:
    """The chart of a measure of `who_growth`, up to `at` (default now).

    Without `gestation_weeks` the one on record counts. Raises UnknownPatient, NotPermitted.
    """
    session.require(Permission.READ_RECORD)
    until = at or session.now()
    with session.store.reading() as db:
        child = patients.get(db, patient)
    if gestation_weeks is None:
        told = _series(session, patient, "gestation_at_birth", until)
        gestation_weeks = told[-1].value if told else None
    found = list(_examined(session, patient, variant, until))
    born = _birth(child)
    lines = tuple((one, growth_tables.curve(variant, sex, one)) for one in growth_tables.CENTILES)
    unit = UNITS.get(variant, "kg")
    if born is None and variant not in BY_LENGTH:
        return GrowthCurves(variant, unit, lines, (), needs_birth=True)
    read = [_read(taken, values, variant, sex, born, gestation_weeks) for taken, values in found]
    points = tuple(one for one in read if one is not None)
    return GrowthCurves(variant, unit, lines, points, outside=len(read) - len(points))


def _birth(child: Patient) -> date | None:
    born = child.birth_date
    return None if born is None or is_age_approximate(born) else born.date


def _series(session: Session, patient: int, variable: str, until: Moment) -> list[Observation]:
    """Numbers only: neither "less than" nor one whose unit could not be read."""
    found = records.series(session, patient, variable)
    return [
        one for one in found if one.value is not None and not one.comparator and not one.time.is_after(until)
    ]


def _examined(
    session: Session, patient: int, variant: str, until: Moment
) -> Iterator[tuple[Moment, dict[str, Any]]]:
    """The measurements of a measure, oldest first; a weight with the length nearest to it in time."""
    lengths = _series(session, patient, "height", until)
    if variant == "length_for_age":
        yield from ((one.time, {"height": one.value}) for one in lengths)
        return
    name = MEASURES.get(variant, "weight")
    for one in _series(session, patient, name, until):
        if variant in MEASURES:
            yield one.time, {name: one.value}
        elif (length := _nearest(lengths, one.time)) is not None:
            yield one.time, {"weight": one.value, "height": length.value}


def _nearest(lengths: Sequence[Observation], to: Moment) -> Observation | None:
    near = [one for one in lengths if abs((one.time.date - to.date).days) <= TOGETHER_DAYS]
    return min(near, key=lambda one: abs(one.time.seconds - to.seconds), default=None)


def _read(
    taken: Moment, values: dict[str, Any], variant: str, sex: str, born: date | None, weeks: float | None
) -> Growth | None:
    """A measurement on its table; None where the table does not reach."""
    days = None if born is None else (taken.date - born).days
    counted = None if days is None else counted_days(days, weeks)
    if counted is not None and (counted < 0 or counted > growth_tables.limits("weight_for_age")[1]):
        return None
    position = "as_expected"
    if counted is not None:
        position = "standing" if counted >= STANDS_FROM else "lying"
    value, place, _steps = measured(
        {**values, "variant": variant, "measured_position": position}, counted
    )
    numbers = growth_tables.lms(variant, sex, round(place, 6))
    if numbers is None or value <= 0.0:
        return None
    return Growth(taken, place, value, numbers.z(value), days, counted)
