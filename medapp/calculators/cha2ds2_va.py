"""CHA2DS2-VA: risk of stroke in atrial fibrillation, without the sex.

The items of CHA2DS2-VASc without the point for women; 0 to 8 (some pages print 9). The guideline considers
anticoagulation at 1 and recommends it from 2 points. Adults with atrial fibrillation without mechanical valve
or moderate to severe mitral stenosis.
Van Gelder IC, Rienstra M, Bunting KV et al. Eur Heart J 2024;45:3314-414.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.chads2_vasc import ITEMS, KEYWORDS, NOT_VALVES, VALVES
from medapp.calculators.declare import About, Example, T
from medapp.calculators.points import point_score
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="cha2ds2_va", version="2024",
    title=T("CHA2DS2-VA, stroke in atrial fibrillation", "CHA2DS2-VA 房颤卒中风险评分"),
    summary=T("Risk of stroke in atrial fibrillation, without sex.", "心房颤动患者的卒中风险，不计性别。"),
    population=T("Adults with atrial fibrillation", "心房颤动成人"),
    reference="Van Gelder IC, Rienstra M, Bunting KV et al. Eur Heart J 2024;45:3314-414",
    specialties=("cardiology", "neurology", "general_practice"), keywords=KEYWORDS, offer="on_problem",
    offered_for=v.ATRIAL_FIBRILLATION, out_of_scope=(NOT_VALVES,), is_prognosis=True,
)
BANDS: Final = (
    Band("low", -math.inf, 0.0, T("0: no anticoagulation for the stroke risk", "0 分：无需为卒中风险抗凝")),
    Band("intermediate", 1.0, 1.0, T("1: consider anticoagulation", "1 分：考虑抗凝")),
    Band("high", 2.0, math.inf, T("2 or more: anticoagulation is recommended", "≥2 分：推荐抗凝")),
)
_NO: Final = {
    "heart_failure": False, "hypertension_diagnosed": False, "diabetes_diagnosed": False,
    "stroke_tia_thromboembolism": False, "vascular_disease": False,
}
EXAMPLES: Final = (
    Example(
        {**_NO, "age": 76, "hypertension_diagnosed": True, "diabetes_diagnosed": True}, 4.0,
        "score table cha2ds2_va", category="high",
    ),
    Example({**_NO, "age": 70}, 1.0, "score table cha2ds2_va: age 65 to 74 alone", category="intermediate"),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES, gates=(VALVES,))
