"""Many rows at once: the bare number where everything is plain, the whole way where it is not.

A row is plain when each input is a number in its canonical unit, a truth value or a choice's own id,
within the possible and the valid range, nothing required is missing and nothing has to be derived. Any
other row is assessed as a single one would be, so that both ways give the same answer (tested).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from medapp.assess.assessor import read_given
from medapp.assess.card import Feature
from medapp.assess.derivations import DERIVATIONS, ORDERED
from medapp.assess.errors import WrongInputFile
from medapp.assess.gathering.encode import is_within
from medapp.assess.inputs import InputSpec
from medapp.calculators.calculator import Calculator
from medapp.calculators.worked import Answer
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord


class Brief(NamedTuple):
    """One row's answer: its status, the value and unit of a final one, the reason's code of another."""

    row: int
    status: str
    value: Answer | None
    unit: str | None
    reason: str | None


def brief(calculator: Calculator, rows: Iterable[Mapping[str, Any]], at: Moment) -> Iterator[Brief]:
    """One answer a row, in order."""
    check = _Plain(calculator)
    blank, unit = PatientRecord(at), calculator.outputs[0].unit
    for number, row in enumerate(rows):
        values = check.values(row)
        worked = None if values is None else calculator.value_of(values)
        if worked is not None:
            yield Brief(number, "final", worked.value, unit, None)
        else:
            yield _slowly(calculator, number, row, blank)


def _slowly(calculator: Calculator, number: int, row: Mapping[str, Any], blank: PatientRecord) -> Brief:
    try:
        answer = calculator.assess(blank, read_given(row))
    except WrongInputFile:
        return Brief(number, "refused", None, None, "error")
    outcome, reason = answer.outcome, answer.reason
    is_final = outcome is not None and answer.status == "final"
    value: Any = outcome.value if outcome is not None and is_final else None
    unit = outcome.unit if outcome is not None and is_final else None
    return Brief(number, str(answer.status), value, unit, None if reason is None else str(reason.code))


class _Plain:
    """Tells the rows that need no more than the equation."""

    def __init__(self, calculator: Calculator) -> None:
        specs = calculator.encoder.specs
        self._features = {f.name: (f, specs[f.name]) for f in calculator.inputs}
        names = {f.name for f in calculator.inputs}
        self._derived = {f.name: set(DERIVATIONS[f.derive].components) for f in calculator.inputs if f.derive}
        may_lack = calculator.extremes is None
        self._needed = {
            f.name for f in calculator.inputs
            if f.default is None and (f.required or not (may_lack or f.condition is not None))
        }
        self._ordered = [pair for pair in ORDERED if set(pair) <= names]

    def values(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row as the equation takes it; None when it must go the whole way."""
        taken: dict[str, Any] = {}
        for name, value in row.items():
            if value is None:
                continue
            known = self._features.get(name)
            plain = None if known is None else _plain(*known, value)
            if plain is None:
                return None
            taken[name] = plain
        if not taken.keys() >= self._needed or self._would_derive(taken):
            return None
        if any(s in taken and g in taken and taken[s] >= taken[g] for s, g in self._ordered):
            return None
        return taken

    def _would_derive(self, taken: Mapping[str, Any]) -> bool:
        """Whether a value follows from others of the row; given plainly it stands as given."""
        return any(name not in taken and parts <= taken.keys() for name, parts in self._derived.items())


def _plain(feature: Feature, spec: InputSpec, value: Any) -> Any:
    if spec.kind == "boolean":
        return value if isinstance(value, bool) and is_within(feature, float(value)) else None
    if spec.kind == "choice":
        allowed = feature.choices or tuple(choice.id for choice in spec.choices)
        return value if isinstance(value, str) and value in allowed else None
    if spec.kind not in ("number", "integer") or isinstance(value, bool):
        return None
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    if spec.kind == "integer" and value != int(value):
        return None
    number = float(value)
    if spec.possible is not None and not spec.possible[0] <= number <= spec.possible[1]:
        return None
    return number if is_within(feature, number) else None
