"""Ratio of arterial to inspired oxygen.

Ratio [mm Hg] = PaO2 [mm Hg] / FiO2 (as a share of 1), as the SOFA score takes it. No bands: a ratio alone
names no syndrome, and the limits of its definitions ask for more than the ratio.
Horovitz JH, Carrico CJ, Shires GT. Arch Surg 1974;108:349-55.
"""

from __future__ import annotations

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Step, Worked

UNIT = "mm[Hg]"
ABOUT = About(
    id="pf_ratio", version="1974",
    title=T("PaO₂/FiO₂ ratio", "氧合指数（PaO₂/FiO₂）"),
    summary=T("Oxygenation for the oxygen breathed in.", "吸入氧浓度下的氧合水平。"),
    population=T("Patients with an arterial blood gas", "有动脉血气结果者"),
    reference="Horovitz JH, Carrico CJ, Shires GT. Arch Surg 1974;108:349-55",
    specialties=("intensive_care", "respiratory", "emergency"),
    keywords=("P/F", "ARDS", "oxygenation", "氧合指数", "呼吸衰竭"),
    cautions=(T("The oxygen share of nasal prongs is a guess", "鼻导管的吸入氧浓度仅为估计"),),
)
INPUTS = (number("pao2", look_back=DAY), number("fio2", look_back=DAY))


def compute(values: Values) -> Worked:
    """mm Hg."""
    share, pao2 = in_unit(values, "fio2", "1"), values["pao2"]
    ratio = pao2 / share
    return Worked(ratio, (Step(OUTPUTS[0].title, f"{pao2:g} / {share:g}", ratio, UNIT),))


OUTPUTS = (Output("pf_ratio", ABOUT.title, UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"pao2": 79, "fio2": 52}, 151.9,
        "arithmetic of the definition: 79 / 0.52 (SOFA case of medcalc-dev)", 0.05,
    ),
    Example({"pao2": 60, "fio2": {"value": 0.5, "unit": "1"}}, 120.0, "arithmetic: 60 / 0.5"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
