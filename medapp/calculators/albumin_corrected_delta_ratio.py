"""Delta ratio, corrected for albumin: the rise of the anion gap for each fall of bicarbonate.

Ratio = (corrected gap - 12) / (24 - HCO3); gap =
Na - (Cl + HCO3), corrected by 2.5 x (4.0 - albumin [g/dL]); mmol/L.
No bands: sources differ on where they lie, and none was found twice. A bicarbonate of exactly 24
gives no ratio.
Wrenn K. Ann Emerg Med 1990;19:1310-3. Figge J et al. Crit Care Med 1998;26:1807-10.
"""

from __future__ import annotations

from medapp.calculators import acid_base
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="albumin_corrected_delta_ratio", version="1990",
    title=T("Delta ratio, corrected for albumin", "白蛋白校正 Δ 比值"),
    summary=T(
        "Rise of the corrected gap against the fall of bicarbonate.", "校正间隙升高与碳酸氢根下降之比。"
    ),
    population=acid_base.POPULATION,
    reference="Wrenn K. Ann Emerg Med 1990;19:1310-3; Figge J et al. Crit Care Med 1998;26:1807-10",
    specialties=acid_base.SPECIALTIES, keywords=(*acid_base.KEYWORDS, "delta"),
    cautions=(acid_base.ONE_SAMPLE, acid_base.NORMAL_DIFFERS),
)
INPUTS = (*acid_base.IONS, acid_base.ALBUMIN)


def compute(values: Values) -> Worked:
    """The ratio."""
    gap = acid_base.anion_gap(values)
    assert gap.value is not None
    corrected = acid_base.corrected_gap(values, float(gap.value))
    rise = acid_base.excess(corrected)
    start = f"{shown(float(corrected.value or 0.0), 2)} − 12"
    fall = acid_base.fall(values)
    assert isinstance(fall.value, float)
    ratio = rise / fall.value
    steps = (gap, corrected, Step(acid_base.RISE, start, rise, acid_base.UNIT), fall)
    working = f"{shown(rise, 2)} / {shown(fall.value, 1)}"
    cautions = (acid_base.NO_FALL,) if acid_base.no_fall(values) else ()
    return Worked(ratio, (*steps, Step(OUTPUTS[0].title, working, ratio)), cautions=cautions)


OUTPUTS = (Output("albumin_corrected_delta_ratio", ABOUT.title, decimals=2),)
EXAMPLES = (
    Example(
        {"sodium": 123, "chloride": 87, "bicarbonate": 20.7, "albumin": {"value": 2.8, "unit": "g/dL"}},
        1.909, "medcalc-dev, calculator 67", 0.0005,
    ),
    Example(
        {"sodium": 142.8, "chloride": 125.5, "bicarbonate": 7.5, "albumin": {"value": 4.2, "unit": "g/dL"}},
        -0.16364, "medcalc-dev, one-shot case of calculator 67", 0.000005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
