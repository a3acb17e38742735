"""MELD of 2001 as UNOS used it: mortality of end-stage liver disease within 3 months.

MELD = 10 x (0.957 ln creatinine + 0.378 ln bilirubin + 1.120 ln INR + 0.643), both in mg/dL, rounded; values
below 1 count as 1, creatinine above 4 as 4, and as 4 with dialysis twice in the week. 6 to 40 points; from
12 years. Transplant lists use later versions (meld_na, meld_3).
Numbers: score table meld (two sources) and clincalc 0.4.0 agree.
Kamath PS, Wiesner RH, Malinchoc M et al. Hepatology 2001;33:464-70. Mortality: Wiesner R, Edwards E, Freeman
R et al. Gastroenterology 2003;124:91-6.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import liver
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.points import POINTS
from medapp.calculators.worked import Band, Step, Worked, band_of

ABOUT = About(
    id="meld", version="2001",
    title=T("MELD, end-stage liver disease", "MELD 终末期肝病评分"),
    summary=T("Mortality within 3 months; later versions serve lists.",
              "3 个月死亡风险；移植排序用后续版本。"),
    population=T("Chronic liver disease, from 12 years", "慢性肝病，12 岁及以上"),
    reference="Kamath PS, Wiesner RH, Malinchoc M et al. Hepatology 2001;33:464-70",
    specialties=(*liver.SPECIALTIES, "surgery"),
    keywords=("MELD", "cirrhosis", "liver transplant", "肝硬化", "肝移植", "终末期肝病"),
    offer="on_problem", offered_for=liver.CIRRHOSIS, is_prognosis=True, cautions=(liver.NO_WARFARIN,),
)
INPUTS = (
    liver.BILIRUBIN, liver.INR, liver.CREATININE, liver.DIALYSIS,
    number("age", valid=(12, 120), required=False, look_back=None),
)
_SHARES: Final = ((6, 9, 1.9), (10, 19, 6.0), (20, 29, 19.6), (30, 39, 52.6), (40, 40, 71.3))
BANDS: Final = tuple(
    Band(
        f"{low}-{high}" if low < high else f"{low}", float(low), float(high),
        T(f"{share:g} % died within 3 months (in hospital)",
          f"住院患者 3 个月死亡率 {share:g}%"), share / 100.0,
    )
    for low, high, share in _SHARES
)


def compute(values: Values) -> Worked:
    """The whole points."""
    steps, points, text = liver.meld_steps(values)
    score = liver.in_range(points)
    total = Step(OUTPUTS[0].title, text, score, POINTS)
    return Worked(score, (*steps, total), band_of(BANDS, score), cautions=liver.on_dialysis(values))


OUTPUTS = (Output("meld", T("MELD", "MELD 评分"), POINTS, low=6, high=40),)
_CASE: Final = {
    "bilirubin_total": {"value": 3.4, "unit": "mg/dL"}, "inr": 1.6,
    "creatinine": {"value": 1.5, "unit": "mg/dL"},
}
EXAMPLES = (
    Example({**_CASE, "dialysis_twice_past_week": False}, 20.0, "score table meld", category="20-29"),
    Example({**_CASE, "dialysis_twice_past_week": True}, 30.0, "clincalc 0.4.0: the same with dialysis"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
