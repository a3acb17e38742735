"""NIH stroke scale: deficit after a stroke, fifteen entries, 0 to 42 points.

An entry that cannot be tested stays unknown and is not counted as 0: the answer is a range then. Bands: 1 to
4 minor, 5 to 15 moderate, 16 to 20 moderate to severe, from 21 severe.
Numbers: score table rules (entries 1a to 8); the packages medcalc 0.4.0 and open-medicine 0.12.0 agree with
it and with each other on all entries and bands, clincalc 0.4.0 on all entries. Brott T, Adams HP, Olinger CP
et al. Stroke 1989;20:864-70.
"""

from __future__ import annotations

from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import DAY, About, Example, T, number
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="nihss", version="1989, fifteen entries",
    title=T("NIH stroke scale", "NIHSS（美国国立卫生研究院卒中量表）"),
    summary=T("How severe the deficit of a stroke is.", "卒中神经功能缺损程度。"),
    population=T("Adults with an acute stroke", "急性卒中成人"),
    reference="Brott T, Adams HP, Olinger CP et al. Stroke 1989;20:864-70",
    specialties=("neurology", "emergency"),
    keywords=("stroke", "thrombolysis", "卒中", "脑梗死", "溶栓", "神经功能缺损"),
    cautions=(
        T("Leave open what cannot be tested (intubated, amputated): a range is given",
          "无法检查者（插管、截肢等）请留空，将给出分值范围"),
        T("Few points do not mean a harmless stroke", "低分不代表卒中无害"),
    ),
)
_LIMB: Final = (
    "0 holds, 1 drifts, 2 some effort against gravity, 3 none against gravity, 4 no movement",
    "0 无下落，1 漂移，2 部分抗重力，3 不能抗重力，4 无运动",
)


def _entry(name: str, most: float, title: tuple[str, str], levels: tuple[str, str]) -> Feature:
    return number(
        name, T(f"{title[0]}: {levels[0]}", f"{title[1]}：{levels[1]}"), required=False, whole=True,
        possible=(0.0, most), look_back=DAY,
    )


ENTRIES: Final = (
    _entry("consciousness_level", 3, ("1a Consciousness", "1a 意识水平"),
           ("0 alert, 1 rousable, 2 needs strong stimuli, 3 reflexes only",
            "0 清醒，1 轻刺激可唤醒，2 需强刺激，3 仅反射")),
    _entry("consciousness_questions", 2, ("1b Month and age", "1b 月份与年龄"),
           ("0 both right, 1 one, 2 none", "0 均正确，1 一项正确，2 均不正确")),
    _entry("consciousness_commands", 2, ("1c Two commands", "1c 两项指令"),
           ("0 both done, 1 one, 2 none", "0 均完成，1 完成一项，2 均未完成")),
    _entry("gaze", 2, ("2 Gaze", "2 凝视"),
           ("0 normal, 1 partial palsy, 2 forced deviation", "0 正常，1 部分麻痹，2 强迫凝视")),
    _entry("visual_fields", 3, ("3 Visual fields", "3 视野"),
           ("0 full, 1 partial hemianopia, 2 complete, 3 both sides",
            "0 正常，1 部分偏盲，2 完全偏盲，3 双侧偏盲")),
    _entry("facial_palsy", 3, ("4 Face", "4 面瘫"),
           ("0 normal, 1 minor, 2 partial, 3 complete", "0 正常，1 轻微，2 部分，3 完全")),
    _entry("left_arm", 4, ("5a Left arm", "5a 左上肢"), _LIMB),
    _entry("right_arm", 4, ("5b Right arm", "5b 右上肢"), _LIMB),
    _entry("left_leg", 4, ("6a Left leg", "6a 左下肢"), _LIMB),
    _entry("right_leg", 4, ("6b Right leg", "6b 右下肢"), _LIMB),
    _entry("limb_ataxia", 2, ("7 Ataxia", "7 肢体共济失调"),
           ("0 none, 1 one limb, 2 two limbs", "0 无，1 单肢，2 双肢")),
    _entry("sensory_loss", 2, ("8 Sensation", "8 感觉"),
           ("0 normal, 1 mild to moderate loss, 2 severe", "0 正常，1 轻中度缺失，2 重度缺失")),
    _entry("aphasia", 3, ("9 Language", "9 语言"),
           ("0 normal, 1 mild to moderate aphasia, 2 severe, 3 mute",
            "0 正常，1 轻中度失语，2 重度失语，3 完全失语")),
    _entry("dysarthria", 2, ("10 Articulation", "10 构音"),
           ("0 normal, 1 mild to moderate, 2 severe", "0 正常，1 轻中度障碍，2 重度障碍")),
    _entry("neglect", 2, ("11 Neglect", "11 忽视"),
           ("0 none, 1 one modality, 2 more than one", "0 无，1 一种感觉，2 一种以上")),
)
BANDS: Final = (
    Band("none", 0.0, 0.0, T("No deficit on this scale", "量表未见缺损")),
    Band("minor", 1.0, 4.0, T("Minor", "轻度")),
    Band("moderate", 5.0, 15.0, T("Moderate", "中度")),
    Band("moderate_severe", 16.0, 20.0, T("Moderate to severe", "中重度")),
    Band("severe", 21.0, 42.0, T("Severe", "重度")),
)
CRITERIA: Final = tuple(
    of_value(entry, lambda points: points, 0.0,
             entry.possible[1] if entry.possible else 0.0) for entry in ENTRIES
)
_NONE: Final = {entry.name: 0 for entry in ENTRIES}
EXAMPLES: Final = (
    Example(
        {**_NONE, "facial_palsy": 2, "right_arm": 3, "aphasia": 2}, 7.0,
        "score table rules: face 2 + right arm 3 + language 2", category="moderate",
    ),
    Example(
        {entry.name: int(entry.possible[1]) if entry.possible else 0 for entry in ENTRIES}, 42.0,
        "the published maximum of 42 points", category="severe",
    ),
)
CALCULATOR = criteria_score(ABOUT, (*ENTRIES, ADULT), CRITERIA, EXAMPLES, bands=BANDS)
