"""Delta gap, corrected for albumin: how far the anion gap is above 12.

Delta gap [mmol/L] = corrected gap - 12; gap =
Na - (Cl + HCO3), corrected by 2.5 x (4.0 - albumin [g/dL]); mmol/L.
This is the delta gap as medcalc-dev has it, without taking off the fall of bicarbonate; that difference
((gap - 12) - (24 - HCO3)) stands beside it.
Wrenn K. Ann Emerg Med 1990;19:1310-3. Figge J et al. Crit Care Med 1998;26:1807-10.
"""

from __future__ import annotations

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="albumin_corrected_delta_gap", version="1990",
    title=T("Delta gap, corrected for albumin", "白蛋白校正 Δ 间隙"),
    summary=T("How far the corrected anion gap is above normal.", "校正阴离子间隙高出正常值的幅度。"),
    population=acid_base.POPULATION,
    reference="Wrenn K. Ann Emerg Med 1990;19:1310-3; Figge J et al. Crit Care Med 1998;26:1807-10",
    specialties=acid_base.SPECIALTIES, keywords=(*acid_base.KEYWORDS, "delta"),
    cautions=(acid_base.ONE_SAMPLE, acid_base.NORMAL_DIFFERS),
)
INPUTS = (*acid_base.IONS, acid_base.ALBUMIN)


def compute(values: Values) -> Worked:
    """The gap in mmol/L."""
    gap = acid_base.anion_gap(values)
    assert gap.value is not None
    corrected = acid_base.corrected_gap(values, float(gap.value))
    rise = acid_base.excess(corrected)
    start = f"{shown(float(corrected.value or 0.0), 2)} − 12"
    less = rise - (acid_base.NORMAL_BICARBONATE - values["bicarbonate"])
    steps = (gap, corrected, Step(OUTPUTS[0].title, start, rise, acid_base.UNIT))
    return Worked(rise, steps, extra={"less_fall_of_bicarbonate": (less, acid_base.UNIT)})


OUTPUTS = (Output("albumin_corrected_delta_gap", ABOUT.title, acid_base.UNIT, decimals=1),)
EXAMPLES = (
    Example(
        {"sodium": 136, "chloride": 98, "bicarbonate": 20.8, "albumin": {"value": 2.1, "unit": "g/dL"}}, 9.95,
        "medcalc-dev, calculator 66", 0.005,
    ),
    Example(
        {"sodium": 143, "chloride": 120, "bicarbonate": 12.5, "albumin": {"value": 2.1, "unit": "g/dL"}},
        3.25, "medcalc-dev, one-shot case of calculator 66", 0.005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
