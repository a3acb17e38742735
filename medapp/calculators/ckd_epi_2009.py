"""Estimated GFR from creatinine, CKD-EPI 2009, with its term of race.

eGFR [mL/min/1.73 m2] = 141 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.209 x 0.993^age x (1.018 if female) x
(1.159 if Black); Scr in mg/dL, k 0.7 (women) or 0.9 (men), a -0.329 or -0.411. Adults of 18 years and more.
Superseded by the equation of 2021 where race is left out; kept for comparison with older results and
for rules made with it. Race is asked and never assumed.
Levey AS, Stevens LA, Schmid CH et al. Ann Intern Med 2009;150:604-12.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Worked

ALPHA: Final = {"female": -0.329, "male": -0.411}

ABOUT = About(
    id="ckd_epi_2009", version="2009",
    title=T("eGFR, CKD-EPI creatinine 2009", "估算肾小球滤过率（CKD-EPI 肌酐 2009）"),
    summary=T("Filtration rate from creatinine; the older equation.", "由肌酐估算肾小球滤过率（旧方程）。"),
    population=T("Adults with stable creatinine", "肌酐稳定的成人"),
    reference="Levey AS, Stevens LA, Schmid CH et al. Ann Intern Med 2009;150:604-12",
    specialties=("nephrology", "general_practice"),
    keywords=("eGFR", "GFR", "kidney", "CKD", "肾功能", "肾小球滤过率"),
    cautions=(kidney.NOT_STEADY, kidney.MUSCLE, kidney.RACE_CAUTION),
)
INPUTS = (
    number("age", valid=(18, 120), look_back=None), choice("sex"), number("creatinine", look_back=365),
    kidney.RACE,
)


def compute(values: Values) -> Worked:
    """eGFR in mL/min/1.73 m2."""
    sex, race = values["sex"], values["race"]
    creatinine = in_unit(values, "creatinine", "mg/dL")
    by_sex = 1.018 if sex == "female" else 1.0
    by_race = 1.159 if race == "black" else 1.0
    steps = (
        kidney.hinge_step(kidney.CREATININE_TERM, creatinine, kidney.KAPPA[sex], ALPHA[sex], -1.209),
        kidney.age_step(0.993, values),
        kidney.factor_step(kidney.SEX_TERM, f"{sex}: {by_sex:g}", by_sex),
        kidney.factor_step(kidney.RACE_TERM, f"{race}: {by_race:g}", by_race),
    )
    return kidney.product(OUTPUTS[0].title, 141.0, steps)


OUTPUTS = (Output("egfr", T("eGFR", "估算肾小球滤过率"), kidney.UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"age": 62, "sex": "female", "creatinine": {"value": 1.1, "unit": "mg/dL"}, "race": "other"}, 53.8,
        "score table ckd_epi_2009", 0.05, category="G3a",
    ),
    Example(
        {"age": 45, "sex": "male", "creatinine": {"value": 0.8, "unit": "mg/dL"}, "race": "other"}, 107.9,
        "score table ckd_epi_2009", 0.05, category="G1",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=kidney.GFR_BANDS)
