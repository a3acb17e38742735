"""Child-Pugh score: severity of cirrhosis.

1, 2 or 3 points each: bilirubin below 2, 2 to 3, above 3 mg/dL; albumin above 3.5, 2.8 to 3.5, below 2.8
g/dL; INR below 1.7, 1.7 to 2.3, above 2.3; ascites none, slight, moderate or more; encephalopathy none,
grade 1 or 2, grade 3 or 4. Class A 5-6, B 7-9, C 10-15. The bilirubin limits of cholestatic disease and the
prothrombin time in seconds are not confirmed by a second source and are not offered.
Pugh RN, Murray-Lyon IM, Dawson JL et al. Br J Surg 1973;60:646-9.
"""

from __future__ import annotations

from typing import Final

from medapp.assess.card import Feature
from medapp.calculators import liver
from medapp.calculators.criteria import ADULT, criteria_score, of_value
from medapp.calculators.declare import About, Example, T, choice, number
from medapp.calculators.measured import in_unit
from medapp.calculators.points import Item, of_choice
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="child_pugh", version="1973",
    title=T("Child-Pugh, cirrhosis", "Child-Pugh 肝硬化分级"),
    summary=T("Severity of cirrhosis in classes A to C.", "肝硬化严重程度，A 至 C 级。"),
    population=T("Adults with cirrhosis", "肝硬化成人"),
    reference="Pugh RN, Murray-Lyon IM, Dawson JL et al. Br J Surg 1973;60:646-9",
    specialties=(*liver.SPECIALTIES, "surgery", "pharmacy"),
    keywords=("Child-Pugh", "CTP", "cirrhosis", "ascites", "肝硬化", "腹水", "肝功能分级"),
    offer="on_problem", offered_for=liver.CIRRHOSIS,
    cautions=(
        T("Bilirubin limits of cholestatic disease are not applied", "未采用胆汁淤积性肝病的胆红素界值"),
        liver.NO_WARFARIN,
    ),
)


def _middle(feature: Feature, unit: str | None, low: float, high: float, *, falling: bool = False) -> Item:
    """1 point below `low`, 2 to `high`, 3 above; the other way round where it is `falling`."""

    def points(value: float) -> float:
        there = round(in_unit({feature.name: value}, feature.name, unit), 6) if unit else value
        rank = 1.0 if there < low else 2.0 if there <= high else 3.0
        return 4.0 - rank if falling else rank

    return Item(feature, points, 1.0, 3.0)


ASCITES: Final = choice(
    "ascites", T("Ascites", "腹水"),
    {
        "absent": T("None", "无"), "slight": T("Slight, or held by diuretics", "轻度或利尿剂可控制"),
        "moderate": T("Moderate or severe", "中重度"),
    },
    required=False, look_back=30,
    synonyms={
        "no": "absent", "mild": "slight", "moderate-severe": "moderate", "severe": "moderate",
        "moderate to severe": "moderate", "large": "moderate", "no ascites": "absent",
    },
)
ENCEPHALOPATHY: Final = choice(
    "encephalopathy", T("Hepatic encephalopathy", "肝性脑病"),
    {
        "none": T("No encephalopathy", "无肝性脑病"), "grade_1_2": T("Grade 1 or 2", "1–2 级"),
        "grade_3_4": T("Grade 3 or 4", "3–4 级"),
    },
    required=False, look_back=30,
    synonyms={
        "no": "none", "absent": "none", "grade 1-2": "grade_1_2", "grade1-2": "grade_1_2", "1-2": "grade_1_2",
        "grade 3-4": "grade_3_4", "grade3-4": "grade_3_4", "3-4": "grade_3_4", "mild": "grade_1_2",
    },
)
_BACK: Final = 90
ITEMS: Final = (
    _middle(number("bilirubin_total", required=False, look_back=_BACK), "mg/dL", 2.0, 3.0),
    _middle(number("albumin", required=False, look_back=_BACK), "g/dL", 2.8, 3.5, falling=True),
    _middle(number("inr", required=False, look_back=_BACK), None, 1.7, 2.3),
    of_choice(ASCITES, {"absent": 1.0, "slight": 2.0, "moderate": 3.0}),
    of_choice(ENCEPHALOPATHY, {"none": 1.0, "grade_1_2": 2.0, "grade_3_4": 3.0}),
)
BANDS: Final = (
    Band("A", 5.0, 6.0, T("Class A: compensated", "A 级：代偿良好")),
    Band("B", 7.0, 9.0, T("Class B: function impaired", "B 级：功能受损")),
    Band("C", 10.0, 15.0, T("Class C: decompensated", "C 级：失代偿")),
)
EXAMPLES: Final = (
    Example(
        {
            "bilirubin_total": {"value": 2.5, "unit": "mg/dL"}, "albumin": {"value": 3.0, "unit": "g/dL"},
            "inr": 1.5, "ascites": "slight", "encephalopathy": "none",
        },
        8.0, "score table child_pugh: 2 + 2 + 1 + 2 + 1", category="B",
    ),
    Example(
        {
            "bilirubin_total": 2.6, "albumin": {"value": 3.7, "unit": "g/dL"}, "inr": 2.0,
            "ascites": "absent", "encephalopathy": "No Encephalopathy",
        },
        6.0, "medcalc-dev, one-shot case of calculator 15", category="A",
    ),
)
FEATURES: Final = (*(item.feature for item in ITEMS), ADULT)
CRITERIA: Final = tuple(of_value(item.feature, item.points, item.low, item.high) for item in ITEMS)
CALCULATOR = criteria_score(ABOUT, FEATURES, CRITERIA, EXAMPLES, bands=BANDS)
