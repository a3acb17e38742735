"""Ten-year risk of hard coronary disease (infarction or coronary death), Framingham as ATP III took it.

L = constant + ln age + ln TC + ln HDL + ln SBP + treated + smoker + ln age x ln TC + ln age x smoker (+ (ln
age)^2 in men), each with its coefficient; risk = 1 - s0^exp(L). Age in years, lipids in mg/dL, pressure in
mmHg; the age in the smoker's term goes up to 70 (men) or 78 (women). Adults of 30 to 79 years without
coronary disease, diabetes or intermittent claudication.
NCEP Expert Panel. JAMA 2001;285:2486-97. Wilson PWF, D'Agostino RB, Levy D et al. Circulation
1998;97:1837-47. Numbers: score table framingham_hard_chd (two sources, of one lineage; medcalc-dev's case
agrees).
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, gate, number
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

COEFFICIENTS: Final = {
    "male": {
        "ln_age": 52.00961, "ln_tc": 20.014077, "ln_hdl": -0.905964, "ln_sbp": 1.305784,
        "treated": 0.241549, "smoker": 12.096316, "ln_age_ln_tc": -4.605038, "ln_age_smoker": -2.84367,
        "ln_age_sq": -2.93323,
    },
    "female": {
        "ln_age": 31.764001, "ln_tc": 22.465206, "ln_hdl": -1.187731, "ln_sbp": 2.552905,
        "treated": 0.420251, "smoker": 13.07543, "ln_age_ln_tc": -5.060998, "ln_age_smoker": -2.996945,
    },
}
CONSTANT: Final = {"male": -172.300168, "female": -146.5933061}
BASE: Final = {"male": 0.9402, "female": 0.98767}
SMOKER_AGE: Final = {"male": 70.0, "female": 78.0}

ABOUT = About(
    id="framingham_hard_chd", version="2001",
    title=T("Framingham coronary risk, 10 years (ATP III)", "Framingham 冠心病 10 年风险（ATP III）"),
    summary=T("Risk of heart attack or coronary death in 10 years.", "10 年内心肌梗死或冠心病死亡的风险。"),
    population=T("Adults of 30 to 79 without coronary disease or diabetes", "30–79 岁、无冠心病及糖尿病者"),
    reference=(
        "NCEP Expert Panel. JAMA 2001;285:2486-97; Wilson PWF, D'Agostino RB, Levy D et al. "
        "Circulation 1998;97:1837-47"
    ),
    specialties=v.SPECIALTIES, keywords=("Framingham", *v.KEYWORDS), is_prognosis=True,
    out_of_scope=(v.PRIMARY, T("Not with diabetes or claudication", "糖尿病或间歇性跛行者不适用")),
    cautions=(
        T("From one American town; elsewhere often too high", "源于美国单一城镇人群，用于他处常偏高"),
        v.NOT_ONE_PERSON,
    ),
)
INPUTS = (
    number("age", valid=(30, 79), look_back=None), choice("sex"), *v.LIPIDS, v.ASK_PRESSURE, v.TREATED,
    v.SMOKES, gate(v.DIABETIC), v.WITH_VESSELS,
)
TITLES: Final = {
    "ln_age": T("ln age", "ln 年龄"), "ln_tc": T("ln total cholesterol", "ln 总胆固醇"),
    "ln_hdl": T("ln HDL", "ln HDL"), "ln_sbp": T("ln systolic pressure", "ln 收缩压"),
    "treated": v.TITLES["treated"], "smoker": v.TITLES["smoker"],
    "ln_age_ln_tc": T("ln age × ln cholesterol", "ln 年龄 × ln 胆固醇"),
    "ln_age_smoker": T("ln age × smoker", "ln 年龄 × 吸烟"), "ln_age_sq": T("ln age squared", "ln 年龄平方"),
}


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    sex, age = values["sex"], values["age"]
    smokes, ln_age = float(values["smokes_now"]), math.log(age)
    ln_tc = math.log(v.mg(values, "cholesterol_total"))
    taken = {
        "ln_age": ln_age, "ln_tc": ln_tc, "ln_hdl": math.log(v.mg(values, "hdl")),
        "ln_sbp": math.log(values["systolic_bp"]), "treated": float(values["blood_pressure_treated"]),
        "smoker": smokes, "ln_age_ln_tc": ln_age * ln_tc,
        "ln_age_smoker": math.log(min(age, SMOKER_AGE[sex])) * smokes, "ln_age_sq": ln_age**2,
    }
    steps = [v.term(TITLES[n], b, f"{taken[n]:.5g}", taken[n]) for n, b in COEFFICIENTS[sex].items()]
    total = v.total(steps) + CONSTANT[sex]
    risk = 100.0 * (1.0 - BASE[sex] ** math.exp(total))
    working = f"100 × (1 − {BASE[sex]:g}^exp({shown(total, 4)}))"
    return Worked(
        risk,
        (*steps, Step(v.SUM, f"{v.summed(steps)} − {-CONSTANT[sex]:g}", total),
         Step(OUTPUTS[0].title, working, risk, "%")),
        cautions=v.beyond(values),
    )


OUTPUTS = (Output("risk_10_years", T("Risk in 10 years", "10 年风险"), "%", decimals=1, low=0.0, high=100.0),)
_CASE: Final = {
    "age": 58, "cholesterol_total": {"value": 230, "unit": "mg/dL"}, "hdl": {"value": 44, "unit": "mg/dL"},
    "systolic_bp": 142, "blood_pressure_treated": False, "smokes_now": True,
}
EXAMPLES = (
    Example({**_CASE, "sex": "male"}, 19.7, "score table framingham_hard_chd", 0.05),
    Example({**_CASE, "sex": "female"}, 7.7, "score table framingham_hard_chd", 0.05),
    Example(
        {
            "age": 79, "sex": "male", "systolic_bp": 120, "blood_pressure_treated": False,
            "cholesterol_total": {"value": 190, "unit": "mg/dL"}, "hdl": {"value": 49, "unit": "mg/dL"},
            "smokes_now": False,
        },
        17.123, "medcalc-dev, one-shot case of calculator 46 (its absent smoker given as no)", 0.0006,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
