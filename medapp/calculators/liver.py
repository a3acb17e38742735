"""What the scores of the liver share: bounded logarithms, dialysis, the codes of cirrhosis.

MELD and its successors take the logarithm of values in mg/dL after bounding them, so that a normal value
neither adds nor takes points; with dialysis the creatinine is set to the upper bound.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.declare import T, icd10, number, snomed, yes
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import Step
from medapp.domain.datatypes import LocalText

CIRRHOSIS: Final = (*icd10("K74", "K703", "K717"), *snomed("19943007"))
CHRONIC: Final = (*icd10("K70", "K73", "K74", "K760", "B18"), *snomed("19943007", "328383001"))
SPECIALTIES: Final = ("gastroenterology",)
LOOK_BACK: Final = 90

BILIRUBIN: Final = number("bilirubin_total", look_back=LOOK_BACK)
CREATININE: Final = number("creatinine", look_back=LOOK_BACK)
ALBUMIN: Final = number("albumin", look_back=LOOK_BACK)
INR: Final = number("inr", look_back=LOOK_BACK)
SODIUM: Final = number("sodium", look_back=LOOK_BACK)
DIALYSIS: Final = yes(
    "dialysis_twice_past_week",
    T("Dialysis twice in the past week, or 24 hours of filtration", "过去一周透析≥2 次或连续滤过 24 小时"),
)
DIALYSIS_UNKNOWN: Final = (
    "dialysis_unknown",
    T("Holds without dialysis in the past week, which is not known", "仅在过去一周未透析时成立，而此项未知"),
)
NO_WARFARIN: Final = T("Not with a vitamin K antagonist: it raises the INR",
                       "服用维生素 K 拮抗剂者 INR 失真，不适用")

BILIRUBIN_TERM: Final = T("ln of bilirubin, at least 1 mg/dL", "ln 胆红素（下限 1 mg/dL）")
INR_TERM: Final = T("ln of INR, at least 1", "ln INR（下限 1）")


def log_step(title: LocalText, values: Values, name: str, unit: str | None = "mg/dL") -> Step:
    """ln of a value that counts as 1 where it is lower."""
    value = in_unit(values, name, unit) if unit else float(values[name])
    bounded = max(value, 1.0)
    return Step(title, f"ln {bounded:.3g}", math.log(bounded))


def creatinine_step(values: Values, highest: float) -> Step:
    """ln of the creatinine between 1 and `highest` mg/dL; `highest` with dialysis."""
    if values.get(DIALYSIS.name):
        bounded, why = highest, " (dialysis)"
    else:
        bounded, why = min(max(in_unit(values, "creatinine", "mg/dL"), 1.0), highest), ""
    title = T(f"ln of creatinine, 1 to {highest:g} mg/dL", f"ln 肌酐（1–{highest:g} mg/dL）")
    return Step(title, f"ln {bounded:.3g}{why}", math.log(bounded))


def bounded_sodium(values: Values) -> float:
    """Sodium between 125 and 137 mmol/L."""
    return float(min(max(values["sodium"], 125.0), 137.0))


def rounded(value: float) -> float:
    """To the nearest whole number, halves away from zero."""
    return float(math.floor(round(value, 9) + 0.5))


def in_range(score: float) -> float:
    """A whole number of points from 6 to 40."""
    return min(max(rounded(score), 6.0), 40.0)


def on_dialysis(values: Values) -> tuple[tuple[str, LocalText], ...]:
    """What must be said while nobody knows of dialysis."""
    return () if DIALYSIS.name in values else (DIALYSIS_UNKNOWN,)


MELD_TERMS: Final = "9.57 × {creatinine} + 3.78 × {bilirubin} + 11.20 × {inr} + 6.43"


def meld_steps(values: Values) -> tuple[tuple[Step, ...], float, str]:
    """The terms of MELD of 2001, its points (not yet bounded to 40) and their expression."""
    steps = (
        creatinine_step(values, 4.0),
        log_step(BILIRUBIN_TERM, values, "bilirubin_total"),
        log_step(INR_TERM, values, "inr", None),
    )
    creatinine, bilirubin, inr = (float(step.value or 0.0) for step in steps)
    points = rounded(10.0 * (0.957 * creatinine + 0.378 * bilirubin + 1.120 * inr + 0.643))
    text = MELD_TERMS.format(
        creatinine=shown(creatinine, 3), bilirubin=shown(bilirubin, 3), inr=shown(inr, 3)
    )
    return steps, points, text
