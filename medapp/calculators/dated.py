"""What the dates of a pregnancy share: the last period, the cycle, the day that is counted to.

The counting itself is `medapp.domain.pregnancy`'s, as for the record's own pregnancies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from medapp.assess.assessor import Given
from medapp.assess.pregnancy import pregnancy_of
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import T, day, number
from medapp.calculators.worked import OutOfRange, Step
from medapp.domain.assessment import Assessment, Caution, Source
from medapp.domain.datatypes import LocalText, Moment
from medapp.domain.pregnancy import CYCLE_DAYS, Dating, Pregnancy, from_last_period
from medapp.domain.record import PatientRecord

LMP: Final = "last_menstrual_period"
ON: Final = "on_date"
LAST_PERIOD: Final = day(LMP)
CYCLE: Final = number(
    "cycle_length", T("Length of the cycle, days", "月经周期天数"), required=False, unit="d", valid=(20, 45),
    possible=(10, 120), look_back=None, whole=True,
)
ROUGH: Final = T(
    "Rough with irregular cycles or soon after the pill; an early scan is better",
    "周期不规则或刚停避孕药者不准，以早孕超声为佳",
)
TO_THE_DAY: Final = T("The date must be known to the day", "日期须精确到日")
CYCLE_TAKEN: Final = T("Cycle, where none is told 28 days", "月经周期，未填按 28 天")
DAY_ZERO: Final = T("First day that is counted", "计算起始日")
OTHER_DATING: Final = (
    "dated_otherwise",
    T("The pregnancy on record is dated by a scan or an agreed date: that goes before",
      "病历中该妊娠已按超声或确认的预产期定日期，应以其为准"),
)


def read_day(values: Values, name: str) -> date:
    """A date input; a month or a year alone is no day."""
    try:
        return date.fromisoformat(str(values[name])[:10])
    except ValueError as error:
        raise OutOfRange(TO_THE_DAY, name) from error


def dated(values: Values) -> tuple[Pregnancy, tuple[Step, ...]]:
    """The pregnancy as it is counted, with the working."""
    last, cycle = read_day(values, LMP), int(values.get("cycle_length", CYCLE_DAYS))
    counted = from_last_period(last, cycle)
    start = counted.start
    assert start is not None
    shown = last.isoformat() if cycle == CYCLE_DAYS else f"{last.isoformat()} + ({cycle} − {CYCLE_DAYS}) d"
    return counted, (
        Step(CYCLE_TAKEN, f"{cycle} d", cycle, "d"), Step(DAY_ZERO, shown, start.isoformat())
    )


def after(start: date, span: timedelta) -> str:
    """The working of a date so many days later."""
    return f"{start.isoformat()} + {span.days} d"


@dataclass(frozen=True)
class DatedCalculator(Calculator):
    """A calculator of dates: the last period of the pregnancy on record, and today where no day is given."""

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        given, found = dict(inputs), set()
        names = {feature.name for feature in self.inputs}
        episode = pregnancy_of(record).episode if record.patient is not None else None
        if LMP not in given and episode is not None and episode.last_period is not None:
            given[LMP] = Given(episode.last_period.isoformat())
            found.add(LMP)
        if ON in names and ON not in given:
            given[ON] = Given(record.at.date.isoformat())
            found.add(ON)
        answer = super().assess(record, {name: _at_its_day(name, one) for name, one in given.items()})
        used = tuple(
            replace(one, source=Source.RECORD if one.name == LMP else Source.DERIVED)
            if one.name in found else one
            for one in answer.inputs
        )
        is_other = episode is not None and episode.dating in (Dating.AGREED, Dating.SCAN)
        warnings = (*answer.warnings, *(_said(OTHER_DATING) if is_other else ()))
        return replace(answer, inputs=used, warnings=warnings)


def _said(caution: tuple[str, LocalText]) -> tuple[Caution, ...]:
    code, text = caution
    return (Caution(code, None, text.as_dict()),)


def _at_its_day(name: str, given: Given) -> Given:
    """A date is true from its own day on: one that is still to come is refused."""
    if name not in (LMP, ON) or given.date is not None or not isinstance(given.value, str):
        return given
    try:
        moment: Any = Moment.parse(given.value)
    except ValueError:
        return given
    return replace(given, date=moment)
