"""What the equations of kidney function share: terms of creatinine and cystatin C, race, G categories.

GFR categories: KDIGO CKD Work Group. Kidney Int 2024;105(4S):S117-S314, mL/min/1.73 m2; each begins at its
lower limit.
"""

from __future__ import annotations

import math
from typing import Any, Final

from medapp.calculators.calculator import Values
from medapp.calculators.declare import T, choice, icd10, snomed
from medapp.calculators.measured import shown
from medapp.calculators.worked import Band, Step, Worked, band_of
from medapp.domain.datatypes import LocalText

UNIT: Final = "mL/min/{1.73_m2}"
KAPPA: Final = {"female": 0.7, "male": 0.9}
CYSTATIN_KNOT: Final = 0.8

CKD: Final = icd10("N18")
"""The problem for which equations of kidney function are offered."""

ON_DIALYSIS: Final = (*icd10("Z992", "Z49", "N186"), *snomed("105502003", "46177005"))
TRANSPLANTED: Final = (*icd10("Z940", "T861"), *snomed("161665007", "70536003", "213150003"))

NOT_STEADY: Final = T("Not for rapidly changing creatinine or dialysis", "不适用于肌酐快速变化或透析者")
MUSCLE: Final = T(
    "Unsure with unusual muscle mass, amputation, pregnancy", "肌肉量异常、截肢或妊娠时不可靠"
)

RACE: Final = choice(
    "race", T("Race, as this equation was made", "种族（该方程所需）"),
    {"black": T("Black", "黑人"), "other": T("Not Black", "非黑人")},
    synonyms={
        "african american": "black", "african_american": "black", "black or african american": "black",
        "non-black": "other", "non_black": "other", "not black": "other", "white": "other", "asian": "other",
        "chinese": "other", "hispanic": "other", "caucasian": "other",
    },
)
"""Required where the equation has a term of race, and never assumed."""

RACE_CAUTION: Final = T(
    "Has a term of race; the equation of 2021 has none", "含种族系数；2021 年方程不含种族"
)


def _below(limit: float) -> float:
    return math.nextafter(limit, -math.inf)


GFR_BANDS: Final = (
    Band("G5", -math.inf, _below(15.0), T("G5: below 15, kidney failure", "G5：<15，肾衰竭")),
    Band("G4", 15.0, _below(30.0), T("G4: 15 to 29, severely decreased", "G4：15–29，重度下降")),
    Band("G3b", 30.0, _below(45.0), T("G3b: 30 to 44, moderately to severely", "G3b：30–44，中至重度下降")),
    Band("G3a", 45.0, _below(60.0), T("G3a: 45 to 59, mildly to moderately", "G3a：45–59，轻至中度下降")),
    Band("G2", 60.0, _below(90.0), T("G2: 60 to 89, mildly decreased", "G2：60–89，轻度下降")),
    Band("G1", 90.0, math.inf, T("G1: 90 or more, normal or high", "G1：≥90，正常或升高")),
)


def gfr_category(gfr: float) -> Band:
    """The G category of a GFR."""
    found = band_of(GFR_BANDS, gfr)
    assert found is not None  # the bands leave no gap
    return found


def hinge(value: float, knot: float, below: float, above: float) -> float:
    """min(x/k, 1)^below x max(x/k, 1)^above: a slope on either side of the knot."""
    ratio = value / knot
    return float(min(ratio, 1.0) ** below * max(ratio, 1.0) ** above)


def hinge_step(title: LocalText, value: float, knot: float, below: float, above: float) -> Step:
    """The working of one such term."""
    power = below if value <= knot else above
    return Step(title, f"({value:.3g} / {knot:g})^{shown(power, 3)}", hinge(value, knot, below, above))


CREATININE_TERM: Final = T("Creatinine term", "肌酐项")
CYSTATIN_TERM: Final = T("Cystatin C term", "胱抑素 C 项")
AGE_TERM: Final = T("Age term", "年龄项")


def age_step(base: float, values: Values) -> Step:
    """Base to the power of the age in years."""
    return Step(AGE_TERM, f"{base:g}^{values['age']:g}", base ** values["age"])


def factor_step(title: LocalText, why: str, factor: float) -> Step:
    """A factor of sex or race."""
    return Step(title, why, factor)


SEX_TERM: Final = T("Sex term", "性别项")
RACE_TERM: Final = T("Race term", "种族项")


def product(title: LocalText, constant: float, steps: tuple[Step, ...], **more: Any) -> Worked:
    """The constant times every step: the GFR with its category."""
    gfr = constant * math.prod(float(step.value or 0.0) for step in steps)
    shown_product = " × ".join([f"{constant:g}", *(f"{float(step.value or 0.0):.4g}" for step in steps)])
    return Worked(gfr, (*steps, Step(title, shown_product, gfr, UNIT)), gfr_category(gfr), **more)
