"""SCORE2-OP: ten-year cardiovascular risk of older persons in Europe.

Sum of coefficient x centred value: age - 73, SBP - 150 mmHg, TC - 6, HDL - 1.4 mmol/L, smoker, diabetes;
risk = 1 - s0^exp(sum - mean), then the region as in `score2_family`, with scales of their own. Men and women
of 70 to 89 years without cardiovascular disease. The numbers are those printed; the scales have two
decimals, so that the authors' program may differ by tenths of a percent.
SCORE2-OP working group and ESC Cardiovascular risk collaboration. Eur Heart J 2021;42:2455-67. Numbers:
score table score2_op (two sources agree). Classes: ESC 2021, from 70 years.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import score2_family as family
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, T, choice, number
from medapp.calculators.worked import Worked

COEFFICIENTS: Final = {
    "male": {
        "age": 0.0634, "diabetes": 0.4245, "smoker": 0.3524, "sbp": 0.0094, "tc": 0.085, "hdl": -0.3564,
        "age_x_diabetes": -0.0174, "age_x_smoker": -0.0247, "age_x_sbp": -0.0005, "age_x_tc": 0.0073,
        "age_x_hdl": 0.0091,
    },
    "female": {
        "age": 0.0789, "diabetes": 0.601, "smoker": 0.4921, "sbp": 0.0102, "tc": 0.0605, "hdl": -0.304,
        "age_x_diabetes": -0.0107, "age_x_smoker": -0.0255, "age_x_sbp": -0.0004, "age_x_tc": -0.0009,
        "age_x_hdl": 0.0154,
    },
}
BASE_MEAN: Final = {"male": (0.7576, 0.0929), "female": (0.8082, 0.229)}
SCALES: Final[family.Scales] = {
    "low": {"male": (-0.34, 1.19), "female": (-0.52, 1.01)},
    "moderate": {"male": (0.01, 1.25), "female": (-0.1, 1.1)},
    "high": {"male": (0.08, 1.15), "female": (0.38, 1.09)},
    "very_high": {"male": (0.05, 0.7), "female": (0.38, 0.69)},
}
BANDS: Final = family.esc_bands(7.5, 15.0)

ABOUT = About(
    id="score2_op", version="2021",
    title=T("SCORE2-OP cardiovascular risk from 70 years", "SCORE2-OP 老年人心血管病 10 年风险"),
    summary=family.SUMMARY,
    population=T("Europeans of 70 to 89 without cardiovascular disease", "70–89 岁、无心血管病的欧洲人"),
    reference="SCORE2-OP working group. Eur Heart J 2021;42:2455-67",
    specialties=(*v.SPECIALTIES, "geriatrics"), keywords=("SCORE2-OP", "ESC", "老年", *v.KEYWORDS),
    is_prognosis=True, out_of_scope=(v.PRIMARY,), cautions=(v.EUROPE, v.NOT_ONE_PERSON),
)
INPUTS = (
    number("age", valid=(70, 89), look_back=None), choice("sex"), v.REGION, v.ASK_PRESSURE, *v.LIPIDS,
    v.SMOKES, v.DIABETIC, v.WITH_VESSELS,
)


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    sex = values["sex"]
    centred = {
        "age": values["age"] - 73.0, "diabetes": float(values["diabetes_diagnosed"]),
        "smoker": float(values["smokes_now"]), "sbp": values["systolic_bp"] - 150.0,
        "tc": values["cholesterol_total"] - 6.0, "hdl": values["hdl"] - 1.4,
    }
    base, mean = BASE_MEAN[sex]
    scales = SCALES[values["european_risk_region"]][sex]
    terms = family.terms(COEFFICIENTS[sex], centred)
    return family.risk(terms, base, scales, BANDS, mean, cautions=v.beyond(values))


OUTPUTS = family.OUTPUTS
_CASES: Final = (
    ({"sex": "male", "age": 77, "diabetes_diagnosed": False, "smokes_now": True, "systolic_bp": 146,
      "cholesterol_total": 5.0, "hdl": 1.2},
     {"low": 20.6, "moderate": 26.6, "high": 30.5, "very_high": 41.8}),
    ({"sex": "female", "age": 82, "diabetes_diagnosed": True, "smokes_now": False, "systolic_bp": 158,
      "cholesterol_total": 5.7, "hdl": 1.5},
     {"low": 29.1, "moderate": 39.3, "high": 55.6, "very_high": 63.5}),
)
EXAMPLES = tuple(
    Example({**given, "european_risk_region": region}, risk, f"score table score2_op, {region}", 0.051,
            category="very_high")
    for given, risks in _CASES for region, risk in risks.items()
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
