"""qSOFA: suspected infection at risk of a bad course, one point each.

Respiratory rate from 22/min, systolic pressure up to 100 mm Hg, consciousness altered (coma scale below 15).
Positive from 2 points on. A prompt to look for failing organs, no diagnosis of sepsis.
Numbers: no score table; the packages clincalc 0.4.0, open-medicine 0.12.0 and vitalscore 0.1.1 agree.
Seymour CW, Liu VX, Iwashyna TJ et al. JAMA 2016;315:762-74. Singer M, Deutschman CS, Seymour CW et al. JAMA
2016;315:801-10.
"""

from __future__ import annotations

from typing import Final

from medapp.calculators.calculator import Values
from medapp.calculators.criteria import ADULT, Criterion, Limits, criteria_score, met
from medapp.calculators.declare import DAY, About, Example, T, number, yes
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="qsofa", version="2016",
    title=T("qSOFA", "qSOFA（快速序贯器官衰竭评分）"),
    summary=T("Suspected infection: risk of a bad course.", "疑似感染者不良结局风险。"),
    population=T("Adults with suspected infection", "疑似感染的成人"),
    reference=(
        "Seymour CW, Liu VX, Iwashyna TJ et al. JAMA 2016;315:762-74; "
        "Singer M, Deutschman CS, Seymour CW et al. JAMA 2016;315:801-10"
    ),
    specialties=("emergency", "intensive_care"),
    keywords=("sepsis", "infection", "脓毒症", "感染"), is_prognosis=True,
    cautions=(T("Not to be used alone to look for sepsis", "不宜单独用于脓毒症筛查"),),
)
BREATHS: Final = number("respiratory_rate", look_back=DAY, required=False)
PRESSURE: Final = number("systolic_bp", look_back=DAY, required=False)
ALTERED: Final = yes("altered_mentation", T("Consciousness altered", "意识改变"))
COMA: Final = number("gcs", look_back=DAY, required=False)


def altered(values: Values) -> Limits:
    """By the answer or by the coma scale, whichever is known; either says yes."""
    known = [bool(values[ALTERED.name])] if ALTERED.name in values else []
    known += [values[COMA.name] < 15.0] if COMA.name in values else []
    points = float(any(known))
    return (points, points) if known else (0.0, 1.0)


CRITERIA: Final = (
    met(BREATHS, lambda rate: rate >= 22.0),
    met(PRESSURE, lambda pressure: pressure <= 100.0),
    Criterion(T("Consciousness altered (coma scale below 15)", "意识改变（GCS＜15）"),
              (ALTERED.name, COMA.name), altered),
)
BANDS: Final = (
    Band("negative", 0.0, 1.0, T("Below the limit: does not exclude sepsis", "未达界值：不能排除脓毒症")),
    Band("positive", 2.0, 3.0, T("Look for failing organs, watch closely", "评估器官功能并密切监测")),
)
EXAMPLES: Final = (
    Example(
        {"respiratory_rate": 24, "systolic_bp": 100, "altered_mentation": False}, 2.0,
        "computed with the packages clincalc 0.4.0 and open-medicine 0.12.0", category="positive",
    ),
    Example(
        {"respiratory_rate": 21, "systolic_bp": 101, "gcs": 14}, 1.0,
        "computed with the packages clincalc 0.4.0 and open-medicine 0.12.0", category="negative",
    ),
)
CALCULATOR = criteria_score(ABOUT, (BREATHS, PRESSURE, ALTERED, COMA, ADULT), CRITERIA, EXAMPLES, bands=BANDS)
