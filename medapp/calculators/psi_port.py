"""Pneumonia severity index (PORT): risk of death from community-acquired pneumonia, classes I to V.

Step 1: class I up to 50 years with none of five diseases and none of five signs; no test is needed then.
Else the points: years (women 10 less), nursing home 10, neoplasm 30, liver 20, heart failure 10,
cerebrovascular 10, kidney 10, altered consciousness 20, breathing from 30/min 20, systolic below 90 mm Hg
20, temperature below 35 or from 40 degrees C 15, pulse from 125 10, pH below 7.35 30, urea nitrogen from 30
mg/dL 20, sodium below 130 20, glucose from 250 mg/dL 10, haematocrit below 30 % 10, PaO2 below 60 mm Hg or
SpO2 below 90 % 10, effusion 10. Class II to 70, III to 90, IV to 130. No mortality is given: its row stands
in the table from memory only.
Numbers: score table psi_port (two sources) and the case of medcalc-dev agree; the package medcalc 0.4.0 adds
10 for women and is wrong there. Fine MJ, Auble TE, Yealy DM et al. N Engl J Med 1997;336:243-50.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from medapp.assess.card import CodeMatch, Feature
from medapp.calculators.calculator import Values
from medapp.calculators.criteria import Criterion, Limits, asked, criteria_score, either, met
from medapp.calculators.declare import DAY, About, Example, T, choice, icd10, number, yes
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Band, band_of
from medapp.domain.datatypes import LocalText

ABOUT: Final = About(
    id="psi_port", version="1997",
    title=T("Pneumonia severity index (PORT)", "肺炎严重指数（PSI/PORT）"),
    summary=T("Risk class of pneumonia: at home or in hospital.", "肺炎风险分级，辅助决定门诊或住院。"),
    population=T("Adults with community-acquired pneumonia", "社区获得性肺炎成人"),
    reference="Fine MJ, Auble TE, Yealy DM et al. N Engl J Med 1997;336:243-50",
    specialties=("emergency", "respiratory"),
    keywords=("PSI", "pneumonia", "CAP", "肺炎", "社区获得性肺炎", "死亡风险"), is_prognosis=True,
)


def _ask(name: str, en: str, zh: str, codes: tuple[CodeMatch, ...] = ()) -> Feature:
    return yes(name, T(en, zh), codes=codes, active_only=bool(codes))


def _today(name: str) -> Feature:
    return number(name, look_back=DAY, required=False)


CANCER: Final = icd10(
    *(f"C{tens}" for tens in "01235678"), "C40", "C41", "C43", "C45", "C46", "C47", "C48", "C49", "C90",
    "C91",
    "C92", "C93", "C94", "C95", "C96",
)
AGE: Final = number("age", valid=(18, 120), required=False, look_back=None)
SEX: Final = choice("sex")
HOME: Final = _ask("nursing_home", "Lives in a nursing home", "居住于养老院")
DISEASES: Final = (
    (_ask("neoplastic_disease", "Active neoplastic disease", "活动性肿瘤", CANCER), 30.0),
    (_ask("liver_disease", "Liver disease", "肝病", icd10("K70", "K71", "K72", "K73", "K74", "K76")), 20.0),
    (_ask("heart_failure", "Heart failure", "心力衰竭", icd10("I50", "I110", "I130", "I132")), 10.0),
    (_ask("cerebrovascular_disease", "Cerebrovascular disease", "脑血管病",
          icd10("I6", "G45")), 10.0),
    (_ask("kidney_disease", "Kidney disease", "肾脏病", icd10("N18", "N03", "N04", "N05")), 10.0),
)
ALTERED: Final = _ask("altered_mentation", "Consciousness altered, new", "新发意识改变")
BREATHS, PRESSURE, WARMTH, PULSE = (
    _today(name) for name in ("respiratory_rate", "systolic_bp", "temperature", "heart_rate")
)
EFFUSION: Final = _ask("pleural_effusion", "Pleural effusion", "胸腔积液")
MEASURED: Final = tuple(
    _today(name) for name in ("ph", "urea", "sodium", "glucose", "haematocrit", "pao2", "spo2")
)
SIGNS: Final = (
    asked(ALTERED, 20.0),
    met(BREATHS, lambda rate: rate >= 30.0, 20.0),
    met(PRESSURE, lambda pressure: pressure < 90.0, 20.0),
    met(WARMTH, lambda degrees: degrees < 35.0 or degrees >= 40.0, 15.0),
    met(PULSE, lambda pulse: pulse >= 125.0, 10.0),
)
STEP_1: Final = (*(asked(disease, points) for disease, points in DISEASES), *SIGNS)


def is_class_1(values: Values) -> bool:
    """Step 1, and only where everything it asks is known."""
    return values.get("age", math.inf) < 51.0 and all(one.limits(values) == (0.0, 0.0) for one in STEP_1)


def years(values: Values) -> Limits:
    """A point a whole year, ten less for women."""
    less = 10.0 if values["sex"] == "female" else 0.0
    low, high = (float(math.floor(values["age"])),) * 2 if "age" in values else (18.0, 120.0)
    return low - less, high - less


def _tested(one: Criterion) -> Criterion:
    """A test that step 1 makes needless."""

    def limits(values: Values) -> Limits:
        low, high = one.limits(values)
        return (low, low) if is_class_1(values) else (low, high)

    return Criterion(one.title, one.names, limits)


def _lab(name: str, unit: str, title: LocalText, test: Callable[[float], bool], points: float) -> Criterion:
    return either(title, {name: lambda value: test(in_unit({name: value}, name, unit))}, points)


TESTS: Final = (
    _lab("ph", "[pH]", T("pH below 7.35", "pH＜7.35"), lambda value: value < 7.35, 30.0),
    _lab("urea", "mg/dL", T("Urea nitrogen from 30 mg/dL", "尿素氮≥30 mg/dL"), lambda value: value >= 30.0,
         20.0),
    _lab("sodium", "mmol/L", T("Sodium below 130", "钠＜130"), lambda value: value < 130.0, 20.0),
    _lab("glucose", "mg/dL", T("Glucose from 250 mg/dL", "血糖≥250 mg/dL"), lambda value: value >= 250.0,
         10.0),
    _lab("haematocrit", "%", T("Haematocrit below 30 %", "红细胞压积＜30%"), lambda value: value < 30.0,
         10.0),
)


def oxygen(values: Values) -> Limits:
    """PaO2 or SpO2, whichever was measured; either says yes."""
    known = [values["pao2"] < 60.0] if "pao2" in values else []
    known += [values["spo2"] < 90.0] if "spo2" in values else []
    points = 10.0 if any(known) else 0.0
    return (points, points) if known else (0.0, 10.0)


CRITERIA: Final = (
    Criterion(T("Age, ten less for women", "年龄（女性减 10）"), ("age", "sex"), years),
    asked(HOME, 10.0), *STEP_1, *(_tested(one) for one in TESTS),
    _tested(Criterion(T("PaO₂ below 60 or SpO₂ below 90", "PaO₂＜60 或 SpO₂＜90"), ("pao2", "spo2"), oxygen)),
    _tested(asked(EFFUSION, 10.0)),
)
CLASS_1: Final = Band("I", 0.0, 60.0,
                      T("Class I, lowest risk: no test needed for it", "I 级，最低危：无需化验即可判定"))
BANDS: Final = (
    Band("II", -math.inf, 70.0, T("Class II, low risk", "II 级，低危")),
    Band("III", 71.0, 90.0, T("Class III, low risk", "III 级，低危")),
    Band("IV", 91.0, 130.0, T("Class IV, moderate risk", "IV 级，中危")),
    Band("V", 131.0, math.inf, T("Class V, high risk", "V 级，高危")),
)


def judged(values: Values, _given: Sequence[float], total: float) -> Band | None:
    """Class I by step 1, the others by whole points."""
    return CLASS_1 if is_class_1(values) else band_of(BANDS, math.floor(total))


FEATURES: Final = (
    AGE, SEX, HOME, *(disease for disease, _ in DISEASES), ALTERED, BREATHS, PRESSURE, WARMTH, PULSE,
    *MEASURED,
    EFFUSION,
)
_WELL: Final = {
    "nursing_home": False, "neoplastic_disease": False, "liver_disease": False, "heart_failure": False,
    "cerebrovascular_disease": False, "kidney_disease": False, "altered_mentation": False,
    "respiratory_rate": 19, "systolic_bp": 120, "temperature": 37.1, "heart_rate": 90,
}
_TESTS: Final = {
    "ph": 7.37, "urea": {"value": 21, "unit": "mg/dL"}, "sodium": 138, "haematocrit": 40, "pao2": 79,
    "glucose": {"value": 179, "unit": "mg/dL"}, "pleural_effusion": False,
}
EXAMPLES: Final = (
    Example(
        {**_WELL, **_TESTS, "sex": "female", "age": 67, "nursing_home": True, "kidney_disease": True}, 77.0,
        "medcalc-dev, one-shot case of calculator 29", category="III",
    ),
    Example(
        {
            **_WELL, **_TESTS, "sex": "female", "age": 74, "heart_failure": True, "respiratory_rate": 32,
            "urea": {"value": 34, "unit": "mg/dL"}, "pao2": 58,
        },
        124.0, "score table psi_port: 64 + 10 + 20 + 20 + 10", category="IV",
    ),
    Example({**_WELL, "sex": "male", "age": 40}, 40.0, "step 1 of the rule: class I without a test",
            category="I"),
)
CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, judged=judged)
