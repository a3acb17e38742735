"""Estimated GFR from creatinine, MDRD with four variables, for creatinine traceable to IDMS.

eGFR [mL/min/1.73 m2] = 175 x Scr^-1.154 x age^-0.203 x (0.742 if female) x (1.212 if Black); Scr in mg/dL.
Adults; made with 1,628 patients of 18 to 70 years with kidney disease. Race is asked and never assumed.
Numbers: worked through in medcalc-dev (32 cases, one of them with the term of race), the same in the
packages medcalc 0.4.0 and medimetry 0.1.0.
Levey AS, Coresh J, Greene T et al. Ann Intern Med 2006;145:247-54.
"""

from __future__ import annotations

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="mdrd", version="2006",
    title=T("eGFR, MDRD (IDMS)", "估算肾小球滤过率（MDRD，IDMS）"),
    summary=T("Filtration rate from creatinine; older equation.", "由肌酐估算肾小球滤过率（较早的方程）。"),
    population=T("Adults with kidney disease and stable creatinine", "患肾脏病且肌酐稳定的成人"),
    reference="Levey AS, Coresh J, Greene T et al. Ann Intern Med 2006;145:247-54",
    specialties=("nephrology", "general_practice"),
    keywords=("eGFR", "GFR", "kidney", "CKD", "肾功能", "肾小球滤过率"),
    cautions=(
        kidney.NOT_STEADY, kidney.MUSCLE, kidney.RACE_CAUTION,
        T("Too low where the filtration rate is above 60; made with patients up to 70 years",
          "滤过率高于 60 时偏低；建模人群不超过 70 岁"),
    ),
)
INPUTS = (
    number("age", valid=(18, 120), look_back=None), choice("sex"), number("creatinine", look_back=365),
    kidney.RACE,
)


def compute(values: Values) -> Worked:
    """eGFR in mL/min/1.73 m2."""
    sex, race, age = values["sex"], values["race"], values["age"]
    creatinine = in_unit(values, "creatinine", "mg/dL")
    by_sex = 0.742 if sex == "female" else 1.0
    by_race = 1.212 if race == "black" else 1.0
    steps = (
        Step(kidney.CREATININE_TERM, f"{creatinine:.3g}^−1.154", creatinine**-1.154),
        Step(kidney.AGE_TERM, f"{age:g}^−0.203", age**-0.203),
        kidney.factor_step(kidney.SEX_TERM, f"{sex}: {by_sex:g}", by_sex),
        kidney.factor_step(kidney.RACE_TERM, f"{race}: {by_race:g}", by_race),
    )
    return kidney.product(OUTPUTS[0].title, 175.0, steps)


OUTPUTS = (Output("egfr", T("eGFR", "估算肾小球滤过率"), kidney.UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"age": 51, "sex": "female", "creatinine": {"value": 3.7, "unit": "mg/dL"}, "race": "other"}, 12.915,
        "medcalc-dev, calculator 9", 0.0005, category="G5",
    ),
    Example(
        {"age": 63, "sex": "male", "creatinine": {"value": 2.79, "unit": "mg/dL"}, "race": "black"}, 27.993,
        "medcalc-dev, calculator 9", 0.0005, category="G4",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=kidney.GFR_BANDS)
