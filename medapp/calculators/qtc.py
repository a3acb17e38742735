"""QT interval corrected for the heart rate, five formulas.

RR = 60 / rate, in seconds; QT in ms. Bazett QT / RR^(1/2); Fridericia QT / RR^(1/3); Framingham
QT + 154 x (1 - RR); Hodges QT + 1.75 x (rate - 60); Rautaharju QT x (120 + rate) / 180. The one asked for is
the answer (Fridericia where none is), all five stand beside it. Adults in sinus rhythm with narrow QRS, best
between 60 and 100 a minute. Prolonged above 450 ms (men) or 460 ms (women), dangerous from 500 ms.
Bazett HC. Heart 1920;7:353-70. Fridericia LS. Acta Med Scand 1920;53:469-86. Sagie A, Larson MG, Goldberg RJ
et al. Am J Cardiol 1992;70:797-801. Hodges M, Salerno D, Erlien D. J Am Coll Cardiol 1983;1:694. Rautaharju
PM, Mason JW, Akiyama T. Int J Cardiol 2014;174:535-40.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.criteria import ADULT
from medapp.calculators.declare import DAY, About, Example, Output, T, choice, number
from medapp.calculators.worked import Band, Step, Worked, band_of

FORMULAS: Final = {
    "bazett": T("Bazett", "Bazett"), "fridericia": T("Fridericia", "Fridericia"),
    "framingham": T("Framingham", "Framingham"), "hodges": T("Hodges", "Hodges"),
    "rautaharju": T("Rautaharju", "Rautaharju"),
}
LIMITS: Final = {"male": 450.0, "female": 460.0}

ABOUT = About(
    id="qtc", version="1.0",
    title=T("Corrected QT interval (QTc)", "校正 QT 间期（QTc）"),
    summary=T("QT interval as it would be at 60 beats a minute.", "校正到心率 60 次/分的 QT 间期。"),
    population=T("Adults in sinus rhythm with narrow QRS", "窦性心律、QRS 不宽的成人"),
    reference=(
        "Bazett HC. Heart 1920;7:353-70; Fridericia LS. Acta Med Scand 1920;53:469-86; Sagie A et al. "
        "Am J Cardiol 1992;70:797-801; Hodges M et al. J Am Coll Cardiol 1983;1:694; "
        "Rautaharju PM et al. Int J Cardiol 2014;174:535-40"
    ),
    specialties=("cardiology", "emergency", "pharmacy", "psychiatry"),
    keywords=("QT", "QTc", "ECG", "torsades", "Bazett", "心电图", "长 QT", "尖端扭转"),
    cautions=(
        T("QT and rate from one ECG", "QT 与心率须来自同一份心电图"),
        T("Not made for bundle branch block, pacing, atrial fibrillation", "不适用于束支阻滞、起搏或房颤"),
    ),
)
INPUTS = (
    number("qt_interval", look_back=DAY), number("heart_rate", look_back=DAY),
    choice("formula", T("Formula", "公式"), FORMULAS, default="fridericia"), choice("sex", required=False),
    ADULT,
)
DANGEROUS: Final = Band(
    "high_risk", 500.0, math.inf, T("500 ms or more: high risk of arrhythmia", "≥500 ms：心律失常风险高")
)
RATE: Final = (
    "rate",
    T("Rate outside 60 to 100: the formulas drift apart, Bazett most",
      "心率不在 60–100 次/分：各公式差异变大，Bazett 尤甚"),
)
NO_SEX: Final = ("sex_unknown", T("Sex unknown: the limit of 460 ms was taken", "性别未知：按 460 ms 判断"))


def corrected(qt: float, rate: float) -> dict[str, tuple[float, str]]:
    """QTc in ms by each formula, with its working; QT in ms, rate per minute."""
    rr = 60.0 / rate
    return {
        "bazett": (qt / math.sqrt(rr), f"{qt:g} / {rr:.4f}^(1/2)"),
        "fridericia": (qt / rr ** (1.0 / 3.0), f"{qt:g} / {rr:.4f}^(1/3)"),
        "framingham": (qt + 154.0 * (1.0 - rr), f"{qt:g} + 154 × (1 − {rr:.4f})"),
        "hodges": (qt + 1.75 * (rate - 60.0), f"{qt:g} + 1.75 × ({rate:g} − 60)"),
        "rautaharju": (qt * (120.0 + rate) / 180.0, f"{qt:g} × (120 + {rate:g}) / 180"),
    }


def compute(values: Values) -> Worked:
    """QTc in ms by the formula chosen."""
    rate, sex = values["heart_rate"], values.get("sex")
    found = corrected(values["qt_interval"], rate)
    value, working = found[values["formula"]]
    limit = LIMITS.get(sex or "female", 460.0)
    is_outside = not 60.0 <= rate <= 100.0
    return Worked(
        value,
        (Step(T("RR interval", "RR 间期"), f"60 / {rate:g}", 60.0 / rate, "s"),
         Step(OUTPUTS[0].title, working, value, "ms")),
        band_of(_bands(limit), value), extra={name: (qtc, "ms") for name, (qtc, _) in found.items()},
        cautions=(*((RATE,) if is_outside else ()), *((NO_SEX,) if sex is None else ())),
    )


def _bands(limit: float) -> tuple[Band, ...]:
    return (
        Band("normal", -math.inf, limit, T(f"Up to {limit:g} ms: not prolonged", f"≤{limit:g} ms：未延长")),
        Band("prolonged", limit, math.nextafter(500.0, 0.0),
             T(f"Above {limit:g} ms: prolonged", f">{limit:g} ms：延长")),
        DANGEROUS,
    )


OUTPUTS = (Output("qtc", T("QTc", "QTc"), "ms"),)
_CASES: Final = (
    ({"qt_interval": 400, "heart_rate": 84},
     {"bazett": 473, "fridericia": 447, "framingham": 444, "hodges": 442, "rautaharju": 453}),
    ({"qt_interval": 440, "heart_rate": 52},
     {"bazett": 410, "fridericia": 420, "framingham": 416, "hodges": 426, "rautaharju": 420}),
)
EXAMPLES = (
    *(
        Example({**given, "formula": name}, value, f"score table qtc, {name}", 0.5)
        for given, answers in _CASES for name, value in answers.items()
    ),
    Example(
        {"qt_interval": 373, "heart_rate": 161, "sex": "male", "formula": "fridericia"}, 518.323,
        "medcalc-dev, one-shot case of calculator 56", 0.05, category="high_risk",
    ),
    Example(
        {"qt_interval": 405, "heart_rate": 87, "sex": "male", "formula": "framingham"}, 452.792,
        "medcalc-dev, one-shot case of calculator 57", 0.05, category="prolonged",
    ),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
