"""What the record says (FHIR R4 clinical resources).

An observation carries the variable's canonical value and what was sent, so that
nothing is lost by conversion. A panel (a blood pressure) is one row per
component, tied by `panel`.
"""

from __future__ import annotations

from dataclasses import dataclass

from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period

WITHDRAWN = frozenset(("entered-in-error", "superseded", "cancelled"))
"""Statuses of observations that no reader may use."""


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
    def is_active(self) -> bool:
        return self.verification not in ("refuted", "entered-in-error") and (
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

    @property
    def is_current(self) -> bool:
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class AllergyIntolerance:
    """An allergy, or with `verification` refuted or a "no known" code its denial."""

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
