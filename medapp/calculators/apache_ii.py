"""APACHE II: severity of illness in the first 24 hours of intensive care, 0 to 71 points.

Twelve worst values, age, chronic health; the bands stand below as (lower limit, points), half-open.
Oxygenation by the A-a gradient from FiO2 0.5 on, else by PaO2. Points of creatinine count double in acute
renal failure, the coma scale counts 15 less its value. A blood gas is needed: the row of bicarbonate for its
want, and the weights of diagnoses with the risk of death, stand in the score table from memory only.
Numbers: score table apache_ii (two sources agree on every band), the package clincalc 0.4.0 and the case of
medcalc-dev agree. Knaus WA, Draper EA, Wagner DP, Zimmerman JE. Crit Care Med 1985;13:818-29.
"""

from __future__ import annotations

from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.calculator import Values
from medapp.calculators.criteria import (
    MEAN_PRESSURE,
    Criterion,
    Limits,
    criteria_score,
    graded,
    in_steps,
    of_value,
    steps_of,
)
from medapp.calculators.declare import DAY, About, Example, T, choice, number, yes
from medapp.calculators.measured import in_unit

ABOUT: Final = About(
    id="apache_ii", version="1985",
    title=T("APACHE II", "APACHE II（急性生理与慢性健康评分）"),
    summary=T("Severity of illness on admission to intensive care.", "入 ICU 24 小时内病情严重程度。"),
    population=T("Adults in their first 24 hours of intensive care", "入 ICU 首个 24 小时的成人"),
    reference="Knaus WA, Draper EA, Wagner DP, Zimmerman JE. Crit Care Med 1985;13:818-29",
    specialties=("intensive_care",),
    keywords=("ICU", "severity", "重症", "病情严重程度", "急性生理"), setting="hospital",
    cautions=(
        T("Worst values of the first 24 hours", "取首个 24 小时的最差值"),
        T("No risk of death: its weights are not confirmed", "不给出病死率：其权重未获确认"),
    ),
)


def _today(name: str) -> Feature:
    return number(name, look_back=DAY, required=False)


AGE: Final = number("age", valid=(18, 120), required=False, look_back=None)
FAILURE: Final = yes("acute_renal_failure", T("Acute renal failure", "急性肾衰竭"))
CHRONIC: Final = choice(
    "chronic_health", T("Severe organ insufficiency or immunocompromised", "严重器官功能不全或免疫抑制"),
    {
        "none": T("No", "无"),
        "not_operated_or_emergency": T("Yes, not operated or emergency surgery", "有，非手术或急诊手术后"),
        "elective_surgery": T("Yes, after elective surgery", "有，择期手术后"),
    },
    required=False,
    synonyms={
        "no": "none", "nonoperative": "not_operated_or_emergency", "emergency": "not_operated_or_emergency",
        "nonoperative_or_emergency_postoperative": "not_operated_or_emergency",
        "elective": "elective_surgery",
        "elective_postoperative": "elective_surgery",
    },
)
PRESSURE: Final = ((50.0, 2.0), (70.0, 0.0), (110.0, 2.0), (130.0, 3.0), (160.0, 4.0))
BY_GRADIENT: Final = in_steps(((200.0, 2.0), (350.0, 3.0), (500.0, 4.0)), 0.0)
BY_PAO2: Final = in_steps(((55.0, 3.0), (61.0, 1.0), (71.0, 0.0)), 4.0)
BY_CREATININE: Final = in_steps(((0.6, 0.0), (1.5, 2.0), (2.0, 3.0), (3.5, 4.0)), 2.0)


def oxygen(values: Values) -> Limits:
    """By the gradient from half oxygen on, else by PaO2."""
    if "fio2" not in values:
        return 0.0, 4.0
    is_half = values["fio2"] >= 50.0
    name, points = ("alveolar_arterial_gradient", BY_GRADIENT) if is_half else ("pao2", BY_PAO2)
    return (points(values[name]),) * 2 if name in values else (0.0, 4.0)


def kidneys(values: Values) -> Limits:
    """By creatinine [mg/dL], double in acute renal failure."""
    factors = [2.0 if values[FAILURE.name] else 1.0] if FAILURE.name in values else [1.0, 2.0]
    if "creatinine" not in values:
        return 0.0, 4.0 * factors[-1]
    points = BY_CREATININE(in_unit(values, "creatinine", "mg/dL"))
    return points * factors[0], points * factors[-1]


