"""CHA2DS2-VASc: risk of stroke in atrial fibrillation.

Heart failure 1, hypertension 1, age 75 or more 2 (65 to 74: 1), diabetes 1, stroke, TIA or thromboembolism 2,
vascular disease (infarction, peripheral artery disease, aortic plaque) 1, female 1; 0 to 9. Adults with
atrial fibrillation without mechanical valve or moderate to severe mitral stenosis. No yearly rates are given:
they differ between cohorts and their row is recalled only.
Lip GY, Nieuwlaat R, Pisters R et al. Chest 2010;137:263-72.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.declare import About, Example, T, choice, icd10, number, snomed, yes
from medapp.calculators.points import from_bands, of_choice, point_score, when

FAILURE: Final = yes(
    "heart_failure", T("Heart failure or weak left ventricle", "心力衰竭或左室功能减退"),
    codes=v.HEART_FAILURE,
)
PRESSURE: Final = yes("hypertension_diagnosed", codes=v.HYPERTENSION)
DIABETES: Final = yes("diabetes_diagnosed", codes=v.DIABETES)
STROKE: Final = yes(
    "stroke_tia_thromboembolism", T("Earlier stroke, TIA or thromboembolism", "既往卒中、TIA 或血栓栓塞"),
    codes=v.STROKE,
)
VESSELS: Final = yes(
    "vascular_disease",
    T("Infarction, peripheral artery disease or aortic plaque", "心肌梗死、外周动脉病或主动脉斑块"),
    codes=v.INFARCTION_ARTERIES,
)
ITEMS: Final = (
    when(FAILURE, 1.0), when(PRESSURE, 1.0),
    from_bands(
        number("age", valid=(18, 120), look_back=None), ((float("-inf"), 0.0), (65.0, 1.0), (75.0, 2.0))
    ),
    when(DIABETES, 1.0), when(STROKE, 2.0), when(VESSELS, 1.0),
)
"""The items that this score shares with CHA2DS2-VA."""

NOT_VALVES: Final = T(
    "Not with a mechanical valve or mitral stenosis", "机械瓣或中重度二尖瓣狭窄者不适用"
)
VALVES: Final = yes(
    "mechanical_valve_or_mitral_stenosis",
    T("Mechanical valve, or moderate to severe mitral stenosis", "机械瓣或中重度二尖瓣狭窄"),
    codes=(*icd10("I050", "I052", "I342", "Z952"), *snomed("79619009")),
)
"""The codes name neither the degree of a stenosis nor the make of a valve: whoever knows better says no."""

KEYWORDS: Final = ("AF", "atrial fibrillation", "stroke", "anticoagulation", "房颤", "卒中", "抗凝")

ABOUT: Final = About(
    id="chads2_vasc", version="2010",
    title=T("CHA2DS2-VASc, stroke in atrial fibrillation", "CHA2DS2-VASc 房颤卒中风险评分"),
    summary=T("Risk of stroke in atrial fibrillation.", "心房颤动患者的卒中风险。"),
    population=T("Adults with non-valvular atrial fibrillation", "非瓣膜性心房颤动成人"),
    reference="Lip GY, Nieuwlaat R, Pisters R et al. Chest 2010;137:263-72",
    specialties=("cardiology", "neurology", "general_practice"), keywords=KEYWORDS, offer="on_problem",
    offered_for=v.ATRIAL_FIBRILLATION, out_of_scope=(NOT_VALVES,), is_prognosis=True,
    cautions=(T("CHA2DS2-VA of 2024 leaves the sex out", "2024 年 CHA2DS2-VA 不计性别"),),
)
_NO: Final = {
    "heart_failure": False, "hypertension_diagnosed": False, "diabetes_diagnosed": False,
    "stroke_tia_thromboembolism": False, "vascular_disease": False,
}
EXAMPLES: Final = (
    Example(
        {**_NO, "sex": "female", "age": 76, "hypertension_diagnosed": True, "diabetes_diagnosed": True}, 5.0,
        "score table chads2_vasc: 1 + 2 + 1 + 1",
    ),
    Example(
        {**_NO, "sex": "male", "age": 62, "stroke_tia_thromboembolism": True}, 2.0,
        "medcalc-dev, one-shot case of calculator 4 (what it does not mention given as no)",
    ),
    Example(
        {
            "sex": "female", "age": 92, "heart_failure": False, "hypertension_diagnosed": True,
            "diabetes_diagnosed": True, "stroke_tia_thromboembolism": True, "vascular_disease": True,
        },
        8.0, "medcalc-dev, calculator 4, row 1079",
    ),
)
CALCULATOR = point_score(
    ABOUT, (*ITEMS, of_choice(choice("sex"), {"female": 1.0, "male": 0.0})), (), EXAMPLES, gates=(VALVES,)
)
