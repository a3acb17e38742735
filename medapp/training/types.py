"""The array types that the training modules pass to each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

Progress = Callable[[str, float], None]
"""Told the name of the step and the share done, 0 to 1."""


def no_progress(step: str, share: float) -> None:
    """Tell nobody."""
