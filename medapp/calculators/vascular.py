"""What the scores of heart and vessels share: their questions with the codes that answer them, log terms.

A record answers yes by a problem, a smoking status or a medicine in use; nothing found stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.calculator import Values
from medapp.calculators.declare import T, atc, choice, gate, icd10, number, snomed, yes
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import Band, Step
from medapp.domain.datatypes import LocalText
from medapp.terminology.units import convert

_TIA: Final = ("G450", "G451", "G452", "G453", "G458", "G459")  # G45.4 is no ischaemia

DIABETES: Final = (*icd10("E10", "E11", "E12", "E13", "E14"), *snomed("44054006", "46635009", "73211009"))
HYPERTENSION: Final = (*icd10("I10", "I11", "I12", "I13", "I15"), *snomed("59621000", "38341003"))
HEART_FAILURE: Final = (*icd10("I50", "I110", "I130", "I132"), *snomed("84114007", "88805009", "42343007"))
ATRIAL_FIBRILLATION: Final = (*icd10("I48"), *snomed("49436004"))
STROKE_TIA: Final = (
    *icd10("I63", "I64", *_TIA, "I693", "I694", "Z8673"), *snomed("230690007", "266257000"),
)
HAEMORRHAGIC: Final = (*icd10("I60", "I61", "I62"), *snomed("274100004", "21454007", "1386000"))
STROKE: Final = (*STROKE_TIA, *icd10("I74"))
INFARCTION_ARTERIES: Final = (
    *icd10("I21", "I22", "I252", "I70", "I739"), *snomed("22298006", "399211009", "399957001"),
)
CARDIOVASCULAR: Final = (
    *icd10("I20", "I21", "I22", "I23", "I24", "I25", "I69", "I70", "I739", "Z951", "Z955"),
    *snomed("53741008", "414545008", "22298006", "399211009", "399957001"), *STROKE_TIA, *HAEMORRHAGIC,
)
SMOKING: Final = {
    "never": "no", "former": "no", "current_some": "yes", "current_every": "yes", "current_light": "yes",
    "current_heavy": "yes", "current_unknown": "yes",
}

DIABETIC: Final = yes("diabetes_diagnosed", required=True, codes=DIABETES)
TREATED: Final = yes("blood_pressure_treated", required=True)
SMOKES: Final = replace(
    yes("smokes_now", required=True, look_back=730), map_from={"smoking_status": SMOKING}
)
STATIN: Final = yes(
    "statin_treated", T("Takes a statin", "正在服用他汀"), required=True, codes=atc("C10AA", "C10B")
)
WITH_VESSELS: Final = gate(yes(
    "cardiovascular_disease",
    T("Known cardiovascular disease (heart attack, stroke or TIA, angina, narrowed arteries)",
      "已患心血管病（心肌梗死、卒中或 TIA、心绞痛、动脉狭窄）"),
    codes=CARDIOVASCULAR,
))
"""Whose first event is asked for: a yes is out of scope."""

ASK_PRESSURE: Final = number("systolic_bp", look_back=365)
LIPIDS: Final = (number("cholesterol_total", look_back=1825), number("hdl", look_back=1825))

PRIMARY: Final = T("Not with known cardiovascular disease", "已患心血管病者不适用")
NOT_ONE_PERSON: Final = T(
    "The share of people like this one; not a forecast for one person", "为同类人群中的比例，并非个人预言"
)
SPECIALTIES: Final = ("cardiology", "general_practice")
KEYWORDS: Final = ("cardiovascular risk", "heart attack", "stroke", "心血管风险", "冠心病", "卒中")

REGION: Final = choice(
    "european_risk_region", T("European risk region", "欧洲风险区域"),
    {
        "low": T("Low risk", "低风险区"), "moderate": T("Moderate risk", "中风险区"),
        "high": T("High risk", "高风险区"), "very_high": T("Very high risk", "极高风险区"),
    },
    synonyms={"very high": "very_high", "medium": "moderate", "veryhigh": "very_high"},
)
"""The region of the ESC; required and never assumed."""

EUROPE: Final = T("Made for Europe; its regions are no others'", "仅为欧洲各风险区域制定，不适用于其他地区")


def optional(feature: Feature) -> Feature:
    """The same question where the score can go without an answer."""
    return replace(feature, required=False, missing="impute")


def limits(name: str, low: float, high: float, unit: str) -> tuple[float, float]:
    """A published range in the variable's canonical unit, rounded as a value sent is."""
    first, last = (float(f"{convert(name, value, unit):.12g}") for value in (low, high))
    return first, last


