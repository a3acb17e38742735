"""The answer of an assessor, and the one document that stores, prints and sends it.

The shape is `medapp.assessment/1` of the command line's contract; `as_document`
and `from_document` are exact inverses. An assessment is stored as given: the
document's bytes are what replay renders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

SCHEMA = "medapp.assessment/1"

Value = float | int | bool | str | list[float | None] | None


class Status(StrEnum):
    """Whether there is an answer, and if not, of which kind the refusal is."""

    FINAL = "final"
    INSUFFICIENT_DATA = "insufficient_data"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


class ReasonCode(StrEnum):
    """Why there is no answer."""

    MISSING_INPUT = "missing_input"
    OUT_OF_POPULATION = "out_of_population"
    IMPOSSIBLE_VALUE = "impossible_value"
    UNIT = "unit"
    UNKNOWN_INPUT = "unknown_input"
    UNLIKE_TRAINING = "unlike_training"
    INTEGRITY = "integrity"
    OFF = "off"
    ERROR = "error"


class Source(StrEnum):
    """Where an input's value came from."""

    RECORD = "record"
    GIVEN = "given"
    DERIVED = "derived"
    IMPUTED = "imputed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an assessment is not final; `text` holds both languages."""

    code: ReasonCode
    inputs: tuple[str, ...]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits at a level (0.8 for the 80 % interval), on the outcome's scale."""

    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was computed. `type` is probability, class, quantity, date, range, ranking or curve."""

    type: str
    name: Mapping[str, str]
    value: Value
    unit: str | None = None
    interval: Interval | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    category: str | None = None
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    items: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class InputUsed:
    """One input with its canonical value and unit, what was sent, its date and source."""

    name: str
    value: Value
    unit: str | None = None
    value_sent: Value = None
    unit_sent: str | None = None
    date: str | None = None
    source: Source = Source.RECORD
    flags: tuple[str, ...] = ()  # stale, implausible


@dataclass(frozen=True, slots=True)
class MissingInput:
    """An input that was not found."""

    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """How far one input moved the outcome."""

    input: str
    value: float


@dataclass(frozen=True, slots=True)
class Contributions:
    """`base` + the sum of the items = the outcome on `scale` (tested to 1e-6).

    `of` names the class that is explained.
    """

    scale: str  # probability | log_odds | points
    of: str | None
    base: float
    items: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What the outcome would become if a missing or stale input were low or high."""

    input: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Similar:
    """Among the nearest validation estimates (`n`), how many had the outcome."""

    n: int
    events: int


@dataclass(frozen=True, slots=True)
class ThresholdState:
    """Where the whole interval lies against an operating point."""

    id: str
    value: float
    relation: str  # above | crosses | below


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader must know beside the number; `text` holds both languages."""

    code: str
    input: str | None
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KnowledgeUsed:
    """One dated table that the answer rests on."""

    id: str
    version: str
    date: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The exact program, model and knowledge that gave the answer."""

    app: str
    model_sha256: str | None = None
    knowledge: tuple[KnowledgeUsed, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessorRef:
    """Which assessor answered."""

    id: str
    version: str
    kind: str  # model | score | check | recommender | forecast


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessor's whole answer; see DESIGN section 1 for what it always carries."""

    assessor: AssessorRef
    at: str
    status: Status
    provenance: Provenance
    patient: str | None = None
    row: int | None = None
    reason: Reason | None = None
    outcome: Outcome | None = None
    inputs: tuple[InputUsed, ...] = ()
    missing: tuple[MissingInput, ...] = ()
    contributions: Contributions | None = None
    would_change: tuple[WouldChange, ...] = ()
    similar: Similar | None = None
    typicality: float | None = None
    thresholds: tuple[ThresholdState, ...] = ()
    warnings: tuple[Caution, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """The document of the command line's contract, every key present."""
        return {"schema": SCHEMA, **_plain(self, _ORDER)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Inverse of `as_document`. Raises ValueError for another schema."""
        if document.get("schema") != SCHEMA:
            raise ValueError("not an assessment document of this version")
        built: Self = _build(cls, {k: v for k, v in document.items() if k != "schema"})
        return built


_ORDER = (
    "row", "assessor", "patient", "at", "status", "reason", "outcome", "inputs", "missing",
    "contributions", "would_change", "similar", "typicality", "thresholds", "warnings", "provenance",
)

_NESTED: Mapping[type, Mapping[str, tuple[type, bool]]] = {
    Assessment: {
        "assessor": (AssessorRef, False),
        "reason": (Reason, False),
        "outcome": (Outcome, False),
        "inputs": (InputUsed, True),
        "missing": (MissingInput, True),
        "contributions": (Contributions, False),
        "would_change": (WouldChange, True),
        "similar": (Similar, False),
        "thresholds": (ThresholdState, True),
        "warnings": (Caution, True),
        "provenance": (Provenance, False),
        "status": (Status, False),
    },
    Reason: {"code": (ReasonCode, False)},
    Outcome: {"interval": (Interval, False)},
    InputUsed: {"source": (Source, False)},
    Contributions: {"items": (Contribution, True)},
    Provenance: {"knowledge": (KnowledgeUsed, True)},
}


def _plain(value: Any, order: tuple[str, ...] | None = None) -> Any:
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    slots = getattr(type(value), "__dataclass_fields__", None)
    if slots is not None:
        return {name: _plain(getattr(value, name)) for name in order or slots}
    return value


def _build(kind: type, value: Any) -> Any:
    if value is None:
        return None
    if issubclass(kind, StrEnum):
        return kind(value)
    nested = _NESTED.get(kind, {})
    fields: dict[str, Any] = {}
    for name, item in value.items():
        if name in nested:
            inner, many = nested[name]
            item = tuple(_build(inner, part) for part in item) if many else _build(inner, item)
        elif isinstance(item, list) and name != "value":
            item = tuple(item)
        fields[name] = item
    return kind(**fields)
