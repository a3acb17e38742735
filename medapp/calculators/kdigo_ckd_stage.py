"""Category of chronic kidney disease by filtration and albumin, and its risk, KDIGO 2012 and 2024.

G by eGFR [mL/min/1.73 m2]: G1 from 90, G2 from 60, G3a from 45, G3b from 30, G4 from 15, G5 below. A
by albumin-creatinine ratio: A1 below 30 mg/g (3 mg/mmol), A2 to 300 mg/g (30 mg/mmol), A3 above. The two
columns are rounded apart: from 3 mg/mmol (26.5 mg/g) to 30 mg/g and above 30 mg/mmol (265 mg/g) to 300 mg/g
they differ, and the higher category is taken and said. The risk is that of the guideline's
grid. Adults and children above 2 years; the abnormality must last for 3 months. Without albumin only G is
said, and no risk. Numbers: score table kdigo_ckd_stage (recalled) is the same in every cell as the package
clincalc 0.4.0 (from KDIGO 2024), the categories also as medimetry 0.1.0 (KDIGO 2012).
KDIGO CKD Work Group. Kidney Int 2024;105(4S):S117-S314. KDIGO. Kidney Int Suppl 2013;3:1-150.
"""

from __future__ import annotations

import math
from typing import Any, Final

from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, number
from medapp.calculators.measured import in_unit
from medapp.calculators.worked import Band, Step, Worked

ABOUT = About(
    id="kdigo_ckd_stage", version="2024",
    title=T("Chronic kidney disease: G and A category (KDIGO)", "慢性肾脏病 G、A 分期（KDIGO）"),
    summary=T("Category and risk by eGFR and albumin in urine.", "按 eGFR 与尿白蛋白分期并评估风险。"),
    population=T("Chronic kidney disease, older than 2 years", "2 岁以上的慢性肾脏病患者"),
    reference="KDIGO CKD Work Group. Kidney Int 2024;105(4S):S117-S314",
    specialties=("nephrology", "general_practice"),
    keywords=("CKD", "KDIGO", "albuminuria", "慢性肾脏病", "分期", "蛋白尿"), offer="on_problem",
    offered_for=kidney.CKD,
    cautions=(
        T("Only when it lasts for 3 months or more", "异常须持续 3 个月以上"),
        T("G1 and G2 are disease only with another sign of damage", "G1、G2 须另有肾损伤证据"),
    ),
)
INPUTS = (
    number("egfr", look_back=365), number("uacr", required=False, look_back=365),
    number("age", required=False, valid=(2, 130), look_back=None),
)
RISKS: Final = {
    "low": T("Low risk; without another sign no kidney disease", "低风险；无其他肾损伤证据则非慢性肾脏病"),
    "moderate": T("Moderately increased risk", "中度增高风险"),
    "high": T("High risk", "高风险"),
    "very_high": T("Very high risk", "极高风险"),
}
GRID: Final = {
    "G1": ("low", "moderate", "high"),
    "G2": ("low", "moderate", "high"),
    "G3a": ("moderate", "high", "very_high"),
    "G3b": ("high", "very_high", "very_high"),
    "G4": ("very_high", "very_high", "very_high"),
    "G5": ("very_high", "very_high", "very_high"),
}
NO_ALBUMIN: Final = (
    "albumin_unknown",
    T("Albumin in urine is not known: no A category and no risk", "尿白蛋白未知：无 A 分期与风险"),
)
BETWEEN: Final = (
    "albumin_columns_differ",
    T("KDIGO's columns in mg/g and mg/mmol differ at this value; the higher category was taken",
      "KDIGO 的 mg/g 与 mg/mmol 两栏在此值分级不同，已取较高一级"),
)
G_TITLE: Final = T("Category of filtration", "G 分期")
A_TITLE: Final = T("Category of albumin", "A 分期")


def compute(values: Values) -> Worked:
    """The category as G3aA2, with the risk as its meaning."""
    gfr = kidney.gfr_category(values["egfr"])
    first = Step(G_TITLE, f"eGFR {values['egfr']:g}", gfr.id)
    extra: dict[str, Any] = {"gfr_category": (gfr.id, None)}
    if "uacr" not in values:
        last = Step(OUTPUTS[0].title, gfr.id, gfr.id)
        return Worked(gfr.id, (first, last), extra=extra, cautions=(NO_ALBUMIN,))
    ratio = in_unit(values, "uacr", "mg/g")
    molar = in_unit(values, "uacr", "mg/mmol")
    columns = _column(ratio, 30.0, 300.0), _column(molar, 3.0, 30.0)
    column = max(columns)
    albumin = f"A{column + 1}"
    risk = GRID[gfr.id][column]
    extra |= {"albuminuria_category": (albumin, None), "risk": (risk, None)}
    steps = (
        first, Step(A_TITLE, f"ACR {ratio:.4g} mg/g", albumin),
        Step(OUTPUTS[0].title, f"{gfr.id} + {albumin}", gfr.id + albumin),
    )
    band = Band(risk, -math.inf, math.inf, RISKS[risk])
    cautions = (BETWEEN,) if columns[0] != columns[1] else ()
    return Worked(gfr.id + albumin, steps, band, extra=extra, cautions=cautions)


def _column(ratio: float, second: float, third: float) -> int:
    """The guideline's column of a ratio, A1 to A3 as 0 to 2."""
    return 0 if ratio < second else 1 if ratio <= third else 2


OUTPUTS = (Output("kdigo_ckd_category", T("KDIGO category", "KDIGO 分期"), type="class"),)
EXAMPLES = (
    Example({"egfr": 52, "uacr": 120}, "G3aA2", "score table kdigo_ckd_stage", category="high"),
    Example({"egfr": 50, "uacr": 400}, "G3aA3", "medimetry 0.1.0, documented case", category="very_high"),
    Example({"egfr": 52}, "G3a", "score table kdigo_ckd_stage, without albumin"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
