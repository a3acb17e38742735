"""Maintenance fluid by weight, 4-2-1 rule.

mL/h = 4 for each of the first 10 kg + 2 for each of the next 10 + 1 for each kg above 20.
After Holliday and Segar, who made it for children in hospital; not for newborns.
Holliday MA, Segar WE. Pediatrics 1957;19:823-32.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.worked import OutOfRange, Step, Worked

ABOUT = About(
    id="maintenance_fluids", version="1957",
    title=T("Maintenance fluid (4-2-1 rule)", "维持液量（4-2-1 法则）"),
    summary=T("Hourly fluid by weight, without losses.", "按体重计算的每小时维持液量，不含丢失量。"),
    population=T("Children after the newborn weeks; adults by custom", "新生儿期后的儿童；成人属沿用"),
    reference="Holliday MA, Segar WE. Pediatrics 1957;19:823-32",
    specialties=("paediatrics", "surgery", "emergency"),
    keywords=("fluids", "infusion", "Holliday", "Segar", "补液", "输液", "维持液"),
    out_of_scope=(T("Not for newborns", "不适用于新生儿"),),
    cautions=(
        T("Less in heart or kidney failure and with retained water", "心肾功能衰竭或水潴留时应减少"),
        T("Very heavy people get too much by it", "体重极高者算得偏多"),
    ),
)
INPUTS = (number("weight", look_back=30), number("age", required=False, look_back=None))
NEWBORN_YEARS: Final = 28.0 / 365.25
NEWBORN: Final = T(
    "not in the first 28 days of life: newborns have a plan of their own by day and weight",
    "出生 28 天内不适用：新生儿须按日龄与体重另行计算",
)
AGE_UNKNOWN: Final = (
    "age_unknown",
    T("Holds only after the first 28 days of life; the age is not known", "仅适用于出生 28 天后，而年龄未知"),
)
TIERS = (
    (T("First 10 kg", "前 10 kg"), 0.0, 10.0, 4.0),
    (T("Next 10 kg", "次 10 kg"), 10.0, 20.0, 2.0),
    (T("Above 20 kg", "20 kg 以上"), 20.0, float("inf"), 1.0),
)


def compute(values: Values) -> Worked:
    """mL/h."""
    if values.get("age", math.inf) < NEWBORN_YEARS:
        raise OutOfRange(NEWBORN, "age")
    weight = values["weight"]
    steps, total = [], 0.0
    for title, low, high, rate in TIERS:
        share = max(0.0, min(weight, high) - low)
        if share > 0.0:
            steps.append(Step(title, f"{rate:g} × {share:g}", rate * share, "mL/h"))
            total += rate * share
    summed = " + ".join(f"{float(step.value or 0.0):g}" for step in steps)
    steps.append(Step(OUTPUTS[0].title, summed, total, "mL/h"))
    cautions = () if "age" in values else (AGE_UNKNOWN,)
    return Worked(total, tuple(steps), extra={"per_day": (24.0 * total, "mL/d")}, cautions=cautions)


OUTPUTS = (Output("maintenance_fluids", T("Maintenance fluid", "维持液量"), "mL/h", decimals=0),)
EXAMPLES = (
    Example({"weight": 27}, 67.0, "score table acid_base_fluids"),
    Example({"weight": 60}, 100.0, "medcalc-dev, calculator 22", extra={"per_day": 2400.0}),
    Example({"weight": 76}, 116.0, "medcalc-dev, one-shot case of calculator 22"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
