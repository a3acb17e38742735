"""Adjusted body weight: the ideal weight and two fifths of what is above it.

Adjusted [kg] = ideal + 0.4 x (weight - ideal); ideal after Devine (1974). For obese adults; a weight below
the ideal one gives a number between the two, which is said.
Bauer LA, Edwards WA, Dellinger EP, Simonowitz DA. Eur J Clin Pharmacol 1983;24:643-7.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import bodies
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="adjusted_body_weight", version="1983",
    title=T("Adjusted body weight", "校正体重"),
    summary=T("Weight for dosing in obesity.", "肥胖者给药所用体重。"),
    population=T("Obese adults from 152.4 cm (5 feet)", "身高≥152.4 cm（5 英尺）的肥胖成人"),
    reference="Bauer LA, Edwards WA, Dellinger EP, Simonowitz DA. Eur J Clin Pharmacol 1983;24:643-7",
    specialties=("pharmacy", "intensive_care"),
    keywords=("ABW", "dose", "obesity", "校正体重", "肥胖", "给药"),
    out_of_scope=(T("Not below 152.4 cm (5 feet)", "身高低于 152.4 cm（5 英尺）时不适用"),),
)
INPUTS = (choice("sex"), number("height", look_back=None), number("weight", look_back=180), ADULT)
NOT_ABOVE: Final = (
    "weight_not_above_ideal",
    T("Weight is not above the ideal one: dose by the actual weight", "体重未超过理想体重：按实际体重给药"),
)
IDEAL: Final = T("Ideal body weight (Devine)", "理想体重（Devine）")


def compute(values: Values) -> Worked:
    """kg."""
    weight = values["weight"]
    ideal = bodies.ideal_weight(values["sex"], values["height"])
    adjusted = bodies.adjusted_weight(ideal, weight)
    steps = (
        Step(IDEAL, bodies.shown_weight("ideal", values, ideal), ideal, "kg"),
        Step(OUTPUTS[0].title, bodies.shown_weight("adjusted", values, ideal), adjusted, "kg"),
    )
    cautions = () if weight > ideal else (NOT_ABOVE,)
    return Worked(adjusted, steps, extra={"ideal_body_weight": (ideal, "kg")}, cautions=cautions)


OUTPUTS = (Output("adjusted_body_weight", ABOUT.title, "kg", decimals=1),)
EXAMPLES = (
    Example(
        {"sex": "female", "weight": 96.4, "height": {"value": 1.67, "unit": "m"}}, 73.792,
        "medcalc-dev, calculator 62", 0.0005, extra={"ideal_body_weight": 58.72},
    ),
    Example(
        {"sex": "female", "weight": 78, "height": 160}, 62.62918,
        "medcalc-dev, one-shot case of calculator 62", 0.0005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
