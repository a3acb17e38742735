"""Revised Geneva score for pulmonary embolism: eight items without a judgement, 0 to 22 points.

Above 65 years begins with 66: ages count in whole years. Low up to 3, intermediate 4 to 10, high from 11 on.
The simplified version (each item one point) is not offered: its rule stands in the score table from memory
only.
Numbers: score table revised_geneva (three sources, all weights agree).
Le Gal G, Righini M, Roy PM et al. Ann Intern Med 2006;144:165-71.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.declare import DAY, About, Example, T, icd10, number, yes
from medapp.calculators.points import at_least, from_bands, point_score, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="revised_geneva", version="2006",
    title=T("Revised Geneva score, pulmonary embolism", "修订版 Geneva 评分（肺栓塞）"),
    summary=T("Probability of embolism before tests, without a judgement.",
              "检查前肺栓塞概率，不含主观判断。"),
    population=T("Adults with suspected pulmonary embolism", "疑似肺栓塞的成人"),
    reference="Le Gal G, Righini M, Roy PM et al. Ann Intern Med 2006;144:165-71",
    specialties=("emergency", "respiratory"),
    keywords=("PE", "embolism", "Geneva", "肺栓塞", "日内瓦评分"),
    out_of_scope=(T("Not for screening without suspicion", "无怀疑时不用于筛查"),),
)
ITEMS: Final = (
    at_least(number("age", valid=(18, 120), required=False, look_back=None), 66.0, 1.0),
    when(
        yes("previous_dvt_pe", T("Earlier thrombosis or embolism", "既往深静脉血栓或肺栓塞"),
            codes=icd10("Z8671", "I801", "I802", "I824", "I825", "I26")), 3.0,
    ),
    when(
        yes("surgery_or_fracture_1_month",
            T("Surgery in general anaesthesia or leg fracture within a month", "1 个月内全麻手术或下肢骨折")),
        2.0,
    ),
    when(
        yes("active_malignancy",
            T("Malignancy, active or cured for less than a year", "活动性恶性肿瘤，或治愈不足 1 年")), 2.0,
    ),
    when(yes("unilateral_leg_pain", T("Pain in one leg", "单侧下肢疼痛")), 3.0),
    when(yes("haemoptysis", T("Haemoptysis", "咯血")), 2.0),
    from_bands(
        number("heart_rate", look_back=DAY, required=False), ((-math.inf, 0.0), (75.0, 3.0), (95.0, 5.0))
    ),
    when(
        yes("deep_vein_pain_and_oedema",
            T("Pain on pressing a deep leg vein, and oedema of that leg", "下肢深静脉触痛且同侧水肿")), 4.0,
    ),
)
BANDS: Final = (
    Band("low", 0.0, 3.0, T("Low probability", "低概率")),
    Band("intermediate", 4.0, 10.0, T("Intermediate probability", "中等概率")),
    Band("high", 11.0, math.inf, T("High probability", "高概率")),
)
_NONE: Final = {
    "previous_dvt_pe": False, "surgery_or_fracture_1_month": False, "active_malignancy": False,
    "unilateral_leg_pain": False, "haemoptysis": False, "deep_vein_pain_and_oedema": False,
}
EXAMPLES: Final = (
    Example(
        {**_NONE, "age": 70, "heart_rate": 98, "haemoptysis": True}, 8.0,
        "score table revised_geneva: 1 + 5 + 2", category="intermediate",
    ),
    Example(
        dict.fromkeys(_NONE, True) | {"age": 66, "heart_rate": 95}, 22.0,
        "the published maximum of 22 points", category="high",
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
