"""Bishop score: readiness of the cervix for induction of labour.

Dilation [cm] none 0, 1-2 1, 3-4 2, 5 or more 3; effacement [%] below 40 0, from 40 1, from 60 2, from 80 3;
station -3 0, -2 1, -1 or 0 2, +1 or +2 3; consistency firm 0, medium 1, soft 2; position posterior 0, middle
1, anterior 2. 0 to 13; unfavourable to 5, favourable from 8. Numbers: score table bishop (medical-calc-mcp)
and open-medicine 0.12.0 agree, the bands too.
Bishop EH. Obstet Gynecol 1964;24:266-8.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.declare import DAY, About, Example, T, choice, number
from medapp.calculators.points import from_bands, of_choice, point_score
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="bishop", version="1964",
    title=T("Bishop score, cervix before induction", "Bishop 宫颈成熟度评分"),
    summary=T("Readiness of the cervix for induction of labour.", "引产前宫颈成熟度。"),
    population=T("Pregnant at or near term, head down", "足月或近足月头位孕妇"),
    reference="Bishop EH. Obstet Gynecol 1964;24:266-8",
    specialties=("obstetrics",),
    keywords=("Bishop", "induction", "cervix", "labour", "引产", "宫颈", "分娩"),
)
_LOWEST: Final = float("-inf")
ITEMS: Final = (
    from_bands(
        number("cervical_dilation", T("Dilation of the cervix", "宫口扩张"), required=False, unit="cm",
               possible=(0.0, 10.0), look_back=DAY),
        ((_LOWEST, 0.0), (1.0, 1.0), (3.0, 2.0), (5.0, 3.0)),
    ),
    from_bands(
        number("cervical_effacement", T("Effacement of the cervix", "宫颈管消退"), required=False, unit="%",
               possible=(0.0, 100.0), look_back=DAY),
        ((_LOWEST, 0.0), (40.0, 1.0), (60.0, 2.0), (80.0, 3.0)),
    ),
    from_bands(
        number("fetal_station", T("Station of the head, −3 to +2", "胎头位置（−3 至 +2）"), required=False,
               possible=(-5.0, 5.0), valid=(-3.0, 2.0), look_back=DAY, whole=True),
        ((_LOWEST, 0.0), (-2.0, 1.0), (-1.0, 2.0), (1.0, 3.0)),
    ),
    of_choice(
        choice("cervical_consistency", T("Consistency", "宫颈硬度"),
               {"firm": T("Firm", "硬"), "medium": T("Medium", "中"), "soft": T("Soft", "软")},
               required=False, look_back=DAY),
        {"firm": 0.0, "medium": 1.0, "soft": 2.0},
    ),
    of_choice(
        choice("cervical_position", T("Position", "宫口位置"),
               {"posterior": T("Posterior", "朝后"), "middle": T("Middle", "居中"), "anterior": T("Anterior",
                                                                                              "朝前")},
               required=False, look_back=DAY,
               synonyms={"mid": "middle", "mid-position": "middle", "midposition": "middle"}),
        {"posterior": 0.0, "middle": 1.0, "anterior": 2.0},
    ),
)
BANDS: Final = (
    Band("unfavourable", 0.0, 5.0, T("Unfavourable", "宫颈不成熟")),
    Band("intermediate", 6.0, 7.0, T("Between", "介于两者之间")),
    Band("favourable", 8.0, 13.0, T("Favourable for induction", "成熟，适合引产")),
)
EXAMPLES: Final = (
    Example(
        {
            "cervical_dilation": 3, "cervical_effacement": 60, "fetal_station": -1,
            "cervical_consistency": "soft", "cervical_position": "mid",
        },
        9.0, "score table bishop: 2 + 2 + 2 + 2 + 1", category="favourable",
    ),
    Example(
        {
            "cervical_dilation": 0, "cervical_effacement": 30, "fetal_station": -3,
            "cervical_consistency": "firm", "cervical_position": "posterior",
        },
        0.0, "open-medicine 0.12.0: the least of every item", category="unfavourable",
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES)