TEMPERATURE: Final = ((30.0, 3.0), (32.0, 2.0), (34.0, 1.0), (36.0, 0.0), (38.5, 1.0), (39.0, 3.0),
                      (41.0, 4.0))
PULSE: Final = ((40.0, 3.0), (55.0, 2.0), (70.0, 0.0), (110.0, 2.0), (140.0, 3.0), (180.0, 4.0))
BREATHS: Final = ((6.0, 2.0), (10.0, 1.0), (12.0, 0.0), (25.0, 1.0), (35.0, 3.0), (50.0, 4.0))
ACID: Final = ((7.15, 3.0), (7.25, 2.0), (7.33, 0.0), (7.5, 1.0), (7.6, 3.0), (7.7, 4.0))
SODIUM: Final = ((111.0, 3.0), (120.0, 2.0), (130.0, 0.0), (150.0, 1.0), (155.0, 2.0), (160.0, 3.0),
                 (180.0, 4.0))
POTASSIUM: Final = ((2.5, 2.0), (3.0, 1.0), (3.5, 0.0), (5.5, 1.0), (6.0, 3.0), (7.0, 4.0))
HAEMATOCRIT: Final = ((20.0, 2.0), (30.0, 0.0), (46.0, 1.0), (50.0, 2.0), (60.0, 4.0))
WHITE_CELLS: Final = ((1.0, 2.0), (3.0, 0.0), (15.0, 1.0), (20.0, 2.0), (40.0, 4.0))
YEARS: Final = ((45.0, 2.0), (55.0, 3.0), (65.0, 5.0), (75.0, 6.0))
CRITERIA: Final = (
    steps_of(_today("temperature"), 4.0, TEMPERATURE),
    steps_of(MEAN_PRESSURE, 4.0, PRESSURE),
    steps_of(_today("heart_rate"), 4.0, PULSE),
    steps_of(_today("respiratory_rate"), 4.0, BREATHS),
    Criterion(T("Oxygenation", "氧合"), ("pao2", "fio2", "alveolar_arterial_gradient"), oxygen),
    steps_of(_today("ph"), 4.0, ACID),
    steps_of(_today("sodium"), 4.0, SODIUM),
    steps_of(_today("potassium"), 4.0, POTASSIUM),
    Criterion(T("Creatinine, acute renal failure", "肌酐、急性肾衰竭"), ("creatinine", FAILURE.name),
              kidneys),
    steps_of(_today("haematocrit"), 4.0, HAEMATOCRIT),
    steps_of(_today("white_cells"), 4.0, WHITE_CELLS),
    of_value(_today("gcs"), lambda scale: 15.0 - scale, 0.0, 12.0),
    steps_of(AGE, 0.0, YEARS),
    graded(CHRONIC, {"none": 0.0, "not_operated_or_emergency": 5.0, "elective_surgery": 2.0}),
)
_MEASURED: Final = (
    "temperature", "heart_rate", "respiratory_rate", "fio2", "pao2",
    "alveolar_arterial_gradient", "ph", "sodium", "potassium", "creatinine", "haematocrit", "white_cells",
    "gcs",
)
_CASE: Final = {
    "temperature": 38.8, "mean_bp": 64, "heart_rate": 124, "respiratory_rate": 28, "fio2": 40, "pao2": 62,
    "ph": 7.29, "sodium": 134, "potassium": 4.1, "creatinine": {"value": 1.8, "unit": "mg/dL"},
    "acute_renal_failure": True, "haematocrit": 33, "white_cells": 17, "gcs": 13, "age": 67,
    "chronic_health": "none",
}
EXAMPLES: Final = (
    Example(_CASE, 21.0, "score table apache_ii: 1 + 2 + 2 + 1 + 1 + 2 + 4 + 1 + 2 + 5"),
    Example(
        {
            **{name: value for name, value in _CASE.items() if name != "mean_bp"}, "systolic_bp": 110,
            "diastolic_bp": 58, "temperature": {"value": 100.8, "unit": "[degF]"}, "heart_rate": 107,
            "respiratory_rate": 22, "fio2": 36, "pao2": 75, "sodium": 136, "potassium": 4.5,
            "haematocrit": 34,
            "white_cells": 12.3, "age": 64,
        },
        11.0, "medcalc-dev, one-shot case of calculator 28",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (AGE, MEAN_PRESSURE, *(_today(name) for name in _MEASURED), FAILURE, CHRONIC), CRITERIA, EXAMPLES
)
