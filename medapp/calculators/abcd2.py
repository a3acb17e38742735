"""ABCD2: risk of stroke in the days after a transient ischaemic attack, 0 to 7 points.

Age from 60: 1. Pressure from 140 systolic or 90 diastolic: 1. Weakness of one side 2, else disturbed speech
1. 60 minutes and more 2, 10 to 59 minutes 1. Diabetes 1. Stroke in 2 days: 1.0 % (0 to 3), 4.1 % (4, 5), 8.1
% (6, 7).
Numbers: no score table; the packages clincalc 0.4.0 and open-medicine 0.12.0 agree on every one. Johnston
SC, Rothwell PM, Nguyen-Huynh MN et al. Lancet 2007;369:283-92.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, Criterion, Limits, asked, criteria_score, either, graded
from medapp.calculators.declare import DAY, About, Example, T, choice, icd10, number, snomed, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="abcd2", version="2007",
    title=T("ABCD² score, after a transient ischaemic attack", "ABCD² 评分（短暂性脑缺血发作后）"),
    summary=T("Risk of stroke in the next 2 days.", "未来 2 天内卒中风险。"),
    population=T("Adults with a transient ischaemic attack", "短暂性脑缺血发作成人"),
    reference="Johnston SC, Rothwell PM, Nguyen-Huynh MN et al. Lancet 2007;369:283-92",
    specialties=("neurology", "emergency", "general_practice"),
    keywords=("TIA", "stroke", "短暂性脑缺血发作", "卒中"), is_prognosis=True,
    cautions=(
        T("Do not let the score alone decide how soon to refer", "不宜仅凭此评分决定转诊的紧迫程度"),
    ),
)
SYSTOLIC: Final = number("systolic_bp", look_back=DAY, required=False)
DIASTOLIC: Final = number("diastolic_bp", look_back=DAY, required=False)
FEATURE: Final = choice(
    "tia_clinical_feature", T("Clinical feature", "临床表现"),
    {
        "unilateral_weakness": T("Weakness of one side", "单侧肢体无力"),
        "speech_disturbance": T("Disturbed speech without weakness", "言语障碍，无肢体无力"),
        "other": T("Other", "其他"),
    },
    required=False,
    synonyms={
        "weakness": "unilateral_weakness", "unilateral-weakness": "unilateral_weakness",
        "hemiparesis": "unilateral_weakness", "hemiplegia": "unilateral_weakness",
        "speech": "speech_disturbance", "speech-disturbance": "speech_disturbance",
        "aphasia": "speech_disturbance", "dysarthria": "speech_disturbance", "none": "other",
    },
)
MINUTES: Final = number(
    "tia_duration", T("How long it lasted, minutes", "持续时间（分钟）"), unit="min", possible=(0.0, 1440.0),
    plausible=(0.0, 1440.0), required=False,
)
DIABETES: Final = yes(
    "diabetes_diagnosed", codes=(*icd10("E10", "E11", "E12", "E13", "E14"), *snomed("73211009", "44054006")),
)


def by_duration(values: Values) -> Limits:
    """2 points from an hour on, 1 from 10 minutes on."""
    if MINUTES.name not in values:
        return 0.0, 2.0
    minutes = values[MINUTES.name]
    points = 2.0 if minutes >= 60.0 else 1.0 if minutes >= 10.0 else 0.0
    return points, points


CRITERIA: Final = (
    either(T("Age", "年龄"), {"age": lambda age: age >= 60.0}),
    either(
        T("Pressure from 140 or 90 mmHg", "血压≥140 或≥90 mmHg"),
        {"systolic_bp": lambda high: high >= 140.0, "diastolic_bp": lambda low: low >= 90.0},
    ),
    graded(FEATURE, {"unilateral_weakness": 2.0, "speech_disturbance": 1.0, "other": 0.0}),
    Criterion(T("Duration", "持续时间"), (MINUTES.name,), by_duration),
    asked(DIABETES),
)
BANDS: Final = (
    Band("low", 0.0, 3.0, T("Low risk of stroke in 2 days", "2 天内卒中低危"), 0.010),
    Band("moderate", 4.0, 5.0, T("Moderate risk of stroke in 2 days", "2 天内卒中中危"), 0.041),
    Band("high", 6.0, 7.0, T("High risk of stroke in 2 days", "2 天内卒中高危"), 0.081),
)
EXAMPLES: Final = (
    Example(
        {
            "age": 72, "systolic_bp": 134, "diastolic_bp": 82, "tia_clinical_feature": "unilateral_weakness",
            "tia_duration": 45, "diabetes_diagnosed": True,
        },
        5.0, "computed with the packages clincalc 0.4.0 and open-medicine 0.12.0", category="moderate",
        extra={"risk": 0.041},
    ),
    Example(
        {
            "age": 58, "systolic_bp": 128, "diastolic_bp": 76, "tia_clinical_feature": "speech_disturbance",
            "tia_duration": 60, "diabetes_diagnosed": False,
        },
        3.0, "computed with the packages clincalc 0.4.0 and open-medicine 0.12.0", category="low",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (ADULT, SYSTOLIC, DIASTOLIC, FEATURE, MINUTES, DIABETES), CRITERIA, EXAMPLES, bands=BANDS
)
