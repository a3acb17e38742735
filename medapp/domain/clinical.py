"""What the record says (FHIR R4 clinical resources).

An observation carries the variable's canonical value and what was sent, so that
nothing is lost by conversion. A panel (a blood pressure) is one row per
component, tied by `panel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period

WITHDRAWN = frozenset(("entered-in-error", "superseded", "cancelled"))
"""Statuses of observations that no reader may use."""

NO_KNOWN_ALLERGY = frozenset(("716186003", "1287663008", "409137002", "428607008", "429625007"))
"""SNOMED CT codes that say there is no allergy: none known at all, no drug, environmental, food allergy."""

_NONE_AT_ALL = "716186003"

HERE = "MedApp"
"""The source of what is written at this workstation."""

_UNSAID = frozenset(("refuted", "entered-in-error"))


@dataclass(slots=True)  # not frozen: 10,000 are made per chart, frozen costs twice the time
class Observation:
    """One measured or answered thing.

    `value` and `unit` are canonical where `variable` is known and the unit could
    be converted; else as sent. `value` is None for text and coded answers, and
    for a value whose unit could not be converted (then `value_sent` holds it).
    """

    id: int
    code: Coding
    time: Moment
    variable: str | None = None
    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    text: str | None = None
    coded: Coding | None = None
    value_sent: float | None = None
    unit_sent: str | None = None
    reference_low: float | None = None
    reference_high: float | None = None
    status: str = "final"
    source: str = ""
    encounter: int | None = None
    panel: str | None = None
    replaces: int | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it stands and says something: not withdrawn, not "not measured"."""
        return self.status not in WITHDRAWN and (
            self.value is not None or self.text is not None or self.coded is not None
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """A problem. `verification` refuted means the patient does not have it."""

    id: int
    patient: int
    code: CodeableConcept
    clinical_status: str = ""  # active recurrence relapse inactive remission resolved
    verification: str = ""  # confirmed provisional differential refuted entered-in-error
    onset: Moment | None = None
    abatement: Moment | None = None
    recorded: Moment | None = None
    encounter: int | None = None
    source: str = ""

    @property
    def since(self) -> Moment | None:
        """When it began as far as anybody said: an import's record date stands for it, ours does not."""
        return self.onset or (None if self.source == HERE else self.recorded)

    @property
    def is_active(self) -> bool:
        return self.verification not in _UNSAID and (
            self.clinical_status in ("active", "recurrence", "relapse", "")
        )


@dataclass(frozen=True, slots=True)
class MedicationUse:
    """A MedicationRequest or MedicationStatement; `kind` says which."""

    id: int
    patient: int
    kind: str  # request | statement
    medication: CodeableConcept
    status: str
    authored: Moment | None = None
    period: Period | None = None
    dosage: str = ""
    reason: CodeableConcept | None = None
    encounter: int | None = None
    source: str = ""
    status_reason: str = ""
    """Why it was stopped, as written."""

    @property
    def since(self) -> Moment | None:
        """When it was begun; a prescription when it was written, a statement only when somebody said it."""
        start = self.period.start if self.period else None
        return start or (None if self.kind == "statement" and self.source == HERE else self.authored)

    @property
    def is_current(self) -> bool:
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class AllergyIntolerance:
    """An allergy; with a "no known" code its denial. Refuted: she is not allergic to this one thing."""

    id: int
    patient: int
    code: CodeableConcept
    clinical_status: str = ""
    verification: str = ""
    category: str = ""
    criticality: str = ""
    reaction: str = ""
    severity: str = ""
    onset: Moment | None = None
    recorded: Moment | None = None
    source: str = ""

    @property
    def since(self) -> Moment | None:
        """When it began as far as anybody said: an import's record date stands for it, ours does not."""
        return self.onset or (None if self.source == HERE else self.recorded)

    @property
    def is_said_none(self) -> bool:
        """Whether it is no allergy but says that there is none, of some kind or at all, standing or past."""
        return any(coding.code in NO_KNOWN_ALLERGY for coding in self.code.codings)

    @property
    def denies_all(self) -> bool:
        """Whether it says that there is no allergy at all, standing or past."""
        return any(coding.code == _NONE_AT_ALL for coding in self.code.codings)

    @property
    def is_denial(self) -> bool:
        """Whether it says that there is no allergy at all, and stands."""
        return self._stands and self.denies_all

    @property
    def is_partial_denial(self) -> bool:
        """Whether it says that there is none of one kind (no food allergy), and stands."""
        return self._stands and self.is_said_none and not self.denies_all

    @property
    def is_active(self) -> bool:
        """Whether it must be thought of: no denial, not refuted, not past."""
        return self._stands and not self.is_said_none

    @property
    def _stands(self) -> bool:
        return self.verification not in _UNSAID and self.clinical_status in ("active", "")


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """What a relative has or had (FHIR FamilyMemberHistory, a row a condition). `onset_age` in years.

    `relation` is one of `RELATIONS` where it was written here, else as sent.
    """

    id: int
    patient: int
    relation: str
    condition: CodeableConcept
    verification: str = "confirmed"  # confirmed unconfirmed refuted entered-in-error
    onset_age: float | None = None
    note: str = ""
    recorded: Moment | None = None
    source: str = ""

    @property
    def stands(self) -> bool:
        return self.verification not in _UNSAID


RELATIONS = (
    "mother", "father", "sister", "brother", "daughter", "son", "maternal_grandmother",
    "maternal_grandfather", "paternal_grandmother", "paternal_grandfather", "aunt", "uncle", "other",
)


class Subject(StrEnum):
    """What can be denied as a whole: "none known" is an answer, silence is not."""

    PROBLEMS = "problems"
    ALLERGIES = "allergies"
    MEDICINES = "medicines"
    FAMILY_HISTORY = "family_history"


@dataclass(frozen=True, slots=True)
class Denial:
    """ "None known", said on a day to a user; `by` is the user's name. It ends when something is found."""

    id: int
    patient: int
    subject: Subject
    recorded: Moment
    by: str = ""
    status: str = "active"  # active ended entered-in-error


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something that was done."""

    id: int
    patient: int
    code: CodeableConcept
    status: str
    performed: Period
    encounter: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Immunisation:
    """A vaccine that was given. `expiry` is an ISO day or month; `dose` is its number as the giver counts."""

    id: int
    patient: int
    vaccine: CodeableConcept
    status: str = "completed"  # completed | entered-in-error
    given: Moment | None = None
    lot: str = ""
    expiry: str | None = None
    site: str = ""
    route: str = ""
    dose: str = ""
    note: str = ""
    encounter: int | None = None
    source: str = ""
