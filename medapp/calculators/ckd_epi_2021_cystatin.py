"""Estimated GFR from creatinine and cystatin C, CKD-EPI 2021; or from cystatin C alone, CKD-EPI 2012.

creatinine_cystatin_2021: 135 x min(Scr/k, 1)^a x max(Scr/k, 1)^-0.544 x min(Scys/0.8, 1)^-0.323 x
max(Scys/0.8, 1)^-0.778 x 0.9961^age x (0.963 if female); k 0.7 (women) or 0.9, a -0.219 or -0.144.
cystatin_2012: 133 x min(Scys/0.8, 1)^-0.499 x max(Scys/0.8, 1)^-1.328 x 0.996^age x (0.932 if female).
Scr in mg/dL, Scys in mg/L (traceable to IFCC); adults of 18 years and more; mL/min/1.73 m2. The equation of
2012 with both (it has a term of race) is left out: only one source was found for its numbers.
Inker LA, Eneanya ND, Coresh J et al. N Engl J Med 2021;385:1737-49.
Inker LA, Schmid CH, Tighiouart H et al. N Engl J Med 2012;367:20-9.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Needs, Worked

BOTH: Final = "creatinine_cystatin_2021"
ALONE: Final = "cystatin_2012"
FORMULAS: Final = {
    BOTH: T("Creatinine and cystatin C, 2021", "肌酐与胱抑素 C，2021"),
    ALONE: T("Cystatin C alone, 2012", "单用胱抑素 C，2012"),
}
ALPHA: Final = {"female": -0.219, "male": -0.144}

ABOUT = About(
    id="ckd_epi_2021_cystatin", version="2021",
    title=T("eGFR with cystatin C (CKD-EPI 2021, 2012)", "含胱抑素 C 的 eGFR（CKD-EPI 2021、2012）"),
    summary=T(
        "Filtration rate from creatinine and cystatin C, or cystatin C alone; without race.",
        "由肌酐与胱抑素 C（或单用胱抑素 C）估算肾小球滤过率，不含种族。",
    ),
    population=T("Adults with stable kidney function", "肾功能稳定的成人"),
    reference=(
        "Inker LA, Eneanya ND, Coresh J et al. N Engl J Med 2021;385:1737-49; "
        "Inker LA, Schmid CH, Tighiouart H et al. N Engl J Med 2012;367:20-9"
    ),
    specialties=("nephrology", "general_practice", "geriatrics"),
    keywords=("eGFR", "cystatin", "kidney", "CKD", "胱抑素", "肾功能"), offer="on_problem",
    offered_for=kidney.CKD,
    cautions=(
        kidney.NOT_STEADY,
        T("Cystatin C changes with thyroid disease, steroids, obesity, inflammation",
          "胱抑素 C 受甲状腺疾病、糖皮质激素、肥胖与炎症影响"),
        T("The equation of 2012 with both is not offered", "未提供 2012 年联合方程：仅一个来源"),
    ),
)
INPUTS = (
    number("age", valid=(18, 120), look_back=None),
    choice("sex"),
    number("cystatin_c", look_back=365),
    number("creatinine", required=False, look_back=365),
    choice(
        "formula", T("Equation", "方程"), FORMULAS, default=BOTH,
        synonyms={
            "crcys_2021": BOTH, "creatinine-cystatin": BOTH, "both": BOTH, "cys_2012": ALONE,
            "cystatin": ALONE,
        },
    ),
)


def compute(values: Values) -> Worked:
    """eGFR by the chosen equation; `creatinine` is needed for the one of 2021."""
    both = values["formula"] == BOTH
    if both and "creatinine" not in values:
        raise Needs("creatinine")
    title = FORMULAS[values["formula"]]
    sex, cystatin = values["sex"], in_unit(values, "cystatin_c", "mg/L")
    powers = (-0.323, -0.778) if both else (-0.499, -1.328)
    factor = 1.0 if sex == "male" else 0.963 if both else 0.932
    steps = [
        kidney.hinge_step(kidney.CYSTATIN_TERM, cystatin, kidney.CYSTATIN_KNOT, *powers),
        kidney.age_step(0.9961 if both else 0.996, values),
        kidney.factor_step(kidney.SEX_TERM, f"{sex}: {factor:g}", factor),
    ]
    if both:
        creatinine = in_unit(values, "creatinine", "mg/dL")
        term = kidney.hinge_step(kidney.CREATININE_TERM, creatinine, kidney.KAPPA[sex], ALPHA[sex], -0.544)
        steps.insert(0, term)
    return kidney.product(title, 135.0 if both else 133.0, tuple(steps))


OUTPUTS = (Output("egfr", T("eGFR", "估算肾小球滤过率"), kidney.UNIT, decimals=0),)
_CASE: Final = {"age": 62, "sex": "female", "cystatin_c": 1.2}
EXAMPLES = (
    Example(
        {**_CASE, "creatinine": {"value": 1.1, "unit": "mg/dL"}}, 58.2,
        "score table ckd_epi_2021_cystatin, crcys_2021", 0.05, category="G3a",
    ),
    Example(
        {**_CASE, "formula": ALONE}, 56.4, "score table ckd_epi_2021_cystatin, cys_2012", 0.05, category="G3a"
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=kidney.GFR_BANDS)
