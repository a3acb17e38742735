"""Total calcium corrected for albumin.

Corrected calcium [mg/dL] = calcium [mg/dL] + 0.8 x (4.0 - albumin [g/dL]); beside it in mmol/L.
Payne RB, Little AJ, Williams RB, Milner JR. Br Med J 1973;4:643-6.
"""

from __future__ import annotations

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked
from medapp.terminology.units import convert

ABOUT = About(
    id="calcium_for_albumin", version="1973",
    title=T("Calcium corrected for albumin", "白蛋白校正血钙"),
    summary=T("Total calcium as it would be with normal albumin.", "假定白蛋白正常时的总钙。"),
    population=T("Adults with low or high albumin", "白蛋白异常的成人"),
    reference="Payne RB, Little AJ, Williams RB, Milner JR. Br Med J 1973;4:643-6",
    specialties=("nephrology", "endocrinology", "general_practice"),
    keywords=("calcium", "albumin", "hypercalcaemia", "hypocalcaemia", "血钙", "白蛋白", "高钙", "低钙"),
    cautions=(
        T("Ionised calcium decides in critical illness, kidney failure", "危重或肾衰竭时以离子钙为准"),
    ),
)
INPUTS = (number("calcium", look_back=30), number("albumin", look_back=30), ADULT)


def corrected(values: Values) -> float:
    """Corrected calcium in mg/dL."""
    return in_unit(values, "calcium", "mg/dL") + 0.8 * (4.0 - in_unit(values, "albumin", "g/dL"))


def corrected_molar(calcium: float, albumin: float) -> float:
    """The same in mmol/L, from mmol/L and g/L."""
    return convert("calcium", corrected({"calcium": calcium, "albumin": albumin}), "mg/dL")


def compute(values: Values) -> Worked:
    """Corrected calcium in mg/dL, and in mmol/L beside it."""
    calcium, albumin = in_unit(values, "calcium", "mg/dL"), in_unit(values, "albumin", "g/dL")
    answer, molar = corrected(values), corrected_molar(values["calcium"], values["albumin"])
    step = Step(OUTPUTS[0].title, f"{calcium:.4g} + 0.8 × (4.0 − {albumin:g})", answer, "mg/dL")
    return Worked(answer, (step,), extra={"calcium_corrected_molar": (molar, "mmol/L")})


OUTPUTS = (Output("calcium_corrected", ABOUT.title, "mg/dL", decimals=2),)
EXAMPLES = (
    Example(
        {"calcium": {"value": 9.0, "unit": "mg/dL"}, "albumin": {"value": 3.9, "unit": "g/dL"}}, 9.08,
        "medcalc-dev, calculator 7", 0.0005,
    ),
    Example(
        {"calcium": {"value": 8.4, "unit": "mg/dL"}, "albumin": {"value": 33, "unit": "g/L"}}, 8.96,
        "medcalc-dev, one-shot case of calculator 7", 0.0005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
