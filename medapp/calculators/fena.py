"""Fractional excretion of sodium.

FENa [%] = 100 x (urine Na x creatinine) / (Na x urine creatinine), blood and spot urine taken together.
Below 1 % the kidney holds sodium back, above 2 % it does not; between lies neither. The limits are those
of the packages clincalc 0.4.0 and medcalc 0.4.0, which agree.
Espinel CH. JAMA 1976;236:579-81.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, atc, gate, number, yes
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Band, Step, Worked, band_of

DIURETICS: Final = atc("C03", "C02L", "C07B", "C07C", "C07D", "C08G", "C09BA", "C09DA")
"""Diuretics, and what holds one beside another drug against high pressure."""

ABOUT = About(
    id="fena", version="1976",
    title=T("Fractional excretion of sodium (FENa)", "钠排泄分数（FENa）"),
    summary=T("Tells low perfusion from damage of the kidney.", "区分肾前性与肾实质性急性肾损伤。"),
    population=T("Acute kidney injury with little urine, without diuretics", "少尿性急性肾损伤，未用利尿剂"),
    reference="Espinel CH. JAMA 1976;236:579-81",
    specialties=("nephrology", "intensive_care", "emergency"),
    keywords=("FENa", "AKI", "prerenal", "急性肾损伤", "肾前性"),
    out_of_scope=(T("Not with diuretics or chronic kidney disease", "用利尿剂或慢性肾脏病时不适用"),),
    cautions=(T("Blood and urine from the same time", "血与尿须同时留取"),),
)
INPUTS = (
    number("sodium", look_back=DAY), number("creatinine", look_back=DAY),
    number("urine_sodium", look_back=DAY), number("urine_creatinine", look_back=DAY),
    gate(yes("chronic_kidney_disease", T("Chronic kidney disease", "慢性肾脏病"),
             codes=(*kidney.CKD, *kidney.ON_DIALYSIS))),
    gate(yes("takes_diuretic", T("Takes a diuretic", "正在用利尿剂"), codes=DIURETICS)),
)
BANDS: Final = (
    Band("prerenal", -math.inf, math.nextafter(1.0, 0.0), T("Below 1 %: low perfusion", "<1%：符合肾前性")),
    Band("indeterminate", 1.0, 2.0, T("1 to 2 %: says neither", "1%–2%：不能区分")),
    Band("intrinsic", math.nextafter(2.0, 3.0), math.inf, T("Above 2 %: fits damage", ">2%：符合肾实质损伤")),
)


def compute(values: Values) -> Worked:
    """FENa in %."""
    plasma, urine = values["sodium"], values["urine_sodium"]
    creatinine = in_unit(values, "creatinine", "mg/dL")
    urine_creatinine = in_unit(values, "urine_creatinine", "mg/dL")
    fraction = 100.0 * urine * creatinine / (plasma * urine_creatinine)
    shown = f"100 × ({urine:g} × {creatinine:.3g}) / ({plasma:g} × {urine_creatinine:.4g})"
    return Worked(fraction, (Step(OUTPUTS[0].title, shown, fraction, "%"),), band_of(BANDS, fraction))


OUTPUTS = (Output("fena", ABOUT.title, "%", decimals=2),)
EXAMPLES = (
    Example(
        {
            "sodium": 138, "creatinine": {"value": 2.4, "unit": "mg/dL"}, "urine_sodium": 18,
            "urine_creatinine": {"value": 96, "unit": "mg/dL"},
        },
        0.33, "score table acid_base_fluids", 0.005, category="prerenal",
    ),
    Example(
        {
            "sodium": 197, "creatinine": {"value": 1.56, "unit": "mg/dL"}, "urine_sodium": 12,
            "urine_creatinine": {"value": 128.1, "unit": "mg/dL"},
        },
        0.07418, "medcalc-dev, one-shot case of calculator 40", 0.000005, category="prerenal",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
