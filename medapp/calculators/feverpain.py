"""FeverPAIN: is a sore throat streptococcal? One point each, 0 to 5.

Fever in the last 24 hours, purulence, attending within 3 days of onset, severely inflamed tonsils, neither
cough nor coryza. Shares with streptococci: 13 to 18 % up to 1 point, 34 to 40 % with 2 or 3, 62 to 65 % with
more. Numbers: score table feverpain (two sources), the package clincalc 0.4.0 (items) and the case of
medcalc-dev agree.
Little P, Hobbs FDR, Moore M et al. BMJ 2013;347:f5806.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.criteria import asked, criteria_score, graded
from medapp.calculators.declare import About, Example, T, number, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="feverpain", version="2013",
    title=T("FeverPAIN, sore throat", "FeverPAIN 评分（咽痛）"),
    summary=T("Probability of streptococci in a sore throat.", "咽痛由链球菌引起的概率。"),
    population=T("Sore throat, from 3 years on", "3 岁及以上急性咽痛者"),
    reference="Little P, Hobbs FDR, Moore M et al. BMJ 2013;347:f5806",
    specialties=("general_practice", "emergency", "paediatrics"),
    keywords=("strep", "pharyngitis", "tonsillitis", "咽炎", "扁桃体炎", "链球菌"),
)
FEVER: Final = yes("fever_24_hours", T("Fever in the last 24 hours", "过去 24 小时内发热"))
PUS: Final = yes("purulent_tonsils", T("Pus on the tonsils", "扁桃体脓性分泌物"))
EARLY: Final = yes("onset_within_3_days", T("Began within 3 days", "起病 3 天内就诊"))
INFLAMED: Final = yes("severely_inflamed_tonsils", T("Severely inflamed tonsils", "扁桃体重度充血"))
COUGH: Final = yes("cough_or_coryza", T("Cough or coryza", "咳嗽或鼻卡他症状"))
AGE: Final = number("age", valid=(3, 120), required=False, look_back=None)
CRITERIA: Final = (
    asked(FEVER), asked(PUS), asked(EARLY), asked(INFLAMED), graded(COUGH, {True: 0.0, False: 1.0}),
)
BANDS: Final = (
    Band("0-1", 0.0, 1.0, T("13 to 18 % have streptococci", "链球菌感染 13%–18%")),
    Band("2-3", 2.0, 3.0, T("34 to 40 % have streptococci", "链球菌感染 34%–40%")),
    Band("4-5", 4.0, 5.0, T("62 to 65 % have streptococci", "链球菌感染 62%–65%")),
)
EXAMPLES: Final = (
    Example(
        {
            "fever_24_hours": True, "cough_or_coryza": False, "onset_within_3_days": True,
            "purulent_tonsils": False, "severely_inflamed_tonsils": False,
        },
        3.0, "score table feverpain", category="2-3",
    ),
    Example(
        {
            "fever_24_hours": True, "cough_or_coryza": True, "onset_within_3_days": False,
            "purulent_tonsils": False, "severely_inflamed_tonsils": False,
        },
        1.0, "medcalc-dev, one-shot case of calculator 33", category="0-1",
    ),
)
CALCULATOR = criteria_score(ABOUT, (FEVER, PUS, EARLY, INFLAMED, COUGH, AGE), CRITERIA, EXAMPLES, bands=BANDS)
