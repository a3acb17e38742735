"""AUDIT-C: hazardous drinking.

Three items of 0 to 4: how often, how many drinks on such a day (1-2, 3-4, 5-6, 7-9, 10 or more), how often
six or more; 0 to 12. Positive from 4 in men and from 3 in women. In Britain 5 is used for both; that is said
by one source only and is not applied. Items and cuts: clincalc 0.4.0, open-medicine 0.12.0 and recall agree.
Bush K, Kivlahan DR, McDonell MB et al. Arch Intern Med 1998;158:1789-95.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import About, Example, T, choice
from medapp.calculators.questionnaire import item
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="audit_c", version="1998",
    title=T("AUDIT-C, alcohol", "AUDIT-C 饮酒筛查"),
    summary=T("Screen for hazardous drinking.", "危险饮酒的筛查。"),
    population=T("Adults", "成人"),
    reference="Bush K, Kivlahan DR, McDonell MB et al. Arch Intern Med 1998;158:1789-95",
    specialties=("general_practice", "psychiatry"),
    keywords=("AUDIT-C", "alcohol", "drinking", "饮酒", "酒精", "酗酒"),
    cautions=(
        T("A screen, no diagnosis; Britain takes 5 as the cut for both sexes",
          "为筛查而非诊断；英国男女均以 5 分为界"),
    ),
)
FEATURES: Final = (
    item(
        "audit_c_1", T("How often alcohol is drunk", "饮酒频率"), 4,
        T("0 never, 1 monthly or less, 2 2 to 4 times a month, 3 twice or thrice a week, 4 more often",
          "0 从不，1 每月≤1 次，2 每月 2–4 次，3 每周 2–3 次，4 每周≥4 次"),
    ),
    item(
        "audit_c_2", T("Drinks on such a day", "饮酒日的饮酒份数"), 4,
        T("0 one or two, 1 three or four, 2 five or six, 3 seven to nine, 4 ten or more",
          "0：1–2 份，1：3–4 份，2：5–6 份，3：7–9 份，4：≥10 份"),
    ),
    item(
        "audit_c_3", T("How often six or more drinks", "一次饮≥6 份的频率"), 4,
        T("0 never, 1 less than monthly, 2 monthly, 3 weekly, 4 daily or nearly",
          "0 从不，1 少于每月一次，2 每月，3 每周，4 每天或几乎每天"),
    ),
)
CUTS: Final = {"male": 4.0, "female": 3.0}
NEGATIVE: Final = T("Below the cut: no sign of hazardous drinking", "低于界值：未提示危险饮酒")
POSITIVE: Final = T("From the cut on: hazardous drinking is likely", "达到界值：提示危险饮酒")


def judged(values: Values, _given: Sequence[float], total: float) -> Band:
    """By the cut of the sex."""
    cut = CUTS[values["sex"]]
    if total < cut:
        return Band("negative", 0.0, cut - 1.0, NEGATIVE)
    return Band("positive", cut, 12.0, POSITIVE)


EXAMPLES: Final = (
    Example(
        {"sex": "female", "audit_c_1": 2, "audit_c_2": 1, "audit_c_3": 0}, 3.0,
        "score table audit_c: a woman with 3", category="positive",
    ),
    Example(
        {"sex": "male", "audit_c_1": 3, "audit_c_2": 0, "audit_c_3": 0}, 3.0, "clincalc 0.4.0: a man with 3",
        category="negative",
    ),
)
CRITERIA: Final = tuple(of_value(feature, float, 0.0, 4.0) for feature in FEATURES)
CALCULATOR = criteria_score(ABOUT, (choice("sex"), *FEATURES, ADULT), CRITERIA, EXAMPLES, judged=judged)
