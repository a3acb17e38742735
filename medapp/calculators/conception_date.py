"""Day of conception as the count of pregnancy supposes it: two weeks after the last period.

First day of the last period + 14 days. The cycle length does not change this convention (medcalc-dev and
medcalc-bench 1.7.0 leave it out, too); where it is given, the day of ovulation that it suggests, cycle − 14
days after the last period, stands beside it, and is the better guess in a regular cycle.
ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from medapp.calculators.calculator import Values
from medapp.calculators.dated import CYCLE, LAST_PERIOD, LMP, DatedCalculator, after, read_day
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.worked import Step, Worked
from medapp.domain.pregnancy import CONCEPTION, CYCLE_DAYS, from_last_period

ABOUT = About(
    id="conception_date", version="2017",
    title=T("Date of conception by the last period", "按末次月经推算受孕日期"),
    summary=T("Two weeks after the last period, as pregnancies are counted.",
              "末次月经首日后两周，即孕周推算的受孕日。"),
    population=T("Pregnant, last period known to the day", "末次月经日期明确的孕妇"),
    reference="ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4",
    specialties=("obstetrics",), keywords=("conception", "ovulation", "pregnancy", "受孕", "排卵", "妊娠"),
    cautions=(T("A convention, off by many days in one person; proves no fatherhood",
                "仅为推算惯例，个体误差可达多日，不能证明亲子关系"),),
)
INPUTS = (LAST_PERIOD, CYCLE)
OTHER_CYCLE = (
    "cycle_not_28",
    T("The cycle is not 28 days: the day of ovulation beside it is the better guess",
      "周期不是 28 天：以所列排卵日更为接近"),
)
OVULATION = T("Ovulation by the cycle", "按周期推算的排卵日")


def compute(values: Values) -> Worked:
    """The day as ISO 8601."""
    last = read_day(values, LMP)
    conceived = (last + CONCEPTION).isoformat()
    steps: tuple[Step, ...] = ()
    extra: dict[str, Any] = {}
    cycle = values.get("cycle_length")
    if cycle is not None:
        start = from_last_period(last, int(cycle)).start
        assert start is not None
        ovulation = (start + CONCEPTION).isoformat()
        extra["ovulation_by_cycle"] = (ovulation, None)
        steps = (Step(OVULATION, after(last, timedelta(days=int(cycle) - 14)), ovulation),)
    cautions = (OTHER_CYCLE,) if cycle is not None and cycle != CYCLE_DAYS else ()
    final = Step(OUTPUTS[0].title, after(last, CONCEPTION), conceived)
    return Worked(conceived, (*steps, final), extra=extra, cautions=cautions)


OUTPUTS = (
    Output("conception_date", T("Date of conception", "受孕日期"), type="date"),
    Output("ovulation_by_cycle", OVULATION, type="date"),
)
EXAMPLES = (
    Example(
        {"last_menstrual_period": "2017-01-07"}, "2017-01-21", "medcalc-dev, one-shot case of calculator 68"
    ),
    Example(
        {"last_menstrual_period": "2003-06-11", "cycle_length": 23}, "2003-06-25",
        "medcalc-dev, calculator 68",
        extra={"ovulation_by_cycle": "2003-06-20"},
    ),
)
CALCULATOR = DatedCalculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
