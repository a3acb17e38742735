"""Centor score with McIsaac's term of age: is a sore throat streptococcal? -1 to 5 points.

One point each: temperature above 38 degrees C, no cough, tender nodes at the front of the neck, tonsils
swollen or with exudate, age 3 to 14; one less from 45 years on. Shares with group A streptococci as
published.
Numbers: score table centor_mcisaac (two sources of one lineage, recall agrees), the package clincalc 0.4.0
(points) and the cases of medcalc-dev agree. Centor RM, Witherspoon JM, Dalton HP et al. Med Decis Making
1981;1:239-46. McIsaac WJ, White D, Tannenbaum D, Low DE. CMAJ 1998;158:75-83.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.declare import DAY, About, Example, T, number, yes
from medapp.calculators.points import above, from_bands, point_score, unless, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="centor_mcisaac", version="1998",
    title=T("Centor score (McIsaac), sore throat", "Centor 评分（McIsaac 改良，咽痛）"),
    summary=T("Probability of streptococci in a sore throat.", "咽痛由链球菌引起的概率。"),
    population=T("Sore throat, from 3 years on", "3 岁及以上咽痛者"),
    reference=(
        "Centor RM, Witherspoon JM, Dalton HP et al. Med Decis Making 1981;1:239-46; "
        "McIsaac WJ, White D, Tannenbaum D, Low DE. CMAJ 1998;158:75-83"
    ),
    specialties=("general_practice", "emergency", "paediatrics"),
    keywords=("strep", "pharyngitis", "tonsillitis", "咽炎", "扁桃体炎", "链球菌"),
)
ITEMS: Final = (
    from_bands(
        number("age", valid=(3, 120), required=False, look_back=None),
        ((-math.inf, 1.0), (15.0, 0.0), (45.0, -1.0)),
    ),
    above(number("temperature", look_back=DAY, required=False), 38.0, 1.0),
    unless(yes("cough", T("Cough", "咳嗽")), 1.0),
    when(yes("tender_anterior_nodes", T("Tender nodes at the front of the neck", "颈前淋巴结压痛")), 1.0),
    when(
        yes("tonsillar_exudate", T("Tonsils swollen or with exudate", "扁桃体肿大或有渗出")), 1.0,
    ),
)
BANDS: Final = (
    Band("<=0", -math.inf, 0.0, T("1 to 2.5 % have group A streptococci", "A 组链球菌 1%–2.5%")),
    Band("1", 1.0, 1.0, T("5 to 10 % have group A streptococci", "A 组链球菌 5%–10%")),
    Band("2", 2.0, 2.0, T("11 to 17 % have group A streptococci", "A 组链球菌 11%–17%")),
    Band("3", 3.0, 3.0, T("28 to 35 % have group A streptococci", "A 组链球菌 28%–35%")),
    Band(">=4", 4.0, math.inf, T("51 to 53 % have group A streptococci", "A 组链球菌 51%–53%")),
)
EXAMPLES: Final = (
    Example(
        {
            "age": 9, "temperature": 38.6, "tender_anterior_nodes": True, "cough": True,
            "tonsillar_exudate": False,
        },
        3.0, "score table centor_mcisaac: 1 + 1 + 1", category="3",
    ),
    Example(
        {
            "age": 17, "temperature": 40.0, "tender_anterior_nodes": False, "cough": False,
            "tonsillar_exudate": False,
        },
        2.0, "medcalc-dev, one-shot case of calculator 20", category="2",
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
