"""Alveolar-arterial difference of oxygen.

Difference [mm Hg] = FiO2 x (air pressure - 47) - PaCO2 / 0.8 - PaO2; FiO2 as a share of 1, pressures in mm
Hg, air pressure 760 (sea level) where none is given. Expected for the age: age / 4 + 4, breathing air.
Numbers: score table acid_base_fluids (MedCalc-Bench, medical-calc-mcp) and the package medcalc 0.4.0
agree; medical-calc-mcp expects 2.5 + 0.21 x age instead.
Fenn WO, Rahn H, Otis AB. Am J Physiol 1946;146:637-53.
"""

from __future__ import annotations

from typing import Any, Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import OutOfRange, Step, Worked

UNIT: Final = "mm[Hg]"
SEA_LEVEL: Final = 760.0
WATER_VAPOUR: Final = 47.0
QUOTIENT: Final = 0.8
ABOUT = About(
    id="aa_gradient", version="1946",
    title=T("Alveolar-arterial oxygen difference", "肺泡-动脉氧分压差"),
    summary=T("Whether the lung lets oxygen through.", "评估肺的气体交换。"),
    population=T("Patients with an arterial blood gas", "有动脉血气结果者"),
    reference="Fenn WO, Rahn H, Otis AB. Am J Physiol 1946;146:637-53",
    specialties=("respiratory", "intensive_care", "emergency"),
    keywords=("A-a gradient", "blood gas", "hypoxaemia", "血气", "低氧血症", "肺泡动脉氧差"),
    cautions=(T("The expected value holds for breathing air", "预计值仅适用于呼吸空气时"),),
)
INPUTS = (
    number("pao2", look_back=DAY), number("paco2", look_back=DAY), number("fio2", look_back=DAY),
    number("age", required=False, look_back=None),
    number("barometric_pressure", required=False, look_back=DAY),
)
LEAST: Final = -10.0
"""What rounding, the plain equation and the air pressure may take away; below it a value is wrong."""

IMPOSSIBLE: Final = T(
    "more oxygen in the artery than in the lung: check the FiO2, and that all values are of one sample",
    "动脉氧分压高于肺泡氧分压：请核对 FiO2，并确认各值来自同一份标本",
)
NEGATIVE: Final = (
    "negative_difference",
    T("A difference below 0 cannot be: check the FiO2 and the air pressure",
      "差值不应为负：请核对 FiO2 与大气压"),
)
SEA: Final = ("sea_level", T("Taken at sea level: 760 mm Hg", "按海平面 760 mm Hg 计算"))
ALVEOLAR: Final = T("Alveolar oxygen", "肺泡氧分压")


def compute(values: Values) -> Worked:
    """The difference in mm Hg."""
    share, pressure = in_unit(values, "fio2", "1"), values.get("barometric_pressure", SEA_LEVEL)
    paco2, pao2 = values["paco2"], values["pao2"]
    alveolar = share * (pressure - WATER_VAPOUR) - paco2 / QUOTIENT
    difference = alveolar - pao2
    if difference < LEAST:
        raise OutOfRange(IMPOSSIBLE, "pao2", "paco2", "fio2")
    steps = (
        Step(ALVEOLAR, f"{share:g} × ({pressure:g} − 47) − {paco2:g} / 0.8", alveolar, UNIT),
        Step(OUTPUTS[0].title, f"{shown(alveolar, 1)} − {pao2:g}", difference, UNIT),
    )
    extra: dict[str, Any] = {"alveolar_oxygen": (alveolar, UNIT)}
    if "age" in values:
        extra["expected_for_age"] = (values["age"] / 4.0 + 4.0, UNIT)
    cautions = (
        *(() if "barometric_pressure" in values else (SEA,)), *((NEGATIVE,) if difference < 0.0 else ()),
    )
    return Worked(difference, steps, extra=extra, cautions=cautions)


OUTPUTS = (Output("alveolar_arterial_gradient", ABOUT.title, UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"pao2": 70, "paco2": 30, "fio2": {"value": 0.21, "unit": "1"}}, 42.2,
        "score table acid_base_fluids", 0.05,
    ),
    Example(
        {"pao2": 70, "paco2": 30, "fio2": 21, "age": 40, "barometric_pressure": 760}, 42.2,
        "score table acid_base_fluids, with age and pressure", 0.05, extra={"expected_for_age": 14.0},
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
