"""Numbers with units become canonical values; the way from one to the other is looked up once.

Per (system, code, unit) the variable, factor, offset and limits are kept, so
that a further value of the kind costs one multiplication and two comparisons.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from medapp.errors import KnownError
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.concepts import Known
from medapp.terminology.codesystems import UCUM
from medapp.terminology.units import conversion, normalise_unit
from medapp.terminology.variables import Variable

_INFINITE: Final = math.inf
COMPARATORS: Final = frozenset({"<", "<=", ">=", ">"})


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers of one code and unit are read.

    `is_convertible` is False when the variable is known and the unit is not one of its
    own. Limits are inclusive and in the canonical unit.
    """

    unit: str | None
    unit_sent: str | None
    factor: float = 1.0
    offset: float = 0.0
    is_convertible: bool = True
    plausible: tuple[float, float] = (-_INFINITE, _INFINITE)
    possible: tuple[float, float] = (-_INFINITE, _INFINITE)

    def canonical(self, value: float) -> float:
        """The value in the canonical unit; unchanged, to the last bit, when sent in it."""
        if self.factor == 1.0 and self.offset == 0.0:
            return value
        return value * self.factor + self.offset


_ScaleKey: TypeAlias = tuple[tuple[str, str], str | None, str | None, str | None]


@dataclass(slots=True)
class Scales:
    """The scales met so far in one import."""

    _known: dict[_ScaleKey, Scale] = field(default_factory=dict)

    def scale(self, known: Known, sent: structs.Quantity) -> Scale:
        """The scale for a quantity of a code."""
        key = (known.key, sent.unit, sent.code, sent.system)
        scale = self._known.get(key)
        if scale is None:
            scale = self._known[key] = _scale(known.variable, sent)
        return scale

    def bare(self, known: Known) -> Scale:
        """The scale for a number that was sent without a unit (valueInteger)."""
        return self.scale(known, structs.Quantity())


def _scale(variable: Variable | None, sent: structs.Quantity) -> Scale:
    ucum = sent.code if sent.system in (UCUM, None) else None
    unit_sent = ucum or sent.unit or sent.code
    if variable is None:
        return Scale((normalise_unit(unit_sent) if unit_sent else None) or unit_sent, unit_sent)
    for unit in _candidates(variable, ucum, sent.unit, sent.code):
        try:
            way = conversion(variable.id, unit)
        except KnownError:
            continue
        return Scale(
            variable.unit, unit_sent, way.factor, way.offset,
            plausible=variable.plausible or variable.possible or (-_INFINITE, _INFINITE),
            possible=variable.possible or (-_INFINITE, _INFINITE),
        )  # fmt: skip
    return Scale(None, unit_sent, is_convertible=False)


def _candidates(variable: Variable, *sent: str | None) -> list[str | None]:
    """Units to try: the code, then the words beside it; none at all where the variable has no unit."""
    units = [unit for unit in sent if unit]
    return [*units] if units else ([None] if variable.unit in (None, "1") else [])
