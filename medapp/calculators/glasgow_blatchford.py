"""Glasgow-Blatchford score: need of treatment in upper gastrointestinal bleeding, 0 to 23 points.

Urea [mmol/L]: 2 from 6.5, 3 from 8.0, 4 from 10.0, 6 from 25.0.
Haemoglobin [g/dL], men: 1 below 13, 3 below 12, 6 below 10; women: 1 below 12, 6 below 10. Systolic pressure:
1 below 110, 2 below 100, 3 below 90. Pulse from 100 and melaena 1 each; syncope, hepatic disease and cardiac
failure 2 each. Low risk with 0 or 1 point.
Numbers: score table glasgow_blatchford (two sources), the package clincalc 0.4.0 and the case of medcalc-dev
agree.
Blatchford O, Murray WR, Blatchford M. Lancet 2000;356:1318-21.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import (
    Criterion,
    Limits,
    asked,
    criteria_score,
    in_steps,
    met,
    of_value,
    steps_of,
)
from medapp.calculators.declare import DAY, About, Example, T, choice, icd10, number, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="glasgow_blatchford", version="2000",
    title=T("Glasgow-Blatchford score, upper gut bleeding", "Glasgow-Blatchford 评分（上消化道出血）"),
    summary=T("Need of treatment before endoscopy.", "内镜检查前评估干预需求。"),
    population=T("Adults with upper gastrointestinal bleeding", "上消化道出血成人"),
    reference="Blatchford O, Murray WR, Blatchford M. Lancet 2000;356:1318-21",
    specialties=("emergency", "gastroenterology"),
    keywords=("GBS", "bleeding", "melaena", "haematemesis", "消化道出血", "黑便", "呕血"),
)
SEX: Final = choice("sex")
UREA: Final = number("urea", look_back=DAY, required=False)
HB: Final = number("haemoglobin", look_back=DAY, required=False)
PRESSURE: Final = number("systolic_bp", look_back=DAY, required=False)
PULSE: Final = number("heart_rate", look_back=DAY, required=False)
MELAENA: Final = yes("melaena", T("Melaena", "黑便"))
SYNCOPE: Final = yes("syncope", T("Syncope", "晕厥"))
LIVER: Final = yes(
    "liver_disease", T("Liver disease, known or evident", "肝病（已知或有证据）"),
    codes=icd10("K70", "K71", "K72", "K73", "K74", "K76", "B18"), active_only=True,
)
HEART: Final = yes(
    "heart_failure", T("Cardiac failure, known or evident", "心力衰竭（已知或有证据）"),
    codes=icd10("I50", "I110", "I130", "I132"), active_only=True,
)
AGE: Final = number("age", valid=(16, 120), required=False, look_back=None)
MEN: Final = in_steps(((100.0, 3.0), (120.0, 1.0), (130.0, 0.0)), 6.0)
WOMEN: Final = in_steps(((100.0, 1.0), (120.0, 0.0)), 6.0)
ROUNDING: Final = 0.015
"""18.2, 22.4, 28 and 70 mg/dL are printed as 6.5, 8, 10 and 25 mmol/L: a little more than they are."""

BY_UREA: Final = in_steps(((6.5, 2.0), (8.0, 3.0), (10.0, 4.0), (25.0, 6.0)), 0.0)


def haemoglobin(values: Values) -> Limits:
    """Points of haemoglobin [g/L], by sex."""
    if "haemoglobin" not in values:
        return 0.0, 6.0
    points = (MEN if values["sex"] == "male" else WOMEN)(values["haemoglobin"])
    return points, points


CRITERIA: Final = (
    of_value(UREA, lambda urea: BY_UREA(urea + ROUNDING), 0.0, 6.0),
    Criterion(T("Haemoglobin, by sex", "血红蛋白（按性别）"), ("haemoglobin", "sex"), haemoglobin),
    steps_of(PRESSURE, 3.0, ((90.0, 2.0), (100.0, 1.0), (110.0, 0.0))),
    met(PULSE, lambda pulse: pulse >= 100.0),
    asked(MELAENA), asked(SYNCOPE, 2.0), asked(LIVER, 2.0), asked(HEART, 2.0),
)
BANDS: Final = (
    Band("low", 0.0, 1.0, T("Low risk of needing treatment", "需干预的风险低")),
    Band("not_low", 2.0, math.inf, T("Not low: treatment may be needed", "非低危：可能需要干预")),
)
_CASE: Final = {
    "sex": "male", "urea": {"value": 32, "unit": "mg/dL"}, "haemoglobin": {"value": 11.2, "unit": "g/dL"},
    "systolic_bp": 98, "heart_rate": 108, "melaena": True, "syncope": False, "liver_disease": False,
    "heart_failure": False,
}
EXAMPLES: Final = (
    Example(_CASE, 11.0, "score table glasgow_blatchford: 4 + 3 + 2 + 1 + 1", category="not_low"),
    Example(
        {
            **_CASE, "urea": {"value": 51, "unit": "mg/dL"}, "haemoglobin": {"value": 11, "unit": "g/dL"},
            "systolic_bp": 110, "heart_rate": 90, "melaena": False, "liver_disease": True,
        },
        9.0, "medcalc-dev, one-shot case of calculator 27", category="not_low",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (SEX, UREA, HB, PRESSURE, PULSE, MELAENA, SYNCOPE, LIVER, HEART, AGE), CRITERIA, EXAMPLES,
    bands=BANDS,
)
