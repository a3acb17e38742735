"""GAD-7: severity of anxiety.

Seven items of 0 to 3 over the last 2 weeks; the sum is 0 to 21: minimal to 4, mild to 9, moderate to 14,
severe above; from 10 a generalised anxiety disorder is likely enough to be looked for. The labels are our
own short words for the topics, not the questions. Bands: medical-calc-mcp, clincalc 0.4.0, open-medicine
0.12.0 and recall agree.
Spitzer RL, Kroenke K, Williams JB, Löwe B. Arch Intern Med 2006;166:1092-7.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import About, Example, T, icd10
from medapp.calculators.questionnaire import TWO_WEEKS, items
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="gad7", version="2006",
    title=T("GAD-7, anxiety", "GAD-7 焦虑症状量表"),
    summary=T("Severity of anxiety over two weeks.", "最近两周焦虑症状的严重程度。"),
    population=T("Adults who answer for themselves", "能自行作答的成人"),
    reference="Spitzer RL, Kroenke K, Williams JB, Löwe B. Arch Intern Med 2006;166:1092-7",
    specialties=("psychiatry", "general_practice"),
    keywords=("GAD-7", "anxiety", "worry", "焦虑", "担忧"),
    offer="on_problem", offered_for=icd10("F40", "F41"),
    cautions=(T("A screen, no diagnosis", "为筛查而非诊断"),),
)
TOPICS: Final = (
    T("Nervous or on edge", "紧张不安"), T("Worry that does not stop", "无法停止担忧"),
    T("Worry about many things", "担忧过多"), T("Trouble relaxing", "难以放松"),
    T("Restless", "坐立不安"), T("Irritable", "易怒"), T("Fear of something awful", "害怕将有坏事发生"),
)
FEATURES: Final = items("gad7", TOPICS, 3, TWO_WEEKS)
BANDS: Final = (
    Band("minimal", 0.0, 4.0, T("Minimal", "无或极轻")),
    Band("mild", 5.0, 9.0, T("Mild", "轻度")),
    Band("moderate", 10.0, 14.0, T("Moderate: look for an anxiety disorder", "中度：需进一步评估焦虑障碍")),
    Band("severe", 15.0, 21.0, T("Severe: look for an anxiety disorder", "重度：需进一步评估焦虑障碍")),
)


def answers(*given: int) -> dict[str, int]:
    """Inputs in order."""
    return {feature.name: value for feature, value in zip(FEATURES, given, strict=True)}


EXAMPLES: Final = (
    Example(answers(2, 2, 2, 2, 1, 1, 1), 11.0, "score table gad7: 11 is moderate", category="moderate"),
    Example(answers(3, 2, 2, 2, 2, 2, 2), 15.0, "clincalc 0.4.0: sum of 15", category="severe"),
)
CRITERIA: Final = tuple(of_value(feature, float, 0.0, 3.0) for feature in FEATURES)
CALCULATOR = criteria_score(ABOUT, (*FEATURES, ADULT), CRITERIA, EXAMPLES, bands=BANDS)
