"""FIB-4: advanced fibrosis of the liver.

FIB-4 = age [years] x AST [U/L] / (platelets [10^9/L] x sqrt(ALT [U/L])). Advanced fibrosis is unlikely
below 1.3 (from 65 years below 2.0), likely above 2.67. Made in adults with HIV and hepatitis C with other
cuts (1.45 and 3.25); best from 35 to 65 years. Equation and cuts: score table fib4, clincalc 0.4.0 and
medcalc-dev agree.
Sterling RK, Lissen E, Clumeck N et al. Hepatology 2006;43:1317-25. Cuts: McPherson S et al. Am J
Gastroenterol 2017;112:740-51.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import liver
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.worked import Band, OutOfRange, Step, Worked, band_of

HIGH: Final = 2.67
ABOUT = About(
    id="fib4", version="2006",
    title=T("FIB-4, liver fibrosis", "FIB-4 肝纤维化指数"),
    summary=T("Probability of advanced fibrosis from blood tests.", "由血液检查估计进展期肝纤维化的可能性。"),
    population=T("Adults with chronic liver disease", "慢性肝病成人"),
    reference="Sterling RK, Lissen E, Clumeck N et al. Hepatology 2006;43:1317-25",
    specialties=(*liver.SPECIALTIES, "general_practice"),
    keywords=("FIB-4", "liver", "fibrosis", "NAFLD", "MASLD", "hepatitis", "肝纤维化", "脂肪肝", "肝炎"),
    offer="on_problem", offered_for=liver.CHRONIC,
    cautions=(T("Unsure below 35 years and in acute hepatitis", "35 岁以下及急性肝炎时不可靠"),),
)
INPUTS = (
    number("age", valid=(18, 120), look_back=None), number("ast", look_back=365),
    number("alt", look_back=365), number("platelets", look_back=365),
)
NO_ZERO: Final = T("ALT and platelets must be above 0", "ALT 与血小板须大于 0")
INDETERMINATE: Final = T("Between the cuts: a second test decides", "介于界值之间：需第二项检查")
LIKELY: Final = T("Advanced fibrosis likely", "进展期纤维化可能性大")
UNLIKELY: Final = T("Advanced fibrosis unlikely", "进展期纤维化可能性小")


def bands(age: float) -> tuple[Band, ...]:
    """The bands at an age: the lower cut rises at 65."""
    low = 2.0 if age >= 65.0 else 1.3
    return (
        Band("unlikely", -math.inf, math.nextafter(low, 0.0), UNLIKELY),
        Band("indeterminate", low, HIGH, INDETERMINATE),
        Band("likely", math.nextafter(HIGH, math.inf), math.inf, LIKELY),
    )


def compute(values: Values) -> Worked:
    """The index; no unit."""
    age, ast, alt, platelets = (values[name] for name in ("age", "ast", "alt", "platelets"))
    if alt <= 0.0 or platelets <= 0.0:
        raise OutOfRange(NO_ZERO, "alt", "platelets")
    index = age * ast / (platelets * math.sqrt(alt))
    shown = f"{age:.4g} × {ast:g} / ({platelets:g} × √{alt:g})"
    return Worked(index, (Step(OUTPUTS[0].title, shown, index),), band_of(bands(age), index))


OUTPUTS = (Output("fib4", T("FIB-4", "FIB-4 指数"), decimals=2),)
EXAMPLES = (
    Example({"age": 54, "ast": 62, "alt": 58, "platelets": 168}, 2.62, "score table fib4", 0.005),
    Example(
        {"age": 35, "ast": 107, "alt": 104, "platelets": 181}, 2.02888,
        "medcalc-dev, one-shot case of calculator 19", 0.000005, category="indeterminate",
    ),
    Example(
        {"age": 63, "ast": 97, "alt": 69, "platelets": 117}, 6.288, "medcalc-dev, calculator 19", 0.0005,
        category="likely",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
