"""Body mass index.

BMI [kg/m2] = weight [kg] / height [m]^2. Bands of the World Health Organization for adults (18 years and
more) of every people: below 18.5, from 25, from 30; they are shown
only where the age is known to be an adult's.
Lower limits for Asian people are in use and not shown: no source of ours confirms them.
Keys A, Fidanza F, Karvonen MJ et al. J Chronic Dis 1972;25:329-43. WHO Technical Report Series 894, 2000.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import bodies
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.worked import Band, Step, Worked, band_of

UNIT: Final = "kg/m2"
ADULT: Final = 18
ABOUT = About(
    id="bmi", version="1972",
    title=T("Body mass index", "体重指数"),
    summary=T("Weight for height.", "体重与身高之比。"),
    population=T("Adults; in children only with centiles for age", "成人；儿童须结合年龄百分位"),
    reference="Keys A, Fidanza F, Karvonen MJ et al. J Chronic Dis 1972;25:329-43; WHO TRS 894, 2000",
    specialties=("general_practice", "endocrinology"),
    keywords=("BMI", "Quetelet", "obesity", "weight", "肥胖", "体重"), offer="always",
    cautions=(
        T("Bands of the WHO; those for China lie lower", "为 WHO 界值；中国成人界值更低"),
    ),
)
INPUTS = (
    number("weight", look_back=180), number("height", look_back=None),
    number("age", required=False, look_back=None),
)
BANDS: Final = (
    Band("underweight", -math.inf, math.nextafter(18.5, 0.0), T("Below 18.5: underweight", "<18.5：过低")),
    Band("normal", 18.5, math.nextafter(25.0, 0.0), T("18.5 to 24.9: normal weight", "18.5–24.9：正常")),
    Band("overweight", 25.0, math.nextafter(30.0, 0.0), T("25 to 29.9: overweight", "25–29.9：超重")),
    Band("obese", 30.0, math.inf, T("30 or more: obesity", "≥30：肥胖")),
)


def compute(values: Values) -> Worked:
    """kg/m2."""
    index = bodies.bmi(values["weight"], values["height"])
    shown = f"{values['weight']:g} / ({values['height']:g} / 100)²"
    band = band_of(BANDS, index) if values.get("age", 0.0) >= ADULT else None
    return Worked(index, (Step(OUTPUTS[0].title, shown, index, UNIT),), band)


OUTPUTS = (Output("bmi", ABOUT.title, UNIT, decimals=1),)
EXAMPLES = (
    Example({"weight": 60.6, "height": 161.5}, 23.234, "medcalc-dev, calculator 6", 0.0005),
    Example(
        {"weight": 70, "height": {"value": 1.8, "unit": "m"}, "age": 38}, 21.605,
        "medcalc-dev, calculator 2", 0.0005, category="normal",
    ),
    Example({"weight": 68, "height": 182}, 20.52892, "medcalc-dev, one-shot case of calculator 6", 0.000005),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
