"""GRACE risk score of 2003: death in hospital with an acute coronary syndrome, by points.

Killip class, systolic pressure [mmHg], heart rate, age, creatinine [mg/dL], arrest at admission 39, ST
deviation 28, raised enzymes 14. The bands are those printed: a limit begins a band (age 60 to 69, rate 70 to
89), but one printed with "up to" (age 30, rate 50, pressure 80 mmHg) ends one. Two limits are read as the
paper's examples read them, against its labels: 100 mmHg gives 53 and 0.4 mg/dL 1 point. 4.0 mg/dL, printed
in no band, goes to the last. The share who died is interpolated between the tens of points.
Of one example (195 points) the paper prints 196. Low up to 108, high above 140 points (without ST
elevation); low up to 125, high from 155 (with). Not GRACE 2.0, nor the model of six months. Numbers: score
table grace_2003. Granger CB, Goldberg RJ, Dabbous O et al. Arch Intern Med 2003;163:2345-53.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

from medapp.assess.card import Feature
from medapp.calculators.calculator import Values
from medapp.calculators.declare import DAY, About, Example, T, choice, number, yes
from medapp.calculators.points import Item, of_choice, point_score, when
from medapp.calculators.vascular import mg

ABOUT: Final = About(
    id="grace_2003", version="2003",
    title=T("GRACE score 2003, death in hospital", "GRACE 评分（2003，院内死亡）"),
    summary=T("Death in hospital with an acute coronary syndrome.", "急性冠脉综合征患者的院内死亡风险。"),
    population=T("Adults with an acute coronary syndrome, at admission", "入院时的急性冠脉综合征成人"),
    reference="Granger CB, Goldberg RJ, Dabbous O et al. Arch Intern Med 2003;163:2345-53",
    specialties=("cardiology", "emergency"),
    keywords=("GRACE", "ACS", "STEMI", "NSTEMI", "急性冠脉综合征", "心肌梗死", "院内死亡"), is_prognosis=True,
    cautions=(
        T("By points of 2003; GRACE 2.0 gives other numbers", "为 2003 年计分版，与 GRACE 2.0 结果不同"),
        T("100 mmHg and 0.4 mg/dL count as in the paper's examples, one band below its table",
          "收缩压 100 mmHg 与肌酐 0.4 mg/dL 按原文示例计分，较其表格低一档"),
    ),
)
END: Final = math.inf


def _before(limit: float) -> float:
    """The last value of a band that ends just before the next one's first."""
    return math.nextafter(limit, -math.inf)


PRESSURE: Final = (
    (80.0, 58), (100.0, 53), (_before(120.0), 43), (_before(140.0), 34), (_before(160.0), 24),
    (_before(200.0), 10), (END, 0),
)
RATE: Final = (
    (50.0, 0), (_before(70.0), 3), (_before(90.0), 9), (_before(110.0), 15), (_before(150.0), 24),
    (_before(200.0), 38), (END, 46),
)
AGE: Final = ((30, 0), (39, 8), (49, 25), (59, 41), (69, 58), (79, 75), (89, 91), (END, 100))
CREATININE: Final = (
    (0.4, 1), (_before(0.8), 4), (_before(1.2), 7), (_before(1.6), 10), (_before(2.0), 13),
    (_before(4.0), 21), (END, 28),
)
DEATHS: Final = (
    (60, 0.2), (70, 0.3), (80, 0.4), (90, 0.6), (100, 0.8), (110, 1.1), (120, 1.6), (130, 2.1), (140, 2.9),
    (150, 3.9), (160, 5.4), (170, 7.3), (180, 9.8), (190, 13.0), (200, 18.0), (210, 23.0), (220, 29.0),
    (230, 36.0), (240, 44.0), (250, 52.0),
)


def up_to(
    feature: Feature, bands: Sequence[tuple[float, int]], taken: Callable[[Any], float] = float
) -> Item:
    """Points by (last value, points) of each band, rising."""
    given = [float(points) for _, points in bands]

    def points(value: Any) -> float:
        return next(float(won) for limit, won in bands if taken(value) <= limit)

    return Item(feature, points, min(given), max(given))


def _milligrams(value: float) -> float:
    return mg({"creatinine": value}, "creatinine")


KILLIP: Final = choice(
    "killip_class", T("Killip class", "Killip 分级"),
    {
        "I": T("I: no heart failure", "I 级：无心衰"), "II": T("II: rales", "II 级：肺部啰音"),
        "III": T("III: pulmonary oedema", "III 级：肺水肿"), "IV": T("IV: shock", "IV 级：心源性休克"),
    },
    synonyms={"1": "I", "2": "II", "3": "III", "4": "IV", "i": "I", "ii": "II", "iii": "III", "iv": "IV"},
    look_back=DAY,
)
ITEMS: Final = (
    of_choice(KILLIP, {"I": 0.0, "II": 20.0, "III": 39.0, "IV": 59.0}),
    up_to(number("systolic_bp", look_back=DAY), PRESSURE),
    up_to(number("heart_rate", look_back=DAY), RATE),
    up_to(number("age", valid=(18, 120), look_back=None), AGE, math.floor),
    up_to(number("creatinine", look_back=DAY), CREATININE, _milligrams),
    when(yes("cardiac_arrest", T("Cardiac arrest at admission", "入院时心脏骤停")), 39.0),
    when(yes("st_deviation", T("ST deviation", "ST 段偏移")), 28.0),
    when(yes("cardiac_enzymes_raised", T("Raised cardiac enzymes", "心肌酶升高")), 14.0),
)


def death_percent(points: float) -> float:
    """Share who died in hospital, %: straight between the tens of points."""
    if points <= DEATHS[0][0]:
        return DEATHS[0][1]
    for (low, below), (high, above) in pairwise(DEATHS):
        if points <= high:
            return below + (above - below) * (points - low) / (high - low)
    return DEATHS[-1][1]


def classes(_values: Values, total: float) -> dict[str, tuple[Any, str | None]]:
    """The share who died, and the class with and without ST elevation."""
    without = "low" if total <= 108 else "intermediate" if total <= 140 else "high"
    elevated = "low" if total <= 125 else "intermediate" if total < 155 else "high"
    return {
        "death_in_hospital": (death_percent(total), "%"), "class_without_st_elevation": (without, None),
        "class_with_st_elevation": (elevated, None),
    }


def _case(killip: str, pressure: int, rate: int, age: int, creatinine: float, *yes_to: str) -> dict[str, Any]:
    asked = ("cardiac_arrest", "st_deviation", "cardiac_enzymes_raised")
    return {
        "killip_class": killip, "systolic_bp": pressure, "heart_rate": rate, "age": age,
        "creatinine": {"value": creatinine, "unit": "mg/dL"}, **{name: name in yes_to for name in asked},
    }


EXAMPLES: Final = (
    Example(
        _case("II", 100, 100, 65, 1.0, "st_deviation", "cardiac_enzymes_raised"), 195.0,
        "Granger 2003, first example (prints 196, about 16 %)", extra={"death_in_hospital": 15.5},
    ),
    Example(
        _case("I", 80, 60, 55, 0.4), 103.0, "Granger 2003, second example (about 0.9 %)",
        extra={"death_in_hospital": 0.89, "class_without_st_elevation": "low"},
    ),
    Example(_case("III", 112, 96, 78, 1.7), 185.0, "score table grace_2003"),
)
CALCULATOR = point_score(ABOUT, ITEMS, (), EXAMPLES, extra=classes)
