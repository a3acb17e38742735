"""MELD 3.0, the score of transplant lists since 2023.

1.33 (women) + 4.56 ln bilirubin + 0.82 (137 - Na) - 0.24 (137 - Na) ln bilirubin + 9.09 ln INR + 11.14 ln
creatinine + 1.85 (3.5 - albumin) - 1.83 (3.5 - albumin) ln creatinine + 6, rounded, 6 to 40. Bilirubin and
creatinine in mg/dL, albumin in g/dL; bilirubin and INR at least 1, creatinine 1 to 3 (3 with dialysis), Na
125 to 137, albumin 1.5 to 3.5. From 12 to 17 years everybody has the 1.33. Survival: 0.946 (90 days) and
0.981 (30 days) to the power of exp(0.17698 x MELD 3.0 - 3.56). Numbers: score table meld_3, many copies
agree.
Kim WR, Mannalithara A, Heimbach JK et al. Gastroenterology 2021;161:1887-95.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import liver
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.points import POINTS
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="meld_3", version="2021",
    title=T("MELD 3.0, end-stage liver disease", "MELD 3.0 终末期肝病评分"),
    summary=T("Urgency of liver transplantation; death within 90 days.", "肝移植紧迫程度与 90 天死亡风险。"),
    population=T("Candidates for a liver, from 12 years", "肝移植候选者，12 岁及以上"),
    reference="Kim WR, Mannalithara A, Heimbach JK et al. Gastroenterology 2021;161:1887-95",
    specialties=(*liver.SPECIALTIES, "surgery"),
    keywords=("MELD 3.0", "MELD", "cirrhosis", "liver transplant", "肝硬化", "肝移植"),
    offer="on_problem", offered_for=liver.CIRRHOSIS, is_prognosis=True,
    cautions=(liver.NO_WARFARIN, T("Age and sex are those of the registration", "年龄与性别以登记时为准")),
)
INPUTS = (
    number("age", valid=(12, 120), look_back=None), choice("sex"), liver.BILIRUBIN, liver.INR,
    liver.CREATININE, liver.SODIUM, liver.ALBUMIN, liver.DIALYSIS,
)
SEX: Final = T("Women, and everybody below 18", "女性及 18 岁以下者")
SODIUM: Final = T("137 − sodium, 125 to 137 mmol/L", "137 − 血钠（125–137 mmol/L）")
ALBUMIN: Final = T("3.5 − albumin, 1.5 to 3.5 g/dL", "3.5 − 白蛋白（1.5–3.5 g/dL）")


def compute(values: Values) -> Worked:
    """The whole points, with the survival of 30 and 90 days."""
    sex = 1.33 if values["sex"] == "female" or values["age"] < 18.0 else 0.0
    sodium = liver.bounded_sodium(values)
    albumin = min(max(in_unit(values, "albumin", "g/dL"), 1.5), 3.5)
    steps = (
        Step(SEX, f"{values['sex']}, {values['age']:.3g}", sex),
        liver.log_step(liver.BILIRUBIN_TERM, values, "bilirubin_total"),
        Step(SODIUM, f"137 − {sodium:g}", 137.0 - sodium, "mmol/L"),
        liver.log_step(liver.INR_TERM, values, "inr", None),
        liver.creatinine_step(values, 3.0),
        Step(ALBUMIN, f"3.5 − {albumin:.2f}", 3.5 - albumin, "g/dL"),
    )
    _, bilirubin, lack, inr, creatinine, low = (float(step.value or 0.0) for step in steps)
    points = (
        sex + 4.56 * bilirubin + 0.82 * lack - 0.24 * lack * bilirubin + 9.09 * inr + 11.14 * creatinine
        + 1.85 * low - 1.83 * low * creatinine + 6.0
    )
    b, i, c = (shown(value, 3) for value in (bilirubin, inr, creatinine))
    text = (
        f"{sex:g} + 4.56 × {b} + 0.82 × {lack:g} − 0.24 × {lack:g} × {b} + 9.09 × {i} + 11.14 × {c}"
        f" + 1.85 × {low:.2f} − 1.83 × {low:.2f} × {c} + 6"
    )
    score = liver.in_range(points)
    hazard = math.exp(0.17698 * score - 3.56)
    extra = {"survival_90_days": (0.946**hazard, "1"), "survival_30_days": (0.981**hazard, "1")}
    total = Step(OUTPUTS[0].title, text, score, POINTS)
    return Worked(score, (*steps, total), extra=extra, cautions=liver.on_dialysis(values))


OUTPUTS = (
    Output("meld_3", T("MELD 3.0", "MELD 3.0 评分"), POINTS, low=6, high=40),
    Output("survival_90_days", T("Survival, 90 days", "90 天生存率"), "1"),
    Output("survival_30_days", T("Survival, 30 days", "30 天生存率"), "1"),
)
_CASE: Final = {
    "age": 55, "bilirubin_total": {"value": 3.4, "unit": "mg/dL"}, "inr": 1.6,
    "creatinine": {"value": 1.5, "unit": "mg/dL"}, "sodium": 131, "albumin": {"value": 2.6, "unit": "g/dL"},
    "dialysis_twice_past_week": False,
}
EXAMPLES = (
    Example({**_CASE, "sex": "female"}, 26.0, "score table meld_3"),
    Example({**_CASE, "sex": "male"}, 25.0, "score table meld_3"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
