"""NEWS2: early warning from seven observations, 0 to 20 points.

Bands by their upper limit. Breathing [/min]: 8: 3, 11: 1, 20: 0, 24: 2, above: 3. SpO2 [%], scale 1: 91: 3,
93: 2, 95: 1, above: 0. Scale 2 (hypercapnic failure, target 88 to 92): 83: 3, 85: 2, 87: 1, 92: 0, and on
oxygen 94: 1, 96: 2, above: 3 (on air 0). Oxygen: 2. Systolic [mm Hg]: 90: 3, 100: 2, 110: 1, 219: 0, above:
3. Pulse [/min]: 40: 3, 50: 1, 90: 0, 110: 1, 130: 2, above: 3. Not alert or newly confused: 3. Temperature
[degrees C]: 35.0: 3, 36.0: 1, 38.0: 0, 39.0: 1, above: 2.
Numbers: score table news2 and the package clincalc 0.4.0 agree on every band, scale 2 and pulse among them.
Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import Criterion, Limits, asked, criteria_score, graded, of_value, up_to
from medapp.calculators.declare import DAY, About, Example, T, choice, number, yes
from medapp.calculators.worked import Band, OutOfRange

ABOUT: Final = About(
    id="news2", version="2017",
    title=T("NEWS2, early warning score", "NEWS2（国家早期预警评分）"),
    summary=T("How ill an inpatient is, from observations.", "依据生命体征评估病情危重程度。"),
    population=T("Patients from 16 years on, not pregnant", "16 岁及以上、非妊娠患者"),
    reference="Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017",
    specialties=("emergency", "intensive_care", "general_practice"),
    keywords=("NEWS", "deterioration", "sepsis", "早期预警", "病情恶化"), setting="hospital",
    out_of_scope=(
        T("Not in pregnancy, not below 16 years", "妊娠期及 16 岁以下不适用"),
    ),
    cautions=(
        T("SpO₂ scale 2 only on a clinician's decision, in hypercapnic failure",
          "血氧 2 号量表仅用于确认的高碳酸血症性呼吸衰竭，并由医生决定"),
    ),
)
BREATHS: Final = number("respiratory_rate", look_back=DAY, required=False)
SATURATION: Final = number("spo2", look_back=DAY, required=False)
SCALE: Final = choice(
    "spo2_scale", T("SpO₂ scale", "血氧量表"),
    {
        "scale_1": T("Scale 1", "1 号量表"),
        "scale_2": T("Scale 2 (target 88 to 92 %)", "2 号量表（目标 88%–92%）"),
    },
    default="scale_1", synonyms={"1": "scale_1", "2": "scale_2"},
)
OXYGEN: Final = yes("on_oxygen", T("Breathes oxygen", "正在吸氧"))
PRESSURE: Final = number("systolic_bp", look_back=DAY, required=False)
PULSE: Final = number("heart_rate", look_back=DAY, required=False)
ALERTNESS: Final = choice(
    "consciousness", T("Consciousness", "意识"),
    {
        "alert": T("Alert", "清醒"), "confusion": T("New confusion", "新发意识模糊"),
        "voice": T("Responds to voice", "对声音有反应"), "pain": T("Responds to pain", "对疼痛有反应"),
        "unresponsive": T("Unresponsive", "无反应"),
    },
    required=False, look_back=DAY,
    synonyms={
        "a": "alert", "c": "confusion", "v": "voice", "p": "pain", "u": "unresponsive",
        "confused": "confusion",
        "new confusion": "confusion", "cvpu": "confusion",
    },
)
WARMTH: Final = number("temperature", look_back=DAY, required=False)
AGE: Final = number("age", valid=(16, 120), required=False, look_back=None)
PREGNANT: Final = yes("pregnant", look_back=280)

BY_WARMTH: Final = up_to(WARMTH, ((35.0, 3.0), (36.0, 1.0), (38.0, 0.0), (39.0, 1.0)), 2.0)
SCALE_1: Final = up_to(SATURATION, ((91.0, 3.0), (93.0, 2.0), (95.0, 1.0)), 0.0)
ON_AIR: Final = up_to(SATURATION, ((83.0, 3.0), (85.0, 2.0), (87.0, 1.0)), 0.0)
ON_OXYGEN: Final = up_to(
    SATURATION, ((83.0, 3.0), (85.0, 2.0), (87.0, 1.0), (92.0, 0.0), (94.0, 1.0), (96.0, 2.0)), 3.0
)


def saturation(values: Values) -> Limits:
    """By the scale; with scale 2, too much counts on oxygen only."""
    if values["spo2_scale"] == "scale_1":
        return SCALE_1.limits(values)
    if "on_oxygen" in values:
        return (ON_OXYGEN if values["on_oxygen"] else ON_AIR).limits(values)
    return ON_AIR.limits(values)[0], ON_OXYGEN.limits(values)[1]


CRITERIA: Final = (
    up_to(BREATHS, ((8.0, 3.0), (11.0, 1.0), (20.0, 0.0), (24.0, 2.0)), 3.0),
    Criterion(SCALE_1.title, (SATURATION.name, SCALE.name, OXYGEN.name), saturation),
    asked(OXYGEN, 2.0),
    up_to(PRESSURE, ((90.0, 3.0), (100.0, 2.0), (110.0, 1.0), (219.0, 0.0)), 3.0),
    up_to(PULSE, ((40.0, 3.0), (50.0, 1.0), (90.0, 0.0), (110.0, 1.0), (130.0, 2.0)), 3.0),
    graded(ALERTNESS, {"alert": 0.0, "confusion": 3.0, "voice": 3.0, "pain": 3.0, "unresponsive": 3.0}),
    of_value(
        WARMTH, lambda degrees: BY_WARMTH.limits({WARMTH.name: round(degrees, 1)})[0], 0.0, 3.0
    ),
)
LOW: Final = Band("low", 0.0, 4.0, T("Low: go on observing", "低危：继续监测"))
ONE_RED: Final = Band(
    "low_medium", 3.0, 4.0,
    T("One observation with 3 points: urgent review on the ward", "单项 3 分：病房紧急评估")
)
MEDIUM: Final = Band("medium", 5.0, 6.0, T("Medium: urgent review", "中危：紧急评估"))
HIGH: Final = Band("high", 7.0, 20.0, T("High: emergency review", "高危：立即抢救评估"))


def judged(_values: Values, given: Sequence[float], total: float) -> Band:
    """The band of the sum; one observation with 3 points lifts a low one."""
    if total >= 7.0:
        return HIGH
    if total >= 5.0:
        return MEDIUM
    return ONE_RED if 3.0 in given else LOW


def check(values: Values) -> None:
    """Not in pregnancy."""
    if values.get("pregnant"):
        raise OutOfRange(T("not made for pregnancy", "不适用于妊娠"), "pregnant")


_CASE: Final = {
    "respiratory_rate": 22, "spo2": 93, "on_oxygen": True, "systolic_bp": 104, "heart_rate": 112,
    "consciousness": "alert", "temperature": 38.4,
}
EXAMPLES: Final = (
    Example(_CASE, 10.0, "score table news2: 2 + 2 + 2 + 1 + 2 + 0 + 1", category="high"),
    Example(
        {**_CASE, "respiratory_rate": 18, "systolic_bp": 90, "heart_rate": 80, "temperature": 37.0,
         "spo2": 96,
         "on_oxygen": False},
        3.0, "computed with the package clincalc 0.4.0", category="low_medium",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (BREATHS, SATURATION, SCALE, OXYGEN, PRESSURE, PULSE, ALERTNESS, WARMTH, AGE, PREGNANT), CRITERIA,
    EXAMPLES, judged=judged, check=check,
)
