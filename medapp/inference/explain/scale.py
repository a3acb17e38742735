"""From additive terms to the scale that is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_NEAR: float = 1e-4


def onto_probability(log_odds: Array, base: float, probability: float) -> tuple[float, Array]:
    """Log-odds contributions c_i [k] as shares of p - p0: c_i (p - p0) / (L - L0).

    `base` is L0; returns p0 and the shares, whose sum with p0 is `probability`. In
    the limit L = L0 the factor is p0 (1 - p0). The sum of the c_i is taken for
    L - L0, so that a graph in single precision still sums exactly.
    """
    start = float(1.0 / (1.0 + np.exp(-base)))
    total = float(log_odds.sum())
    factor = (probability - start) / total if abs(total) > _NEAR else start * (1.0 - start)
    return start, log_odds * factor
