"""HEART score: major cardiac events within six weeks of chest pain in the emergency department.

History, ECG, age (45 to 64: 1, 65 or more: 2), risk factors (one or two: 1; three or more, or known
atherosclerotic disease: 2) and troponin (up to 3 x the limit: 1, above: 2) give 0 to 2 each; 0 to 10. Risk
factors: hypertension, high cholesterol, diabetes, smoking (also when stopped less than 3 months ago),
obesity, early cardiovascular disease of a parent or sibling. Low 0 to 3, moderate 4 to 6, high from 7; the
shares of events differ between cohorts and are not given. Adults with chest pain, without ST elevation,
stable. Six AJ, Backus BE, Kelder JC. Neth Heart J 2008;16:191-6. Backus BE, Six AJ, Kelder JC et al. Int J
Cardiol 2013;168:2153-8.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.calculator import Values
from medapp.calculators.declare import DAY, About, Example, T, choice, icd10, number, snomed, yes
from medapp.calculators.tally import Part, tally_score
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="heart_score", version="2008",
    title=T("HEART score, chest pain", "HEART 胸痛评分"),
    summary=T("Major cardiac events within six weeks.", "急诊胸痛患者 6 周内主要心脏事件的风险。"),
    population=T("Adults with chest pain in the emergency department", "急诊胸痛成人"),
    reference=(
        "Six AJ, Backus BE, Kelder JC. Neth Heart J 2008;16:191-6; Backus BE et al. "
        "Int J Cardiol 2013;168:2153-8"
    ),
    specialties=("emergency", "cardiology"),
    keywords=("chest pain", "ACS", "MACE", "troponin", "胸痛", "急性冠脉综合征", "肌钙蛋白"),
    is_prognosis=True,
    out_of_scope=(T("Not with ST elevation or unstable circulation", "ST 段抬高或循环不稳定者不适用"),),
)
HISTORY: Final = {"slight": 0.0, "moderate": 1.0, "high": 2.0}
ECG: Final = {"normal": 0.0, "nonspecific": 1.0, "significant_st": 2.0}
TROPONIN: Final = {"normal": 0.0, "up_to_3_times": 1.0, "above_3_times": 2.0}
FACTORS: Final = (
    yes("hypertension_diagnosed", codes=v.HYPERTENSION),
    yes("hypercholesterolaemia", T("High cholesterol", "高胆固醇血症"),
        codes=(*icd10("E780", "E782", "E785"), *snomed("13644009", "55822004"))),
    yes("diabetes_diagnosed", codes=v.DIABETES),
    yes("smoker_or_stopped_3_months", T("Smokes or stopped within 3 months", "吸烟或戒烟不足 3 个月")),
    yes("obesity", T("Obesity, BMI above 30", "肥胖（BMI >30）"),
        codes=(*icd10("E66"), *snomed("162864005"))),
    yes("family_history_early_cvd",
        T("Parent or sibling with cardiovascular disease before 65", "父母或同胞 65 岁前患心血管病")),
)
DISEASE: Final = yes(
    "atherosclerotic_disease",
    T("Known atherosclerosis: infarction, stent, stroke, TIA, peripheral",
      "已知动脉粥样硬化病：心梗、支架、卒中、TIA、外周动脉病"),
    codes=v.CARDIOVASCULAR,
)
FEATURES: Final = (
    choice(
        "history", T("History", "病史可疑程度"),
        {"slight": T("Slightly suspicious", "轻度可疑"), "moderate": T("Moderately suspicious", "中度可疑"),
         "high": T("Highly suspicious", "高度可疑")},
        look_back=DAY,
    ),
    choice(
        "ecg", T("ECG", "心电图"),
        {"normal": T("Normal", "正常"), "nonspecific": T("Nonspecific repolarisation", "非特异性复极异常"),
         "significant_st": T("Significant ST deviation", "明显 ST 段偏移")},
        synonyms={
            "non-specific repolarization disturbance": "nonspecific",
            "significant st deviation": "significant_st",
            "nonspecific repolarization disturbance": "nonspecific",
        },
        look_back=DAY,
    ),
    number("age", valid=(18, 120), look_back=None), *FACTORS, DISEASE,
    choice(
        "troponin", T("First troponin", "首次肌钙蛋白"),
        {"normal": T("Up to the limit", "不超过上限"),
         "up_to_3_times": T("1 to 3 times the limit", "上限的 1–3 倍"),
         "above_3_times": T("Above 3 times the limit", "超过上限 3 倍")},
        synonyms={
            "less than or equal to normal limit": "normal",
            "greater than three times normal limit": "above_3_times",
            "between the normal limit or up to three times the normal limit": "up_to_3_times",
        },
        look_back=DAY,
    ),
)
NAMES: Final = tuple(one.name for one in FACTORS)


def _age(values: Values) -> float:
    return 0.0 if values["age"] < 45 else 1.0 if values["age"] < 65 else 2.0


def _of_count(count: int) -> float:
    return 0.0 if count == 0 else 1.0 if count < 3 else 2.0


def _factors(values: Values) -> float:
    if values[DISEASE.name]:
        return 2.0
    return _of_count(sum(bool(values[name]) for name in NAMES))


def _factor_limits(values: Values) -> tuple[float, float]:
    """What the risk factors can give with some of them unknown."""
    if values.get(DISEASE.name):
        return 2.0, 2.0
    known = sum(bool(values.get(name)) for name in NAMES)
    unknown = sum(name not in values for name in NAMES)
    high = 2.0 if DISEASE.name not in values else _of_count(known + unknown)
    return _of_count(known), high


PARTS: Final = (
    Part(T("History", "病史"), ("history",), lambda values: HISTORY[values["history"]], 0.0, 2.0),
    Part(T("ECG", "心电图"), ("ecg",), lambda values: ECG[values["ecg"]], 0.0, 2.0),
    Part(T("Age", "年龄"), ("age",), _age, 0.0, 2.0),
    Part(T("Risk factors", "危险因素"), (DISEASE.name, *NAMES), _factors, 0.0, 2.0, _factor_limits),
    Part(T("Troponin", "肌钙蛋白"), ("troponin",), lambda values: TROPONIN[values["troponin"]], 0.0, 2.0),
)
BANDS: Final = (
    Band("low", -math.inf, 3.0, T("0 to 3: low risk", "0–3 分：低危")),
    Band("moderate", 4.0, 6.0, T("4 to 6: moderate risk", "4–6 分：中危")),
    Band("high", 7.0, math.inf, T("7 or more: high risk", "≥7 分：高危")),
)
_NO: Final = dict.fromkeys((*NAMES, DISEASE.name), False)
EXAMPLES: Final = (
    Example(
        {**_NO, "history": "moderate", "ecg": "normal", "age": 58, "troponin": "normal", "obesity": True,
         "hypertension_diagnosed": True},
        3.0, "score table heart_score: 1 + 0 + 1 + 1 + 0, two risk factors", category="low",
    ),
    Example(
        {**_NO, "history": "slight", "ecg": "normal", "age": 71, "troponin": "normal",
         "hypertension_diagnosed": True, "hypercholesterolaemia": True, "diabetes_diagnosed": True,
         "smoker_or_stopped_3_months": True, DISEASE.name: True},
        4.0, "medcalc-dev, calculator 18, row 4271", category="moderate",
    ),
)
CALCULATOR = tally_score(ABOUT, FEATURES, PARTS, BANDS, EXAMPLES)
