"""CRB-65: severity of community-acquired pneumonia without a laboratory, one point each.

New confusion; respiratory rate from 30/min; systolic pressure below 90 or diastolic up to 60 mm Hg; age from
65. The items are those of CURB-65 without urea (score table curb65; the package open-medicine 0.12.0
agrees). No band and no risk is given: they stand in the score table from memory, and one package alone has
other figures. Lim WS, van der Eerden MM, Laing R et al. Thorax 2003;58:377-82. Bauer TT, Ewig S, Marre R et
al. J Intern Med 2006;260:93-101.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.criteria import criteria_score
from medapp.calculators.curb65 import AGE, BREATHS, CONFUSION, OF_CRB, PRESSURES
from medapp.calculators.declare import About, Example, T

ABOUT: Final = About(
    id="crb65", version="2003",
    title=T("CRB-65, pneumonia", "CRB-65（肺炎严重度，无需化验）"),
    summary=T("Severity of pneumonia where no blood is taken.", "无血液检查时的肺炎严重度。"),
    population=T("Adults with community-acquired pneumonia", "社区获得性肺炎成人"),
    reference=(
        "Lim WS, van der Eerden MM, Laing R et al. Thorax 2003;58:377-82; "
        "Bauer TT, Ewig S, Marre R et al. J Intern Med 2006;260:93-101"
    ),
    specialties=("general_practice", "respiratory", "emergency"),
    keywords=("pneumonia", "CAP", "primary care", "肺炎", "社区获得性肺炎", "基层"), is_prognosis=True,
    cautions=(
        T("Points only: no risk is confirmed for its bands", "仅给出分值：各分段风险未获两处来源确认"),
    ),
)
_CASE: Final = {
    "confusion": False, "respiratory_rate": 32, "systolic_bp": 120, "diastolic_bp": 75, "age": 71,
}
EXAMPLES: Final = (
    Example(_CASE, 2.0, "score table crb65"),
    Example({**_CASE, "confusion": True, "age": 64, "diastolic_bp": 61}, 2.0, "arithmetic: 1 + 1 + 0 + 0"),
)
CALCULATOR = criteria_score(ABOUT, (CONFUSION, BREATHS, *PRESSURES, AGE), OF_CRB, EXAMPLES)
