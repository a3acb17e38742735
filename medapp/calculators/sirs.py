"""Systemic inflammatory response: how many of four criteria are met.

Temperature above 38 or below 36 degrees C; heart rate above 90/min; respiratory rate above 20/min or PaCO2
below 32 mm Hg; white cells above 12 or below 4 x 10^9/L, or more than 10 % bands. Present from two on. Where
it is said that no blood gas was taken or no bands were counted, the criterion is judged by the other
measure; where that is not known it stays open.
Numbers: no score table; the package medcalc 0.4.0 and the cases of medcalc-dev agree. Bone RC, Balk RA,
Cerra FB et al. Chest 1992;101:1644-55.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, Criterion, Limits, criteria_score, met
from medapp.calculators.declare import DAY, About, Example, T, number, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="sirs", version="1992",
    title=T("SIRS criteria", "SIRS 标准（全身炎症反应综合征）"),
    summary=T("Signs of a systemic inflammatory response.", "全身炎症反应的表现。"),
    population=T("Adults who are acutely ill", "急性病成人"),
    reference="Bone RC, Balk RA, Cerra FB et al. Chest 1992;101:1644-55",
    specialties=("emergency", "intensive_care", "surgery"),
    keywords=("sepsis", "inflammation", "脓毒症", "全身炎症反应"),
    cautions=(T("Met by many patients without infection", "许多无感染者也符合"),),
)
WARMTH: Final = number("temperature", look_back=DAY, required=False)
PULSE: Final = number("heart_rate", look_back=DAY, required=False)
BREATHS: Final = number("respiratory_rate", look_back=DAY, required=False)
GAS: Final = number("paco2", look_back=DAY, required=False)
CELLS: Final = number("white_cells", look_back=DAY, required=False)
BANDED: Final = number("bands_percent", look_back=DAY, required=False)
GAS_TAKEN: Final = yes("blood_gas_taken", T("An arterial blood gas was taken", "已做动脉血气"))
COUNTED: Final = yes("bands_counted", T("Bands were counted", "已计数杆状核"))


def _either(first: str, is_first: Callable[[float], bool], second: str, is_second: Callable[[float], bool],
            taken: str) -> Callable[[Values], Limits]:
    """One point by either measure; the second is not waited for where it is said not to have been taken."""

    def limits(values: Values) -> Limits:
        if (first in values and is_first(values[first])) or (second in values and is_second(values[second])):
            return 1.0, 1.0
        is_done = second in values or values.get(taken) is False
        return 0.0, 0.0 if first in values and is_done else 1.0

    return limits


CRITERIA: Final = (
    met(WARMTH, lambda degrees: degrees > 38.0 or degrees < 36.0),
    met(PULSE, lambda pulse: pulse > 90.0),
    Criterion(
        T("Breathing above 20/min or PaCO₂ below 32 mmHg", "呼吸＞20 次/分或 PaCO₂＜32 mmHg"),
        (BREATHS.name, GAS.name, GAS_TAKEN.name),
        _either(BREATHS.name, lambda rate: rate > 20.0, GAS.name, lambda gas: gas < 32.0, GAS_TAKEN.name),
    ),
    Criterion(
        T("White cells above 12 or below 4, or above 10 % bands", "白细胞＞12 或＜4，或杆状核＞10%"),
        (CELLS.name, BANDED.name, COUNTED.name),
        _either(
            CELLS.name, lambda cells: cells > 12.0 or cells < 4.0, BANDED.name, lambda share: share > 10.0,
            COUNTED.name,
        ),
    ),
)
BANDS: Final = (
    Band("absent", 0.0, 1.0, T("Fewer than two criteria", "不足两项")),
    Band("present", 2.0, 4.0, T("Two or more criteria: SIRS", "≥2 项：符合 SIRS")),
)
EXAMPLES: Final = (
    Example(
        {
            "temperature": {"value": 103, "unit": "[degF]"}, "heart_rate": 120, "respiratory_rate": 32,
            "white_cells": 33,
        },
        4.0, "medcalc-dev, one-shot case of calculator 51 (PaCO2 of 41 mm Hg not needed)", category="present",
    ),
    Example(
        {
            "temperature": 37.0, "heart_rate": 90, "respiratory_rate": 20, "paco2": 38, "white_cells": 12.0,
            "bands_percent": 10,
        },
        0.0, "values on the limits, none of them beyond", category="absent",
    ),
)
CALCULATOR = criteria_score(
    ABOUT, (WARMTH, PULSE, BREATHS, GAS, CELLS, BANDED, GAS_TAKEN, COUNTED, ADULT), CRITERIA, EXAMPLES,
    bands=BANDS, title=T("Criteria met", "符合项数"),
)
