"""Due date by Naegele's rule.

First day of the last period + 280 days, and a day more for each day that the cycle is longer than 28 (less
where it is shorter); without a cycle length 28 days are taken. Counted as the record's own pregnancies are
(medapp.domain.pregnancy). Rule: medcalc-dev and the packages medcalc 0.4.0 and medcalc-bench 1.7.0 agree. The
code of the latter says in words that a short cycle is subtracted and adds it, so its labels of cycles below
28 days are late by twice the difference; medcalc 0.4.0 leaves short cycles out.
ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4. Naegele FC. Lehrbuch der Geburtshülfe, 1830.
"""

from __future__ import annotations

from medapp.assess.pregnancy import PROBLEMS
from medapp.calculators.calculator import Values
from medapp.calculators.dated import CYCLE, LAST_PERIOD, ROUGH, DatedCalculator, after, dated
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.worked import Step, Worked
from medapp.domain.pregnancy import TERM

ABOUT = About(
    id="due_date", version="naegele",
    title=T("Due date by the last period", "按末次月经推算预产期"),
    summary=T("Expected day of birth, 280 days after the last period.", "末次月经首日后 280 天的预产期。"),
    population=T("Pregnant, last period known to the day", "末次月经日期明确的孕妇"),
    reference="ACOG Committee Opinion 700. Obstet Gynecol 2017;129:e150-4 (Naegele's rule)",
    specialties=("obstetrics", "general_practice"),
    keywords=("EDD", "due date", "Naegele", "pregnancy", "预产期", "妊娠", "末次月经"),
    offer="on_problem", offered_for=PROBLEMS, cautions=(ROUGH,),
)
INPUTS = (LAST_PERIOD, CYCLE)


def compute(values: Values) -> Worked:
    """The day as ISO 8601."""
    counted, steps = dated(values)
    start, due = counted.start, counted.due
    assert start is not None and due is not None
    return Worked(due.isoformat(), (*steps, Step(OUTPUTS[0].title, after(start, TERM), due.isoformat())))


OUTPUTS = (Output("due_date", T("Due date", "预产期"), type="date"),)
EXAMPLES = (
    Example(
        {"last_menstrual_period": "2000-02-24", "cycle_length": 30}, "2000-12-02",
        "medcalc-dev, one-shot case of calculator 13",
    ),
    Example(
        {"last_menstrual_period": "2012-07-17", "cycle_length": 28}, "2013-04-23",
        "medcalc-dev, calculator 13",
    ),
    Example(
        {"last_menstrual_period": "2008-04-21", "cycle_length": 20}, "2009-01-18",
        "arithmetic of the rule: 280 − 8 days after 2008-04-21",
    ),
)
CALCULATOR = DatedCalculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
