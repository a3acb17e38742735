"""What a reader hands to the store's writer: patients and rows of plain tuples, no ids of the store.

Rows are tuples because a file has thousands of them and they go straight into
`executemany`. They follow the columns of the store's repositories; where a row
of the store has a number for a patient, code, encounter or source, a row here
has a key, and where it has a packed concept, a `CodeableConcept`. Readers of
every format fill the same batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from medapp.domain.administrative import Identifier, Patient
from medapp.interchange.issues import Issue

CodeKey: TypeAlias = tuple[str, str]
"""(system, code); a code without a system has the system ""."""


class CodeEntry(NamedTuple):
    """What the code table keeps beside the key."""

    display: str | None
    variable: str | None


class SourceKey(NamedTuple):
    """Which resource of which sender: a repeat with the same key adds nothing."""

    system: str
    id: str


PatientKey: TypeAlias = SourceKey | Identifier
"""A person in the file or of an earlier import; an identifier when nothing else was sent."""

Row: TypeAlias = tuple[Any, ...]

OBSERVATION = (
    "patient code ts when value unit text coded comparator value_sent unit_sent ref_low ref_high "
    "encounter source status panel source_id"
)
ENCOUNTER = (
    "patient status class_code code concept start_ts start_when end_ts end_when reason source source_id"
)
CONDITION = (
    "patient code concept clinical_status verification onset_ts onset_when abatement_ts abatement_when "
    "recorded_ts recorded_when encounter source source_id"
)
MEDICATION = (
    "patient kind code concept status authored_ts authored_when start_ts start_when end_ts end_when "
    "dosage reason encounter source source_id"
)
ALLERGY = (
    "patient code concept clinical_status verification category criticality reaction severity onset_ts "
    "onset_when recorded_ts recorded_when source source_id"
)
PROCEDURE = (
    "patient code concept status start_ts start_when end_ts end_when encounter source source_id"
)
LAYOUT: dict[str, tuple[str, ...]] = {
    "observation": tuple(OBSERVATION.split()),
    "encounter": tuple(ENCOUNTER.split()),
    "condition": tuple(CONDITION.split()),
    "medication": tuple(MEDICATION.split()),
    "allergy": tuple(ALLERGY.split()),
    "procedure": tuple(PROCEDURE.split()),
}
"""Names of the places in a row of each kind; encounters come first when they are written."""


@dataclass(slots=True)
class SentPatient:
    """A person as one file describes them; `where` leads an issue back to the place."""

    key: SourceKey
    noun: Patient
    where: str


@dataclass(slots=True)
class Batch:
    """A part of one file, small enough to hold in memory.

    `subjects` are all persons that rows belong to, with the place of the first
    such row. `resources` and `verbatim` count by type.
    """

    patients: list[SentPatient] = field(default_factory=list)
    subjects: dict[PatientKey, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in LAYOUT})
    codes: dict[CodeKey, CodeEntry] = field(default_factory=dict)
    resources: dict[str, int] = field(default_factory=dict)
    verbatim: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
