"""Delta gap: how far the anion gap is above 12.

Delta gap [mmol/L] = gap - 12; gap = Na - (Cl + HCO3); mmol/L.
This is the delta gap as medcalc-dev has it, without taking off the fall of bicarbonate; that difference
((gap - 12) - (24 - HCO3)) stands beside it.
Wrenn K. Ann Emerg Med 1990;19:1310-3.
"""

from __future__ import annotations

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="delta_gap", version="1990",
    title=T("Delta gap", "Δ 间隙"),
    summary=T("How far the anion gap is above normal.", "阴离子间隙高出正常值的幅度。"),
    population=acid_base.POPULATION,
    reference="Wrenn K. Ann Emerg Med 1990;19:1310-3",
    specialties=acid_base.SPECIALTIES, keywords=(*acid_base.KEYWORDS, "delta"),
    cautions=(acid_base.ONE_SAMPLE, acid_base.NORMAL_DIFFERS),
)
INPUTS = acid_base.IONS


def compute(values: Values) -> Worked:
    """The gap in mmol/L."""
    gap = acid_base.anion_gap(values)
    rise = acid_base.excess(gap)
    start = f"{shown(float(gap.value or 0.0), 2)} − 12"
    less = rise - (acid_base.NORMAL_BICARBONATE - values["bicarbonate"])
    steps = (gap, Step(OUTPUTS[0].title, start, rise, acid_base.UNIT))
    return Worked(rise, steps, extra={"less_fall_of_bicarbonate": (less, acid_base.UNIT)})


OUTPUTS = (Output("delta_gap", ABOUT.title, acid_base.UNIT, decimals=1),)
EXAMPLES = (
    Example(
        {"sodium": 140, "chloride": 90, "bicarbonate": 15}, 23.0,
        "medcalc-dev, calculator 63", extra={"less_fall_of_bicarbonate": 14.0},
    ),
    Example(
        {"sodium": 142, "chloride": 123, "bicarbonate": 14}, -7.0,
        "medcalc-dev, one-shot case of calculator 63",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
