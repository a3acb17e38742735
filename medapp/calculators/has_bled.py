"""HAS-BLED: risk of major bleeding with anticoagulation in atrial fibrillation.

One point each: systolic pressure above 160 mmHg; kidneys (dialysis, transplant, creatinine from 200
umol/L); liver (cirrhosis, or bilirubin above twice and enzymes above three times normal); stroke; bleeding
or tendency to it; labile INR; age above 65; antiplatelet drug or NSAID; alcohol, 8 drinks a week or more. 0
to 9, high from 3 (clincalc 0.4.0 too). No yearly rates: the sources differ for 3 points.
Pisters R, Lane DA, Nieuwlaat R et al. Chest 2010;138:1093-100.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.declare import About, Example, T, atc, icd10, number, snomed, yes
from medapp.calculators.points import at_least, point_score, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="has_bled", version="2010",
    title=T("HAS-BLED, bleeding with anticoagulation", "HAS-BLED 抗凝出血风险评分"),
    summary=T("Risk of major bleeding in atrial fibrillation.", "心房颤动抗凝患者的大出血风险。"),
    population=T("Adults with atrial fibrillation, anticoagulation in view", "拟抗凝或已抗凝的心房颤动成人"),
    reference="Pisters R, Lane DA, Nieuwlaat R et al. Chest 2010;138:1093-100",
    specialties=("cardiology", "haematology", "general_practice"),
    keywords=("AF", "bleeding", "anticoagulation", "warfarin", "房颤", "出血", "抗凝", "华法林"),
    offer="on_problem", offered_for=v.ATRIAL_FIBRILLATION, is_prognosis=True,
    cautions=(
        T("Shows what to correct; no reason by itself to withhold", "提示可纠正因素，本身并非停用抗凝的理由"),
    ),
)
ITEMS: Final = (
    when(yes("hypertension_uncontrolled",
             T("Systolic pressure above 160 mmHg, uncontrolled", "收缩压 >160 mmHg，未控制")), 1.0),
    when(yes("renal_disease_severe",
             T("Dialysis, kidney transplant, creatinine from 200 µmol/L", "透析、肾移植或肌酐 ≥200 µmol/L"),
             codes=(*icd10("Z992", "Z940", "N186"), *snomed("46177005", "161665007"))), 1.0),
    when(yes("liver_disease_severe",
             T("Cirrhosis, or bilirubin above 2 × and enzymes above 3 × normal",
               "肝硬化，或胆红素 >2 倍且转氨酶 >3 倍上限"),
             codes=(*icd10("K703", "K746"), *snomed("19943007"))), 1.0),
    when(yes("stroke", T("Earlier stroke", "既往卒中"),
             codes=(*icd10("I61", "I63", "I64", "I69", "Z8673"), *snomed("230690007"))), 1.0),
    when(yes("major_bleeding",
             T("Earlier major bleeding or tendency to bleed, anaemia", "既往大出血或出血倾向、贫血")), 1.0),
    when(yes("labile_inr", T("Unstable INR on warfarin", "服华法林时 INR 不稳定")), 1.0),
    at_least(number("age", valid=(18, 120), look_back=None), 66.0, 1.0),
    when(yes("antiplatelet_or_nsaid", T("Antiplatelet drug or NSAID", "抗血小板药或非甾体抗炎药"),
             codes=atc("B01AC", "M01A")), 1.0),
    at_least(number("alcohol_drinks_per_week", required=False, look_back=730), 8.0, 1.0),
)
BANDS: Final = (
    Band("not_high", -math.inf, 2.0, T("0 to 2: not high", "0–2 分：非高危")),
    Band("high", 3.0, math.inf, T("3 or more: high risk of bleeding", "≥3 分：出血高风险")),
)
_NO: Final = {
    "hypertension_uncontrolled": False, "renal_disease_severe": False, "liver_disease_severe": False,
    "stroke": False, "major_bleeding": False, "labile_inr": False, "antiplatelet_or_nsaid": False,
    "alcohol_drinks_per_week": 0,
}
EXAMPLES: Final = (
    Example({**_NO, "age": 72, "stroke": True, "antiplatelet_or_nsaid": True}, 3.0, "score table has_bled",
            category="high"),
    Example({**_NO, "age": 43, "hypertension_uncontrolled": True}, 1.0,
            "medcalc-dev, one-shot case of calculator 25", category="not_high"),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
