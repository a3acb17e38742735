"""Weights and surface that several scores rest on.

Ideal weight: Devine BJ. Drug Intell Clin Pharm 1974;8:650-5 (50 kg, women 45.5 kg, and 2.3 kg for each
inch over 5 feet). Adjusted weight: ideal + 0.4 of what is above it (Bauer LA et al. 1983).
Surface: Mosteller RD. N Engl J Med 1987;317:1098.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from medapp.calculators.worked import OutOfRange
from medapp.domain.datatypes import LocalText

CM_PER_INCH = 2.54
FIVE_FEET_INCHES = 60.0
ROUNDING = 1e-6
BELOW_FIVE_FEET = LocalText(
    "the ideal weight begins at 152.4 cm (5 feet): ask a pharmacist for a dose; ventilation has own tables",
    "理想体重公式自 152.4 cm（5 英尺）起：给药请咨询药师，通气请查相应身高表",
)


def ideal_weight(sex: str, height_cm: float, refusal: LocalText = BELOW_FIVE_FEET) -> float:
    """Devine's ideal weight in kg; below 5 feet, where the formula would go to nothing, refused."""
    if height_cm < FIVE_FEET_INCHES * CM_PER_INCH - ROUNDING:
        raise OutOfRange(refusal, "height")
    return (50.0 if sex == "male" else 45.5) + 2.3 * (height_cm / CM_PER_INCH - FIVE_FEET_INCHES)


def adjusted_weight(ideal_kg: float, weight_kg: float) -> float:
    """Ideal weight plus 0.4 of the difference to the actual one, kg."""
    return ideal_kg + 0.4 * (weight_kg - ideal_kg)


def bmi(weight_kg: float, height_cm: float) -> float:
    """Quetelet's index, kg/m2."""
    return weight_kg / (height_cm / 100.0) ** 2


def surface(weight_kg: float, height_cm: float) -> float:
    """Mosteller's body surface, m2."""
    return math.sqrt(weight_kg * height_cm / 3600.0)


def shown_weight(basis: str, values: Mapping[str, Any], ideal_kg: float) -> str:
    """The working of an ideal or adjusted weight."""
    start = 50 if values["sex"] == "male" else 45.5
    ideal = f"{start:g} + 2.3 × ({values['height']:g} / 2.54 − 60)"
    return ideal if basis == "ideal" else f"{ideal_kg:.1f} + 0.4 × ({values['weight']:g} − {ideal_kg:.1f})"
