"""LDL cholesterol from the other lipids, three formulas; mg/dL.

Friedewald: TC - HDL - TG / 5, for triglycerides below 400. Martin-Hopkins: TC - HDL - TG / factor, the
factor by triglycerides and non-HDL (`martin_hopkins`), up to 799. Sampson (NIH): TC / 0.948 - HDL / 0.971 -
(TG / 8.56 + TG x nonHDL / 2140 - TG^2 / 16100) - 9.44, up to 800. Adults, not with type III
dysbetalipoproteinaemia.
Friedewald WT, Levy RI, Fredrickson DS. Clin Chem 1972;18:499-502. Martin SS, Blaha MJ, Elshazly MB et al.
JAMA 2013;310:2061-8. Sajja A, Park J, Sathiyakumar V et al. JAMA Netw Open 2021;4:e2128817. Sampson M, Ling
C, Sun Q et al. JAMA Cardiol 2020;5:540-8.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, choice, icd10, number, snomed
from medapp.calculators.martin_hopkins import factor
from medapp.calculators.vascular import LIPIDS, mg
from medapp.calculators.worked import OutOfRange, Step, Worked
from medapp.terminology.units import convert

FORMULAS: Final = {
    "friedewald": T("Friedewald", "Friedewald"), "martin_hopkins": T("Martin-Hopkins", "Martin-Hopkins"),
    "sampson_nih": T("Sampson (NIH)", "Sampson（NIH）"),
}

ABOUT = About(
    id="ldl", version="1.0",
    title=T("LDL cholesterol, calculated", "低密度脂蛋白胆固醇（计算值）"),
    summary=T("LDL cholesterol from the other lipids.", "由总胆固醇、HDL 与甘油三酯计算 LDL 胆固醇。"),
    population=T("Adults, one blood sample", "成人，同一份血样"),
    reference=(
        "Friedewald WT et al. Clin Chem 1972;18:499-502; Martin SS et al. JAMA 2013;310:2061-8; "
        "Sampson M et al. JAMA Cardiol 2020;5:540-8; Sajja A et al. JAMA Netw Open 2021;4:e2128817"
    ),
    specialties=("cardiology", "endocrinology", "general_practice"),
    keywords=("LDL", "lipids", "Friedewald", "血脂", "低密度脂蛋白", "胆固醇"), offer="on_problem",
    offered_for=(*icd10("E78"), *snomed("55822004", "13644009")),
    out_of_scope=(
        T("Not with type III dysbetalipoproteinaemia", "不适用于 III 型高脂蛋白血症"),
        T("Triglycerides from 4.5 mmol/L: not Friedewald", "甘油三酯 ≥4.5 mmol/L 时不可用 Friedewald"),
    ),
    cautions=(T("All from one sample", "各值须来自同一份标本"),),
)
INPUTS = (
    *LIPIDS, number("triglycerides", look_back=1825),
    choice(
        "formula", T("Formula", "公式"), FORMULAS, default="friedewald",
        synonyms={"sampson": "sampson_nih", "nih": "sampson_nih", "martin-hopkins": "martin_hopkins",
                  "martin": "martin_hopkins"},
    ),
    ADULT,
)
NOTHING: Final = T(
    "the formula gives no LDL above 0: check the lipids, or have the LDL measured",
    "该公式算得的 LDL 不大于 0：请核对血脂，或直接测定 LDL",
)
LOW: Final = (
    "low_ldl",
    T("Below 70 mg/dL Friedewald is too low; see the other formulas",
      "低于 1.8 mmol/L 时 Friedewald 偏低，请参看其他公式"),
)


def compute(values: Values) -> Worked:
    """LDL in mg/dL by the formula chosen; the others beside it where they hold."""
    total, hdl, fat = mg(values, "cholesterol_total"), mg(values, "hdl"), mg(values, "triglycerides")
    chosen = values["formula"]
    found = _all(total, hdl, fat)
    if chosen not in found:
        limit = "400" if chosen == "friedewald" else "800"
        if fat < 7.0 and chosen == "martin_hopkins":
            raise OutOfRange(T("triglycerides below 7 mg/dL", "甘油三酯低于 7 mg/dL"), "triglycerides")
        text = T(f"triglycerides too high for this formula (limit {limit} mg/dL)",
                 f"甘油三酯超出该公式上限（{limit} mg/dL）")
        raise OutOfRange(text, "triglycerides")
    value, working = found[chosen]
    if value <= 0.0:
        raise OutOfRange(NOTHING, "cholesterol_total", "hdl", "triglycerides")
    molar = convert("ldl", value, "mg/dL")
    extra = {name: (ldl, "mg/dL") for name, (ldl, _) in found.items() if ldl > 0.0}
    return Worked(
        value, (Step(NON_HDL, f"{total:.4g} − {hdl:.4g}", total - hdl, "mg/dL"),
                Step(OUTPUTS[0].title, working, value, "mg/dL")),
        extra={**extra, "ldl_molar": (molar, "mmol/L")},
        cautions=(LOW,) if chosen == "friedewald" and value < 70.0 else (),
    )


NON_HDL: Final = T("Non-HDL cholesterol", "非 HDL 胆固醇")


def _all(total: float, hdl: float, fat: float) -> dict[str, tuple[float, str]]:
    """LDL by each formula that holds at these triglycerides, mg/dL, with its working."""
    found, rest = {}, total - hdl
    if fat < 400.0:
        found["friedewald"] = (rest - fat / 5.0, f"{total:.4g} − {hdl:.4g} − {fat:.4g} / 5")
    if 7.0 <= fat < 800.0:
        by = factor(fat, rest)
        found["martin_hopkins"] = (rest - fat / by, f"{total:.4g} − {hdl:.4g} − {fat:.4g} / {by:g}")
    if fat <= 800.0:
        value = (
            total / 0.948 - hdl / 0.971 - (fat / 8.56 + fat * rest / 2140.0 - fat**2 / 16100.0) - 9.44
        )
        found["sampson_nih"] = (
            value,
            f"{total:.4g} / 0.948 − {hdl:.4g} / 0.971 − ({fat:.4g} / 8.56 + {fat:.4g} × {rest:.4g} / 2140 "
            f"− {fat:.4g}² / 16100) − 9.44",
        )
    return found


OUTPUTS = (Output("ldl", T("LDL cholesterol", "LDL 胆固醇"), "mg/dL", decimals=0),)


def _given(total: float, hdl: float, fat: float) -> dict[str, object]:
    names = ("cholesterol_total", "hdl", "triglycerides")
    return {name: {"value": v, "unit": "mg/dL"} for name, v in zip(names, (total, hdl, fat), strict=True)}


_CASES: Final = (
    ((210, 48, 180), {"friedewald": 126.0, "martin_hopkins": 130.4, "sampson_nih": 130.0}),
    ((150, 40, 310), {"friedewald": 48.0, "martin_hopkins": 72.7, "sampson_nih": 61.4}),
    ((250, 60, 95), {"friedewald": 171.0, "martin_hopkins": 168.9, "sampson_nih": 173.5}),
)
EXAMPLES = (
    *(
        Example({**_given(*lipids), "formula": name}, value, f"score table ldl, {name}", 0.051)
        for lipids, answers in _CASES for name, value in answers.items()
    ),
    Example(
        {**_given(245, 45, 455), "formula": "martin_hopkins"}, 135.0, "clincalc 0.4.0",
        0.05,
    ),
    Example(_given(161, 39, 95), 103.0, "medcalc-dev, one-shot case of calculator 44", 0.001),
    Example(_given(214, 45, 203), 128.4, "medcalc-dev, calculator 44", 0.001),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
