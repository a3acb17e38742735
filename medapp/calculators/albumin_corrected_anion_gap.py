"""Anion gap corrected for albumin.

Corrected gap [mmol/L] = Na - (Cl + HCO3) + 2.5 x (4.0 - albumin [g/dL]).
Figge J, Jabor A, Kazda A, Fencl V. Crit Care Med 1998;26:1807-10.
"""

from __future__ import annotations

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.worked import Worked

ABOUT = About(
    id="albumin_corrected_anion_gap", version="1998",
    title=acid_base.CORRECTED_GAP,
    summary=T("The anion gap as it would be with normal albumin.", "假定白蛋白正常时的阴离子间隙。"),
    population=acid_base.POPULATION,
    reference="Figge J, Jabor A, Kazda A, Fencl V. Crit Care Med 1998;26:1807-10",
    specialties=acid_base.SPECIALTIES, keywords=(*acid_base.KEYWORDS, "albumin", "Figge", "白蛋白"),
    cautions=(acid_base.ONE_SAMPLE,),
)
INPUTS = (*acid_base.IONS, acid_base.ALBUMIN)


def compute(values: Values) -> Worked:
    """The corrected gap in mmol/L."""
    gap = acid_base.anion_gap(values)
    assert gap.value is not None
    corrected = acid_base.corrected_gap(values, float(gap.value))
    assert corrected.value is not None
    return Worked(corrected.value, (gap, corrected), extra={"anion_gap": (gap.value, acid_base.UNIT)})


OUTPUTS = (Output("albumin_corrected_anion_gap", acid_base.CORRECTED_GAP, acid_base.UNIT, decimals=1),)
EXAMPLES = (
    Example(
        {"sodium": 138, "chloride": 104, "bicarbonate": 14, "albumin": {"value": 2.4, "unit": "g/dL"}}, 24.0,
        "score table acid_base_fluids", 0.05, extra={"anion_gap": 20.0},
    ),
    Example(
        {"sodium": 129, "chloride": 94, "bicarbonate": 18, "albumin": {"value": 2.5, "unit": "g/dL"}}, 20.75,
        "medcalc-dev, calculator 65", 0.005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
