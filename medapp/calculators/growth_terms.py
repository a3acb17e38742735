"""How a child is measured for WHO's standards: age in days, corrected age, length lying or standing.

Below 24 months (731 days) a child is measured lying, from then on standing; measured the other way round 0.7
cm are added or taken. Born before 37 weeks, the age is corrected to 40 weeks until 24 months.
WHO Child Growth Standards: methods and development. Geneva 2006, chapter 7.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import bodies
from medapp.calculators.calculator import Values
from medapp.calculators.declare import T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Needs, Step

DAYS_A_YEAR: Final = 365.25
STANDS_FROM: Final = 731
CORRECTED_UNTIL: Final = 731
TERM_WEEKS: Final = 37.0
FULL_DAYS: Final = 280
LYING_TO_STANDING: Final = 0.7

VARIANTS: Final = {
    "weight_for_age": T("Weight for age", "年龄别体重"),
    "length_for_age": T("Length or height for age", "年龄别身长/身高"),
    "bmi_for_age": T("BMI for age", "年龄别 BMI"),
    "head_circumference_for_age": T("Head circumference for age", "年龄别头围"),
    "arm_circumference_for_age": T("Arm circumference for age", "年龄别上臂围"),
    "triceps_skinfold_for_age": T("Triceps skinfold for age", "年龄别肱三头肌皮褶厚度"),
    "subscapular_skinfold_for_age": T("Subscapular skinfold for age", "年龄别肩胛下皮褶厚度"),
    "weight_for_length": T("Weight for length (lying)", "身长别体重（卧位）"),
    "weight_for_height": T("Weight for height (standing)", "身高别体重（立位）"),
}
MEASURES: Final = {
    "weight_for_age": "weight", "head_circumference_for_age": "head_circumference",
    "arm_circumference_for_age": "arm_circumference", "triceps_skinfold_for_age": "triceps_skinfold",
    "subscapular_skinfold_for_age": "subscapular_skinfold",
}
"""The measures that are read as they are."""

UNITS: Final = {
    "length_for_age": "cm", "bmi_for_age": "kg/m2", "head_circumference_for_age": "cm",
    "arm_circumference_for_age": "cm", "triceps_skinfold_for_age": "mm",
    "subscapular_skinfold_for_age": "mm",
}
AGE: Final = T("Age", "年龄")
CORRECTED: Final = T("Corrected age", "矫正年龄")
LENGTH: Final = T("Length or height as the standard expects", "换算为标准体位的身长/身高")


def whole_days(years: float) -> int:
    """Age in days, halves up, as WHO's program rounds."""
    return math.floor(years * DAYS_A_YEAR + 0.5)


def counted_days(days: int, gestation_weeks: float | None) -> int:
    """The age that the tables are read at: corrected for the preterm until 24 months."""
    if gestation_weeks is None or gestation_weeks >= TERM_WEEKS or days >= CORRECTED_UNTIL:
        return days
    return days - (FULL_DAYS - round(gestation_weeks * 7.0))


def age_steps(values: Values) -> tuple[int | None, list[Step]]:
    if "age" not in values:
        return None, []
    days = whole_days(values["age"])
    counted = counted_days(days, values.get("gestation_at_birth"))
    steps = [Step(AGE, f"{values['age']:.5g} × 365.25", days, "d")]
    if counted != days:
        why = f"{days} − (280 − 7 × {values['gestation_at_birth']:.4g})"
        steps.append(Step(CORRECTED, why, counted, "d"))
    return counted, steps


def _height(values: Values, *, standing: bool) -> tuple[float, list[Step]]:
    """Length or height in the position that the table was made for."""
    if "height" not in values:
        raise Needs("height")
    height, position = float(values["height"]), values["measured_position"]
    if position == "as_expected" or (position == "standing") == standing:
        return height, []
    change = -LYING_TO_STANDING if standing else LYING_TO_STANDING
    return height + change, [Step(LENGTH, f"{height:g} {shown(change, 1)}", height + change, "cm")]


def measured(values: Values, days: int | None) -> tuple[float, float, list[Step]]:
    """What is measured, where the table is read, and the working of both."""
    variant = values["variant"]
    by_length = variant in ("weight_for_length", "weight_for_height")
    if days is None and not by_length:
        raise Needs("age")
    if variant in MEASURES:
        name = MEASURES[variant]
        if name not in values:
            raise Needs(name)
        return float(values[name]), float(days or 0), []
    stands = variant == "weight_for_height" if by_length else (days or 0) >= STANDS_FROM
    lacking = [name for name in ("weight", "height") if name not in values and (variant != "length_for_age")]
    if lacking:
        raise Needs(*lacking)
    height, steps = _height(values, standing=stands)
    if by_length:
        return float(values["weight"]), height, steps
    if variant == "length_for_age":
        return height, float(days or 0), steps
    index = bodies.bmi(values["weight"], height)
    text = f"{values['weight']:g} / ({height:g} / 100)²"
    return index, float(days or 0), [*steps, Step(T("BMI", "BMI"), text, index, "kg/m2")]
