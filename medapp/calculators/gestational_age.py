"""Gestational age by the last period, on a day (today where none is given).

Days since the first day of the last period, a day less for each day that the cycle is longer than 28. Up to
44 weeks; a day before the last period is refused. Counted as the record's own pregnancies are
(medapp.domain.pregnancy). Rule: medcalc-dev and medcalc 0.4.0 agree.
ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4.
"""

from __future__ import annotations

from medapp.assess.pregnancy import PROBLEMS
from medapp.calculators.calculator import Values
from medapp.calculators.dated import (
    CYCLE,
    LAST_PERIOD,
    LMP,
    ON,
    ROUGH,
    DatedCalculator,
    dated,
    read_day,
)
from medapp.calculators.declare import About, Example, Output, T, day
from medapp.calculators.worked import Band, OutOfRange, Step, Worked
from medapp.domain.pregnancy import LONGEST

ABOUT = About(
    id="gestational_age", version="2017",
    title=T("Gestational age by the last period", "按末次月经推算孕周"),
    summary=T("Weeks and days of the pregnancy on a day.", "某日的孕周与天数。"),
    population=T("Pregnant, last period known to the day", "末次月经日期明确的孕妇"),
    reference="ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4",
    specialties=("obstetrics", "general_practice"),
    keywords=("gestation", "weeks", "pregnancy", "孕周", "妊娠", "末次月经"),
    offer="on_problem", offered_for=PROBLEMS, cautions=(ROUGH,),
)
INPUTS = (LAST_PERIOD, CYCLE, day(ON, T("On the day (today where none is given)",
                                        "计算日期（默认今日）"), required=False))
NOT_YET = T("The day lies before the pregnancy begins", "该日早于妊娠起始日")
TOO_LONG = T("More than 44 weeks: no pregnancy lasts so long", "已超过 44 周，非可能的孕期")
DAYS = T("Days since then", "距今天数")


def compute(values: Values) -> Worked:
    """Weeks, with whole weeks and days beside them."""
    on = read_day(values, ON)
    counted, steps = dated(values)
    days = counted.days_at(on)
    if days is None:
        raise OutOfRange(NOT_YET, LMP, ON)
    if days > LONGEST.days:
        raise OutOfRange(TOO_LONG, LMP, ON)
    weeks, rest = divmod(days, 7)
    age = days / 7.0
    band = Band(f"{weeks}+{rest}", age, age, T(f"{weeks} weeks and {rest} days", f"{weeks} 周 {rest} 天"))
    working = (
        Step(DAYS, f"{on.isoformat()} − {steps[-1].value}", days, "d"),
        Step(OUTPUTS[0].title, f"{days} / 7 = {weeks} + {rest}/7", age, "wk"),
    )
    extra = {"weeks": (weeks, "wk"), "days": (rest, "d"), "days_in_all": (days, "d")}
    return Worked(age, (*steps, *working), band, extra=extra)


OUTPUTS = (
    Output("gestational_age", T("Gestational age", "孕周"), "wk", decimals=1),
    Output("weeks", T("Whole weeks", "整周数"), "wk"), Output("days", T("and days", "余天数"), "d"),
    Output("days_in_all", T("Days in all", "总天数"), "d"),
)
EXAMPLES = (
    Example(
        {"last_menstrual_period": "2020-12-23", "on_date": "2021-08-21"}, 241 / 7,
        "medcalc-dev, one-shot case of calculator 69", 1e-9, category="34+3",
        extra={"weeks": 34.0, "days": 3.0},
    ),
    Example(
        {"last_menstrual_period": "2011-05-31", "on_date": "2011-07-27"}, 57 / 7,
        "medcalc-dev, calculator 69", 1e-9, category="8+1",
    ),
)
CALCULATOR = DatedCalculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
