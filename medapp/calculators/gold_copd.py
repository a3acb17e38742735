"""GOLD group of COPD by mMRC: A, B or E.

E with two or more moderate exacerbations or one with hospital admission in 12 months; else B from mMRC 2 on,
A below. Beside it the grade of obstruction by FEV1 [% predicted]: 1 from 80, 2 from 50, 3 from 30, 4 below.
For confirmed COPD (FEV1/FVC below 0.7 after a bronchodilator). The other symptom scale of the report is not
used here. Rule and grades: score table gold_abe (two sources) and open-medicine 0.12.0 agree.
GOLD report 2023. Agustí A, Celli BR, Criner GJ et al. Am J Respir Crit Care Med 2023;207:819-37.
"""

from __future__ import annotations

import math
from typing import Any, Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, icd10, number, snomed
from medapp.calculators.worked import Band, Step, Worked

ABOUT = About(
    id="gold_copd", version="2023",
    title=T("GOLD group of COPD (A, B, E; mMRC)", "慢阻肺 GOLD 分组（ABE，mMRC）"),
    summary=T("Group that guides the first treatment.", "指导初始治疗的分组。"),
    population=T("Adults with confirmed COPD, stable", "确诊且稳定期慢阻肺成人"),
    reference="Agustí A, Celli BR, Criner GJ et al. Am J Respir Crit Care Med 2023;207:819-37",
    specialties=("respiratory", "general_practice"),
    keywords=("COPD", "GOLD", "mMRC", "exacerbation", "慢阻肺", "慢性阻塞性肺疾病", "急性加重"),
    offer="on_problem", offered_for=(*icd10("J44"), *snomed("13645005")),
    out_of_scope=(T("Not without spirometry that confirms it", "未经肺功能确诊者不适用"),),
)
INPUTS = (
    number("mmrc_dyspnoea", look_back=90),
    number("exacerbations_moderate", T("Moderate exacerbations in 12 months", "近 12 个月中度急性加重次数"),
           possible=(0.0, 60.0), look_back=90, whole=True),
    number("exacerbations_hospital", T("Exacerbations with admission in 12 months",
                                       "近 12 个月因急性加重住院次数"),
           possible=(0.0, 60.0), look_back=90, whole=True),
    number("fev1_percent_predicted", T("FEV₁ after a bronchodilator, % predicted",
                                       "吸入支扩剂后 FEV₁ 占预计值"),
           required=False, unit="%", possible=(1.0, 200.0), look_back=730),
    number("age", valid=(18, 120), required=False, look_back=None),
)
GROUPS: Final = {
    "A": T("Group A: few symptoms, few exacerbations", "A 组：症状少、急性加重少"),
    "B": T("Group B: more symptoms, few exacerbations", "B 组：症状多、急性加重少"),
    "E": T("Group E: exacerbations", "E 组：急性加重频繁"),
}
GRADE: Final = T("Grade of obstruction", "气流受限分级")


def grade(percent: float) -> int:
    """GOLD 1 to 4."""
    return 1 if percent >= 80.0 else 2 if percent >= 50.0 else 3 if percent >= 30.0 else 4


def compute(values: Values) -> Worked:
    """The group, with the grade where the FEV1 is known."""
    moderate, hospital = values["exacerbations_moderate"], values["exacerbations_hospital"]
    dyspnoea = values["mmrc_dyspnoea"]
    group = "E" if moderate >= 2 or hospital >= 1 else "B" if dyspnoea >= 2 else "A"
    shown = f"{moderate:g} moderate, {hospital:g} with admission, mMRC {dyspnoea:g}"
    steps: tuple[Step, ...] = ()
    extra: dict[str, Any] = {}
    if "fev1_percent_predicted" in values:
        percent = values["fev1_percent_predicted"]
        extra["gold_grade"] = (grade(percent), None)
        steps = (Step(GRADE, f"FEV1 {percent:g} %", grade(percent)),)
    final = Step(OUTPUTS[0].title, shown, group)
    return Worked(group, (*steps, final), Band(group, -math.inf, math.inf, GROUPS[group]), extra=extra)


OUTPUTS = (
    Output("gold_group", T("GOLD group", "GOLD 分组"), type="class"), Output("gold_grade", GRADE),
)
EXAMPLES = (
    Example(
        {"mmrc_dyspnoea": 1, "exacerbations_moderate": 2, "exacerbations_hospital": 0,
         "fev1_percent_predicted": 50},
        "E", "open-medicine 0.12.0: two moderate exacerbations", category="E", extra={"gold_grade": 2.0},
    ),
    Example(
        {"mmrc_dyspnoea": 2, "exacerbations_moderate": 1, "exacerbations_hospital": 0}, "B",
        "score table gold_abe: one moderate exacerbation with many symptoms", category="B",
    ),
    Example(
        {"mmrc_dyspnoea": 1, "exacerbations_moderate": 1, "exacerbations_hospital": 0}, "A",
        "score table gold_abe: mMRC below 2", category="A",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
