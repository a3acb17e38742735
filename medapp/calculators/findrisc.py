"""FINDRISC: risk of type 2 diabetes in ten years.

Age 45 to 54: 2, 55 to 64: 3, above: 4; BMI 25 to 30: 1, above: 3; waist of men 94 to 102 cm: 3, above: 4, of
women 80 to 88: 3, above: 4; less than 30 minutes of activity a day 2; no vegetables or fruit daily 1;
medicine for blood pressure 2; high glucose ever 5; diabetes of a grandparent, aunt, uncle or cousin 3, of a
parent, sibling or child 5; 0 to 26. The exact values BMI 30, waist 102 and 88 count below, as in the
authors' form. Adults without diabetes. The first form is this one; another adds points for age 35 to 44 and
diet. Lindstrom J, Tuomilehto J. Diabetes Care 2003;26:725-31. Numbers: score table findrisc (two sources);
clincalc 0.4.0 agrees, on the limits too.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.calculator import Values
from medapp.calculators.declare import About, Example, T, choice, number, yes
from medapp.calculators.tally import Part, tally_score
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="findrisc", version="2003",
    title=T("FINDRISC, risk of type 2 diabetes", "FINDRISC 2 型糖尿病风险评分"),
    summary=T("Risk of type 2 diabetes in 10 years.", "10 年内患 2 型糖尿病的风险。"),
    population=T("Adults without diabetes", "无糖尿病的成人"),
    reference="Lindstrom J, Tuomilehto J. Diabetes Care 2003;26:725-31",
    specialties=("endocrinology", "general_practice"),
    keywords=("diabetes", "screening", "prediabetes", "糖尿病", "筛查", "糖尿病前期"), is_prognosis=True,
    out_of_scope=(T("Not with known diabetes", "已患糖尿病者不适用"),),
    cautions=(
        T("Made in Finland; limits of waist and BMI differ in Asia", "源于芬兰；亚洲人的腰围与 BMI 切点不同"),
    ),
)
FAMILY: Final = {"none": 0.0, "second_degree": 3.0, "first_degree": 5.0}
WAIST: Final = {"male": (94.0, 102.0), "female": (80.0, 88.0)}
FEATURES: Final = (
    number("age", valid=(18, 120), look_back=None), choice("sex"), number("bmi", derive="bmi"),
    number("waist", look_back=365, required=False),
    yes("active_30_minutes", T("At least 30 minutes of activity a day", "每天体力活动 ≥30 分钟")),
    yes("vegetables_fruit_daily", T("Vegetables or fruit every day", "每天吃蔬菜或水果")),
    v.optional(v.TREATED),
    yes("high_glucose_ever", T("High blood glucose found ever (check-up, illness, pregnancy)",
                               "曾发现血糖升高（体检、患病或妊娠时）")),
    choice(
        "diabetes_in_family", T("Diabetes in the family", "糖尿病家族史"),
        {
            "none": T("None", "无"),
            "second_degree": T("Grandparent, aunt, uncle or cousin", "祖父母、叔伯姑舅姨或堂表亲"),
            "first_degree": T("Parent, brother, sister or child", "父母、兄弟姐妹或子女"),
        },
        required=False, synonyms={"no": "none", "first": "first_degree", "second": "second_degree"},
    ),
)


def _age(values: Values) -> float:
    age = values["age"]
    return 0.0 if age < 45 else 2.0 if age < 55 else 3.0 if age < 65 else 4.0


def _bmi(values: Values) -> float:
    return 0.0 if values["bmi"] < 25.0 else 1.0 if values["bmi"] <= 30.0 else 3.0


def _waist(values: Values) -> float:
    first, last = WAIST[values["sex"]]
    return 0.0 if values["waist"] < first else 3.0 if values["waist"] <= last else 4.0


def _unless(name: str, title: T, points: float) -> Part:
    return Part(title, (name,), lambda values: 0.0 if values[name] else points, 0.0, points)


def _if(name: str, title: T, points: float) -> Part:
    return Part(title, (name,), lambda values: points if values[name] else 0.0, 0.0, points)


PARTS: Final = (
    Part(T("Age", "年龄"), ("age",), _age, 0.0, 4.0),
    Part(T("Body mass index", "体质指数"), ("bmi",), _bmi, 0.0, 3.0),
    Part(T("Waist", "腰围"), ("waist", "sex"), _waist, 0.0, 4.0),
    _unless("active_30_minutes", T("Activity", "体力活动"), 2.0),
    _unless("vegetables_fruit_daily", T("Vegetables or fruit", "蔬菜水果"), 1.0),
    _if("blood_pressure_treated", T("Medicine for blood pressure", "降压药"), 2.0),
    _if("high_glucose_ever", T("High glucose ever", "曾有高血糖"), 5.0),
    Part(T("Family", "家族史"), ("diabetes_in_family",), lambda values: FAMILY[values["diabetes_in_family"]],
         0.0, 5.0),
)


def _band(name: str, low: float, high: float, share: int) -> Band:
    title = T(f"About {share} % had diabetes in 10 years", f"10 年内约 {share}% 患病")
    return Band(name, low, high, title, share / 100.0)


BANDS: Final = (
    _band("low", -math.inf, 6.0, 1), _band("slightly_elevated", 7.0, 11.0, 4),
    _band("moderate", 12.0, 14.0, 17), _band("high", 15.0, 20.0, 33), _band("very_high", 21.0, math.inf, 50),
)
EXAMPLES: Final = (
    Example(
        {"sex": "male", "age": 56, "bmi": 29, "waist": 104, "active_30_minutes": False,
         "vegetables_fruit_daily": True, "blood_pressure_treated": True, "high_glucose_ever": False,
         "diabetes_in_family": "first_degree"},
        17.0, "score table findrisc: 3 + 1 + 4 + 2 + 0 + 2 + 0 + 5", category="high", extra={"risk": 0.33},
    ),
    Example(
        {"sex": "female", "age": 44, "bmi": 30, "waist": 88, "active_30_minutes": True,
         "vegetables_fruit_daily": True, "blood_pressure_treated": False, "high_glucose_ever": False,
         "diabetes_in_family": "none"},
        4.0, "score table findrisc: BMI 30 and waist 88 on the limit count below", category="low",
    ),
)
CALCULATOR = tally_score(ABOUT, FEATURES, PARTS, BANDS, EXAMPLES, gates=(v.DIABETIC,))
