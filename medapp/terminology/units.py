"""Units of measure (UCUM 2.2): spellings as feeds send them, and conversion to a variable's canonical unit.

Every pair (variable, accepted unit) has a tabled factor and offset, compiled from UCUM with the
substance's molar mass by packaging/knowledge/compile_units.py; here only one multiplication is left.
What is not tabled is refused, never guessed: mL/min is not mL/min/1.73 m2, FEU is not DDU.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from medapp.i18n import N_, Words
from medapp.terminology.errors import NotConvertible, UnitMissing, UnknownUnit
from medapp.terminology.tables import table
from medapp.terminology.variables import variable

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_BLANK = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u00a0]+")
_TIMES = re.compile(r"^[x*](?=10)")

_TIME_WORDS = {
    "a": N_("years"), "mo": N_("months"), "wk": N_("weeks"), "d": N_("days"), "h": N_("hours"),
    "min": N_("minutes"),
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """canonical = value x `factor` + `offset`."""

    factor: float
    offset: float = 0.0

    def to_canonical(self, value: float) -> float:
        return value * self.factor + self.offset

    def from_canonical(self, value: float) -> float:
        return (value - self.offset) / self.factor


IDENTITY = Conversion(1.0)


def convert(variable_id: str, value: float, unit: str | None) -> float:
    """`value` in the variable's canonical unit; errors as in `conversion`."""
    return conversion(variable_id, unit).to_canonical(value)


@lru_cache(maxsize=4096)
def conversion(variable_id: str, unit: str | None) -> Conversion:
    """From `unit`, in UCUM or a known spelling, to the variable's canonical unit.

    Raises UnknownVariable, UnitMissing (no unit where one is needed), UnknownUnit (a spelling in
    no table) and NotConvertible (another quantity).
    """
    target = variable(variable_id)
    text = _BLANK.sub("", unit) if unit else ""
    if not text:
        if target.unit is None:
            return IDENTITY
        raise UnitMissing(variable=variable_id, accepted=", ".join(target.accepted_units))
    row = table("units")["conversions"].get(variable_id, {})
    name = text if text in row else normalise_unit(text)
    if name is None:
        raise UnknownUnit(variable=variable_id, unit=text, accepted=", ".join(row) or "-")
    pair = row.get(name)
    if pair is None:
        raise NotConvertible(variable=variable_id, unit=name, accepted=", ".join(row) or "-")
    return Conversion(*pair)


@lru_cache(maxsize=4096)
def normalise_unit(text: str) -> str | None:
    """The UCUM unit that a spelling means, or None: "mmHg" -> "mm[Hg]", "10^9/L" -> "10*9/L"."""
    units = table("units")
    stripped = _BLANK.sub("", text)
    if stripped in units["labels"]:
        return stripped
    if len(stripped) == 1:  # M is not m
        letter: str | None = units["letters"].get(stripped)
        return letter
    found: str | None = units["spellings"].get(spelling_key(stripped))
    return found


def unit_label(unit: str | None, words: Words) -> str:
    """How a reader sees a unit: "umol/L" -> "µmol/L", "a" -> "years"; an untabled unit as it is."""
    if not unit:
        return ""
    if unit in _TIME_WORDS:
        return words(_TIME_WORDS[unit])
    label: str = table("units")["labels"].get(unit, unit)
    return label


def spelling_key(text: str) -> str:
    """What spellings are compared by: no blanks, no case, one micro sign, powers of ten as 10*n."""
    text = _POWER.sub(r"10*\1", text).translate(_SUPERSCRIPTS)
    text = _BLANK.sub("", text)
    text = text.replace("\u00b5", "u").replace("\u03bc", "u").replace("^", "*").replace("×", "x")
    return _TIMES.sub("", text).casefold()
