"""Delta ratio: the rise of the anion gap for each fall of bicarbonate.

Ratio = (gap - 12) / (24 - HCO3); gap = Na - (Cl + HCO3); mmol/L.
No bands: sources differ on where they lie, and none was found twice. A bicarbonate of exactly 24
gives no ratio.
Wrenn K. Ann Emerg Med 1990;19:1310-3.
"""

from __future__ import annotations

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="delta_ratio", version="1990",
    title=T("Delta ratio", "Δ 比值"),
    summary=T("Rise of the anion gap against the fall of bicarbonate.", "阴离子间隙升高与碳酸氢根下降之比。"),
    population=acid_base.POPULATION,
    reference="Wrenn K. Ann Emerg Med 1990;19:1310-3",
    specialties=acid_base.SPECIALTIES, keywords=(*acid_base.KEYWORDS, "delta"),
    cautions=(acid_base.ONE_SAMPLE, acid_base.NORMAL_DIFFERS),
)
INPUTS = acid_base.IONS


def compute(values: Values) -> Worked:
    """The ratio."""
    gap = acid_base.anion_gap(values)
    rise = acid_base.excess(gap)
    start = f"{shown(float(gap.value or 0.0), 2)} − 12"
    fall = acid_base.fall(values)
    assert isinstance(fall.value, float)
    ratio = rise / fall.value
    steps = (gap, Step(acid_base.RISE, start, rise, acid_base.UNIT), fall)
    working = f"{shown(rise, 2)} / {shown(fall.value, 1)}"
    cautions = (acid_base.NO_FALL,) if acid_base.no_fall(values) else ()
    return Worked(ratio, (*steps, Step(OUTPUTS[0].title, working, ratio)), cautions=cautions)


OUTPUTS = (Output("delta_ratio", ABOUT.title, decimals=2),)
EXAMPLES = (
    Example(
        {"sodium": 138, "chloride": 104, "bicarbonate": 14}, 0.8,
        "score table acid_base_fluids", 0.05,
    ),
    Example(
        {"sodium": 142, "chloride": 102, "bicarbonate": 25}, -3.0,
        "medcalc-dev, calculator 64", 0.0005,
    ),
    Example(
        {"sodium": 148, "chloride": 117, "bicarbonate": 8.6}, 0.67532,
        "medcalc-dev, one-shot case of calculator 64", 0.000005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
