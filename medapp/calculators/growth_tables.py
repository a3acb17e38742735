"""WHO's child growth standards as numbers: LMS by day or centimetre, z-scores, centiles, curves.

z = ((y / M)^L - 1) / (L S); beyond 3 either way WHO goes on in steps of the distance from 2 to 3 SD, so that
weights far out are not pressed together: z = 3 + (y - SD3) / (SD3 - SD2), below likewise. Where L is 1 that
is the same number, so it serves lengths and heads too. Between two rows of a table by length L, M and S are
interpolated, as WHO's own program does.
WHO Child Growth Standards: methods and development. Geneva 2006, chapter 7; 2007 (circumferences, skinfolds).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any, Final

from medapp import paths

CENTILES: Final = (3.0, 15.0, 50.0, 85.0, 97.0)
"""The lines of WHO's charts."""

_NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class Lms:
    """Skewness, median and spread of a measure at one age or length."""

    skew: float
    median: float
    spread: float

    def at(self, z: float) -> float:
        """The value at a plain z-score (without the adjustment beyond 3)."""
        if abs(self.skew) < 1e-12:
            return self.median * math.exp(self.spread * z)
        return float(self.median * (1.0 + self.skew * self.spread * z) ** (1.0 / self.skew))

    def z(self, value: float) -> float:
        """The z-score of a value above 0, with WHO's adjustment beyond 3."""
        ratio = value / self.median
        if abs(self.skew) < 1e-12:
            plain = math.log(ratio) / self.spread
        else:
            plain = (ratio**self.skew - 1.0) / (self.skew * self.spread)
        if plain > 3.0:
            return 3.0 + (value - self.at(3.0)) / (self.at(3.0) - self.at(2.0))
        if plain < -3.0:
            return -3.0 + (value - self.at(-3.0)) / (self.at(-2.0) - self.at(-3.0))
        return plain


@lru_cache(maxsize=16)
def _table(measure: str) -> dict[str, Any]:
    path = paths.knowledge_dir() / "who_growth" / f"{measure}.json"
    table: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return table


def limits(measure: str) -> tuple[float, float]:
    """First and last day or centimetre of a measure."""
    table = _table(measure)
    return table["first"], round(table["first"] + (table["rows"] - 1) * table["step"], 6)


def lms(measure: str, sex: str, place: float) -> Lms | None:
    """The numbers at a whole day, or at a length in cm; None outside the table."""
    table = _table(measure)
    first, last = limits(measure)
    if not first <= place <= last:
        return None
    steps = (place - first) / table["step"]
    low = min(math.floor(steps + 1e-6), table["rows"] - 1)
    high, share = min(low + 1, table["rows"] - 1), max(steps - low, 0.0)
    share = 0.0 if share < 1e-6 else share
    skew, median, spread = (
        (1.0 - share) * table[sex][column][low] + share * table[sex][column][high] for column in "lms"
    )
    return Lms(skew, median, spread)


def centile(z: float) -> float:
    """Per cent of the standard's children below a z-score."""
    return 100.0 * _NORMAL.cdf(z)


def curve(measure: str, sex: str, percent: float, points: int = 120) -> tuple[tuple[float, float], ...]:
    """(day or cm, value) along one centile line, first and last row included."""
    first, last = limits(measure)
    step, z = _table(measure)["step"], _NORMAL.inv_cdf(percent / 100.0)
    rows = int(_table(measure)["rows"])
    indices = sorted({round(i * (rows - 1) / (points - 1)) for i in range(points)})
    places = [min(first + index * step, last) for index in indices]
    found = ((place, lms(measure, sex, place)) for place in places)
    return tuple((place, one.at(z)) for place, one in found if one is not None)
