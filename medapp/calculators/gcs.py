"""Glasgow coma scale: best response of eyes, voice and movement, 3 to 15.

Eyes 4 to 1, voice 5 to 1, movement 6 to 1. A component that cannot be tested has no number, and there is no
total then. Injury of the head: mild 13 to 15, moderate 9 to 12, severe up to 8.
Numbers: no score table; the packages clincalc 0.4.0, open-medicine 0.12.0 and vitalscore 0.1.1 (both bands)
and the case of medcalc-dev agree. Teasdale G, Jennett B. Lancet 1974;2:81-4. Teasdale G, Maas A, Lecky F et
al. Lancet Neurol 2014;13:844-54.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import criteria_score, graded
from medapp.calculators.declare import DAY, About, Example, T, choice
from medapp.calculators.worked import Band, OutOfRange

UNTESTABLE: Final = "not_testable"
NOT_TESTABLE: Final = T("Cannot be tested", "无法检查")

ABOUT: Final = About(
    id="gcs", version="1974, six levels of movement",
    title=T("Glasgow coma scale", "格拉斯哥昏迷评分（GCS）"),
    summary=T("Level of consciousness.", "意识水平。"),
    population=T("Adults and older children", "成人及较大儿童"),
    reference=(
        "Teasdale G, Jennett B. Lancet 1974;2:81-4; "
        "Teasdale G, Maas A, Lecky F et al. Lancet Neurol 2014;13:844-54"
    ),
    specialties=("emergency", "neurology", "intensive_care"),
    keywords=("GCS", "coma", "consciousness", "head injury", "昏迷", "意识障碍", "颅脑损伤"),
    out_of_scope=(
        T("Not for children who do not speak yet: they have a scale of their own",
          "未会说话的幼儿须用儿童量表"),
    ),
    cautions=(T("The three parts say more than their sum", "三个分项比总分更有意义"),),
)
EYES: Final = choice(
    "eye_opening", T("Eyes open", "睁眼反应"),
    {
        "spontaneous": T("Spontaneously (4)", "自发睁眼（4）"),
        "to_sound": T("To sound (3)", "呼唤睁眼（3）"),
        "to_pressure": T("To pressure (2)", "刺痛睁眼（2）"), "none": T("Not (1)", "无反应（1）"),
        UNTESTABLE: NOT_TESTABLE,
    },
    required=False, look_back=DAY,
    synonyms={
        "4": "spontaneous", "3": "to_sound", "2": "to_pressure", "1": "none", "to_speech": "to_sound",
        "to voice": "to_sound", "to_voice": "to_sound", "to verbal command": "to_sound",
        "to pain": "to_pressure",
        "to_pain": "to_pressure", "no eye opening": "none", "eyes open spontaneously": "spontaneous",
        "nt": UNTESTABLE, "not testable": UNTESTABLE,
    },
)
VOICE: Final = choice(
    "verbal_response", T("Voice", "言语反应"),
    {
        "oriented": T("Oriented (5)", "定向正确（5）"), "confused": T("Confused (4)", "言语错乱（4）"),
        "words": T("Words only (3)", "只能说词（3）"), "sounds": T("Sounds only (2)", "只能发声（2）"),
        "none": T("None (1)", "无反应（1）"), UNTESTABLE: NOT_TESTABLE,
    },
    required=False, look_back=DAY,
    synonyms={
        "5": "oriented", "4": "confused", "3": "words", "2": "sounds", "1": "none", "orientated": "oriented",
        "inappropriate words": "words", "inappropriate_words": "words", "incomprehensible sounds": "sounds",
        "incomprehensible_sounds": "sounds", "no verbal response": "none", "nt": UNTESTABLE, "t": UNTESTABLE,
        "not testable": UNTESTABLE, "intubated": UNTESTABLE,
    },
)
MOVEMENT: Final = choice(
    "motor_response", T("Movement", "运动反应"),
    {
        "obeys": T("Obeys commands (6)", "遵嘱动作（6）"), "localises": T("Localises (5)", "刺痛定位（5）"),
        "withdraws": T("Normal flexion, withdraws (4)", "刺痛躲避（4）"),
        "abnormal_flexion": T("Abnormal flexion (3)", "异常屈曲（3）"),
        "extension": T("Extension (2)", "异常伸直（2）"), "none": T("None (1)", "无反应（1）"),
        UNTESTABLE: NOT_TESTABLE,
    },
    required=False, look_back=DAY,
    synonyms={
        "6": "obeys", "5": "localises", "4": "withdraws", "3": "abnormal_flexion", "2": "extension",
        "1": "none",
        "obeys commands": "obeys", "obey_commands": "obeys", "localizes": "localises",
        "localising": "localises",
        "localizes pain": "localises", "normal_flexion": "withdraws", "withdrawal from pain": "withdraws",
        "withdrawal": "withdraws", "flexion to pain": "abnormal_flexion", "extension to pain": "extension",
        "no motor response": "none", "nt": UNTESTABLE, "not testable": UNTESTABLE,
    },
)
PARTS: Final = (EYES, VOICE, MOVEMENT)
CRITERIA: Final = tuple(
    graded(
        part,
        {answer: float(points) for points, answer in enumerate(reversed(part.choices[:-1]), 1)}
        | {UNTESTABLE: 1.0},
    )
    for part in PARTS
)
BANDS: Final = (
    Band("severe", 3.0, 8.0, T("Severe, in head injury", "重型（颅脑损伤）")),
    Band("moderate", 9.0, 12.0, T("Moderate, in head injury", "中型（颅脑损伤）")),
    Band("mild", 13.0, 15.0, T("Mild, in head injury", "轻型（颅脑损伤）")),
)


def testable(values: Values) -> None:
    """No total where a component cannot be tested."""
    names = [part.name for part in PARTS if values.get(part.name) == UNTESTABLE]
    if names:
        text = T("a part cannot be tested: give the other parts, no total",
                 "有分项无法检查：请报告其余分项，不计总分")
        raise OutOfRange(text, *names)


EXAMPLES: Final = (
    Example(
        {"eye_opening": "spontaneous", "verbal_response": "none", "motor_response": "abnormal_flexion"}, 8.0,
        "medcalc-dev, one-shot case of calculator 21", category="severe",
    ),
    Example(
        {"eye_opening": "to_sound", "verbal_response": "confused", "motor_response": "obeys"}, 13.0,
        "computed with the package clincalc 0.4.0", category="mild",
    ),
)
CALCULATOR = criteria_score(ABOUT, PARTS, CRITERIA, EXAMPLES, bands=BANDS, check=testable)
