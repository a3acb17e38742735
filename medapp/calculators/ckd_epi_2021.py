"""Estimated GFR from creatinine, CKD-EPI 2021, without race.

eGFR [mL/min/1.73 m2] = 142 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.200 x 0.9938^age x (1.012 if female);
Scr in mg/dL, k 0.7 (women) or 0.9 (men), a -0.241 or -0.302. Adults of 18 years and more with stable
creatinine, measured by an assay traceable to IDMS.
Inker LA, Eneanya ND, Coresh J et al. N Engl J Med 2021;385:1737-49.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Worked

ALPHA: Final = {"female": -0.241, "male": -0.302}

ABOUT = About(
    id="ckd_epi_2021", version="2021",
    title=T("eGFR, CKD-EPI creatinine 2021", "估算肾小球滤过率（CKD-EPI 肌酐 2021）"),
    summary=T("Filtration rate from creatinine, without race.", "由肌酐估算肾小球滤过率，不含种族。"),
    population=T("Adults with stable creatinine", "肌酐稳定的成人"),
    reference="Inker LA, Eneanya ND, Coresh J et al. N Engl J Med 2021;385:1737-49",
    specialties=("nephrology", "general_practice", "pharmacy"),
    keywords=("eGFR", "GFR", "kidney", "CKD", "肾功能", "肾小球滤过率", "慢性肾脏病"), offer="always",
    cautions=(kidney.NOT_STEADY, kidney.MUSCLE),
)
INPUTS = (number("age", valid=(18, 120), look_back=None), choice("sex"), number("creatinine", look_back=365))


def compute(values: Values) -> Worked:
    """eGFR in mL/min/1.73 m2."""
    sex = values["sex"]
    creatinine = in_unit(values, "creatinine", "mg/dL")
    factor = 1.012 if sex == "female" else 1.0
    steps = (
        kidney.hinge_step(kidney.CREATININE_TERM, creatinine, kidney.KAPPA[sex], ALPHA[sex], -1.2),
        kidney.age_step(0.9938, values),
        kidney.factor_step(kidney.SEX_TERM, f"{sex}: {factor:g}", factor),
    )
    return kidney.product(OUTPUTS[0].title, 142.0, steps)


OUTPUTS = (Output("egfr", T("eGFR", "估算肾小球滤过率"), kidney.UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"age": 62, "sex": "female", "creatinine": {"value": 1.1, "unit": "mg/dL"}}, 56.8,
        "score table ckd_epi_2021", 0.05, category="G3a",
    ),
    Example(
        {"age": 45, "sex": "male", "creatinine": {"value": 0.8, "unit": "mg/dL"}}, 111.2,
        "score table ckd_epi_2021", 0.05, category="G1",
    ),
    Example(
        {"age": 53, "sex": "male", "creatinine": {"value": 1.32, "unit": "mg/dL"}}, 64.497,
        "medcalc-dev, calculator 3", 0.0005, category="G2",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=kidney.GFR_BANDS)
