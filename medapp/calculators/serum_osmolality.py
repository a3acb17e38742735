"""Calculated osmolality of serum, and the gap to the measured one where it is known.

Osmolality [mosm/kg] = 2 x Na [mmol/L] + glucose [mg/dL] / 18 + urea nitrogen [mg/dL] / 2.8.
Gerich JE, Martin MM, Recant L. Diabetes 1971;20:228-38. No band for the gap: its limit was found in no
source.
"""

from __future__ import annotations

from typing import Any

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

UNIT = "mosm/kg"
ABOUT = About(
    id="serum_osmolality", version="1971",
    title=T("Serum osmolality, calculated", "血清渗透压（计算值）"),
    summary=T("Osmolality from sodium, glucose and urea.", "由钠、葡萄糖与尿素计算渗透压。"),
    population=T("Anyone", "任何人"),
    reference="Gerich JE, Martin MM, Recant L. Diabetes 1971;20:228-38",
    specialties=("emergency", "intensive_care", "nephrology", "endocrinology"),
    keywords=("osmolality", "osmolar gap", "渗透压", "渗透间隙"),
    cautions=(T("Alcohols and mannitol are not counted", "未计入醇类与甘露醇"),),
)
INPUTS = (
    number("sodium", look_back=DAY), number("glucose", look_back=DAY), number("urea", look_back=DAY),
    number("osmolality", T("Osmolality, measured", "渗透压（实测）"), required=False, look_back=DAY),
)
GAP = T("Osmolal gap", "渗透间隙")


def compute(values: Values) -> Worked:
    """mosm/kg; with the gap beside it where the measured value is known."""
    sodium = values["sodium"]
    glucose, urea = in_unit(values, "glucose", "mg/dL"), in_unit(values, "urea", "mg/dL")
    osmolality = 2.0 * sodium + glucose / 18.0 + urea / 2.8
    shown = f"2 × {sodium:g} + {glucose:.4g} / 18 + {urea:.4g} / 2.8"
    extra: dict[str, Any] = {}
    if "osmolality" in values:
        extra["osmolal_gap"] = (values["osmolality"] - osmolality, UNIT)
    return Worked(osmolality, (Step(OUTPUTS[0].title, shown, osmolality, UNIT),), extra=extra)


OUTPUTS = (Output("serum_osmolality", ABOUT.title, UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {
            "sodium": 140, "glucose": {"value": 215, "unit": "mg/dL"}, "urea": {"value": 22, "unit": "mg/dL"},
            "osmolality": 310,
        },
        299.802, "medcalc-dev, calculator 30", 0.0005, extra={"osmolal_gap": 10.198},
    ),
    Example(
        {"sodium": 136.4, "glucose": {"value": 125, "unit": "mg/dL"}, "urea": {"value": 11, "unit": "mg/dL"}},
        283.67302, "medcalc-dev, one-shot case of calculator 30", 0.000005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
