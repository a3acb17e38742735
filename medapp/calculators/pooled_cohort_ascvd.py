"""Ten-year risk of atherosclerotic cardiovascular disease, Pooled Cohort Equations of 2013.

Risk = 1 - s0^exp(sum of coefficient x value - mean), natural logs of age [years], total and HDL cholesterol
[mg/dL] and systolic pressure [mmHg], the pressure's term by treatment; four groups by sex and race, all who
are not Black by the equations of the White. Adults of 40 to 79 years without such disease, total cholesterol
130 to 320, HDL 20 to 100 mg/dL, pressure 90 to 200 mmHg. Low below 5 %, borderline to 7.5, intermediate to
20. Goff DC Jr, Lloyd-Jones DM, Bennett G et al. Circulation 2014;129(25 Suppl 2):S49-73.
Numbers: score table pooled_cohort_ascvd (two sources agree in all 60); clincalc 0.4.0 agrees.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from medapp.calculators import kidney
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked, band_of

COEFFICIENTS: Final = {
    ("other", "female"): {
        "age": -29.799, "age_sq": 4.884, "tc": 13.54, "age_tc": -3.114, "hdl": -13.578, "age_hdl": 3.149,
        "treated": 2.019, "untreated": 1.957, "smoker": 7.574, "age_smoker": -1.665, "diabetes": 0.661,
    },
    ("black", "female"): {
        "age": 17.114, "tc": 0.94, "hdl": -18.92, "age_hdl": 4.475, "treated": 29.291, "age_treated": -6.432,
        "untreated": 27.82, "age_untreated": -6.087, "smoker": 0.691, "diabetes": 0.874,
    },
    ("other", "male"): {
        "age": 12.344, "tc": 11.853, "age_tc": -2.664, "hdl": -7.99, "age_hdl": 1.769, "treated": 1.797,
        "untreated": 1.764, "smoker": 7.837, "age_smoker": -1.795, "diabetes": 0.658,
    },
    ("black", "male"): {
        "age": 2.469, "tc": 0.302, "hdl": -0.307, "treated": 1.916, "untreated": 1.809, "smoker": 0.549,
        "diabetes": 0.645,
    },
}
MEAN_BASE: Final = {
    ("other", "female"): (-29.18, 0.9665), ("black", "female"): (86.61, 0.9533),
    ("other", "male"): (61.18, 0.9144), ("black", "male"): (19.54, 0.8954),
}
BANDS: Final = v.risk_bands((
    ("low", 0.0, T("Low: below 5 %", "低危：<5%")),
    ("borderline", 5.0, T("Borderline: 5 to 7.4 %", "临界：5–7.4%")),
    ("intermediate", 7.5, T("Intermediate: 7.5 to 19.9 %", "中危：7.5–19.9%")),
    ("high", 20.0, T("High: 20 % or more", "高危：≥20%")),
))
ABOUT = About(
    id="pooled_cohort_ascvd", version="2013",
    title=T("Pooled Cohort Equations, ASCVD in 10 years", "动脉粥样硬化性心血管病 10 年风险（PCE）"),
    summary=T("Risk of heart attack, stroke or coronary death.", "10 年内心肌梗死、卒中或冠心病死亡的风险。"),
    population=T("Adults of 40 to 79 years without ASCVD", "40–79 岁、无动脉粥样硬化性心血管病者"),
    reference="Goff DC Jr, Lloyd-Jones DM, Bennett G et al. Circulation 2014;129(25 Suppl 2):S49-73",
    specialties=v.SPECIALTIES, keywords=("PCE", "ASCVD", "pooled cohort", *v.KEYWORDS), is_prognosis=True,
    out_of_scope=(v.PRIMARY,),
    cautions=(
        T("Has a term of race; made in the United States", "含种族项，源于美国人群"),
        T("Often too high for today and for East Asia", "在当代人群及东亚人群中常偏高"), v.NOT_ONE_PERSON,
    ),
)
INPUTS = (
    number("age", valid=(40, 79), look_back=None), choice("sex"), kidney.RACE,
    *(replace(one, valid=v.PUBLISHED[one.name]) for one in (*v.LIPIDS, v.ASK_PRESSURE)),
    v.TREATED, v.SMOKES, v.DIABETIC, v.WITH_VESSELS,
)
TITLES: Final = {
    "age": T("ln age", "ln 年龄"), "age_sq": T("ln age squared", "ln 年龄平方"),
    "tc": T("ln total cholesterol", "ln 总胆固醇"),
    "age_tc": T("ln age × ln cholesterol", "ln 年龄 × ln 胆固醇"),
    "hdl": T("ln HDL", "ln HDL"), "age_hdl": T("ln age × ln HDL", "ln 年龄 × ln HDL"),
    "treated": T("ln treated pressure", "ln 治疗后收缩压"),
    "age_treated": T("ln age × ln treated pressure", "ln 年龄 × ln 治疗后收缩压"),
    "untreated": T("ln untreated pressure", "ln 未治疗收缩压"),
    "age_untreated": T("ln age × ln untreated pressure", "ln 年龄 × ln 未治疗收缩压"),
    "smoker": v.TITLES["smoker"], "age_smoker": T("ln age × smoker", "ln 年龄 × 吸烟"),
    "diabetes": v.TITLES["diabetes"],
}


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    group = (values["race"], values["sex"])
    mean, base = MEAN_BASE[group]
    taken = _taken(values)
    steps = [
        v.term(TITLES[name], b, f"{taken[name]:.5g}", taken[name])
        for name, b in COEFFICIENTS[group].items() if name in taken
    ]
    total = v.total(steps)
    risk = 100.0 * (1.0 - base ** math.exp(total - mean))
    working = f"100 × (1 − {base:g}^exp({shown(total, 4)} − {shown(mean, 2)}))".replace("− −", "+ ")
    last = Step(OUTPUTS[0].title, working, risk, "%")
    return Worked(risk, (*steps, Step(v.SUM, v.summed(steps), total), last), band_of(BANDS, risk))


def _taken(values: Values) -> dict[str, float]:
    age, tc = math.log(values["age"]), math.log(v.mg(values, "cholesterol_total"))
    hdl, sbp = math.log(v.mg(values, "hdl")), math.log(values["systolic_bp"])
    pressure = "treated" if values["blood_pressure_treated"] else "untreated"
    smokes = float(values["smokes_now"])
    return {
        "age": age, "age_sq": age**2, "tc": tc, "age_tc": age * tc, "hdl": hdl, "age_hdl": age * hdl,
        pressure: sbp, f"age_{pressure}": age * sbp, "smoker": smokes, "age_smoker": age * smokes,
        "diabetes": float(values["diabetes_diagnosed"]),
    }


OUTPUTS = (Output("risk_10_years", T("Risk in 10 years", "10 年风险"), "%", decimals=1, low=0.0, high=100.0),)
_CASE: Final = {
    "age": 61, "cholesterol_total": {"value": 205, "unit": "mg/dL"}, "hdl": {"value": 46, "unit": "mg/dL"},
    "systolic_bp": 138, "blood_pressure_treated": True, "smokes_now": False, "diabetes_diagnosed": True,
}
EXAMPLES = tuple(
    Example({**_CASE, "sex": sex, "race": race}, risk, "score table pooled_cohort_ascvd", 0.05, category=band)
    for race, sex, risk, band in (
        ("white", "female", 12.1, "intermediate"), ("black", "female", 22.2, "high"),
        ("white", "male", 24.2, "high"), ("black", "male", 28.9, "high"),
    )
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
