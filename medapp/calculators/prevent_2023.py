"""PREVENT equations of the American Heart Association: cardiovascular risk over 10 and 30 years.

Risk = 1 / (1 + exp(-sum of coefficient x centred value)), terms in `prevent_terms`, coefficients by sex,
outcome, years and variant: base, with HbA1c, with the urine albumin ratio, with the deprivation index (SDI),
or all three (full: one of the three may be unknown, for which the equation has a term). The SDI is the
United States' own: variants with it are refused elsewhere. Adults of 30 to 79 years (30-year risks up to 59)
without cardiovascular disease or heart failure; cholesterol 130 to 320, HDL 20 to 100 mg/dL, pressure 90 to
200 mmHg, BMI 18.5 to 39.9, eGFR 15 to 140 (these ranges as in pyprevent 0.1.6); HbA1c 4.5 to 15 % and
albumin ratio 0.1 to 25,000 mg/g are recalled. Khan SS, Matsushita K, Sang Y et al. Circulation
2024;149:430-49 (online 2023). Base equations: preventr 0.12.0 and pyprevent 0.1.6 agree.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

from medapp.calculators import prevent_terms as p
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, gate, number, yes
from medapp.calculators.measured import shown
from medapp.calculators.worked import Needs, OutOfRange, Step, Worked

VARIANTS: Final = {
    "base": T("Base", "基础"), "hba1c": T("With HbA1c", "加 HbA1c"),
    "uacr": T("With albumin ratio", "加尿白蛋白"),
    "sdi": T("With deprivation index (United States)", "加社会剥夺指数（仅美国）"),
    "full": T("Full (United States)", "完整（仅美国）"),
}
LAST_AGE_30: Final = 60
ADDED: Final = ("hba1c", "uacr", "sdi_decile")

ABOUT = About(
    id="prevent_2023", version="2023",
    title=T("PREVENT cardiovascular risk, 10 and 30 years", "PREVENT 心血管病 10 年与 30 年风险"),
    summary=T("Risk of heart attack, stroke and heart failure.", "心肌梗死、卒中与心力衰竭的风险。"),
    population=T("Adults of 30 to 79 without cardiovascular disease", "30–79 岁、无心血管病者"),
    reference="Khan SS, Matsushita K, Sang Y et al. Circulation 2024;149:430-49 (online 2023)",
    specialties=(*v.SPECIALTIES, "nephrology"), keywords=("PREVENT", "AHA", "心力衰竭", *v.KEYWORDS),
    is_prognosis=True, out_of_scope=(v.PRIMARY, T("Not with heart failure", "心力衰竭者不适用")),
    cautions=(
        T("Made in the United States, without race", "源于美国人群，不含种族"),
        T("The deprivation index is for the United States only", "社会剥夺指数仅适用于美国"),
        v.NOT_ONE_PERSON,
    ),
)
INPUTS = (
    number("age", valid=(30, 79), look_back=None), choice("sex"),
    *(replace(one, valid=v.PUBLISHED[one.name]) for one in (*v.LIPIDS, v.ASK_PRESSURE)),
    number("bmi", derive="bmi", valid=(18.5, 39.999), look_back=365), number("egfr", valid=(15, 140)),
    v.DIABETIC, v.SMOKES, v.TREATED, v.STATIN,
    choice(
        "variant", T("Variant", "版本"), VARIANTS, default="base", synonyms={"acr": "uacr", "all": "full"},
    ),
    number("hba1c", required=False, valid=(4.5, 15.0)),
    number("uacr", required=False, valid=(0.1, 25000.0)),
    number("sdi_decile", T("Deprivation index, decile (United States)", "社会剥夺指数十分位（美国）"),
           required=False, whole=True, possible=(1, 10), look_back=None),
    yes("lives_in_united_states", T("Lives in the United States", "居住在美国")), v.WITH_VESSELS,
    gate(yes("heart_failure", T("Heart failure", "心力衰竭"), codes=v.HEART_FAILURE)),
)
LATE: Final = ("no_30_years", T("From 60 years no risk over 30 years", "60 岁起不计算 30 年风险"))
UNKNOWN: Final = ("missing_term", T("One value is unknown: its term for the unknown was taken",
                                    "有一项未知：已采用方程的缺失项"))


def compute(values: Values) -> Worked:
    """Total cardiovascular risk in 10 years in %; the other risks beside it."""
    _check(values)
    taken, extra, steps = p.centred(values), {}, []
    for years in (10, 30) if values["age"] < LAST_AGE_30 else (10,):
        for outcome, title in p.OUTCOMES.items():
            total = _sum(values, years, outcome, taken)
            risk = _risk(total)
            if (outcome, years) != ("total_cvd", 10):
                extra[f"{outcome}_{years}y"] = (risk, "%")
                named = T(f"{title.en}, {years} years", f"{title.zh_CN}，{years} 年")
                steps.append(Step(named, _working(total), risk, "%"))
    first = p.coefficients(values["variant"], 10, values["sex"], "total_cvd")
    terms = [v.term(p.TITLES[n], b, shown(taken[n], 4), taken[n]) for n, b in first.items() if b * taken[n]]
    total = _sum(values, 10, "total_cvd", taken)
    value = _risk(total)
    lacks = values["variant"] == "full" and any(name not in values for name in ADDED)
    return Worked(
        value,
        (*steps, *terms, Step(v.SUM, v.summed(terms), total),
         Step(OUTPUTS[0].title, _working(total), value, "%")),
        extra=extra,
        cautions=(*(() if values["age"] < LAST_AGE_30 else (LATE,)), *((UNKNOWN,) if lacks else ())),
    )


def _sum(values: Values, years: int, outcome: str, taken: dict[str, float]) -> float:
    held = p.coefficients(values["variant"], years, values["sex"], outcome)
    return math.fsum(b * taken[name] for name, b in held.items())


def _risk(total: float) -> float:
    return 100.0 / (1.0 + math.exp(-total))


def _working(total: float) -> str:
    return f"100 / (1 + exp({shown(-total, 4)}))"


def _check(values: Values) -> None:
    variant = values["variant"]
    if variant in ("sdi", "full"):
        if values.get("lives_in_united_states") is False:
            text = T("the deprivation index is for the United States only", "社会剥夺指数仅适用于美国")
            raise OutOfRange(text, "lives_in_united_states", "variant")
        if "lives_in_united_states" not in values:
            raise Needs("lives_in_united_states")
    own = {"hba1c": "hba1c", "uacr": "uacr", "sdi": "sdi_decile"}
    needed: tuple[str, ...] = (own[variant],) if variant in own else ()
    if variant == "full":
        lacking = tuple(name for name in ADDED if name not in values)
        needed = lacking if len(lacking) > 1 else ()
    if any(name not in values for name in needed):
        raise Needs(*needed)


OUTPUTS = (
    Output("total_cvd_10y", T("Total cardiovascular risk, 10 years", "总心血管病 10 年风险"), "%", decimals=1,
           low=0.0, high=100.0),
)
_MG: Final = {"unit": "mg/dL"}
_CASE: Final[dict[str, Any]] = {
    "age": 50, "sex": "female", "cholesterol_total": {"value": 200, **_MG}, "hdl": {"value": 45, **_MG},
    "systolic_bp": 160, "bmi": 35, "egfr": 90, "diabetes_diagnosed": True, "smokes_now": False,
    "blood_pressure_treated": True, "statin_treated": False,
}
EXAMPLES = (
    Example(
        _CASE, 14.7, "preventr 0.12.0, default case (prevent-equations.SOURCE.md)", 0.05,
        extra={"ascvd_10y": 9.2, "heart_failure_10y": 8.06, "chd_10y": 4.41, "stroke_10y": 5.4},
    ),
    Example(
        {
            **_CASE, "age": 40, "sex": "male", "hdl": {"value": 50, **_MG}, "systolic_bp": 120, "bmi": 25,
            "egfr": 70, "diabetes_diagnosed": False, "blood_pressure_treated": False,
        },
        1.2754, "pyprevent 0.1.6, the case of its README calculated by it", 0.00005,
        extra={
            "total_cvd_30y": 10.4582, "ascvd_10y": 0.9134, "ascvd_30y": 7.0081, "heart_failure_10y": 0.3922,
            "heart_failure_30y": 3.8894,
        },
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
