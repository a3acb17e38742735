"""PHQ-9: severity of depression.

Nine items of 0 to 3 over the last 2 weeks; the sum is 0 to 27: minimal to 4, mild to 9, moderate to 14,
moderately severe to 19, severe above. The labels are our own short words for the topics, not the questions.
Any answer above 0 to the ninth item needs a look, whatever the sum. Bands: medical-calc-mcp, clincalc 0.4.0,
open-medicine 0.12.0 and recall agree.
Kroenke K, Spitzer RL, Williams JB. J Gen Intern Med 2001;16:606-13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from medapp.assess.assessor import Given
from medapp.calculators.criteria import ADULT, Settled, criteria_score, of_value
from medapp.calculators.declare import About, Example, T, icd10
from medapp.calculators.questionnaire import TWO_WEEKS, items
from medapp.calculators.worked import Band
from medapp.domain.assessment import Assessment, Caution
from medapp.domain.record import PatientRecord

ABOUT: Final = About(
    id="phq9", version="2001",
    title=T("PHQ-9, depression", "PHQ-9 抑郁症状量表"),
    summary=T("Severity of depression over two weeks.", "最近两周抑郁症状的严重程度。"),
    population=T("Adults who answer for themselves", "能自行作答的成人"),
    reference="Kroenke K, Spitzer RL, Williams JB. J Gen Intern Med 2001;16:606-13",
    specialties=("psychiatry", "general_practice"),
    keywords=("PHQ-9", "depression", "suicide", "抑郁", "自杀", "情绪低落"),
    offer="on_problem", offered_for=icd10("F32", "F33", "F341"),
    cautions=(T("A screen, no diagnosis; ask also what the sum does not say", "为筛查而非诊断，须结合访谈"),),
)
TOPICS: Final = (
    T("Interest or pleasure", "兴趣或愉快感"), T("Low mood", "情绪低落"), T("Sleep", "睡眠"),
    T("Tiredness", "疲倦"), T("Appetite", "食欲"), T("Feeling a failure", "自我评价低"),
    T("Concentration", "注意力"), T("Slow, or restless", "迟缓或坐立不安"),
    T("Thoughts of death or self-harm", "轻生或自伤念头"),
)
FEATURES: Final = items("phq9", TOPICS, 3, TWO_WEEKS)
NINTH: Final = FEATURES[8].name
BANDS: Final = (
    Band("minimal", 0.0, 4.0, T("Minimal", "无或极轻")),
    Band("mild", 5.0, 9.0, T("Mild", "轻度")),
    Band("moderate", 10.0, 14.0, T("Moderate", "中度")),
    Band("moderately_severe", 15.0, 19.0, T("Moderately severe", "中重度")),
    Band("severe", 20.0, 27.0, T("Severe", "重度")),
)
ASK: Final = (
    "self_harm",
    T("Thoughts of death or self-harm: ask about suicide today", "存在轻生或自伤念头：今日须评估自杀风险"),
)


def answers(*given: int) -> dict[str, int]:
    """Inputs in order."""
    return {feature.name: value for feature, value in zip(FEATURES, given, strict=True)}


EXAMPLES: Final = (
    Example(
        answers(2, 2, 2, 2, 2, 2, 2, 1, 1), 16.0, "score table phq9: sum of 16", category="moderately_severe"
    ),
    Example(answers(1, 1, 1, 1, 0, 0, 0, 0, 0), 4.0, "clincalc 0.4.0: sum of 4", category="minimal"),
)


@dataclass(frozen=True)
class Questionnaire(Settled):
    """Says the ninth item's own whatever the answer is, also while others are open or out of scope."""

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        answer = super().assess(record, inputs)
        told = {one.name: one.value for one in answer.inputs}.get(NINTH)
        code, text = ASK
        if not isinstance(told, (int, float)) or told <= 0:
            return answer
        return replace(answer, warnings=(*answer.warnings, Caution(code, NINTH, text.as_dict())))


CRITERIA: Final = tuple(of_value(feature, float, 0.0, 3.0) for feature in FEATURES)
SUMMED: Final = criteria_score(ABOUT, (*FEATURES, ADULT), CRITERIA, EXAMPLES, bands=BANDS)
CALCULATOR = Questionnaire(
    ABOUT, SUMMED.inputs, SUMMED.outputs, SUMMED.compute, EXAMPLES, SUMMED.extremes, CRITERIA, bands=BANDS
)
