"""Anion gap of serum.

Gap [mmol/L] = Na - (Cl + HCO3), without potassium. With potassium the gap is higher by it (given beside the
value where potassium is known). No bands: the normal gap is each laboratory's own.
Emmett M, Narins RG. Medicine (Baltimore) 1977;56:38-54.
"""

from __future__ import annotations

from typing import Any

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.worked import Worked

ABOUT = About(
    id="anion_gap", version="1977",
    title=T("Anion gap", "阴离子间隙"),
    summary=T("Unmeasured anions of serum, without potassium.", "血清未测定阴离子（不含钾）。"),
    population=acid_base.POPULATION,
    reference="Emmett M, Narins RG. Medicine (Baltimore) 1977;56:38-54",
    specialties=acid_base.SPECIALTIES, keywords=acid_base.KEYWORDS,
    cautions=(
        acid_base.ONE_SAMPLE,
        T("Low albumin hides a high gap: see the corrected one", "低白蛋白可掩盖间隙升高，见校正值"),
    ),
)
INPUTS = (*acid_base.IONS, number("potassium", required=False, look_back=DAY))


def compute(values: Values) -> Worked:
    """The gap in mmol/L; with potassium beside it."""
    gap = acid_base.anion_gap(values)
    assert gap.value is not None
    extra: dict[str, Any] = {}
    if "potassium" in values:
        extra["with_potassium"] = (float(gap.value) + values["potassium"], acid_base.UNIT)
    return Worked(gap.value, (gap,), extra=extra)


OUTPUTS = (Output("anion_gap", acid_base.GAP, acid_base.UNIT, decimals=0),)
EXAMPLES = (
    Example({"sodium": 138, "chloride": 104, "bicarbonate": 14}, 20.0, "score table acid_base_fluids"),
    Example(
        {"sodium": 133, "chloride": 95, "bicarbonate": 28, "potassium": 4.0}, 10.0,
        "medcalc-dev, calculator 39", extra={"with_potassium": 14.0},
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
