"""Carbon dioxide that the lung should reach in metabolic acidosis, after Winters.

Expected PaCO2 [mm Hg] = 1.5 x HCO3 + 8, give or take 2. Only for metabolic acidosis: a bicarbonate of 24
or more is out of scope. Numbers: score table acid_base_fluids (medical-calc-mcp) and the package medcalc
0.4.0.
Albert MS, Dell RB, Winters RW. Ann Intern Med 1967;66:312-22.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number
from medapp.calculators.measured import shown
from medapp.calculators.worked import Band, OutOfRange, Step, Worked

UNIT: Final = "mm[Hg]"
NORMAL_BICARBONATE: Final = 24.0
SPREAD: Final = 2.0
ABOUT = About(
    id="winters", version="1967",
    title=T("Expected PaCO₂ in metabolic acidosis (Winters)", "代谢性酸中毒预计 PaCO₂（Winters）"),
    summary=T("Whether breathing answers a metabolic acidosis as it should.", "判断呼吸代偿是否恰当。"),
    population=T("Patients with metabolic acidosis", "代谢性酸中毒患者"),
    reference="Albert MS, Dell RB, Winters RW. Ann Intern Med 1967;66:312-22",
    specialties=("emergency", "intensive_care", "nephrology", "respiratory"),
    keywords=("acid-base", "compensation", "acidosis", "酸碱", "代偿", "酸中毒"),
    out_of_scope=(T("Not without metabolic acidosis", "无代谢性酸中毒时不适用"),),
)
INPUTS = (number("bicarbonate", look_back=DAY), number("paco2", required=False, look_back=DAY))
BANDS: Final = {
    "lower": T("PaCO₂ lower than expected: respiratory alkalosis too", "PaCO₂ 低于预计：合并呼吸性碱中毒"),
    "expected": T("PaCO₂ as expected", "PaCO₂ 符合预计"),
    "higher": T("PaCO₂ higher than expected: respiratory acidosis too", "PaCO₂ 高于预计：合并呼吸性酸中毒"),
}


def compute(values: Values) -> Worked:
    """Expected PaCO2 in mm Hg; compared with the measured one where it is known."""
    bicarbonate = values["bicarbonate"]
    if bicarbonate >= NORMAL_BICARBONATE:
        raise OutOfRange(
            T("bicarbonate is not low: no metabolic acidosis", "碳酸氢根不低：无代谢性酸中毒"), "bicarbonate"
        )
    expected = 1.5 * bicarbonate + 8.0
    low, high = expected - SPREAD, expected + SPREAD
    limits = Step(T("Range", "范围"), f"{shown(expected, 1)} ± 2", f"{low:g}–{high:g}", UNIT)
    step = Step(OUTPUTS[0].title, f"1.5 × {bicarbonate:g} + 8", expected, UNIT)
    extra = {"low": (low, UNIT), "high": (high, UNIT)}
    return Worked(expected, (limits, step), _compared(values, low, high), extra=extra)


def _compared(values: Values, low: float, high: float) -> Band | None:
    if "paco2" not in values:
        return None
    measured = values["paco2"]
    name = "lower" if measured < low else "higher" if measured > high else "expected"
    return Band(name, low, high, BANDS[name])


OUTPUTS = (Output("expected_paco2", T("Expected PaCO₂", "预计 PaCO₂"), UNIT, decimals=0),)
EXAMPLES = (
    Example(
        {"bicarbonate": 12}, 26.0, "score table acid_base_fluids: 26 give or take 2",
        extra={"low": 24.0, "high": 28.0},
    ),
    Example({"bicarbonate": 12, "paco2": 35}, 26.0, "the same with a measured PaCO2", category="higher"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
