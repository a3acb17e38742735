"""Values that follow from other values by definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Derivation:
    """A rule: the variables it takes (canonical units) and what it makes of them."""

    components: tuple[str, ...]
    rule: Callable[..., float]


def _bmi(height: float, weight: float) -> float:
    """Quetelet's index in kg/m2 from cm and kg."""
    return weight / (height / 100.0) ** 2


def _pulse_pressure(systolic: float, diastolic: float) -> float:
    return systolic - diastolic


def _mean_arterial_pressure(systolic: float, diastolic: float) -> float:
    """Diastolic plus a third of the pulse pressure, mm[Hg]."""
    return diastolic + (systolic - diastolic) / 3.0


def _non_hdl(total: float, hdl: float) -> float:
    return total - hdl


def _free_thyroxine_index(total_t4: float, uptake: float) -> float:
    """Total thyroxine, nmol/L, over its uptake ratio (more binding, less of it free)."""
    return total_t4 / uptake


DERIVATIONS: Final[Mapping[str, Derivation]] = {
    "bmi": Derivation(("height", "weight"), _bmi),
    "pulse_pressure": Derivation(("systolic_bp", "diastolic_bp"), _pulse_pressure),
    "mean_arterial_pressure": Derivation(("systolic_bp", "diastolic_bp"), _mean_arterial_pressure),
    "free_thyroxine_index": Derivation(("total_t4", "t4_uptake"), _free_thyroxine_index),
    "non_hdl": Derivation(("cholesterol_total", "hdl"), _non_hdl),
}
"""What a card may name under `derive`; the rules work on numbers and on numpy arrays alike."""

PATIENT_VARIABLES: Final = ("age", "sex")
"""Read from the patient when the record has no observation of them."""

ORDERED: Final = (("diastolic_bp", "systolic_bp"), ("hdl", "cholesterol_total"))
"""Pairs of which the first is always the smaller: the other way round, one of them is wrong."""
