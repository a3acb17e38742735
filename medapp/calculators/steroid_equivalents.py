"""Doses of glucocorticoids that act alike against inflammation.

Equivalent doses [mg]: hydrocortisone 20, cortisone 25, prednisone and prednisolone 5, methylprednisolone and
triamcinolone 4, dexamethasone and betamethasone 0.75; dose x equivalent of the target / equivalent of the
given one. For doses by mouth or into a vein; says nothing of the mineralocorticoid effect, of duration, or of
steroids that are inhaled, injected into joints or put on the skin.
Numbers: score table steroid_equivalents (two sources), medcalc 0.4.0 and medcalc-dev agree; the labels of
medcalc-dev are from rounded ratios and differ by up to 1.5 %.
Meikle AW, Tyler FH. Am J Med 1977;63:200-7.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, choice, number
from medapp.calculators.worked import Step, Worked

EQUIVALENT_MG: Final = {
    "hydrocortisone": 20.0, "cortisone": 25.0, "prednisone": 5.0, "prednisolone": 5.0,
    "methylprednisolone": 4.0, "triamcinolone": 4.0, "dexamethasone": 0.75, "betamethasone": 0.75,
}
NAMES: Final = {
    "hydrocortisone": T("Hydrocortisone", "氢化可的松"), "cortisone": T("Cortisone", "可的松"),
    "prednisone": T("Prednisone", "泼尼松"), "prednisolone": T("Prednisolone", "泼尼松龙"),
    "methylprednisolone": T("Methylprednisolone", "甲泼尼龙"),
    "triamcinolone": T("Triamcinolone", "曲安西龙"), "dexamethasone": T("Dexamethasone", "地塞米松"),
    "betamethasone": T("Betamethasone", "倍他米松"),
}
SYNONYMS: Final = {
    **{f"{name} {route}": name for name in EQUIVALENT_MG for route in ("po", "iv", "oral", "im")},
    "cortisol": "hydrocortisone", "cortisone acetate": "cortisone",
    "强的松": "prednisone", "强的松龙": "prednisolone", "甲强龙": "methylprednisolone",
}
ABOUT = About(
    id="steroid_equivalents", version="1977",
    title=T("Glucocorticoid dose equivalents", "糖皮质激素等效剂量换算"),
    summary=T("The dose of another steroid with a like effect.", "换算为另一种激素的等效抗炎剂量。"),
    population=T("Adults, by mouth or into a vein", "成人，口服或静脉给药"),
    reference="Meikle AW, Tyler FH. Am J Med 1977;63:200-7",
    specialties=("endocrinology", "respiratory", "pharmacy", "general_practice"),
    keywords=("steroid", "prednisolone", "dexamethasone", "激素", "糖皮质激素", "泼尼松", "等效剂量"),
    out_of_scope=(T("Not for inhaled, topical or joint injections", "不用于吸入、外用或关节注射"),),
    cautions=(
        T("Compares the effect on inflammation; not duration or salt retention",
          "仅比较抗炎作用，未计作用时长与潴钠"),
    ),
)
INPUTS = (
    choice("steroid", T("Steroid taken", "现用激素"), NAMES, synonyms=SYNONYMS),
    number("dose", T("Dose", "剂量"), unit="mg", possible=(0.0, 20000.0), look_back=None),
    choice("target_steroid", T("Steroid wanted", "目标激素"), NAMES, synonyms=SYNONYMS), ADULT,
)


def compute(values: Values) -> Worked:
    """The equivalent dose in mg; `extra` has that of every other steroid."""
    steroid, target, dose = values["steroid"], values["target_steroid"], values["dose"]
    of, to = EQUIVALENT_MG[steroid], EQUIVALENT_MG[target]
    wanted = dose * to / of
    title = T(f"{NAMES[target].en}, like effect", f"{NAMES[target].zh_CN}等效剂量")
    extra = {name: (dose * mg / of, "mg") for name, mg in EQUIVALENT_MG.items() if name != steroid}
    return Worked(wanted, (Step(title, f"{dose:g} × {to:g} / {of:g}", wanted, "mg"),), extra=extra)


OUTPUTS = (Output("equivalent_dose", T("Equivalent dose", "等效剂量"), "mg", decimals=2),)
EXAMPLES = (
    Example(
        {"steroid": "prednisone", "dose": 30, "target_steroid": "dexamethasone"}, 4.5,
        "score table steroid_equivalents", 1e-9,
        extra={"hydrocortisone": 120.0, "methylprednisolone": 24.0},
    ),
    Example(
        {"steroid": "Hydrocortisone IV", "dose": 65.867, "target_steroid": "Dexamethasone PO"}, 2.47001,
        "medcalc-dev, one-shot case of calculator 24", 0.00001,
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
