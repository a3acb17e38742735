"""Risk that chronic kidney disease comes to dialysis or transplantation, Kidney Failure Risk Equation.

Risk = 1 - s0^exp(sum of b x (x - mean)), x: age / 10, male 0 or 1, eGFR / 5, ln ACR [mg/g]; with eight
variables also albumin [g/dL], phosphate [mg/dL], bicarbonate [mmol/L], calcium [mg/dL]. s0 was set anew for
North America and for elsewhere. Adults with G3a to G5 (eGFR below 60), not on dialysis, no transplant.
With eight variables only the risk at 5 years outside North America is given: for the others the sources
disagree (0.9301 and 0.9096 at 5 years) or only one was found (2 years).
Numbers: score table kfre (two sources, conflicts named). Tangri N, Stevens LA, Griffith J et al. JAMA
2011;305:1553-9. Tangri N, Grams ME, Levey AS et al. JAMA 2016;315:164-74.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, gate, number, yes
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import Needs, OutOfRange, Step, Worked

NORTH_AMERICA: Final = "north_america"
MEANS: Final = {
    "age": 7.036, "male": 0.5642, "egfr": 7.222, "uacr": 5.137, "albumin": 3.997, "phosphate": 3.916,
    "bicarbonate": 25.57, "calcium": 9.355,
}
FOUR: Final = {"age": -0.2201, "male": 0.2467, "egfr": -0.5567, "uacr": 0.451}
EIGHT: Final = {
    "age": -0.1992, "male": 0.1602, "egfr": -0.4919, "uacr": 0.3364, "albumin": -0.3441, "phosphate": 0.2604,
    "bicarbonate": -0.07354, "calcium": -0.2228,
}
FOUR_BASE: Final = {NORTH_AMERICA: (0.975, 0.924), "elsewhere": (0.9832, 0.9365)}
EIGHT_BASE_ELSEWHERE: Final = 0.9245
UNITS: Final = {"albumin": "g/dL", "phosphate": "mg/dL", "bicarbonate": "mmol/L", "calcium": "mg/dL"}

ABOUT = About(
    id="kfre", version="2016",
    title=T("Kidney failure risk (KFRE)", "肾衰竭风险（KFRE）"),
    summary=T("Risk of dialysis or transplantation in 5 and 2 years.", "5 年与 2 年内透析或肾移植的风险。"),
    population=T("Adults with chronic kidney disease, eGFR below 60", "eGFR 低于 60 的慢性肾脏病成人"),
    reference=(
        "Tangri N, Stevens LA, Griffith J et al. JAMA 2011;305:1553-9; "
        "Tangri N, Grams ME, Levey AS et al. JAMA 2016;315:164-74"
    ),
    specialties=("nephrology", "general_practice"),
    keywords=("KFRE", "Tangri", "dialysis", "CKD", "透析", "肾衰竭", "慢性肾脏病"), offer="on_problem",
    offered_for=kidney.CKD, is_prognosis=True,
    out_of_scope=(T("Not on dialysis, not after a transplant", "透析或肾移植后不适用"),),
    cautions=(
        T("Eight variables: only 5 years outside North America", "八变量仅用于北美以外的 5 年风险"),
    ),
)
INPUTS = (
    number("age", valid=(18, 120), look_back=None), choice("sex"), number("egfr", look_back=180),
    number("uacr", look_back=365),
    choice(
        "region", T("Region", "地区"),
        {NORTH_AMERICA: T("North America", "北美"), "elsewhere": T("Elsewhere", "北美以外")},
        synonyms={
            "non_north_america": "elsewhere", "non-north america": "elsewhere", "usa": NORTH_AMERICA,
            "canada": NORTH_AMERICA, "europe": "elsewhere", "asia": "elsewhere", "china": "elsewhere",
        },
    ),
    choice(
        "variables", T("Variables", "变量数"), {"four": T("Four", "四变量"), "eight": T("Eight", "八变量")},
        default="four", synonyms={"4": "four", "8": "eight"},
    ),
    *(number(name, required=False, look_back=180) for name in UNITS),
    gate(yes(
        "dialysis_or_kidney_transplant",
        T("On dialysis, or after a kidney transplant", "透析中或肾移植后"),
        codes=(*kidney.ON_DIALYSIS, *kidney.TRANSPLANTED),
    )),
)
SUM: Final = T("Sum of coefficient × (value − mean)", "Σ 系数 ×（值 − 均值）")
RISK_2: Final = T("Risk in 2 years", "2 年风险")


def compute(values: Values) -> Worked:
    """Risk in 5 years in %; in 2 years beside it with four variables."""
    _check(values)
    is_eight = values["variables"] == "eight"
    terms = _terms(values, EIGHT if is_eight else FOUR)
    total = math.fsum(float(step.value or 0.0) for step in terms)
    summed = " + ".join(shown(float(step.value or 0.0), 4) for step in terms).replace("+ −", "− ")
    steps = [*terms, Step(SUM, summed, total)]
    extra: dict[str, tuple[float | str | None, str | None]] = {}
    base = EIGHT_BASE_ELSEWHERE
    if not is_eight:
        early, base = FOUR_BASE[values["region"]]
        step = _risk(RISK_2, early, total)
        steps.append(step)
        extra["risk_2_years"] = (step.value, "%")
    final = _risk(OUTPUTS[0].title, base, total)
    assert final.value is not None
    return Worked(final.value, (*steps, final), extra=extra)


def _check(values: Values) -> None:
    if values["egfr"] >= 60.0 or values["egfr"] <= 0.0:
        raise OutOfRange(T("made for an eGFR below 60", "仅适用于 eGFR 低于 60"), "egfr")
    if values["uacr"] <= 0.0:
        raise OutOfRange(T("needs an albumin ratio above 0", "尿白蛋白/肌酐须大于 0"), "uacr")
    if values["variables"] != "eight":
        return
    lacking = [name for name in UNITS if name not in values]
    if lacking:
        raise Needs(*lacking)
    if values["region"] == NORTH_AMERICA:
        text = T("sources disagree on eight variables in North America", "北美八变量的基线值各来源不一致")
        raise OutOfRange(text, "region", "variables")


def _terms(values: Values, coefficients: dict[str, float]) -> list[Step]:
    taken = {
        "age": values["age"] / 10.0, "male": float(values["sex"] == "male"), "egfr": values["egfr"] / 5.0,
        "uacr": math.log(in_unit(values, "uacr", "mg/g")),
    }
    taken |= {name: in_unit(values, name, UNITS[name]) for name in coefficients if name in UNITS}
    return [
        Step(TITLES[name], f"{shown(b, 5)} × ({taken[name]:.4g} − {MEANS[name]:g})",
             b * (taken[name] - MEANS[name]))
        for name, b in coefficients.items()
    ]


TITLES: Final = {
    "age": T("Age / 10", "年龄/10"), "male": T("Male", "男性"), "egfr": T("eGFR / 5", "eGFR/5"),
    "uacr": T("ln of the albumin ratio", "ln 尿白蛋白/肌酐"), "albumin": T("Albumin", "白蛋白"),
    "phosphate": T("Phosphate", "磷"), "bicarbonate": T("Bicarbonate", "碳酸氢根"),
    "calcium": T("Calcium", "钙"),
}


def _risk(title: T, base: float, total: float) -> Step:
    risk = 100.0 * (1.0 - base ** math.exp(total))
    return Step(title, f"100 × (1 − {base:g}^exp({shown(total, 4)}))", risk, "%")


OUTPUTS = (Output("risk_5_years", T("Risk in 5 years", "5 年风险"), "%", decimals=1, low=0.0, high=100.0),)
_CASE: Final = {"age": 64, "sex": "male", "egfr": 28, "uacr": 450}
EXAMPLES = (
    Example(
        {**_CASE, "region": NORTH_AMERICA}, 32.1, "score table kfre, four variables", 0.05,
        extra={"risk_2_years": 11.66},
    ),
    Example(
        {**_CASE, "region": "elsewhere"}, 27.48, "score table kfre, four variables", 0.005,
        extra={"risk_2_years": 7.96},
    ),
    Example(
        {
            **_CASE, "region": "elsewhere", "variables": "eight", "bicarbonate": 22,
            "albumin": {"value": 3.7, "unit": "g/dL"}, "phosphate": {"value": 4.3, "unit": "mg/dL"},
            "calcium": {"value": 9.0, "unit": "mg/dL"},
        },
        39.77, "score table kfre, eight variables", 0.005,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
