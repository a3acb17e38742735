"""Mean arterial pressure from a cuff.

Mean [mm Hg] = diastolic + (systolic - diastolic) / 3.
Meaney E, Alva F, Moguel R et al. Heart 2000;84:64.
"""

from __future__ import annotations

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.worked import Step, Worked

UNIT = "mm[Hg]"
ABOUT = About(
    id="mean_arterial_pressure", version="2000",
    title=T("Mean arterial pressure", "平均动脉压"),
    summary=T("Mean pressure from the systolic and the diastolic one.", "由收缩压与舒张压计算平均动脉压。"),
    population=T("Anyone with a regular pulse of usual rate", "脉率正常且规则者"),
    reference="Meaney E, Alva F, Moguel R et al. Heart 2000;84:64",
    specialties=("intensive_care", "emergency", "cardiology"),
    keywords=("MAP", "blood pressure", "shock", "血压", "休克", "平均动脉压"),
    cautions=(T("Unsure with a fast or irregular pulse", "心率快或不齐时不准"),),
)
INPUTS = (number("systolic_bp", look_back=DAY), number("diastolic_bp", look_back=DAY))


def compute(values: Values) -> Worked:
    """mm Hg."""
    systolic, diastolic = values["systolic_bp"], values["diastolic_bp"]
    mean = diastolic + (systolic - diastolic) / 3.0
    shown = f"{diastolic:g} + ({systolic:g} − {diastolic:g}) / 3"
    return Worked(mean, (Step(OUTPUTS[0].title, shown, mean, UNIT),))


OUTPUTS = (Output("mean_arterial_pressure", ABOUT.title, UNIT, decimals=0),)
EXAMPLES = (
    Example({"systolic_bp": 135, "diastolic_bp": 75}, 95.0, "medcalc-dev, calculator 5", 0.0005),
    Example(
        {"systolic_bp": 110, "diastolic_bp": 70}, 83.33333,
        "medcalc-dev, one-shot case of calculator 5", 0.000005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
