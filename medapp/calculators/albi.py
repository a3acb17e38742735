"""ALBI: function of the liver from albumin and bilirubin.

ALBI = 0.66 log10(bilirubin [umol/L]) - 0.085 albumin [g/L]. Grade 1 up to -2.60, 2 up to -1.39, 3 above.
Made in hepatocellular carcinoma. Numbers: score table albi, two sources agree.
Johnson PJ, Berhane S, Kagebayashi C et al. J Clin Oncol 2015;33:550-8.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators import liver
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import About, Example, Output, T, icd10
from medapp.calculators.measured import in_unit, shown
from medapp.calculators.worked import Band, OutOfRange, Step, Worked, band_of

ABOUT = About(
    id="albi", version="2015",
    title=T("ALBI grade, liver function", "ALBI 肝功能分级"),
    summary=T("Function of the liver from two blood tests.", "由白蛋白与胆红素评价肝功能。"),
    population=T("Adults with liver cancer or chronic liver disease", "肝癌或慢性肝病成人"),
    reference="Johnson PJ, Berhane S, Kagebayashi C et al. J Clin Oncol 2015;33:550-8",
    specialties=liver.SPECIALTIES,
    keywords=("ALBI", "hepatocellular carcinoma", "liver", "肝癌", "肝细胞癌", "肝功能"),
    offer="on_problem", offered_for=(*icd10("C220"), *liver.CIRRHOSIS), is_prognosis=True,
)
INPUTS = (liver.BILIRUBIN, liver.ALBUMIN, ADULT)
BANDS: Final = (
    Band("1", -math.inf, -2.60, T("Grade 1: best function", "1 级：肝功能最好")),
    Band("2", math.nextafter(-2.60, 0.0), -1.39, T("Grade 2: between", "2 级：中间")),
    Band("3", math.nextafter(-1.39, 0.0), math.inf, T("Grade 3: poorest function", "3 级：肝功能最差")),
)
NO_BILIRUBIN: Final = T("Bilirubin must be above 0", "胆红素须大于 0")


def compute(values: Values) -> Worked:
    """The score; no unit."""
    bilirubin, albumin = in_unit(values, "bilirubin_total", "umol/L"), in_unit(values, "albumin", "g/L")
    if bilirubin <= 0.0:
        raise OutOfRange(NO_BILIRUBIN, "bilirubin_total")
    score = 0.66 * math.log10(bilirubin) - 0.085 * albumin
    text = f"0.66 × log10({shown(bilirubin, 1)}) − 0.085 × {albumin:g}"
    return Worked(score, (Step(OUTPUTS[0].title, text, score),), band_of(BANDS, score))


OUTPUTS = (Output("albi", T("ALBI", "ALBI 评分"), decimals=2),)
EXAMPLES = (
    Example({"bilirubin_total": 22, "albumin": 34}, -2.0, "score table albi", 0.05, category="2"),
    Example(
        {"bilirubin_total": 10, "albumin": 40}, -2.74, "arithmetic of the equation: 0.66 − 3.40", 1e-9,
        category="1",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES, bands=BANDS)
