"""SCORE2: ten-year risk of a first cardiovascular event (fatal or not) in Europe.

Sum of coefficient x centred value: (age - 60) / 5, (SBP - 120) / 20 mmHg, TC - 6, (HDL - 1.3) / 0.5 mmol/L,
smoker; risk and region as in `score2_family`. Men and women of 40 to 69 years without cardiovascular disease
or diabetes (with diabetes: SCORE2-Diabetes). Published to one decimal of a percent.
SCORE2 working group and ESC Cardiovascular risk collaboration. Eur Heart J 2021;42:2439-54. Numbers: score
table score2 (two sources agree in all). Classes: ESC 2021, by age.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import score2_family as family
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, T, choice, gate, number
from medapp.calculators.worked import Worked

COEFFICIENTS: Final = {
    "male": {
        "age": 0.3742, "smoker": 0.6012, "sbp": 0.2777, "tc": 0.1458, "hdl": -0.2698, "age_x_smoker": -0.0755,
        "age_x_sbp": -0.0255, "age_x_tc": -0.0281, "age_x_hdl": 0.0426,
    },
    "female": {
        "age": 0.4648, "smoker": 0.7744, "sbp": 0.3131, "tc": 0.1002, "hdl": -0.2606, "age_x_smoker": -0.1088,
        "age_x_sbp": -0.0277, "age_x_tc": -0.0226, "age_x_hdl": 0.0613,
    },
}
BASE: Final = {"male": 0.9605, "female": 0.9776}
YOUNGER: Final = family.esc_bands(2.5, 7.5)
OLDER: Final = family.esc_bands(5.0, 10.0)

ABOUT = About(
    id="score2", version="2021",
    title=T("SCORE2 cardiovascular risk, 10 years", "SCORE2 心血管病 10 年风险"),
    summary=family.SUMMARY,
    population=T("Europeans of 40 to 69 without cardiovascular disease or diabetes",
                 "40–69 岁、无心血管病及糖尿病的欧洲人"),
    reference="SCORE2 working group. Eur Heart J 2021;42:2439-54",
    specialties=v.SPECIALTIES, keywords=("SCORE2", "ESC", *v.KEYWORDS), is_prognosis=True,
    out_of_scope=(v.PRIMARY, T("With diabetes: SCORE2-Diabetes", "糖尿病者请用 SCORE2-Diabetes")),
    cautions=(v.EUROPE, v.NOT_ONE_PERSON),
)
INPUTS = (
    number("age", valid=(40, 69), look_back=None), choice("sex"), v.REGION, v.ASK_PRESSURE, *v.LIPIDS,
    v.SMOKES, gate(v.DIABETIC), v.WITH_VESSELS,
)


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    sex = values["sex"]
    centred = {
        "age": (values["age"] - 60.0) / 5.0, "smoker": float(values["smokes_now"]),
        "sbp": (values["systolic_bp"] - 120.0) / 20.0, "tc": values["cholesterol_total"] - 6.0,
        "hdl": (values["hdl"] - 1.3) / 0.5,
    }
    bands = YOUNGER if values["age"] < 50 else OLDER
    scales = family.SCALES[values["european_risk_region"]][sex]
    return family.risk(
        family.terms(COEFFICIENTS[sex], centred), BASE[sex], scales, bands, cautions=v.beyond(values)
    )


OUTPUTS = family.OUTPUTS
_CASES: Final = (
    ({"sex": "male", "age": 57, "smokes_now": True, "systolic_bp": 134, "cholesterol_total": 5.2, "hdl": 1.1},
     {"low": 7.8, "moderate": 10.1, "high": 11.4, "very_high": 18.8}),
    ({"sex": "female", "age": 63, "smokes_now": False, "systolic_bp": 148, "cholesterol_total": 6.1,
      "hdl": 1.6},
     {"low": 4.9, "moderate": 5.9, "high": 8.3, "very_high": 16.1}),
    ({"sex": "male", "age": 42, "smokes_now": False, "systolic_bp": 118, "cholesterol_total": 4.4,
      "hdl": 1.3},
     {"low": 1.3, "moderate": 1.6, "high": 1.3, "very_high": 2.8}),
)
EXAMPLES = tuple(
    Example({**given, "european_risk_region": region}, risk, f"score table score2, {region}", 0.051)
    for given, risks in _CASES for region, risk in risks.items()
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
