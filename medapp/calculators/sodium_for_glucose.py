"""Sodium as it would be without the water that a high glucose draws.

Corrected Na [mmol/L] = Na + f x (glucose [mg/dL] - 100); f 0.024 (Hillier 1999, taken unless another is
chosen) or 0.016 (Katz 1973). A glucose of 100 mg/dL or less needs no correction: sodium is answered as
measured. Numbers: score table acid_base_fluids, medcalc-dev (0.024), packages clincalc 0.4.0 and medcalc
0.4.0.
Hillier TA, Abbott RD, Barrett EJ. Am J Med 1999;106:399-403. Katz MA. N Engl J Med 1973;289:843-4.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

FACTORS: Final = {"hillier": 0.024, "katz": 0.016}
NORMAL_GLUCOSE: Final = 100.0
ABOUT = About(
    id="sodium_for_glucose", version="1999",
    title=T("Sodium corrected for glucose", "血糖校正血钠"),
    summary=T("Sodium without the effect of a high glucose.", "去除高血糖影响后的血钠。"),
    population=T("Patients with hyperglycaemia", "高血糖患者"),
    reference=(
        "Hillier TA, Abbott RD, Barrett EJ. Am J Med 1999;106:399-403; Katz MA. N Engl J Med 1973;289:843-4"
    ),
    specialties=("emergency", "endocrinology", "intensive_care"),
    keywords=("hyponatraemia", "hyperglycaemia", "DKA", "Katz", "Hillier", "低钠", "高血糖", "酮症酸中毒"),
    cautions=(T("Both from one sample", "两值须来自同一份标本"),),
)
INPUTS = (
    number("sodium", look_back=DAY), number("glucose", look_back=DAY),
    choice(
        "formula", T("Correction", "校正方法"),
        {"hillier": T("2.4 for each 100 mg/dL (Hillier 1999)", "每 100 mg/dL 加 2.4（Hillier 1999）"),
         "katz": T("1.6 for each 100 mg/dL (Katz 1973)", "每 100 mg/dL 加 1.6（Katz 1973）")},
        default="hillier", synonyms={"2.4": "hillier", "0.024": "hillier", "1.6": "katz", "0.016": "katz"},
    ),
)
NOT_HIGH: Final = (
    "glucose_not_high", T("Glucose is not high: sodium stands as measured", "血糖不高：血钠按实测值")
)


def compute(values: Values) -> Worked:
    """Corrected sodium, mmol/L."""
    sodium, glucose = values["sodium"], in_unit(values, "glucose", "mg/dL")
    if glucose <= NORMAL_GLUCOSE:
        step = Step(OUTPUTS[0].title, f"{sodium:g}", sodium, "mmol/L")
        return Worked(sodium, (step,), cautions=(NOT_HIGH,))
    factor = FACTORS[values["formula"]]
    corrected = sodium + factor * (glucose - NORMAL_GLUCOSE)
    shown = f"{sodium:g} + {factor:g} × ({glucose:.4g} − 100)"
    return Worked(corrected, (Step(OUTPUTS[0].title, shown, corrected, "mmol/L"),))


OUTPUTS = (Output("sodium_for_glucose", ABOUT.title, "mmol/L", decimals=1),)
_CASE: Final = {"sodium": 128, "glucose": {"value": 520, "unit": "mg/dL"}}
EXAMPLES = (
    Example(_CASE, 138.1, "score table acid_base_fluids, Hillier", 0.05),
    Example({**_CASE, "formula": "katz"}, 134.7, "score table acid_base_fluids, Katz; clincalc 0.4.0", 0.05),
    Example(
        {"sodium": 132, "glucose": {"value": 350, "unit": "mg/dL"}}, 138.0,
        "medcalc-dev, one-shot case of calculator 26", 0.0005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
