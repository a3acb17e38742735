"""Charlson comorbidity index with age: survival over 10 years.

1 point each: infarction, heart failure, peripheral vascular, cerebrovascular, dementia, chronic lung,
connective tissue, peptic ulcer, mild liver disease, diabetes; 2: hemiplegia, moderate or severe kidney
disease, diabetes with organ damage, solid tumour, leukaemia, lymphoma; 3: moderate or severe liver disease;
6: metastases, AIDS. Of diabetes, liver and solid tumour only the graver counts. Age 50 to 59 adds 1, each
further decade 1, 4 from 80. Survival over 10 years = 0.983^exp(0.9 x points). The weights of 2011 (Quan) are
recalled only and not offered. Numbers: score table charlson (two sources), clincalc 0.4.0 and open-medicine
0.12.0 agree.
Charlson ME, Pompei P, Ales KL et al. J Chronic Dis 1987;40:373-83. Age: Charlson M, Szatrowski TP, Peterson
J et al. J Clin Epidemiol 1994;47:1245-51.
"""

from __future__ import annotations

import math
from typing import Any, Final

from medapp.assess.card import CodeMatch, Feature
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Values
from medapp.calculators.criteria import Criterion, Limits, asked, criteria_score, steps_of
from medapp.calculators.declare import About, Example, T, icd10, number, snomed, yes
from medapp.calculators.points import POINTS
from medapp.domain.datatypes import LocalText

ABOUT: Final = About(
    id="charlson", version="1994",
    title=T("Charlson comorbidity index, with age", "Charlson 合并症指数（含年龄）"),
    summary=T("Burden of other diseases; survival over 10 years.", "合并症负担与 10 年生存率。"),
    population=T("Adults", "成人"),
    reference="Charlson ME et al. J Chronic Dis 1987;40:373-83; age: J Clin Epidemiol 1994;47:1245-51",
    specialties=("general_practice", "geriatrics", "surgery"),
    keywords=("CCI", "comorbidity", "prognosis", "合并症", "共病", "预后"), is_prognosis=True,
    cautions=(
        T("Of the time before today's treatments: survival is now longer", "源自早年队列，当今生存率更高"),
    ),
)


def _ask(name: str, en: str, zh: str, codes: tuple[CodeMatch, ...] = ()) -> Feature:
    return yes(name, T(en, zh), codes=codes)


ONE: Final = (
    _ask("myocardial_infarction", "Myocardial infarction", "心肌梗死",
         (*icd10("I21", "I22", "I252"), *snomed("22298006", "399211009"))),
    _ask("congestive_heart_failure", "Heart failure", "心力衰竭", v.HEART_FAILURE),
    _ask("peripheral_vascular_disease", "Peripheral vascular disease or aneurysm",
         "外周血管病或主动脉瘤",
         (*icd10("I70", "I71", "I739"), *snomed("399957001"))),
    _ask("cerebrovascular_disease", "Stroke or TIA", "卒中或短暂性脑缺血发作",
         (*icd10("I60", "I61", "I62", "I69"), *v.STROKE_TIA)),
    _ask("dementia", "Dementia", "痴呆",
         (*icd10("F00", "F01", "F02", "F03", "G30"), *snomed("52448006", "26929004"))),
    _ask("chronic_lung_disease", "Chronic lung disease", "慢性肺病",
         (*icd10("J41", "J42", "J43", "J44", "J47"), *snomed("13645005"))),
    _ask("connective_tissue_disease", "Connective tissue disease", "结缔组织病",
         (*icd10("M05", "M06", "M32", "M33", "M34", "M353"), *snomed("69896004", "55464009"))),
    _ask("peptic_ulcer", "Peptic ulcer", "消化性溃疡", icd10("K25", "K26", "K27", "K28")),
)
TWO: Final = (
    _ask("hemiplegia", "Hemiplegia or paraplegia", "偏瘫或截瘫", icd10("G81", "G82")),
    _ask("renal_disease_moderate", "Moderate or severe kidney disease", "中重度肾病",
         (*icd10("N184", "N185", "N186"), *snomed("431857002", "433146000", "46177005"))),
    _ask("leukaemia", "Leukaemia", "白血病", icd10("C91", "C92", "C93", "C94", "C95")),
    _ask("lymphoma", "Lymphoma or myeloma", "淋巴瘤或骨髓瘤",
         icd10("C81", "C82", "C83", "C84", "C85", "C88", "C90")),
)
SIX: Final = (_ask("aids", "AIDS, not HIV alone", "艾滋病（非单纯 HIV 感染）", icd10("B20", "B21", "B22")),)
DIABETES: Final = (
    yes("diabetes_diagnosed", codes=v.DIABETES),
    _ask("diabetes_organ_damage", "Diabetes with damage to eyes, nerves or kidneys",
         "糖尿病伴眼、神经或肾损害",
         icd10("E102", "E103", "E104", "E112", "E113", "E114", "E132", "E133", "E134")),
)
LIVER: Final = (
    _ask("liver_disease_mild", "Mild liver disease", "轻度肝病", icd10("K703", "K73", "K74", "B18")),
    _ask("liver_disease_moderate", "Liver disease with portal hypertension", "肝病伴门静脉高压（中重度）",
         icd10("K766", "I850", "I859", "K721", "K767")),
)
TUMOUR: Final = (
    _ask("solid_tumour", "Solid tumour without metastases", "实体瘤（无转移）"),
    _ask("metastatic_tumour", "Metastatic tumour", "转移性肿瘤", icd10("C77", "C78", "C79")),
)


