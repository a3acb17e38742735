"""Estimated GFR of a child, bedside equation of Schwartz.

eGFR [mL/min/1.73 m2] = 0.413 x height [cm] / creatinine [mg/dL]; creatinine by an enzymatic assay.
Made with 349 children of 1 to 16 years with chronic kidney disease and a measured GFR of 15 to 75.
An age of 1 to 17 years is in scope; without an age the answer says that it holds for these only.
Numbers: score table schwartz_2009 (transplantr) and the package a207-clinical-calc-mcp 0.2.2 agree.
Schwartz GJ, Munoz A, Schneider MF et al. J Am Soc Nephrol 2009;20:629-37.
"""

from __future__ import annotations

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="schwartz_2009", version="2009",
    title=T("eGFR of a child (bedside Schwartz 2009)", "儿童 eGFR（床旁 Schwartz 2009）"),
    summary=T("Filtration rate of a child from height and creatinine.", "由身高与肌酐估算儿童肾小球滤过率。"),
    population=T("Children with chronic kidney disease, 1 to 17 years", "患慢性肾脏病的 1–17 岁儿童"),
    reference="Schwartz GJ, Munoz A, Schneider MF et al. J Am Soc Nephrol 2009;20:629-37",
    specialties=("paediatrics", "nephrology"),
    keywords=("eGFR", "Schwartz", "child", "CKiD", "儿童", "肾功能"),
    cautions=(
        T("Enzymatic creatinine only", "仅适用于酶法测定的肌酐"),
        T("Made for a filtration rate of 15 to 75", "建模时滤过率为 15–75"),
        kidney.NOT_STEADY,
    ),
)
INPUTS = (
    number("height", look_back=180),
    number("creatinine", look_back=90),
    number("age", required=False, valid=(1, 17), look_back=None),
)
AGE_UNKNOWN = (
    "age_unknown", T("Holds for 1 to 17 years; the age is not known", "仅适用于 1–17 岁；年龄未知")
)
OUTSIDE = ("outside_range", T("Outside the 15 to 75 it was made for", "超出建模范围 15–75"))


def compute(values: Values) -> Worked:
    """eGFR in mL/min/1.73 m2."""
    creatinine = in_unit(values, "creatinine", "mg/dL")
    gfr = 0.413 * values["height"] / creatinine
    shown = f"0.413 × {values['height']:g} / {creatinine:.3g}"
    cautions = [] if "age" in values else [AGE_UNKNOWN]
    if not 15.0 <= gfr <= 75.0:
        cautions.append(OUTSIDE)
    return Worked(gfr, (Step(OUTPUTS[0].title, shown, gfr, kidney.UNIT),), cautions=tuple(cautions))


OUTPUTS = (Output("egfr", T("eGFR", "估算肾小球滤过率"), kidney.UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"height": 118, "creatinine": {"value": 0.7, "unit": "mg/dL"}}, 69.6,
        "score table schwartz_2009", 0.05,
    ),
    Example(
        {"height": 118, "creatinine": {"value": 0.7, "unit": "mg/dL"}, "age": 7}, 69.6,
        "score table schwartz_2009, with an age in scope", 0.05,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
