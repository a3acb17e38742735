"""One verb: a record and inputs go in, an Assessment comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from medapp import __version__
from medapp.assess.card import Card
from medapp.assess.errors import WrongInputFile
from medapp.domain.assessment import (
    Assessment,
    AssessorRef,
    InputUsed,
    MissingInput,
    Provenance,
    Reason,
    ReasonCode,
    Status,
    Value,
)
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord

APP = f"MedApp {__version__}"


@dataclass(frozen=True, slots=True)
class Given:
    """An input's value given beside the record; without a unit it is canonical.

    `date` is when it was true (ISO 8601), by default the moment of the assessment.
    """

    value: Value
    unit: str | None = None
    date: Moment | None = None


@runtime_checkable
class Assessor(Protocol):
    """Whatever gives clinical advice: a model, a score, a check, a recommender, a forecaster."""

    @property
    def card(self) -> Card: ...

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        """The answer at `record.at`. Never raises for what the record or the inputs hold."""
        ...


@runtime_checkable
class TableAssessor(Assessor, Protocol):
    """An assessor that also answers for whole columns at once."""

    def predict_table(self, columns: Mapping[str, Any], **options: Any) -> Any: ...


def read_given(document: Mapping[str, Any]) -> dict[str, Given]:
    """The inputs of an input file (CLI.md): null and absent are unknown.

    Raises WrongInputFile for a shape that is neither a value nor value, unit and date.
    """
    if not isinstance(document, Mapping):
        raise WrongInputFile(where="$")
    given = {}
    for name, item in document.items():
        one = _given(name, item)
        if one.value is not None:
            given[name] = one
    return given


def _given(name: str, item: Any) -> Given:
    if isinstance(item, list):
        raise WrongInputFile(where=name)
    if not isinstance(item, Mapping):
        return Given(item)
    value, unit, date = item.get("value"), item.get("unit"), item.get("date")
    is_plain = not isinstance(value, (list, Mapping)) and isinstance(unit, str | None)
    if not is_plain or set(item) - {"value", "unit", "date"}:
        raise WrongInputFile(where=name)
    try:
        return Given(value, unit, None if date is None else Moment.parse(date))
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongInputFile(where=f"{name}.date") from error


def reference(card: Card) -> AssessorRef:
    return AssessorRef(card.id, card.version, card.kind)


def not_calculated(
    card: Card,
    record: PatientRecord,
    status: Status,
    code: ReasonCode,
    text: Mapping[str, str],
    *,
    names: tuple[str, ...] = (),
    inputs: tuple[InputUsed, ...] = (),
    missing: tuple[MissingInput, ...] = (),
) -> Assessment:
    """An assessment without a number, of the same rank as one with it."""
    return Assessment(
        assessor=reference(card),
        at=record.at.isoformat(),
        status=status,
        provenance=Provenance(APP, card.graph.sha256 if card.graph else None),
        patient=record.patient.mrn if record.patient else None,
        reason=Reason(code, names, text),
        inputs=inputs,
        missing=missing,
    )
