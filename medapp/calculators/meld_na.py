"""MELD-Na as the OPTN has used it since January 2016.

With MELD (see meld) above 11: MELD + 1.32 (137 - Na) - 0.033 MELD (137 - Na), Na bounded to 125-137 mmol/L,
rounded, at most 40; else MELD itself. From 12 years. The version of 2008 (Kim) is another formula and is not
offered. Numbers: score table meld_na, two sources.
OPTN Policy 9, 2016. Kim WR, Biggins SW, Kremers WK et al. N Engl J Med 2008;359:1018-26.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import liver
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.points import POINTS
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="meld_na", version="2016",
    title=T("MELD-Na, OPTN 2016", "MELD-Na 评分（OPTN 2016）"),
    summary=T("Urgency of liver transplantation, with sodium.", "肝移植紧迫程度，计入血钠。"),
    population=T("Candidates for a liver, from 12 years", "肝移植候选者，12 岁及以上"),
    reference="OPTN Policy 9, 2016; Kim WR et al. N Engl J Med 2008;359:1018-26",
    specialties=(*liver.SPECIALTIES, "surgery"),
    keywords=("MELD-Na", "MELD", "cirrhosis", "liver transplant", "肝硬化", "肝移植"),
    offer="on_problem", offered_for=liver.CIRRHOSIS, is_prognosis=True, cautions=(liver.NO_WARFARIN,),
)
INPUTS = (
    liver.BILIRUBIN, liver.INR, liver.CREATININE, liver.SODIUM, liver.DIALYSIS,
    number("age", valid=(12, 120), required=False, look_back=None),
)
MELD: Final = T("MELD without sodium", "不计血钠的 MELD")


def compute(values: Values) -> Worked:
    """The whole points; the sodium counts above 11."""
    steps, meld, text = liver.meld_steps(values)
    sodium = liver.bounded_sodium(values)
    lack, score, shown = 137.0 - sodium, meld, f"{meld:g}"
    if meld > 11.0:
        score = meld + 1.32 * lack - 0.033 * meld * lack
        shown = f"{meld:g} + 1.32 × (137 − {sodium:g}) − 0.033 × {meld:g} × (137 − {sodium:g})"
    final = liver.in_range(score)
    working = (*steps, Step(MELD, text, meld, POINTS), Step(OUTPUTS[0].title, shown, final, POINTS))
    extra = {"meld": (liver.in_range(meld), POINTS)}
    return Worked(final, working, extra=extra, cautions=liver.on_dialysis(values))


OUTPUTS = (
    Output("meld_na", T("MELD-Na", "MELD-Na 评分"), POINTS, low=6, high=40), Output("meld", MELD, POINTS)
)
_CASE: Final = {
    "bilirubin_total": {"value": 3.4, "unit": "mg/dL"}, "inr": 1.6,
    "creatinine": {"value": 1.5, "unit": "mg/dL"}, "dialysis_twice_past_week": False,
}
EXAMPLES = (
    Example({**_CASE, "sodium": 131}, 24.0, "score table meld_na", extra={"meld": 20.0}),
    Example({**_CASE, "sodium": 140}, 20.0, "arithmetic: sodium from 137 on adds nothing"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
