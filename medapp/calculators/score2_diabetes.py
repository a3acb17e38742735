"""SCORE2-Diabetes: ten-year cardiovascular risk with type 2 diabetes in Europe.

Sum of coefficient x centred value: (age - 60) / 5, (SBP - 120) / 20 mmHg, TC - 6, (HDL - 1.3) / 0.5 mmol/L,
smoker, diabetes (1), (age at diagnosis - 50) / 5, (HbA1c - 31) / 9.34 mmol/mol, (ln eGFR - 4.5) / 0.15 and
its square; risk and region as SCORE2's (`score2_family`). Men and women of 40 to 69 years with type 2
diabetes and without atherosclerotic disease.
SCORE2-Diabetes Working Group and ESC Cardiovascular Risk Collaboration. Eur Heart J 2023;44:2544-56.
Numbers: score table score2_diabetes (two sources agree). Classes: ESC 2023.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from medapp.calculators import score2_family as family
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, T, choice, icd10, number, snomed, yes
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import OutOfRange, Worked

COEFFICIENTS: Final = {
    "male": {
        "age": 0.5368, "smoker": 0.4774, "sbp": 0.1322, "diabetes": 0.6457, "tc": 0.1102, "hdl": -0.1087,
        "age_x_smoker": -0.0672, "age_x_sbp": -0.0268, "age_x_diabetes": -0.0983, "age_x_tc": -0.0181,
        "age_x_hdl": 0.0095, "agediag": -0.0998, "hba1c": 0.0955, "lnegfr": -0.0591, "lnegfr_sq": 0.0058,
        "age_x_hba1c": -0.0134, "age_x_lnegfr": 0.0115,
    },
    "female": {
        "age": 0.6624, "smoker": 0.6139, "sbp": 0.1421, "diabetes": 0.8096, "tc": 0.1127, "hdl": -0.1568,
        "age_x_smoker": -0.1122, "age_x_sbp": -0.0167, "age_x_diabetes": -0.1272, "age_x_tc": -0.02,
        "age_x_hdl": 0.0186, "agediag": -0.118, "hba1c": 0.1173, "lnegfr": -0.064, "lnegfr_sq": 0.0062,
        "age_x_hba1c": -0.0196, "age_x_lnegfr": 0.0169,
    },
}
BASE: Final = {"male": 0.9605, "female": 0.9776}
BANDS: Final = v.risk_bands((
    ("low", 0.0, T("Low: below 5 %", "低危：<5%")),
    ("moderate", 5.0, T("Moderate: 5 to 9.9 %", "中危：5–9.9%")),
    ("high", 10.0, T("High: 10 to 19.9 %", "高危：10–19.9%")),
    ("very_high", 20.0, T("Very high: 20 % or more", "极高危：≥20%")),
))
TYPE_1: Final = (*icd10("E10"), *snomed("46635009"))
TYPE_2: Final = (*icd10("E11"), *snomed("44054006"))

ABOUT = About(
    id="score2_diabetes", version="2023",
    title=T("SCORE2-Diabetes cardiovascular risk, 10 years", "SCORE2-Diabetes 糖尿病心血管病 10 年风险"),
    summary=family.SUMMARY,
    population=T("Europeans of 40 to 69 with type 2 diabetes", "40–69 岁的欧洲 2 型糖尿病患者"),
    reference="SCORE2-Diabetes Working Group. Eur Heart J 2023;44:2544-56",
    specialties=(*v.SPECIALTIES, "endocrinology"), keywords=("SCORE2", "diabetes", "糖尿病", *v.KEYWORDS),
    is_prognosis=True, out_of_scope=(v.PRIMARY, T("Not with type 1 diabetes", "不适用于 1 型糖尿病")),
    cautions=(v.EUROPE, v.NOT_ONE_PERSON),
)
INPUTS = (
    number("age", valid=(40, 69), look_back=None), choice("sex"), v.REGION, v.ASK_PRESSURE, *v.LIPIDS,
    v.SMOKES,
    number("age_at_diabetes_diagnosis", T("Age at diagnosis of diabetes", "糖尿病诊断年龄"), unit="a",
           possible=(0, 120), look_back=None),
    number("hba1c", look_back=180), number("egfr", look_back=365),
    replace(
        yes("type_2_diabetes", T("Type 2 diabetes", "2 型糖尿病"), required=True, codes=TYPE_2,
            no_codes=TYPE_1),
        valid=(1.0, 1.0),
    ),
    v.WITH_VESSELS,
)


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    _check(values)
    sex, ln_egfr = values["sex"], (math.log(values["egfr"]) - 4.5) / 0.15
    centred = {
        "age": (values["age"] - 60.0) / 5.0, "smoker": float(values["smokes_now"]),
        "sbp": (values["systolic_bp"] - 120.0) / 20.0, "diabetes": 1.0,
        "tc": values["cholesterol_total"] - 6.0, "hdl": (values["hdl"] - 1.3) / 0.5,
        "agediag": (values["age_at_diabetes_diagnosis"] - 50.0) / 5.0,
        "hba1c": (in_unit(values, "hba1c", "mmol/mol") - 31.0) / 9.34, "lnegfr": ln_egfr,
        "lnegfr_sq": ln_egfr**2,
    }
    scales = family.SCALES[values["european_risk_region"]][sex]
    return family.risk(
        family.terms(COEFFICIENTS[sex], centred), BASE[sex], scales, BANDS, cautions=v.beyond(values)
    )


def _check(values: Values) -> None:
    if math.floor(values["age_at_diabetes_diagnosis"]) > values["age"]:
        text = T("the diagnosis is later than today's age", "诊断年龄大于当前年龄")
        raise OutOfRange(text, "age_at_diabetes_diagnosis")
    if values["egfr"] <= 0.0:
        raise OutOfRange(T("needs an eGFR above 0", "eGFR 须大于 0"), "egfr")


OUTPUTS = family.OUTPUTS
_CASES: Final = (
    ({"sex": "male", "age": 58, "smokes_now": False, "systolic_bp": 138, "cholesterol_total": 4.9, "hdl": 1.1,
      "age_at_diabetes_diagnosis": 51, "hba1c": {"value": 58, "unit": "mmol/mol"}, "egfr": 78},
     {"low": 9.2, "moderate": 12.1, "high": 14.1, "very_high": 22.4}),
    ({"sex": "female", "age": 66, "smokes_now": True, "systolic_bp": 146, "cholesterol_total": 5.4,
      "hdl": 1.3, "age_at_diabetes_diagnosis": 55, "hba1c": {"value": 64, "unit": "mmol/mol"}, "egfr": 62},
     {"low": 16.5, "moderate": 22.1, "high": 38.2, "very_high": 55.3}),
)
EXAMPLES = tuple(
    Example({**given, "type_2_diabetes": True, "european_risk_region": region}, risk,
            f"score table score2_diabetes, {region}", 0.051)
    for given, risks in _CASES for region, risk in risks.items()
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
