"""Free water deficit in hypernatraemia.

Deficit [L] = share of body water x weight [kg] x (Na / 140 - 1). Share: children (below 18) and men 0.6,
women 0.5; from 65 years men 0.5, women 0.45. A sodium that is not above 140 gives a negative number, which is
no deficit and is said to be none. Fractions: score table acid_base_fluids, medcalc-dev and medcalc 0.4.0.
Adrogue HJ, Madias NE. N Engl J Med 2000;342:1493-9.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, choice, number
from medapp.calculators.measured import shown
from medapp.calculators.worked import Step, Worked

ADULT: Final = 18
OLD: Final = 65
NORMAL_SODIUM: Final = 140.0

ABOUT = About(
    id="free_water_deficit", version="2000",
    title=T("Free water deficit", "自由水缺失量"),
    summary=T("Water lacking in hypernatraemia.", "高钠血症时的缺水量。"),
    population=T("Patients with hypernatraemia", "高钠血症患者"),
    reference="Adrogue HJ, Madias NE. N Engl J Med 2000;342:1493-9",
    specialties=("nephrology", "intensive_care", "emergency"),
    keywords=("hypernatraemia", "hypernatremia", "dehydration", "water", "高钠血症", "脱水"),
    cautions=(
        T("An estimate, no order: give slowly, measure again", "仅为估算而非医嘱：缓慢补给并复查血钠"),
        T("Ongoing losses are not counted", "未计入继续丢失量"),
    ),
)
INPUTS = (
    number("age", look_back=None), choice("sex"), number("weight", look_back=30),
    number("sodium", look_back=DAY),
)
NO_DEFICIT: Final = (
    "no_deficit",
    T("Sodium is not above 140: this is no water deficit", "血钠不高于 140：并非缺水"),
)
WATER: Final = T("Body water", "体液总量")


def water_share(age: float, sex: str) -> float:
    """Share of body weight that is water."""
    if age < ADULT:
        return 0.6
    if sex == "male":
        return 0.5 if age >= OLD else 0.6
    return 0.45 if age >= OLD else 0.5


def compute(values: Values) -> Worked:
    """The deficit in litres."""
    share = water_share(values["age"], values["sex"])
    water = share * values["weight"]
    sodium = values["sodium"]
    deficit = water * (sodium / NORMAL_SODIUM - 1.0)
    steps = (
        Step(WATER, f"{share:g} × {values['weight']:g}", water, "L"),
        Step(OUTPUTS[0].title, f"{shown(water, 2)} × ({sodium:g} / 140 − 1)", deficit, "L"),
    )
    cautions = () if sodium > NORMAL_SODIUM else (NO_DEFICIT,)
    return Worked(deficit, steps, cautions=cautions, extra={"body_water": (water, "L")})


OUTPUTS = (Output("free_water_deficit", ABOUT.title, "L", decimals=1),)
EXAMPLES = (
    Example(
        {"age": 58, "sex": "female", "weight": 62, "sodium": 156}, 3.54, "score table acid_base_fluids", 0.005
    ),
    Example(
        {"age": 72, "sex": "female", "weight": 62, "sodium": 144}, 0.797, "medcalc-dev, calculator 38", 0.0005
    ),
    Example(
        {"age": 7, "sex": "female", "weight": 27, "sodium": 141}, 0.116, "medcalc-dev, calculator 38", 0.0005
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
