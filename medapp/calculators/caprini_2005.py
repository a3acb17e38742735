"""Caprini score of 2005: risk of venous thromboembolism of an inpatient, from 36 risk factors.

Age 1 from 41, 2 from 61, 3 from 75 (the form prints 60 and 61 for the second; 61 is taken). Body mass index
above 25: 1. The operation 1, 2 or 5, rest in bed 1 or 2. The form's free line "other risk factor" is not
offered. The bands (very low risk 0, low 1 or 2, moderate 3 or 4, high from 5 on) are those of the ACCP for
general surgery: Gould MK, Garcia DA, Wren SM et al. Chest 2012;141(2 Suppl):e227S-77S.
Numbers: score table caprini_2005 (two sources agree; a third gives a plaster cast and a central line 1
instead of 2), the package clincalc 0.4.0 and the case of medcalc-dev agree. The author's form is not
reproduced. Caprini JA. Dis Mon 2005;51:70-8. Bahl V, Hu HM, Henke PK et al. Ann Surg 2010;251:344-50.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from medapp.assess.card import CodeMatch, Feature
from medapp.calculators.calculator import Values
from medapp.calculators.criteria import Criterion, Limits, asked, criteria_score, graded, met, steps_of
from medapp.calculators.declare import About, Example, T, choice, icd10, number, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="caprini_2005", version="2005",
    title=T("Caprini score (2005), venous thromboembolism", "Caprini 评分（2005 版，静脉血栓栓塞）"),
    summary=T("Risk of thrombosis in hospital, for prophylaxis.", "住院患者血栓风险，用于预防决策。"),
    population=T("Adult inpatients, above all surgical ones", "成人住院患者，尤其外科患者"),
    reference=(
        "Caprini JA. Dis Mon 2005;51:70-8; Bahl V, Hu HM, Henke PK et al. Ann Surg 2010;251:344-50; "
        "bands: Gould MK, Garcia DA, Wren SM et al. Chest 2012;141(2 Suppl):e227S-77S"
    ),
    specialties=("surgery", "haematology", "general_practice"),
    keywords=("VTE", "DVT", "prophylaxis", "静脉血栓栓塞", "血栓预防", "围手术期"), setting="hospital",
    cautions=(T("The version of 2005; that of 2013 has other items", "为 2005 版；2013 版条目不同"),),
)
AGE: Final = number("age", valid=(18, 120), required=False, look_back=None)
SEX: Final = choice("sex")
BMI: Final = number("bmi", derive="bmi", required=False)
SURGERY: Final = choice(
    "surgery", T("Operation, planned or of this stay", "手术类型（拟行或本次住院）"),
    {
        "none": T("None", "无"), "minor": T("Minor", "小手术"),
        "major_open": T("Major, open, above 45 min", "大手术（开放，＞45 分钟）"),
        "laparoscopic": T("Laparoscopic, above 45 min", "腹腔镜手术（＞45 分钟）"),
        "arthroscopic": T("Arthroscopic", "关节镜手术"),
        "arthroplasty": T("Elective arthroplasty of the leg", "择期下肢大关节置换"),
    },
    required=False, synonyms={"no": "none", "major": "major_open", "minor surgery": "minor"},
)
MOBILITY: Final = choice(
    "mobility", T("Mobility", "活动能力"),
    {
        "normal": T("Out of bed", "可下床活动"), "bed_rest": T("Medical patient at bed rest", "内科卧床患者"),
        "bed_above_72_h": T("In bed for more than 72 hours", "卧床＞72 小时"),
    },
    required=False,
    synonyms={
        "on bed rest": "bed_rest", "confined to bed >72 hours": "bed_above_72_h",
        "confined": "bed_above_72_h",
    },
)


def _ask(name: str, en: str, zh: str, codes: tuple[CodeMatch, ...] = ()) -> Feature:
    return yes(name, T(en, zh), codes=codes)


THROMBOSIS: Final = icd10("Z8671", "I26", "I801", "I802", "I824", "I825")
OF_ONE: Final = (
    _ask("major_surgery_1_month", "Major surgery within a month", "1 个月内大手术史"),
    _ask("varicose_veins", "Varicose veins", "静脉曲张", icd10("I83")),
    _ask("inflammatory_bowel_disease", "Inflammatory bowel disease", "炎症性肠病", icd10("K50", "K51")),
    _ask("swollen_legs", "Legs swollen now", "目前下肢水肿"),
    _ask("acute_infarction", "Acute myocardial infarction", "急性心肌梗死"),
    _ask("heart_failure_1_month", "Heart failure within a month", "1 个月内心力衰竭"),
    _ask("sepsis_1_month", "Sepsis within a month", "1 个月内脓毒症"),
    _ask("serious_lung_disease_1_month", "Serious lung disease, pneumonia too, within a month",
         "1 个月内严重肺病（含肺炎）"),
    _ask("copd", "COPD or abnormal lung function", "慢阻肺或肺功能异常", icd10("J44", "J43")),
)
OF_WOMEN: Final = tuple(
    replace(one, only_for="female")
    for one in (
        _ask("hormones", "Oral contraceptive or hormone replacement", "口服避孕药或激素替代"),
        _ask("pregnant_or_postpartum", "Pregnant, or birth within a month", "妊娠或产后 1 个月内"),
        _ask("pregnancy_losses", "Unexplained stillbirth, three miscarriages, toxaemia or growth restriction",
             "不明原因死胎、≥3 次流产、子痫前期或胎儿生长受限"),
    )
)
OF_TWO: Final = (
    _ask("malignancy_ever", "Malignancy, present or earlier", "恶性肿瘤（现有或既往）", icd10("C", "Z85")),
    _ask("plaster_cast_1_month", "Immobilising plaster within a month", "1 个月内石膏固定"),
    _ask("central_line", "Central venous line", "中心静脉置管"),
)
OF_THREE: Final = (
    _ask("previous_dvt_pe", "Earlier thrombosis or embolism", "既往深静脉血栓或肺栓塞", THROMBOSIS),
    _ask("family_thrombosis", "Thrombosis in the family", "血栓家族史"),
    _ask("factor_v_leiden", "Factor V Leiden", "因子 V Leiden 突变"),
    _ask("prothrombin_20210a", "Prothrombin 20210A", "凝血酶原 20210A 突变"),
    _ask("homocysteine_raised", "Homocysteine raised", "同型半胱氨酸升高"),
    _ask("lupus_anticoagulant", "Lupus anticoagulant", "狼疮抗凝物阳性"),
    _ask("anticardiolipin", "Anticardiolipin antibodies", "抗心磷脂抗体升高"),
    _ask("heparin_thrombocytopenia", "Thrombocytopenia by heparin", "肝素诱导的血小板减少"),
    _ask("other_thrombophilia", "Other thrombophilia", "其他易栓症"),
)
OF_FIVE: Final = (
    _ask("leg_fracture_1_month", "Fracture of hip, pelvis or leg within a month",
         "1 个月内髋、骨盆或下肢骨折"),
    _ask("stroke_1_month", "Stroke within a month", "1 个月内卒中"),
    _ask("multiple_trauma_1_month", "Multiple trauma within a month", "1 个月内多发创伤"),
    _ask("spinal_cord_injury_1_month", "Acute spinal cord injury within a month", "1 个月内急性脊髓损伤"),
)


def _of_woman(feature: Feature) -> Criterion:
    one = asked(feature)

    def limits(values: Values) -> Limits:
        return (0.0, 0.0) if values["sex"] == "male" else one.limits(values)

    return Criterion(one.title, one.names, limits)


CRITERIA: Final = (
    steps_of(AGE, 0.0, ((41.0, 1.0), (61.0, 2.0), (75.0, 3.0))), met(BMI, lambda index: index > 25.0),
    graded(
        SURGERY,
        {"none": 0.0, "minor": 1.0, "major_open": 2.0, "laparoscopic": 2.0, "arthroscopic": 2.0,
         "arthroplasty": 5.0},
    ),
    graded(MOBILITY, {"normal": 0.0, "bed_rest": 1.0, "bed_above_72_h": 2.0}),
    *(asked(one) for one in OF_ONE), *(_of_woman(one) for one in OF_WOMEN),
    *(asked(one, 2.0) for one in OF_TWO), *(asked(one, 3.0) for one in OF_THREE),
    *(asked(one, 5.0) for one in OF_FIVE),
)
BANDS: Final = (
    Band("lowest", 0.0, 0.0, T("Very low risk", "极低危")), Band("low", 1.0, 2.0, T("Low risk", "低危")),
    Band("moderate", 3.0, 4.0, T("Moderate risk", "中危")), Band("high", 5.0, 200.0, T("High risk", "高危")),
)
_NONE: Final = {one.name: False for one in (*OF_ONE, *OF_TWO, *OF_THREE, *OF_FIVE)}
EXAMPLES: Final = (
    Example(
        {
            **_NONE, "sex": "male", "age": 66, "bmi": 31, "surgery": "laparoscopic", "mobility": "normal",
            "malignancy_ever": True, "varicose_veins": True,
        },
        8.0, "score table caprini_2005: 2 + 2 + 2 + 1 + 1", category="high",
    ),
    Example(
        {
            **_NONE, "sex": "male", "age": 67, "bmi": 21, "surgery": "none", "mobility": "bed_above_72_h",
            "serious_lung_disease_1_month": True, "leg_fracture_1_month": True, "varicose_veins": True,
            "family_thrombosis": True, "copd": True,
        },
        15.0, "medcalc-dev, one-shot case of calculator 36", category="high",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (AGE, SEX, BMI, SURGERY, MOBILITY, *OF_ONE, *OF_WOMEN, *OF_TWO, *OF_THREE, *OF_FIVE), CRITERIA,
    EXAMPLES, bands=BANDS,
)
