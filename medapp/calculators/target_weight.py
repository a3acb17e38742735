"""Weight at a wished body mass index.

Weight [kg] = wished BMI [kg/m2] x height [m]^2, the definition of the index turned round.
Keys A, Fidanza F, Karvonen MJ et al. J Chronic Dis 1972;25:329-43.
"""

from __future__ import annotations

from typing import Any

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="target_weight", version="1972",
    title=T("Target weight for a body mass index", "目标体重（按体重指数）"),
    summary=T("The weight that a chosen body mass index means.", "所选体重指数对应的体重。"),
    population=T("Adults", "成人"),
    reference="Keys A, Fidanza F, Karvonen MJ et al. J Chronic Dis 1972;25:329-43",
    specialties=("general_practice", "endocrinology"),
    keywords=("BMI", "weight", "obesity", "目标体重", "减重"),
)
INPUTS = (
    number("target_bmi", T("Wished body mass index", "目标体重指数"), unit="kg/m2", possible=(5.0, 210.0),
           plausible=(15.0, 40.0)),
    number("height", look_back=None),
    number("weight", required=False, look_back=180), ADULT,
)


def compute(values: Values) -> Worked:
    """kg; with the way to it where the weight is known."""
    metres = values["height"] / 100.0
    weight = values["target_bmi"] * metres**2
    extra: dict[str, Any] = {}
    if "weight" in values:
        extra["to_lose"] = (values["weight"] - weight, "kg")
    shown = f"{values['target_bmi']:g} × {metres:g}²"
    return Worked(weight, (Step(OUTPUTS[0].title, shown, weight, "kg"),), extra=extra)


OUTPUTS = (Output("target_weight", T("Target weight", "目标体重"), "kg", decimals=1),)
EXAMPLES = (
    Example(
        {"target_bmi": 22.9, "height": {"value": 1.89, "unit": "m"}}, 81.801,
        "medcalc-dev, calculator 61", 0.0005,
    ),
    Example(
        {"target_bmi": 23.2, "height": {"value": 72, "unit": "[in_i]"}, "weight": 87.59262}, 77.59262,
        "medcalc-dev, one-shot case of calculator 61", 0.000005, extra={"to_lose": 10.0},
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
