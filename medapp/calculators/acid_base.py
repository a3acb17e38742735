"""What the scores of the blood's acids and bases share: the anion gap and what follows from it.

Anion gap = Na - (Cl + HCO3), mmol/L; corrected for albumin: + 2.5 x (4.0 - albumin [g/dL]). Taken as normal:
gap 12, bicarbonate 24, albumin 4.0 g/dL.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.declare import DAY, T, number
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import OutOfRange, Step

UNIT: Final = "mmol/L"
NORMAL_GAP: Final = 12.0
NORMAL_BICARBONATE: Final = 24.0
NORMAL_ALBUMIN: Final = 4.0
PER_ALBUMIN: Final = 2.5

IONS: Final = (
    number("sodium", look_back=DAY), number("chloride", look_back=DAY), number("bicarbonate", look_back=DAY)
)
ALBUMIN: Final = number("albumin", look_back=30)
KEYWORDS: Final = ("acid-base", "acidosis", "anion gap", "酸碱", "阴离子间隙", "酸中毒")
SPECIALTIES: Final = ("emergency", "intensive_care", "nephrology")
ONE_SAMPLE: Final = T("All from one sample", "各值须来自同一份标本")
NORMAL_DIFFERS: Final = T(
    "The normal gap depends on the laboratory; 12 is assumed", "正常间隙因实验室而异，此处取 12"
)
POPULATION: Final = T("Anyone with suspected acid-base disorder", "疑有酸碱失衡者")

GAP: Final = T("Anion gap", "阴离子间隙")
CORRECTED_GAP: Final = T("Anion gap, corrected for albumin", "白蛋白校正阴离子间隙")
RISE: Final = T("Rise of the gap", "间隙升高值")
FALL: Final = T("Fall of bicarbonate", "碳酸氢根下降值")


def anion_gap(values: Values) -> Step:
    """Na - (Cl + HCO3)."""
    sodium, chloride, bicarbonate = values["sodium"], values["chloride"], values["bicarbonate"]
    working = f"{sodium:g} − ({chloride:g} + {bicarbonate:g})"
    return Step(GAP, working, sodium - (chloride + bicarbonate), UNIT)


def corrected_gap(values: Values, gap: float) -> Step:
    """The gap as it would be with 4.0 g/dL of albumin."""
    albumin = in_unit(values, "albumin", "g/dL")
    working = f"{shown(gap, 1)} + 2.5 × (4.0 − {albumin:g})"
    return Step(CORRECTED_GAP, working, gap + PER_ALBUMIN * (NORMAL_ALBUMIN - albumin), UNIT)


def excess(step: Step) -> float:
    """How far a gap is above the normal one."""
    assert isinstance(step.value, (int, float))
    return step.value - NORMAL_GAP


def fall(values: Values) -> Step:
    """How far bicarbonate is below the normal one. Raises OutOfRange where it is exactly normal."""
    bicarbonate = values["bicarbonate"]
    if bicarbonate == NORMAL_BICARBONATE:
        raise OutOfRange(
            T("no ratio with a bicarbonate of exactly 24", "碳酸氢根恰为 24 时比值无意义"), "bicarbonate"
        )
    return Step(FALL, f"24 − {bicarbonate:g}", NORMAL_BICARBONATE - bicarbonate, UNIT)


def no_fall(values: Values) -> bool:
    """Whether bicarbonate is not below normal, so that a ratio says nothing of an acidosis."""
    return bool(values["bicarbonate"] > NORMAL_BICARBONATE)


NO_FALL: Final = (
    "bicarbonate_not_low",
    T(
        "Bicarbonate is not below 24: the ratio is not about an acidosis",
        "碳酸氢根不低于 24：比值不反映酸中毒",
    ),
)
