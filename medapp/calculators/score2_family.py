"""What SCORE2, SCORE2-OP and SCORE2-Diabetes share: the sum of terms, the risk, its fit to a European region.

Uncalibrated risk = 1 - s0^exp(sum - mean); calibrated = 1 - exp(-exp(scale1 + scale2 x ln(-ln(1 -
uncalibrated)))), the scales by region and sex. Values are centred; a name beginning `age_x_` is the product
of two centred values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from medapp.calculators import vascular as v
from medapp.calculators.declare import Output, T
from medapp.calculators.measured import shown
from medapp.calculators.worked import Band, Step, Worked, band_of

Scales = Mapping[str, Mapping[str, tuple[float, float]]]

SCALES: Final[Scales] = {
    "low": {"male": (-0.5699, 0.7476), "female": (-0.738, 0.7019)},
    "moderate": {"male": (-0.1565, 0.8009), "female": (-0.3143, 0.7701)},
    "high": {"male": (0.3207, 0.936), "female": (0.571, 0.9369)},
    "very_high": {"male": (0.5836, 0.8294), "female": (0.9412, 0.8329)},
}
"""(scale1, scale2) of SCORE2 and SCORE2-Diabetes, as published."""

OUTPUTS: Final = (
    Output("risk_10_years", T("Risk in 10 years", "10 年风险"), "%", decimals=1, low=0.0, high=100.0),
)
UNCALIBRATED: Final = T("Risk before the region", "未按地区校准的风险")
SUMMARY: Final = T("Risk of a first heart attack or stroke in 10 years.", "10 年内首次心肌梗死或卒中的风险。")


def esc_bands(high: float, very_high: float) -> tuple[Band, ...]:
    """The three classes of the ESC 2021, by their limits for an age."""
    return v.risk_bands((
        ("low_moderate", 0.0, T(f"Low to moderate: below {high:g} %", f"低至中危：<{high:g}%")),
        ("high", high, T(f"High: from {high:g} %", f"高危：{high:g}% 至 <{very_high:g}%")),
        ("very_high", very_high, T(f"Very high: {very_high:g} % or more", f"极高危：≥{very_high:g}%")),
    ))


def terms(coefficients: Mapping[str, float], centred: Mapping[str, float]) -> list[Step]:
    """One step for each coefficient."""
    return [_term(name, coefficient, centred) for name, coefficient in coefficients.items()]


def _term(name: str, coefficient: float, centred: Mapping[str, float]) -> Step:
    if not name.startswith("age_x_"):
        return v.term(v.TITLES[name], coefficient, f"{shown(centred[name], 4)}", centred[name])
    other = name.removeprefix("age_x_")
    value = centred["age"] * centred[other]
    what = f"{shown(centred['age'], 4)} × {shown(centred[other], 4)}"
    return v.term(v.crossed(other), coefficient, what, value)


def risk(
    steps: list[Step], base: float, scales: tuple[float, float], bands: tuple[Band, ...], mean: float = 0.0,
    cautions: tuple[tuple[str, T], ...] = (),
) -> Worked:
    """The calibrated risk in %, with every step."""
    total = v.total(steps)
    raw = 1.0 - base ** math.exp(total - mean)
    first, second = scales
    inner = math.log(-math.log(base)) + total - mean  # ln(-ln(1 - raw)), also where raw rounds to 1
    value = 100.0 * (1.0 - math.exp(-math.exp(first + second * inner)))
    less = f" − {mean:g}" if mean else ""
    working = f"100 × (1 − exp(−exp({shown(first, 4)} + {second:g} × ln(−ln(1 − {raw:.5f})))))"
    return Worked(
        value,
        (*steps, Step(v.SUM, v.summed(steps), total),
         Step(UNCALIBRATED, f"100 × (1 − {base:g}^exp({shown(total, 4)}{less}))", 100.0 * raw, "%"),
         Step(OUTPUTS[0].title, working, value, "%")),
        band_of(bands, value), extra={"uncalibrated_risk": (100.0 * raw, "%")}, cautions=cautions,
    )