def _graver(title: LocalText, pair: tuple[Feature, Feature], low: float, high: float) -> Criterion:
    """Points of the graver of two; the milder one does not matter once the graver is there."""
    mild, grave = pair[0].name, pair[1].name

    def limits(values: Values) -> Limits:
        is_mild, is_grave = values.get(mild), values.get(grave)
        if is_grave:
            return high, high
        least = low if is_mild else 0.0
        if is_grave is None:
            return least, high
        return least, low if is_mild is None else least

    return Criterion(title, (mild, grave), limits)


AGE: Final = number("age", valid=(18, 120), look_back=None)
CRITERIA: Final = (
    steps_of(AGE, 0.0, ((50.0, 1.0), (60.0, 2.0), (70.0, 3.0), (80.0, 4.0))),
    *(asked(feature) for feature in ONE),
    _graver(T("Liver disease", "肝病"), LIVER, 1.0, 3.0), _graver(T("Diabetes",
                                                                  "糖尿病"), DIABETES, 1.0, 2.0),
    *(asked(feature, 2.0) for feature in TWO), _graver(T("Solid tumour", "实体瘤"), TUMOUR, 2.0, 6.0),
    *(asked(feature, 6.0) for feature in SIX),
)
FEATURES: Final = (AGE, *ONE, *LIVER, *DIABETES, *TWO, *TUMOUR, *SIX)
CALM: Final[dict[str, Any]] = {feature.name: False for feature in FEATURES if feature is not AGE}
WITHOUT_DIABETES: Final = {name: value for name, value in CALM.items() if name != "diabetes_diagnosed"}


def extra(values: Values, total: float) -> dict[str, tuple[float, str]]:
    """The points without the age, and the survival over 10 years."""
    without = total - CRITERIA[0].limits(values)[0]
    return {"without_age": (without, POINTS), "survival_10_years": (0.983 ** math.exp(0.9 * total), "1")}


EXAMPLES: Final = (
    Example(
        {**WITHOUT_DIABETES, "age": 68, "congestive_heart_failure": True, "diabetes_organ_damage": True,
         "chronic_lung_disease": True},
        6.0, "score table charlson: 4 and 2 of age, 2.2 %",
        extra={"without_age": 4.0, "survival_10_years": 0.0225},
    ),
    Example(
        {**CALM, "age": 82, "connective_tissue_disease": True, "peptic_ulcer": True,
         "chronic_lung_disease": True},
        7.0, "medcalc-dev, one-shot case of calculator 32 (what it does not mention given as no)",
    ),
)
CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, extra=extra)