PUBLISHED: Final = {
    "cholesterol_total": limits("cholesterol_total", 130, 320, "mg/dL"),
    "hdl": limits("hdl", 20, 100, "mg/dL"), "systolic_bp": (90.0, 200.0),
}
"""The ranges that PREVENT and the Pooled Cohort Equations accept, canonical."""

BEYOND: Final = (
    "outside_usual_range",
    T("A value lies outside what the Pooled Cohort Equations accept (cholesterol 130 to 320, HDL 20 to 100 "
      "mg/dL, pressure 90 to 200 mmHg); this score names no limits of its own, and its number is unsure here",
      "有数值超出 PCE 的适用范围（总胆固醇 130–320、HDL 20–100 mg/dL、收缩压 90–200 mmHg）；"
      "本评分未列自身范围，此处结果不可靠"),
)


def beyond(values: Values) -> tuple[tuple[str, LocalText], ...]:
    """What must be said of a score without limits of its own outside those of its like."""
    is_beyond = any(
        name in values and not low <= values[name] <= high for name, (low, high) in PUBLISHED.items()
    )
    return (BEYOND,) if is_beyond else ()


def term(title: LocalText, coefficient: float, what: str, value: float) -> Step:
    """The working of one coefficient x value."""
    return Step(title, f"{_plain(coefficient)} × {what}", coefficient * value)


@lru_cache(maxsize=4096)
def _plain(coefficient: float) -> str:
    """A coefficient as published, with a real minus."""
    return shown(coefficient, 7).rstrip("0").rstrip(".")


def total(steps: list[Step]) -> float:
    """The sum of the terms."""
    return math.fsum(float(step.value or 0.0) for step in steps)


def summed(steps: list[Step]) -> str:
    """The sum, written out."""
    numbers = [shown(float(step.value or 0.0), 4) for step in steps if step.value]
    return " + ".join(numbers or ["0"]).replace("+ −", "− ")


def mg(values: Values, name: str) -> float:
    """A lipid or creatinine in mg/dL, so that a limit sent in it is met."""
    return round(in_unit(values, name, "mg/dL"), 6)


SUM: Final = T("Sum of the terms", "各项之和")

TITLES: Final[Mapping[str, LocalText]] = {
    "age": T("Age", "年龄"), "tc": T("Total cholesterol", "总胆固醇"),
    "hdl": T("HDL cholesterol", "HDL 胆固醇"),
    "sbp": T("Systolic pressure", "收缩压"), "smoker": T("Smoker", "吸烟"),
    "diabetes": T("Diabetes", "糖尿病"),
    "treated": T("Treated pressure", "降压治疗"), "bmi": T("Body mass index", "体质指数"),
    "waist": T("Waist", "腰围"), "north": T("Northern China", "北方"), "urban": T("Urban", "城市"),
    "family": T("Family history", "家族史"), "age_sq": T("Age squared", "年龄平方"),
    "agediag": T("Age at diagnosis", "诊断年龄"),
    "hba1c": T("HbA1c", "糖化血红蛋白"), "lnegfr": T("ln eGFR", "ln eGFR"),
    "lnegfr_sq": T("ln eGFR squared", "ln eGFR 平方"),
}


@lru_cache(maxsize=64)
def crossed(name: str) -> LocalText:
    """The title of an interaction with age."""
    other = TITLES[name]
    return T(f"Age × {other.en.lower() if other.en[1:2].islower() else other.en}", f"年龄×{other.zh_CN}")


def risk_bands(cuts: tuple[tuple[str, float, LocalText], ...]) -> tuple[Band, ...]:
    """Bands from (id, first value, meaning), rising; each ends just before the next."""
    bands = []
    for position, (name, low, title) in enumerate(cuts):
        is_last = position + 1 == len(cuts)
        high = math.inf if is_last else math.nextafter(cuts[position + 1][1], -math.inf)
        bands.append(Band(name, low if position else -math.inf, high, title))
    return tuple(bands)
