"""Body surface area after Mosteller.

Area [m2] = square root of (height [cm] x weight [kg] / 3600).
Mosteller RD. N Engl J Med 1987;317:1098. Other equations (Du Bois ...) are not offered: fewer than two
sources were at hand for their numbers.
"""

from __future__ import annotations

from medapp.calculators import bodies
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="bsa", version="1987",
    title=T("Body surface area (Mosteller)", "体表面积（Mosteller）"),
    summary=T("Surface of the body, for dosing medicines.", "体表面积，用于药物剂量计算。"),
    population=T("Children and adults", "儿童与成人"),
    reference="Mosteller RD. N Engl J Med 1987;317:1098",
    specialties=("pharmacy", "paediatrics", "haematology"),
    keywords=("BSA", "surface", "dose", "chemotherapy", "体表面积", "化疗", "剂量"),
)
INPUTS = (number("weight", look_back=30), number("height", look_back=None))


def compute(values: Values) -> Worked:
    """m2."""
    area = bodies.surface(values["weight"], values["height"])
    shown = f"√({values['height']:g} × {values['weight']:g} / 3600)"
    return Worked(area, (Step(OUTPUTS[0].title, shown, area, "m2"),))


OUTPUTS = (Output("body_surface_area", ABOUT.title, "m2", decimals=2),)
EXAMPLES = (
    Example({"weight": 62.3, "height": 158}, 1.654, "medcalc-dev, calculator 60", 0.0005),
    Example({"weight": 5.2, "height": 59}, 0.292, "medcalc-dev, calculator 60", 0.0005),
    Example({"weight": 85, "height": 180}, 2.06155, "medcalc-dev, one-shot case of calculator 60", 0.000005),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
