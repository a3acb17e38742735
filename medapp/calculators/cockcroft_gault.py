"""Creatinine clearance after Cockcroft and Gault.

CrCl [mL/min] = (140 - age) x weight [kg] x (0.85 if female) / (72 x creatinine [mg/dL]).
Cockcroft DW, Gault MH. Nephron 1976;16:31-41; 249 hospital patients of 18 to 92 years, 4 % women. The
weight is the actual one unless another basis is chosen: ideal (Devine 1974) or adjusted (ideal + 0.4 of
the excess), from 152.4 cm on. Neither is taken where it is above the actual weight: the dose would be too
high. With obesity (WHO: index from 30 kg/m2) the actual weight gives too high a clearance, which is said.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators import bodies
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, icd10, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Needs, OutOfRange, Step, Worked

BASES: Final = {
    "actual": T("Actual weight", "实际体重"),
    "ideal": T("Ideal weight", "理想体重"),
    "adjusted": T("Adjusted weight", "校正体重"),
}

ABOUT = About(
    id="cockcroft_gault", version="1976",
    title=T("Creatinine clearance (Cockcroft-Gault)", "肌酐清除率（Cockcroft-Gault）"),
    summary=T("Creatinine clearance for dosing medicines.", "用于药物剂量调整的肌酐清除率。"),
    population=T("Adults with stable creatinine", "肌酐稳定的成人"),
    reference="Cockcroft DW, Gault MH. Nephron 1976;16:31-41",
    specialties=("nephrology", "pharmacy", "general_practice"),
    keywords=("CrCl", "kidney", "renal dose", "肾功能", "肌酐清除率"), offer="on_problem",
    offered_for=icd10("N18"),
    cautions=(
        T("Not for rapidly changing creatinine", "不适用于肌酐快速变化时"),
        T("mL/min of this person, not per 1.73 m²", "为个体 mL/min，未按 1.73 m² 标化"),
    ),
)
SHORT: Final = T(
    "the ideal weight begins at 152.4 cm (5 feet): choose the actual weight",
    "理想体重公式自 152.4 cm（5 英尺）起：请改用实际体重",
)
ABOVE_ACTUAL: Final = T(
    "this weight is above the actual one, and a dose by it too high: choose the actual weight",
    "该体重高于实际体重，据此给药会过量：请改用实际体重",
)
OBESE_INDEX: Final = 30.0
OBESE: Final = (
    "obesity",
    T("Body mass index from 30: by the actual weight the clearance is too high; compare the adjusted weight",
      "体质指数≥30：按实际体重计算的清除率偏高，请与校正体重结果对照"),
)
OBESITY_UNKNOWN: Final = (
    "obesity_unknown",
    T("Holds without obesity, which is not known: no height", "仅在无肥胖时成立，而身高未知，无法判断"),
)

INPUTS = (
    number("age", valid=(18, 120), look_back=None),
    choice("sex"),
    number("weight", look_back=180),
    number("creatinine", look_back=90),
    number("height", required=False, look_back=None),
    choice("weight_basis", T("Weight used", "所用体重"), BASES, default="actual"),
)


def compute(values: Values) -> Worked:
    """Creatinine clearance in mL/min; `height` is needed for ideal and adjusted weight."""
    weight, basis = values["weight"], values["weight_basis"]
    steps: tuple[Step, ...] = ()
    if basis != "actual":
        if "height" not in values:
            raise Needs("height")
        ideal = bodies.ideal_weight(values["sex"], values["height"], SHORT)
        adjusted = bodies.adjusted_weight(ideal, weight)
        weight = ideal if basis == "ideal" else adjusted
        if weight > values["weight"]:
            raise OutOfRange(ABOVE_ACTUAL, "weight_basis", "weight")
        steps = (Step(BASES[basis], bodies.shown_weight(basis, values, ideal), weight, "kg"),)
    creatinine = in_unit(values, "creatinine", "mg/dL")
    factor = 0.85 if values["sex"] == "female" else 1.0
    clearance = (140.0 - values["age"]) * weight * factor / (72.0 * creatinine)
    shown = f"(140 − {values['age']:g}) × {weight:.1f} × {factor:g} / (72 × {creatinine:.2f})"
    return Worked(
        clearance, (*steps, Step(OUTPUTS[0].title, shown, clearance, "mL/min")), cautions=_of_obesity(values)
    )


def _of_obesity(values: Values) -> tuple[tuple[str, T], ...]:
    """What must be said of the actual weight of an obese person, or of one whose height nobody knows."""
    if values["weight_basis"] != "actual":
        return ()
    if "height" not in values:
        return (OBESITY_UNKNOWN,)
    return (OBESE,) if bodies.bmi(values["weight"], values["height"]) >= OBESE_INDEX else ()


OUTPUTS = (Output("creatinine_clearance", T("Creatinine clearance", "肌酐清除率"), "mL/min", decimals=0),)
EXAMPLES = (
    Example(
        {"age": 60, "sex": "male", "weight": 72, "creatinine": {"value": 1.0, "unit": "mg/dL"}}, 80.0,
        "arithmetic of the published equation: 80 x 72 / 72", 0.01,
    ),
    Example(
        {"age": 38, "sex": "male", "weight": 70, "creatinine": {"value": 5.2, "unit": "mg/dL"}}, 19.071,
        "medcalc-dev, calculator 2: actual weight, below the ideal one", 0.0005,
    ),
    Example(
        {
            "age": 25, "sex": "female", "weight": 48.5, "height": 154.1, "weight_basis": "ideal",
            "creatinine": {"value": 0.53, "unit": "mg/dL"},
        },
        120.494, "medcalc-dev, calculator 2: normal weight above the ideal one, ideal weight", 0.005,
    ),
    Example(
        {
            "age": 53, "sex": "male", "weight": 87, "height": 175, "weight_basis": "adjusted",
            "creatinine": {"value": 1.39, "unit": "mg/dL"},
        },
        67.00495, "medcalc-dev, one-shot case of calculator 2: overweight, adjusted weight", 0.0005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
