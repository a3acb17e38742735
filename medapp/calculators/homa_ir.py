"""Insulin resistance from fasting glucose and insulin, HOMA of 1985.

HOMA-IR = glucose [mmol/L] x insulin [mIU/L] / 22.5 (with mg/dL: / 405, as 18 mg/dL are taken for 1 mmol/L).
Fasting, without insulin treatment. No bands: they differ between assays and peoples.
Numbers: medcalc-dev (one-shot case), packages clincalc 0.4.0 and medcalc 0.4.0 agree.
Matthews DR, Hosker JP, Rudenski AS et al. Diabetologia 1985;28:412-9.
"""

from __future__ import annotations

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

ABOUT = About(
    id="homa_ir", version="1985",
    title=T("Insulin resistance (HOMA-IR)", "胰岛素抵抗指数（HOMA-IR）"),
    summary=T("Insulin resistance from fasting glucose and insulin.", "由空腹血糖与胰岛素估算胰岛素抵抗。"),
    population=T("Adults fasting, not treated with insulin", "空腹且未用胰岛素的成人"),
    reference="Matthews DR, Hosker JP, Rudenski AS et al. Diabetologia 1985;28:412-9",
    specialties=("endocrinology",),
    keywords=("HOMA", "insulin", "resistance", "胰岛素抵抗", "空腹血糖"),
    out_of_scope=(T("Not during treatment with insulin", "胰岛素治疗期间不适用"),),
    cautions=(
        T("Both from one fasting sample", "两值须来自同一份空腹标本"),
        T("Where it is high depends on the insulin assay", "高低界限取决于胰岛素测定方法"),
    ),
)
INPUTS = (number("glucose_fasting", look_back=90), number("insulin", look_back=90), ADULT)


def compute(values: Values) -> Worked:
    """HOMA-IR, without a unit."""
    glucose, insulin = values["glucose_fasting"], in_unit(values, "insulin", "m[IU]/L")
    resistance = glucose * insulin / 22.5
    shown = f"{glucose:.3g} × {insulin:g} / 22.5"
    return Worked(resistance, (Step(OUTPUTS[0].title, shown, resistance),))


OUTPUTS = (Output("homa_ir", T("HOMA-IR", "HOMA-IR"), decimals=1),)
EXAMPLES = (
    Example(
        {"glucose_fasting": {"value": 298, "unit": "mg/dL"}, "insulin": {"value": 14.5, "unit": "u[IU]/mL"}},
        10.67, "medcalc-dev, one-shot case of calculator 31 (10.66914 as it takes 18 mg/dL for 1 mmol/L)",
        0.02,
    ),
    Example({"glucose_fasting": 5.0, "insulin": 9.0}, 2.0, "clincalc 0.4.0: 5 x 9 / 22.5", 0.05),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
