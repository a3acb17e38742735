"""SOFA: failing organs in intensive care, six organs with 0 to 4 points each.

PaO2/FiO2 [mm Hg]: 1 below 400, 2 below 300, and with support of breathing 3 below 200, 4 below 100.
Platelets [10^9/L]: below 150, 100, 50, 20. Bilirubin [umol/L]: from 20, 33, 102, above 204. Circulation: 1
mean pressure below 70; 2 dopamine up to 5 or any dobutamine; 3 dopamine above 5, adrenaline or noradrenaline
up to 0.1; 4 dopamine above 15, either above 0.1 [ug/kg/min]. Coma scale: 13, 10, 6 and below. Creatinine
[mg/dL]: from 1.2, 2.0, 3.5, 5.0, or urine below 500 (3) or 200 mL a day (4). The printed limits of
creatinine differ a little in umol/L; those in mg/dL are taken.
Numbers: score table sofa (two sources) and the case of medcalc-dev agree. Vincent JL, Moreno R, Takala J et
al. Intensive Care Med 1996;22:707-10.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import (
    ADULT,
    MEAN_PRESSURE,
    Criterion,
    Limits,
    criteria_score,
    in_steps,
    of_value,
    steps_of,
)
from medapp.calculators.declare import DAY, About, Example, T, choice, number, yes
from medapp.calculators.measured import in_unit

ABOUT: Final = About(
    id="sofa", version="1996",
    title=T("SOFA, organ failure", "SOFA（序贯器官衰竭评分）"),
    summary=T("How many organs fail, and how far.", "器官功能障碍的程度。"),
    population=T("Adults in intensive care", "重症监护成人"),
    reference="Vincent JL, Moreno R, Takala J et al. Intensive Care Med 1996;22:707-10",
    specialties=("intensive_care", "emergency"),
    keywords=("sepsis", "organ failure", "脓毒症", "器官衰竭", "多器官功能障碍"), setting="hospital",
    cautions=(T("Worst values of the day", "取当日最差值"),),
)
PAO2: Final = number("pao2", look_back=DAY, required=False)
FIO2: Final = number("fio2", look_back=DAY, required=False)
SUPPORT: Final = yes("respiratory_support",
                     T("Breathing is supported (ventilator, CPAP)", "呼吸支持（机械通气、CPAP）"))
PLATELETS: Final = number("platelets", look_back=DAY, required=False)
BILIRUBIN: Final = number("bilirubin_total", look_back=DAY, required=False)
PRESSOR: Final = choice(
    "vasopressor", T("Vasopressor, the strongest (µg/kg/min)", "血管活性药（取最强，µg/kg/min）"),
    {
        "none": T("None", "无"),
        "dopamine_to_5_or_dobutamine": T("Dopamine ≤ 5, or dobutamine", "多巴胺≤5 或多巴酚丁胺"),
        "dopamine_above_5_or_adrenaline_to_0.1": T(
            "Dopamine > 5, or (nor)adrenaline ≤ 0.1", "多巴胺＞5，或（去甲）肾上腺素≤0.1"
        ),
        "dopamine_above_15_or_adrenaline_above_0.1": T(
            "Dopamine > 15, or (nor)adrenaline > 0.1", "多巴胺＞15，或（去甲）肾上腺素＞0.1"
        ),
    },
    required=False, look_back=DAY,
    synonyms={
        "no": "none", "dobutamine": "dopamine_to_5_or_dobutamine",
        "norepinephrine<=0.1": "dopamine_above_5_or_adrenaline_to_0.1",
        "norepinephrine>0.1": "dopamine_above_15_or_adrenaline_above_0.1",
        "epinephrine<=0.1": "dopamine_above_5_or_adrenaline_to_0.1",
        "epinephrine>0.1": "dopamine_above_15_or_adrenaline_above_0.1",
        "dopamine<=5": "dopamine_to_5_or_dobutamine", "dopamine>5": "dopamine_above_5_or_adrenaline_to_0.1",
        "dopamine>15": "dopamine_above_15_or_adrenaline_above_0.1",
    },
)
COMA: Final = number("gcs", look_back=DAY, required=False)
CREATININE: Final = number("creatinine", look_back=DAY, required=False)
URINE: Final = number(
    "urine_output_day", T("Urine in 24 hours", "24 小时尿量"), unit="mL", possible=(0.0, 40000.0),
    plausible=(0.0, 12000.0), required=False, look_back=DAY,
)
COLLECTED: Final = yes("urine_collected", T("Urine of the day was measured", "已测当日尿量"))
BY_RATIO: Final = in_steps(((100.0, 3.0), (200.0, 2.0), (300.0, 1.0), (400.0, 0.0)), 4.0)
BY_CREATININE: Final = in_steps(((1.2, 1.0), (2.0, 2.0), (3.5, 3.0), (5.0, 4.0)), 0.0)
BY_URINE: Final = in_steps(((200.0, 3.0), (500.0, 0.0)), 4.0)


def by_bilirubin(level: float) -> float:
    """Points of bilirubin [umol/L]; 204 itself still gives 3."""
    return 4.0 if level > 204.0 else in_steps(((20.0, 1.0), (33.0, 2.0), (102.0, 3.0)), 0.0)(level)


def breathing(values: Values) -> Limits:
    """By PaO2/FiO2; 3 and 4 points only with support of breathing."""
    if "pao2" not in values or "fio2" not in values:
        return 0.0, 4.0 if values.get("respiratory_support", True) else 2.0
    points = BY_RATIO(values["pao2"] / in_unit(values, "fio2", "1"))
    without = min(points, 2.0)
    if "respiratory_support" not in values:
        return without, points
    return (points, points) if values["respiratory_support"] else (without, without)


def circulation(values: Values) -> Limits:
    """By the strongest vasopressor, without one by the mean pressure."""
    low, high = (float(values["mean_bp"] < 70.0),) * 2 if "mean_bp" in values else (0.0, 1.0)
    if PRESSOR.name not in values:
        return low, 4.0
    points = float(PRESSOR.choices.index(values[PRESSOR.name]))
    return (points + 1.0,) * 2 if points else (low, high)


def kidneys(values: Values) -> Limits:
    """By creatinine and urine, the worse; urine is not waited for where it was not measured."""
    found = []
    if "creatinine" in values:
        found.append(BY_CREATININE(in_unit(values, "creatinine", "mg/dL")))
    if URINE.name in values:
        found.append(BY_URINE(values[URINE.name]))
    least = max(found, default=0.0)
    is_complete = "creatinine" in values and (URINE.name in values or values.get(COLLECTED.name) is False)
    return least, least if is_complete else 4.0


CRITERIA: Final = (
    Criterion(T("Breathing: PaO₂/FiO₂, support", "呼吸：PaO₂/FiO₂、呼吸支持"), ("pao2", "fio2", SUPPORT.name),
              breathing),
    steps_of(PLATELETS, 4.0, ((20.0, 3.0), (50.0, 2.0), (100.0, 1.0), (150.0, 0.0))),
    of_value(BILIRUBIN, by_bilirubin, 0.0, 4.0),
    Criterion(T("Circulation: vasopressor, mean pressure", "循环：血管活性药、平均压"),
              (PRESSOR.name, MEAN_PRESSURE.name), circulation),
    steps_of(COMA, 4.0, ((6.0, 3.0), (10.0, 2.0), (13.0, 1.0), (15.0, 0.0))),
    Criterion(T("Kidneys: creatinine, urine", "肾脏：肌酐、尿量"), ("creatinine", URINE.name, COLLECTED.name),
              kidneys),
)


def _mg(value: float) -> dict[str, float | str]:
    return {"value": value, "unit": "mg/dL"}


EXAMPLES: Final = (
    Example(
        {
            "pao2": 90, "fio2": 50, "respiratory_support": True, "platelets": 88, "bilirubin_total": _mg(2.4),
            "mean_bp": 66, "vasopressor": "none", "gcs": 14, "creatinine": _mg(2.1), "urine_collected": False,
        },
        11.0, "score table sofa: 3 + 2 + 2 + 1 + 1 + 2",
    ),
    Example(
        {
            "pao2": 79, "fio2": 52, "respiratory_support": True, "platelets": 147,
            "bilirubin_total": _mg(1.6),
            "vasopressor": "dopamine_to_5_or_dobutamine", "gcs": 13, "creatinine": _mg(1.7),
            "urine_output_day": 650,
        },
        9.0, "medcalc-dev, one-shot case of calculator 43: CPAP, dopamine of 5",
    ),
)
CALCULATOR = criteria_score(
    ABOUT,
    (PAO2, FIO2, SUPPORT, PLATELETS, BILIRUBIN, MEAN_PRESSURE, PRESSOR, COMA, CREATININE, URINE, COLLECTED,
     ADULT),
    CRITERIA, EXAMPLES,
)
