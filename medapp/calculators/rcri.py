"""Revised Cardiac Risk Index (Lee): cardiac complications of major non-cardiac surgery.

One point each: high-risk surgery (within chest or abdomen, or on large vessels above the groin); ischaemic
heart disease; heart failure; cerebrovascular disease; insulin before surgery; creatinine above 2 mg/dL. The
risks are those of the review of 2017 (infarction, arrest or death in 30 days).
Lee TH, Marcantonio ER, Mangione CM et al. Circulation 1999;100:1043-9. Duceppe E, Parlow J, MacDonald P et
al. Can J Cardiol 2017;33:17-32.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import About, Example, T, atc, icd10, number, snomed, yes
from medapp.calculators.points import Item, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="rcri", version="1999",
    title=T("Revised Cardiac Risk Index (RCRI)", "改良心脏风险指数（RCRI）"),
    summary=T("Cardiac complications of non-cardiac surgery.", "非心脏手术的心脏并发症风险。"),
    population=T("Adults before major non-cardiac surgery", "拟行大型非心脏手术的成人"),
    reference="Lee TH et al. Circulation 1999;100:1043-9; Duceppe E et al. Can J Cardiol 2017;33:17-32",
    specialties=("cardiology", "surgery"),
    keywords=("Lee", "RCRI", "preoperative", "surgery", "术前", "手术", "围术期", "心脏风险"),
    is_prognosis=True,
)
LIMIT_MG: Final = 2.0


def _creatinine(value: float) -> float:
    return 1.0 if v.mg({"creatinine": value}, "creatinine") > LIMIT_MG else 0.0


ITEMS: Final = (
    when(yes("high_risk_surgery",
             T("Surgery in chest or abdomen, or on large vessels", "胸腔、腹腔或腹股沟以上大血管手术")), 1.0),
    when(yes("ischaemic_heart_disease", T("Ischaemic heart disease", "缺血性心脏病"),
             codes=(*icd10("I20", "I21", "I22", "I25"),
                    *snomed("53741008", "414545008", "22298006", "399211009"))), 1.0),
    when(yes("heart_failure", T("Heart failure, now or earlier", "心力衰竭（现患或既往）"),
             codes=v.HEART_FAILURE), 1.0),
    when(yes("cerebrovascular_disease", T("Stroke or TIA", "卒中或 TIA"), codes=v.STROKE_TIA), 1.0),
    when(yes("insulin_treated", T("Insulin before surgery", "术前使用胰岛素"), codes=atc("A10A")), 1.0),
    Item(number("creatinine", required=False, look_back=90), _creatinine, 0.0, 1.0),
)


def _band(name: str, low: float, high: float, share: float) -> Band:
    text = T(f"{share:g} % had a cardiac complication", f"心脏并发症发生率 {share:g}%")
    return Band(name, low, high, text, share / 100.0)


BANDS: Final = (
    _band("points_0", 0.0, 0.0, 3.9), _band("points_1", 1.0, 1.0, 6.0), _band("points_2", 2.0, 2.0, 10.1),
    _band("points_3_or_more", 3.0, math.inf, 15.0),
)
_NO: Final = dict.fromkeys((item.name for item in ITEMS if item.name != "creatinine"), False)
EXAMPLES: Final = (
    Example(
        {**_NO, "ischaemic_heart_disease": True, "insulin_treated": True, "creatinine": 80}, 2.0,
        "score table rcri: 10.1 %", category="points_2", extra={"risk": 0.101},
    ),
    Example(
        {**_NO, "high_risk_surgery": True, "insulin_treated": True,
         "creatinine": {"value": 2.1, "unit": "mg/dL"}},
        3.0, "medcalc-dev, one-shot case of calculator 17", category="points_3_or_more", extra={"risk": 0.15},
    ),
)
FEATURES: Final = (*(item.feature for item in ITEMS), ADULT)
CRITERIA: Final = tuple(of_value(item.feature, item.points, item.low, item.high) for item in ITEMS)
CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, bands=BANDS)
