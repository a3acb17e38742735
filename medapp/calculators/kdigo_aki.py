"""Stage of acute kidney injury, KDIGO 2012; 0 is no injury.

By creatinine: 1 from 1.5 times the baseline (within 7 days) or a rise of 0.3 mg/dL within 48 hours; 2 from
2.0 times; 3 from 3.0 times, or 4.0 mg/dL where there is an injury, or an eGFR below 35 below 18 years, or
renal replacement. By urine [mL/kg/h]: 1 below 0.5 for 6 h; 2 below 0.5 for 12 h; 3 below 0.3 for 24 h or none
for 12 h. The worse of both counts. Where urine or renal replacement is not known, it is said that the stage
may be higher.
Numbers: score table kdigo_aki (medical-calc-mcp) and the package pyaki 1.0.13 agree.
KDIGO AKI Work Group. Kidney Int Suppl 2012;2:1-138.
"""

from __future__ import annotations

import math
from typing import Any, Final

from medapp.assess.card import Feature
from medapp.calculators import kidney
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, gate, number, yes
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import Band, Needs, Step, Worked, band_of

RISE: Final = 0.3
INJURY_RATIO: Final = 1.5
SEVERE: Final = 4.0
ROUNDING: Final = 1e-9
"""2.1 - 1.8 is 0.3 and not a bit less."""

ABOUT = About(
    id="kdigo_aki", version="2012",
    title=T("Acute kidney injury, stage (KDIGO)", "急性肾损伤分期（KDIGO）"),
    summary=T("Stage by creatinine against the baseline, and by urine.", "按肌酐较基线的变化与尿量分期。"),
    population=T("Patients with rising creatinine or little urine", "肌酐升高或尿量减少者"),
    reference="KDIGO AKI Work Group. Kidney Int Suppl 2012;2:1-138",
    specialties=("nephrology", "intensive_care", "emergency"),
    keywords=("AKI", "KDIGO", "creatinine", "急性肾损伤", "少尿", "肌酐"),
    out_of_scope=(T("Not on chronic dialysis", "长期透析者不适用"),),
)


def _urine(name: str, en: str, zh: str) -> Feature:
    return number(
        name, T(en, zh), required=False, unit="mL/kg/h", possible=(0.0, 100.0), plausible=(0.0, 20.0),
        look_back=DAY,
    )


INPUTS = (
    number("creatinine", look_back=DAY),
    number("creatinine_baseline", look_back=365),
    yes("baseline_within_48h", T("The baseline value is from the last 48 hours", "基线值来自近 48 小时内")),
    _urine("urine_output_6h", "Urine, mean of 6 hours", "6 小时平均尿量"),
    _urine("urine_output_12h", "Urine, mean of 12 hours", "12 小时平均尿量"),
    _urine("urine_output_24h", "Urine, mean of 24 hours", "24 小时平均尿量"),
    yes("anuria_12h", T("No urine for 12 hours", "无尿≥12 小时")),
    yes("renal_replacement", T("Renal replacement started", "已开始肾脏替代治疗")),
    number("age", required=False, look_back=None),
    number("egfr", required=False, look_back=DAY),
    gate(yes("chronic_dialysis", T("On chronic dialysis", "长期透析"), codes=kidney.ON_DIALYSIS)),
)
BANDS: Final = (
    Band("none", 0.0, 0.0, T("No stage reached by what is known", "按已知信息未达分期标准")),
    Band("stage_1", 1.0, 1.0, T("Stage 1", "1 期")),
    Band("stage_2", 2.0, 2.0, T("Stage 2", "2 期")),
    Band("stage_3", 3.0, 3.0, T("Stage 3", "3 期")),
)
MAY_BE_HIGHER: Final = (
    "stage_may_be_higher",
    T("Urine or renal replacement is not known: the stage may be higher", "尿量或替代治疗未知：分期可能更高"),
)
BY_CREATININE: Final = T("Stage by creatinine", "肌酐分期")
BY_URINE: Final = T("Stage by urine", "尿量分期")
BY_REPLACEMENT: Final = T("Stage by renal replacement", "替代治疗分期")


def compute(values: Values) -> Worked:
    """The stage 0 to 3 from what is known."""
    baseline = in_unit(values, "creatinine_baseline", "mg/dL")
    now = in_unit(values, "creatinine", "mg/dL")
    ratio = now / baseline
    replaced = 3.0 if values.get("renal_replacement") else 0.0
    urine = _by_urine(values)
    by_creatinine = _by_creatinine(values, now, baseline, decided=max(replaced, urine) >= 3.0)
    steps = [Step(BY_CREATININE, f"{now:.3g} / {baseline:.3g} = {shown(ratio, 2)}", by_creatinine)]
    if any(name in values for name in URINE):
        given = ", ".join(f"{name}: {values[name]:g}" for name in URINE if name in values)
        steps.append(Step(BY_URINE, given, urine))
    if "renal_replacement" in values:
        steps.append(Step(BY_REPLACEMENT, "yes" if replaced else "no", replaced))
    stages = (by_creatinine, urine, replaced)
    stage = max(stages)
    steps.append(Step(OUTPUTS[0].title, f"max({', '.join(f'{one:g}' for one in stages)})", stage))
    extra: dict[str, Any] = {"ratio_to_baseline": (ratio, None)}
    is_open = stage < 3.0 and not {*URINE, "renal_replacement"} <= set(values)
    cautions = (MAY_BE_HIGHER,) if is_open else ()
    return Worked(stage, tuple(steps), band_of(BANDS, stage), extra=extra, cautions=cautions)


def _by_creatinine(values: Values, now: float, baseline: float, *, decided: bool) -> float:
    ratio, rise = now / baseline + ROUNDING, now - baseline + ROUNDING
    injured = ratio >= INJURY_RATIO
    if rise >= RISE and not injured and not decided:
        if "baseline_within_48h" not in values:
            raise Needs("baseline_within_48h")
        injured = bool(values["baseline_within_48h"])
    if not injured:
        return 0.0
    is_young = values.get("age", math.inf) < 18.0 and values.get("egfr", math.inf) < 35.0
    if ratio >= 3.0 or now + ROUNDING >= SEVERE or is_young:
        return 3.0
    return 2.0 if ratio >= 2.0 else 1.0


URINE: Final = ("urine_output_6h", "urine_output_12h", "urine_output_24h", "anuria_12h")


def _by_urine(values: Values) -> float:
    if values.get("anuria_12h") or values.get("urine_output_24h", math.inf) < 0.3:
        return 3.0
    if values.get("urine_output_12h", math.inf) < 0.5:
        return 2.0
    return 1.0 if values.get("urine_output_6h", math.inf) < 0.5 else 0.0


OUTPUTS = (Output("kdigo_aki_stage", T("KDIGO stage, by what is known", "KDIGO 分期（按已知信息）")),)


def _mg(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "mg/dL"}


EXAMPLES = (
    Example(
        {"creatinine_baseline": _mg(0.9), "creatinine": _mg(2.1)}, 2.0, "score table kdigo_aki: 2.33 times",
        category="stage_2", extra={"ratio_to_baseline": 2.33},
    ),
    Example(
        {"creatinine_baseline": _mg(3.4), "creatinine": _mg(4.1), "baseline_within_48h": True}, 3.0,
        "score table kdigo_aki: rise of 0.7 to 4.0 and more", category="stage_3",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
