"""Ideal body weight after Devine.

Weight [kg] = 50 (women 45.5) + 2.3 for each inch of height above 5 feet (152.4 cm); below that it is
refused: the line goes on downwards, below nothing in the end. For adults.
Devine BJ. Drug Intell Clin Pharm 1974;8:650-5.
"""

from __future__ import annotations

from medapp.calculators import bodies
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="ideal_body_weight", version="1974",
    title=T("Ideal body weight (Devine)", "理想体重（Devine）"),
    summary=T("Weight by height and sex, for dosing and ventilation.", "按身高与性别，用于给药与通气。"),
    population=T("Adults from 152.4 cm (5 feet)", "身高≥152.4 cm（5 英尺）的成人"),
    reference="Devine BJ. Drug Intell Clin Pharm 1974;8:650-5",
    specialties=("pharmacy", "intensive_care"),
    keywords=("IBW", "Devine", "weight", "dose", "理想体重", "给药"),
    out_of_scope=(T("Not below 152.4 cm (5 feet)", "身高低于 152.4 cm（5 英尺）时不适用"),),
    cautions=(T("Made for dosing; no goal for a patient", "用于给药，并非患者的目标体重"),),
)
INPUTS = (choice("sex"), number("height", look_back=None), ADULT)


def compute(values: Values) -> Worked:
    """kg."""
    weight = bodies.ideal_weight(values["sex"], values["height"])
    shown = bodies.shown_weight("ideal", values, weight)
    step = Step(OUTPUTS[0].title, shown, weight, "kg")
    return Worked(weight, (step,))


OUTPUTS = (Output("ideal_body_weight", ABOUT.title, "kg", decimals=1),)
EXAMPLES = (
    Example({"sex": "male", "height": 170}, 65.937, "medcalc-dev, calculator 10", 0.0005),
    Example({"sex": "male", "height": 173}, 68.65362, "medcalc-dev, one-shot case of calculator 10", 0.0005),
    Example({"sex": "female", "height": 167}, 58.72, "medcalc-dev, calculator 62", 0.005),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
