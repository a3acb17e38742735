"""Wells score for pulmonary embolism.

Wells PS, Anderson DR, Rodger M et al. Thromb Haemost 2000;83:416-20; 1,260 patients with suspected
pulmonary embolism. Likely above 4 points; in three levels low below 2, high above 6.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import DAY, About, Example, T, number, yes
from medapp.calculators.points import above, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="wells_pe", version="2000",
    title=T("Wells score, pulmonary embolism", "Wells 评分（肺栓塞）"),
    summary=T("Probability of pulmonary embolism before tests.", "检查前的肺栓塞概率。"),
    population=T("Adults with suspected pulmonary embolism, stable", "疑似肺栓塞且血流动力学稳定的成人"),
    reference="Wells PS et al. Thromb Haemost 2000;83:416-20",
    specialties=("emergency", "respiratory"),
    keywords=("PE", "embolism", "D-dimer", "肺栓塞"),
    out_of_scope=(T("Not for screening without suspicion", "无怀疑时不用于筛查"),),
)
ITEMS: Final = (
    when(yes("clinical_dvt", T("Clinical signs of deep vein thrombosis", "深静脉血栓的临床体征")), 3.0),
    when(yes("pe_most_likely", T("No other diagnosis is likelier", "没有更可能的其他诊断")), 3.0),
    above(number("heart_rate", valid=(0, 300), look_back=DAY, required=False), 100.0, 1.5),
    when(
        yes("immobilisation_or_surgery",
            T("Immobile for 3 days or surgery within 4 weeks", "制动≥3 天或 4 周内手术")), 1.5,
    ),
    when(yes("previous_dvt_pe", T("Earlier thrombosis or embolism", "既往深静脉血栓或肺栓塞")), 1.5),
    when(yes("haemoptysis", T("Haemoptysis", "咯血")), 1.0),
    when(
        yes("malignancy",
            T("Malignancy, treated within 6 months or palliative", "恶性肿瘤（6 个月内治疗或姑息）")), 1.0,
    ),
)
BANDS: Final = (
    Band("unlikely", -math.inf, 4.0, T("Pulmonary embolism unlikely", "肺栓塞可能性小")),
    Band("likely", 4.5, math.inf, T("Pulmonary embolism likely", "肺栓塞可能性大")),
)
EXAMPLES: Final = (
    Example(
        {
            "clinical_dvt": False, "pe_most_likely": False, "heart_rate": 112,
            "immobilisation_or_surgery": False, "previous_dvt_pe": True, "haemoptysis": False,
            "malignancy": True,
        },
        4.0, "score table: 1.5 + 1.5 + 1", category="unlikely", extra={"level": "moderate"},
    ),
)


def levels(_values: Values, total: float) -> dict[str, tuple[str, None]]:
    """The three levels of the same score."""
    return {"level": ("low" if total < 2 else "moderate" if total <= 6 else "high", None)}


FEATURES: Final = (*(item.feature for item in ITEMS), ADULT)
CRITERIA: Final = tuple(of_value(item.feature, item.points, item.low, item.high) for item in ITEMS)
CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, bands=BANDS, extra=levels)
