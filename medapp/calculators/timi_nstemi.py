"""TIMI risk score for unstable angina and infarction without ST elevation: events within 14 days.

One point each: age 65 or more; three or more risk factors for coronary disease (family history,
hypertension, high cholesterol, diabetes, smoking); known stenosis of 50 % or more; aspirin in the last
7 days; two or more attacks of angina in 24 hours; ST deviation of 0.5 mm or more; raised cardiac markers. The
events are death, infarction and urgent revascularisation.
Antman EM, Cohen M, Bernink PJ et al. JAMA 2000;284:835-42.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.declare import About, Example, T, number, yes
from medapp.calculators.points import at_least, point_score, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="timi_nstemi", version="2000",
    title=T("TIMI score, unstable angina and NSTEMI", "TIMI 评分（不稳定型心绞痛/NSTEMI）"),
    summary=T("Death, infarction or intervention in 14 days.", "14 天内死亡、心梗或紧急血运重建的风险。"),
    population=T("Adults with unstable angina or NSTEMI", "不稳定型心绞痛或 NSTEMI 成人"),
    reference="Antman EM, Cohen M, Bernink PJ et al. JAMA 2000;284:835-42",
    specialties=("cardiology", "emergency"),
    keywords=("TIMI", "NSTEMI", "ACS", "unstable angina", "胸痛", "心肌梗死", "急性冠脉综合征"),
    is_prognosis=True, out_of_scope=(T("Not with ST elevation", "ST 段抬高者不适用"),),
)
ITEMS: Final = (
    at_least(number("age", valid=(18, 120), look_back=None), 65.0, 1.0),
    when(yes("coronary_risk_factors_3",
             T("Three or more risk factors for coronary disease", "冠心病危险因素 ≥3 个")), 1.0),
    when(yes("coronary_stenosis_50", T("Known coronary stenosis of 50 % or more", "已知冠脉狭窄 ≥50%")), 1.0),
    when(yes("aspirin_7_days", T("Aspirin in the last 7 days", "近 7 天用过阿司匹林")), 1.0),
    when(yes("angina_twice_24_hours",
             T("Two or more attacks of angina in 24 hours", "24 小时内心绞痛 ≥2 次")), 1.0),
    when(yes("st_deviation", T("ST deviation of 0.5 mm or more", "ST 段偏移 ≥0.5 mm")), 1.0),
    when(yes("cardiac_markers_raised", T("Raised cardiac markers", "心肌标志物升高")), 1.0),
)
_SHARES: Final = ((1, 4.7), (2, 8.3), (3, 13.2), (4, 19.9), (5, 26.2), (7, 40.9))
_LOWS: Final = (0, 2, 3, 4, 5, 6)
BANDS: Final = tuple(
    Band(
        f"points_{low}" if low == high else f"points_{low}_{high}", float(low), float(high),
        T(f"{share:g} % had an event within 14 days", f"14 天内事件率 {share:g}%"), share / 100.0,
    )
    for low, (high, share) in zip(_LOWS, _SHARES, strict=True)
)
NAMES: Final = tuple(item.name for item in ITEMS if item.name != "age")
EXAMPLES: Final = (
    Example(
        {**dict.fromkeys(NAMES, False), "age": 67, "aspirin_7_days": True, "cardiac_markers_raised": True},
        3.0, "score table timi_nstemi: 13.2 %", category="points_3", extra={"risk": 0.132},
    ),
    Example(
        {**dict.fromkeys(NAMES, True), "age": 70}, 7.0, "score table timi_nstemi: all items, 40.9 %",
        category="points_6_7", extra={"risk": 0.409},
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
