"""Wells score for deep vein thrombosis, with the item of an earlier thrombosis.

One point for each of nine findings, two less where another diagnosis is at least as likely; -2 to 9.
Likely from 2 points on; in three levels low up to 0, high from 3 on. Outpatients with suspected thrombosis of
a leg. Numbers: score table wells_dvt (two sources of one lineage, recall agrees), the package clincalc 0.4.0
and the case of medcalc-dev agree.
Wells PS, Anderson DR, Rodger M et al. N Engl J Med 2003;349:1227-35.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, asked, criteria_score, either, truth
from medapp.calculators.declare import About, Example, T, icd10, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="wells_dvt", version="2003",
    title=T("Wells score, deep vein thrombosis", "Wells 评分（深静脉血栓）"),
    summary=T("Probability of deep vein thrombosis before tests.", "检查前的深静脉血栓概率。"),
    population=T("Adult outpatients with a suspect leg", "疑似下肢深静脉血栓的门诊成人"),
    reference="Wells PS, Anderson DR, Rodger M et al. N Engl J Med 2003;349:1227-35",
    specialties=("emergency", "general_practice", "haematology"),
    keywords=("DVT", "thrombosis", "D-dimer", "深静脉血栓", "下肢肿胀"),
    out_of_scope=(T("Not for screening without suspicion", "无怀疑时不用于筛查"),),
)
CANCER: Final = yes(
    "active_cancer",
    T("Active cancer (treated within 6 months or palliative)", "活动性癌症（6 个月内治疗或姑息）")
)
PARESIS: Final = yes(
    "paralysis_or_plaster", T("Paralysis, paresis or plaster of the leg", "下肢瘫痪、轻瘫或石膏固定")
)
BED: Final = yes("bedridden_3_days", T("In bed for 3 days or more recently", "近期卧床≥3 天"))
SURGERY: Final = yes("major_surgery_12_weeks", T("Major surgery within 12 weeks", "12 周内大手术"))
TENDER: Final = yes("deep_vein_tenderness", T("Tender along the deep veins", "沿深静脉走行压痛"))
WHOLE: Final = yes("entire_leg_swollen", T("The whole leg is swollen", "整个下肢肿胀"))
CALF: Final = yes(
    "calf_swelling_3_cm", T("Calf at least 3 cm thicker than the other", "患侧小腿周径较对侧大≥3 cm")
)
PITTING: Final = yes("pitting_oedema", T("Pitting oedema of the suspect leg only", "仅患肢凹陷性水肿"))
VEINS: Final = yes("collateral_veins", T("Collateral superficial veins, no varices", "浅静脉侧支（非曲张）"))
EARLIER: Final = yes(
    "previous_dvt", T("Earlier deep vein thrombosis, documented", "既往确诊深静脉血栓"),
    codes=icd10("Z8671", "I801", "I802", "I824", "I825"),
)
OTHER: Final = yes(
    "alternative_as_likely", T("Another diagnosis is at least as likely", "其他诊断同等或更可能")
)
BEDRIDDEN: Final = T(
    "In bed for 3 days or more, or major surgery within 12 weeks", "近期卧床≥3 天或 12 周内大手术"
)
CRITERIA: Final = (
    asked(CANCER), asked(PARESIS),
    either(BEDRIDDEN, {"bedridden_3_days": truth, "major_surgery_12_weeks": truth}),
    asked(TENDER), asked(WHOLE), asked(CALF), asked(PITTING), asked(VEINS), asked(EARLIER),
    asked(OTHER, -2.0),
)
BANDS: Final = (
    Band("unlikely", -math.inf, 1.0, T("Deep vein thrombosis unlikely", "深静脉血栓可能性小")),
    Band("likely", 2.0, math.inf, T("Deep vein thrombosis likely", "深静脉血栓可能性大")),
)
FEATURES: Final = (
    CANCER, PARESIS, BED, SURGERY, TENDER, WHOLE, CALF, PITTING, VEINS, EARLIER, OTHER, ADULT,
)
_NONE: Final = {one.name: False for one in FEATURES[:-1]}
EXAMPLES: Final = (
    Example(
        {**_NONE, "calf_swelling_3_cm": True, "deep_vein_tenderness": True, "alternative_as_likely": True},
        0.0, "score table wells_dvt: 1 + 1 - 2", category="unlikely", extra={"level": "low"},
    ),
    Example(
        {
            **{name: no for name, no in _NONE.items() if name != "bedridden_3_days"}, "active_cancer": True,
            "major_surgery_12_weeks": True, "deep_vein_tenderness": True, "collateral_veins": True,
        },
        4.0, "medcalc-dev, one-shot case of calculator 16 (whether bedridden no longer matters)",
        category="likely", extra={"level": "high"},
    ),
)


def levels(_values: Values, total: float) -> dict[str, tuple[str, None]]:
    """The three levels of the same score."""
    return {"level": ("low" if total <= 0 else "moderate" if total <= 2 else "high", None)}


CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, bands=BANDS, extra=levels)
