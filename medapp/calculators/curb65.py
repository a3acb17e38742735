"""CURB-65: severity of community-acquired pneumonia, one point each.

New confusion; urea above 7 mmol/L; respiratory rate from 30/min; systolic pressure below 90 or diastolic up
to 60 mm Hg; age from 65. Mortality in 30 days, all of Lim 2003 and recalled: 0.7, 3.2, 9.2, 17, 41.5, 57 %.
That of 2 points is of the paper's figure (17 of 184); its abstract prints 3 %, less than with 1 point. The
score table has later pooled figures instead (0.6 to 27.8 %), whose source it does not name.
Items: score table curb65 (two sources of one lineage, recall agrees), the package clincalc 0.4.0 (limits)
and the cases of medcalc-dev agree. Lim WS, van der Eerden MM, Laing R et al. Thorax 2003;58:377-82.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.criteria import asked, criteria_score, either, met
from medapp.calculators.declare import DAY, About, Example, T, number, yes
from medapp.calculators.worked import Band

CONFUSION: Final = yes(
    "confusion",
    T("New confusion (mental test ≤ 8 of 10, or disoriented)", "新发意识模糊（AMT ≤8 分或定向障碍）")
)
UREA: Final = number("urea", look_back=DAY, required=False)
BREATHS: Final = number("respiratory_rate", look_back=DAY, required=False)
PRESSURES: Final = (
    number("systolic_bp", look_back=DAY, required=False),
    number("diastolic_bp", look_back=DAY, required=False)
)
AGE: Final = number("age", valid=(18, 120), required=False, look_back=None)
LOW_PRESSURE: Final = T("Systolic below 90 or diastolic ≤ 60 mmHg", "收缩压＜90 或舒张压≤60 mmHg")
OF_CRB: Final = (
    asked(CONFUSION),
    met(BREATHS, lambda rate: rate >= 30.0),
    either(LOW_PRESSURE, {"systolic_bp": lambda high: high < 90.0, "diastolic_bp": lambda low: low <= 60.0}),
    met(AGE, lambda age: age >= 65.0),
)
"""The four criteria that need no laboratory."""

ABOUT: Final = About(
    id="curb65", version="2003",
    title=T("CURB-65, pneumonia", "CURB-65（肺炎严重度）"),
    summary=T("Risk of death in 30 days from pneumonia.", "社区获得性肺炎 30 天死亡风险。"),
    population=T("Adults with community-acquired pneumonia", "社区获得性肺炎成人"),
    reference="Lim WS, van der Eerden MM, Laing R et al. Thorax 2003;58:377-82",
    specialties=("emergency", "respiratory", "general_practice"),
    keywords=("pneumonia", "CAP", "肺炎", "社区获得性肺炎", "死亡风险"), is_prognosis=True,
)
BANDS: Final = (
    Band("0", 0.0, 0.0, T("Low risk", "低危"), 0.007),
    Band("1", 1.0, 1.0, T("Low risk", "低危"), 0.032),
    Band("2", 2.0, 2.0, T("Intermediate risk", "中危"), 0.092),
    Band("3", 3.0, 3.0, T("High risk: severe pneumonia", "高危：重症肺炎"), 0.17),
    Band("4", 4.0, 4.0, T("Very high risk: severe pneumonia", "极高危：重症肺炎"), 0.415),
    Band("5", 5.0, 5.0, T("Very high risk: severe pneumonia", "极高危：重症肺炎"), 0.57),
)
EXAMPLES: Final = (
    Example(
        {
            "confusion": False, "urea": 8.2, "respiratory_rate": 24, "systolic_bp": 120, "diastolic_bp": 75,
            "age": 71,
        },
        2.0, "score table curb65", category="2", extra={"risk": 0.092},
    ),
    Example(
        {
            "confusion": True, "urea": {"value": 40, "unit": "mg/dL"}, "respiratory_rate": 23,
            "diastolic_bp": 52, "age": 77,
        },
        4.0, "medcalc-dev, one-shot case of calculator 45 (systolic 105)", category="4",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (CONFUSION, UREA, BREATHS, *PRESSURES, AGE),
    (OF_CRB[0], met(UREA, lambda urea: urea > 7.0), *OF_CRB[1:]), EXAMPLES, bands=BANDS,
)
