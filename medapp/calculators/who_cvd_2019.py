"""WHO cardiovascular risk of 2019, laboratory model: infarction or stroke in ten years.

Uncalibrated risk = 1 - s0^exp(sum of coefficient x centred value), for coronary disease and stroke apart:
age - 60, total cholesterol - 6 mmol/L, pressure - 120 mmHg, diabetes, smoker, each also with the age.
Regional = 1 - exp(-exp(cons + slope x ln(-ln(1 - uncalibrated)))); total = 1 - (1 - coronary) x (1 -
stroke). Adults of 40 to 74 years (the charts' ages) without cardiovascular disease. Of the 21 regions only
Tropical Latin America (Brazil, Paraguay) can be had: the published parameters of the regions were not found;
for this one they were fitted to the 1,400 printed cells of its chart (97.9 % of men's and 99.1 % of women's
cells equal after rounding, worst error 0.53 points). Any other region is refused, East Asia too; the model
without laboratory has no fitted region. WHO CVD Risk Chart Working Group. Lancet Glob Health
2019;7:e1332-45. Numbers: score table who_cvd_2019 (coefficients in two sources).
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import shown
from medapp.calculators.worked import OutOfRange, Step, Worked

TERMS: Final = (
    "age", "tc", "sbp", "diabetes", "smoker", "age_x_tc", "age_x_sbp", "age_x_diabetes", "age_x_smoker",
)
COEFFICIENTS: Final = {
    ("male", "chd"): (
        0.0719227, 0.2284944, 0.0132183, 0.6410114, 0.5638109, -0.0045806, -0.0001576, -0.0124966, -0.0182545,
    ),
    ("male", "stroke"): (
        0.0986578, 0.029526, 0.0222629, 0.6268712, 0.4981217, 0.00142, -0.0004147, -0.026302, -0.0150561,
    ),
    ("female", "chd"): (
        0.1020713, 0.2050377, 0.015823, 1.070358, 1.053223, -0.0051932, -0.0001378, -0.0234174, -0.0332666,
    ),
    ("female", "stroke"): (
        0.1056632, 0.0257782, 0.0206278, 0.8581998, 0.7443627, -0.0021387, -0.0004897, -0.0209826, -0.0200822,
    ),
}
BASE: Final = {
    ("male", "chd"): 0.9540108, ("male", "stroke"): 0.9849257,
    ("female", "chd"): 0.9894159, ("female", "stroke"): 0.9890569,
}
TROPICAL: Final = "tropical_latin_america"
FITTED: Final = {
    ("male", "chd"): (-0.8898256, 0.8544322), ("male", "stroke"): (-1.0078769, 0.6091848),
    ("female", "chd"): (-1.1158843, 0.6721397), ("female", "stroke"): (-1.4182377, 0.5149312),
}
NO_REGION: Final = T("the parameters of this region were not found", "未找到该地区的校准参数")

ABOUT = About(
    id="who_cvd_2019", version="2019",
    title=T("WHO cardiovascular risk 2019, laboratory", "WHO 心血管病风险（2019，实验室模型）"),
    summary=T("Risk of heart attack or stroke in 10 years.", "10 年内心肌梗死或卒中的风险。"),
    population=T("Adults of 40 to 74 in Tropical Latin America", "热带拉丁美洲 40–74 岁成人"),
    reference="WHO CVD Risk Chart Working Group. Lancet Glob Health 2019;7:e1332-45",
    specialties=v.SPECIALTIES, keywords=("WHO", "HEARTS", "Brazil", *v.KEYWORDS), is_prognosis=True,
    out_of_scope=(v.PRIMARY, T("No other region, East Asia included", "其他地区（含东亚）均不适用")),
    cautions=(
        T("Region fitted to the printed chart: up to half a point off",
          "地区参数由印刷图表拟合，误差可达 0.5 个百分点"),
        v.NOT_ONE_PERSON,
    ),
)
INPUTS = (
    number("age", valid=(40, 74), look_back=None), choice("sex"),
    choice(
        "who_region", T("Region", "地区"),
        {TROPICAL: T("Tropical Latin America", "热带拉丁美洲"), "other": T("Any other", "其他地区")},
        synonyms={"brazil": TROPICAL, "paraguay": TROPICAL, "east asia": "other", "china": "other",
                  "east_asia": "other"},
    ),
    v.ASK_PRESSURE, v.LIPIDS[0], v.DIABETIC, v.SMOKES, v.WITH_VESSELS,
)
ENDS: Final = {"chd": T("Coronary disease", "冠心病"), "stroke": T("Stroke", "卒中")}


def compute(values: Values) -> Worked:
    """Risk in 10 years, %."""
    if values["who_region"] != TROPICAL:
        raise OutOfRange(NO_REGION, "who_region")
    steps: list[Step] = []
    raw, fitted = {}, {}
    for end, title in ENDS.items():
        raw[end], fitted[end] = _risk(values, end, title, steps)
    value = 100.0 * (1.0 - math.prod(1.0 - risk for risk in fitted.values()))
    before = 100.0 * (1.0 - math.prod(1.0 - risk for risk in raw.values()))
    working = f"100 × (1 − (1 − {fitted['chd']:.5f}) × (1 − {fitted['stroke']:.5f}))"
    extra = {f"{end}_10y": (100.0 * risk, "%") for end, risk in fitted.items()}
    return Worked(
        value, (*steps, Step(OUTPUTS[0].title, working, value, "%")),
        extra={**extra, "uncalibrated_risk": (before, "%")}, cautions=v.beyond(values),
    )


def _risk(values: Values, end: str, title: T, steps: list[Step]) -> tuple[float, float]:
    """Uncalibrated and regional risk of one end point (shares); the working goes to `steps`."""
    key, age = (values["sex"], end), values["age"] - 60.0
    taken = {
        "age": age, "tc": values["cholesterol_total"] - 6.0, "sbp": values["systolic_bp"] - 120.0,
        "diabetes": float(values["diabetes_diagnosed"]), "smoker": float(values["smokes_now"]),
    }
    taken |= {f"age_x_{name}": age * value for name, value in taken.items() if name != "age"}
    total = math.fsum(b * taken[name] for name, b in zip(TERMS, COEFFICIENTS[key], strict=True))
    parts = [
        f"{shown(b, 7)} × {shown(taken[name], 3)}" for name, b in zip(TERMS, COEFFICIENTS[key], strict=True)
    ]
    raw = 1.0 - BASE[key] ** math.exp(total)
    cons, slope = FITTED[key]
    inner = math.log(-math.log(BASE[key])) + total  # ln(-ln(1 - raw)), also where raw rounds to 1
    fitted = 1.0 - math.exp(-math.exp(cons + slope * inner))
    steps += [
        Step(T(f"{title.en}: {v.SUM.en.lower()}", f"{title.zh_CN}：{v.SUM.zh_CN}"), " + ".join(parts), total),
        Step(T(f"{title.en}, before the region", f"{title.zh_CN}（未校准）"),
             f"100 × (1 − {BASE[key]:g}^exp({shown(total, 4)}))", 100.0 * raw, "%"),
        Step(title, f"100 × (1 − exp(−exp({shown(cons, 4)} + {slope:.4f} × ln(−ln(1 − {raw:.5f})))))",
             100.0 * fitted, "%"),
    ]
    return raw, fitted


OUTPUTS = (Output("risk_10_years", T("Risk in 10 years", "10 年风险"), "%", decimals=0, low=0.0, high=100.0),)
EXAMPLES = (
    Example(
        {"sex": "male", "age": 57.5, "cholesterol_total": 5.5, "systolic_bp": 150,
         "diabetes_diagnosed": False, "smokes_now": True, "who_region": TROPICAL},
        10.2, "score table who_cvd_2019; printed chart cell 10", 0.05, extra={"uncalibrated_risk": 12.79},
    ),
    Example(
        {"sex": "female", "age": 62.5, "cholesterol_total": 6.5, "systolic_bp": 130,
         "diabetes_diagnosed": True, "smokes_now": False, "who_region": TROPICAL},
        8.5, "score table who_cvd_2019; printed chart cell 8", 0.05, extra={"uncalibrated_risk": 8.41},
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
