"""Morphine milligram equivalents a day, with the factors of the CDC guideline of 2022.

Sum of daily dose x factor: codeine 0.15, hydrocodone 1, hydromorphone 5, methadone 4.7, morphine 1, oxycodone
1.5, oxymorphone 3, tapentadol 0.4, tramadol 0.2 (mg by mouth); fentanyl patch 2.4 per ug/h. Fentanyl in the
cheek 0.13 per ug is not in the table of 2022; it stands in MedCalc-Bench and is confirmed by two cases of
medcalc-dev. Buprenorphine has no factor. Only the opioids that are entered count. For the risk of overdose in
adults with pain, never for changing from one opioid to another: that needs a lower dose.
Dowell D, Ragan KR, Jones CM et al. MMWR Recomm Rep 2022;71(3):1-95.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, atc, number
from medapp.calculators.worked import Band, Needs, Step, Worked, band_of
from medapp.domain.datatypes import LocalText

UNIT: Final = "mg/d"
_DRUGS: Final = (
    ("codeine", 0.15, "Codeine", "可待因"), ("hydrocodone", 1.0, "Hydrocodone", "氢可酮"),
    ("hydromorphone", 5.0, "Hydromorphone", "氢吗啡酮"), ("methadone", 4.7, "Methadone", "美沙酮"),
    ("morphine", 1.0, "Morphine", "吗啡"), ("oxycodone", 1.5, "Oxycodone", "羟考酮"),
    ("oxymorphone", 3.0, "Oxymorphone", "羟吗啡酮"), ("tapentadol", 0.4, "Tapentadol", "他喷他多"),
    ("tramadol", 0.2, "Tramadol", "曲马多"),
)
PATCH: Final = "fentanyl_patch"
BUCCAL: Final = "fentanyl_buccal"
FACTORS: Final = {**{name: factor for name, factor, _, _ in _DRUGS}, PATCH: 2.4, BUCCAL: 0.13}
TITLES: Final = {
    **{name: T(f"{en}, mg a day by mouth", f"{zh}，口服每日 mg 数") for name, _, en, zh in _DRUGS},
    PATCH: T("Fentanyl patch, µg an hour", "芬太尼贴剂，µg/h"),
    BUCCAL: T("Fentanyl in the cheek, µg a day", "芬太尼口腔含片，每日 µg 数"),
}
UNITS: Final = {PATCH: "ug/h", BUCCAL: "ug/d"}

ABOUT = About(
    id="opioid_mme", version="2022",
    title=T("Opioid dose in morphine equivalents (CDC 2022)", "阿片类吗啡等效日剂量（CDC 2022）"),
    summary=T("All opioids of a day as milligrams of morphine.", "将每日全部阿片类药物折算为吗啡毫克数。"),
    population=T("Adults with opioids for pain", "因疼痛使用阿片类药物的成人"),
    reference="Dowell D, Ragan KR, Jones CM et al. MMWR Recomm Rep 2022;71(3):1-95",
    specialties=("pharmacy", "general_practice", "surgery"),
    keywords=("MME", "opioid", "morphine", "pain", "阿片", "吗啡", "镇痛", "疼痛"),
    offer="on_problem", offered_for=atc("N02A"),
    out_of_scope=(
        T("Not for changing from one opioid to another", "不得用于阿片类药物之间的换药"),
        T("Not for opioids taken against addiction", "不用于阿片成瘾替代治疗"),
    ),
    cautions=(T("Counts only the opioids entered; none of them is buprenorphine",
                "仅计入所填药物，不含丁丙诺啡"),),
)


def _dose(name: str, title: LocalText) -> Feature:
    return number(
        name, title, required=False, unit=UNITS.get(name, UNIT), possible=(0.0, 20000.0), look_back=30
    )


INPUTS = (*(_dose(name, title) for name, title in TITLES.items()), ADULT)
BANDS: Final = (
    Band(
        "below_50", -math.inf, math.nextafter(50.0, 0.0),
        T("Below 50 a day by the opioids entered", "按所填药物每日低于 50"),
    ),
    Band(
        "from_50", 50.0, math.nextafter(90.0, 0.0),
        T("From 50 a day: weigh benefit against the risk again", "每日≥50：需重新权衡获益与风险"),
    ),
    Band(
        "from_90", 90.0, math.inf,
        T("From 90 a day: the risk of overdose is much higher", "每日≥90：过量风险明显增加"),
    ),
)
FLOOR: Final = (
    "at_least",
    T("At least this much: opioids not entered are not known, and any of them adds to it",
      "至少为此值：未填的阿片类药物情况未知，如有使用则更高"),
)
NOT_IN_TABLE: Final = (
    "factor_not_cdc", T("The factor of fentanyl in the cheek is not the CDC's", "芬太尼含片系数并非 CDC 所列")
)


def compute(values: Values) -> Worked:
    """Milligrams of morphine a day; at least one opioid must be given."""
    taken = [name for name in FACTORS if name in values]
    if not taken:
        raise Needs(*FACTORS)
    steps = tuple(
        Step(TITLES[name], f"{values[name]:g} × {FACTORS[name]:g}", values[name] * FACTORS[name], UNIT)
        for name in taken
    )
    total = math.fsum(float(step.value or 0.0) for step in steps)
    summed = " + ".join(f"{float(step.value or 0.0):g}" for step in steps)
    is_floor = total < 90.0 and any(name not in values for name in FACTORS)
    cautions = (*((NOT_IN_TABLE,) if BUCCAL in values else ()), *((FLOOR,) if is_floor else ()))
    final = Step(OUTPUTS[0].title, summed, total, UNIT)
    return Worked(total, (*steps, final), band_of(BANDS, total), cautions=cautions)


OUTPUTS = (Output("mme", T("Morphine equivalent a day", "吗啡等效日剂量"), UNIT, decimals=0),)
EXAMPLES = (
    Example({"oxycodone": 40, PATCH: 25}, 120.0, "score table opioid_mme", 1e-9, category="from_90"),
    Example(
        {"oxymorphone": 10, BUCCAL: 20, "morphine": 50}, 82.6,
        "medcalc-dev, one-shot case of calculator 49", 1e-9, category="from_50",
    ),
    Example(
        {"methadone": 60, "oxymorphone": 80, "morphine": 100}, 622.0, "medcalc-dev, calculator 49", 1e-9
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
