"""Values in the units that a published equation is written in.

Calculators are given canonical units; the factors are those of the one table of units, so that 1.0 mg/dL
typed is 1.0 mg/dL in the equation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medapp.terminology.units import conversion


def in_unit(values: Mapping[str, Any], name: str, unit: str) -> float:
    """The input `name` in `unit` (UCUM); rounded to 10 digits, fewer than on the way there."""
    return float(f"{conversion(name, unit).from_canonical(values[name]):.10g}")


def shown(value: float, decimals: int) -> str:
    """A number of the working, with a real minus."""
    return f"{value:.{decimals}f}".replace("-", "−")
