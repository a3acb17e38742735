"""Apgar score of the newborn.

Colour, pulse, reflexes, tone and breathing, 0 to 2 points each. 7 and more is reassuring, 4 to 6 is between,
3 and less is low; these bands are those of the American Academy of Pediatrics, not of the paper. Items and
bands: clincalc 0.4.0, open-medicine 0.12.0 and recall agree.
Apgar V. Curr Res Anesth Analg 1953;32:260-7.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.declare import DAY, About, Example, T, choice
from medapp.calculators.points import Item, of_choice, point_score
from medapp.calculators.worked import Band
from medapp.domain.datatypes import LocalText

ABOUT: Final = About(
    id="apgar", version="1953",
    title=T("Apgar score", "Apgar 新生儿评分"),
    summary=T("State of the newborn at 1 and 5 minutes.", "新生儿出生后 1、5 分钟的状况。"),
    population=T("Newborns", "新生儿"),
    reference="Apgar V. Curr Res Anesth Analg 1953;32:260-7",
    specialties=("obstetrics", "paediatrics"),
    keywords=("Apgar", "newborn", "neonate", "asphyxia", "新生儿", "窒息"),
    cautions=(
        T("Say the minute; resuscitation does not wait for it", "须注明分钟数；复苏不应等待评分"),
        T("Lower in the preterm without asphyxia; foretells no later harm", "早产儿可偏低，且不预示远期结局"),
    ),
)
_WORDS: Final = (
    ("appearance", T("Colour", "皮肤颜色"), (
        ("blue_or_pale", T("Blue or pale", "青紫或苍白")), ("blue_extremities", T("Only the limbs blue",
                                                                             "四肢青紫")),
        ("pink", T("Pink all over", "全身红润")),
    )),
    ("pulse", T("Pulse", "心率"), (
        ("absent", T("Absent", "无")), ("below_100", T("Below 100 a minute", "<100 次/分")),
        ("from_100", T("100 a minute or more", "≥100 次/分")),
    )),
    ("grimace", T("Response to a stimulus", "对刺激的反应"), (
        ("none", T("No response", "无反应")), ("grimace", T("Grimace", "皱眉")),
        ("cry_or_cough", T("Cries, coughs or sneezes", "哭、咳或喷嚏")),
    )),
    ("activity", T("Muscle tone", "肌张力"), (
        ("limp", T("Limp", "松弛")), ("some_flexion", T("Some flexion", "四肢略屈曲")),
        ("active", T("Active movement", "活动自如")),
    )),
    ("respiration", T("Breathing", "呼吸"), (
        ("absent", T("Not breathing", "无呼吸")), ("weak", T("Slow or irregular", "慢或不规则")),
        ("strong", T("Good, strong cry", "良好，哭声响亮")),
    )),
)


def _item(name: str, label: LocalText, answers: tuple[tuple[str, LocalText], ...]) -> Item:
    points = {answer: float(position) for position, (answer, _) in enumerate(answers)}
    synonyms = {str(position): answer for position, (answer, _) in enumerate(answers)}
    asked = choice(name, label, dict(answers), required=False, synonyms=synonyms, look_back=DAY)
    return of_choice(asked, points)


ITEMS: Final = tuple(_item(*words) for words in _WORDS)
BANDS: Final = (
    Band("low", 0.0, 3.0, T("Low", "低")),
    Band("intermediate", 4.0, 6.0, T("Between", "中等异常")),
    Band("reassuring", 7.0, 10.0, T("Reassuring", "良好")),
)
EXAMPLES: Final = (
    Example(
        {
            "pulse": "from_100", "respiration": "weak", "activity": "some_flexion", "grimace": "cry_or_cough",
            "appearance": "blue_extremities",
        },
        7.0, "score table apgar: 2 + 1 + 1 + 2 + 1", category="reassuring",
    ),
    Example(
        {
            "pulse": "below_100", "respiration": "absent", "activity": "limp", "grimace": "none",
            "appearance": "blue_or_pale",
        },
        1.0, "open-medicine 0.12.0: only a slow pulse", category="low",
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
