"""The parts of FHIR R4 that are kept, as msgspec Structs: unnamed fields are skipped by the decoder.

Field names are FHIR's own. `gc=False` everywhere: decoded resources hold no
cycles, and leaving them out of the collector's lists halves the decoding time.
Every field is optional here; what is missing is judged, and reported, by the
mapping.
"""

# ruff: noqa: N815 - the names are FHIR's own
from __future__ import annotations

from typing import Any, Final

from msgspec import Raw, Struct

ABSENT: Final = Raw()
"""Default of a field of any shape: so null is told from nothing sent."""


class Meta(Struct, gc=False):
    lastUpdated: str | None = None
    source: str | None = None


class Coding(Struct, gc=False):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Struct, gc=False):
    """CodeableConcept."""

    coding: list[Coding] | None = None
    text: str | None = None


class IdentifierReference(Struct, gc=False):
    system: str | None = None
    value: str | None = None


class Reference(Struct, gc=False):
    reference: str | None = None
    identifier: IdentifierReference | None = None
    display: str | None = None


class Identifier(Struct, gc=False):
    system: str | None = None
    value: str | None = None
    use: str | None = None
    type: Concept | None = None


class Quantity(Struct, gc=False):
    value: float | None = None
    comparator: str | None = None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


class Period(Struct, gc=False):
    start: str | None = None
    end: str | None = None


class HumanName(Struct, gc=False):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: list[str] | None = None
    prefix: list[str] | None = None
    suffix: list[str] | None = None
    period: Period | None = None


class ContactPoint(Struct, gc=False):
    system: str | None = None
    value: str | None = None
    use: str | None = None


class Address(Struct, gc=False):
    line: list[str] | None = None
    city: str | None = None
    district: str | None = None
    state: str | None = None
    postalCode: str | None = None
    country: str | None = None


class Contact(Struct, gc=False):
    """Patient.contact: guardian or next of kin."""

    relationship: list[Concept] | None = None
    name: HumanName | None = None
    telecom: list[ContactPoint] | None = None


class Communication(Struct, gc=False):
    language: Concept | None = None
    preferred: bool | None = None


class Resource(Struct, gc=False):
    """What each kept type shares."""

    id: str | None = None
    meta: Meta | None = None


class Patient(Resource, gc=False):
    identifier: list[Identifier] | None = None
    active: bool | None = None
    name: list[HumanName] | None = None
    telecom: list[ContactPoint] | None = None
    gender: str | None = None
    birthDate: str | None = None
    deceasedBoolean: bool | None = None
    deceasedDateTime: str | None = None
    address: list[Address] | None = None
    contact: list[Contact] | None = None
    communication: list[Communication] | None = None


class ReferenceRange(Struct, gc=False):
    low: Quantity | None = None
    high: Quantity | None = None
    type: Concept | None = None
    appliesTo: list[Concept] | None = None


class Component(Struct, gc=False):
    """Observation.component: a value of its own under the panel's time and status."""

    code: Concept | None = None
    valueQuantity: Quantity | None = None
    valueCodeableConcept: Concept | None = None
    valueString: str | None = None
    valueBoolean: bool | None = None
    valueInteger: float | None = None
    valueDateTime: str | None = None
    dataAbsentReason: Concept | None = None
    referenceRange: list[ReferenceRange] | None = None


class Observation(Struct, gc=False):
    id: str | None = None
    meta: Meta | None = None
    status: str | None = None
    code: Concept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effectiveDateTime: str | None = None
    effectivePeriod: Period | None = None
    effectiveInstant: str | None = None
    issued: str | None = None
    valueQuantity: Quantity | None = None
    valueCodeableConcept: Concept | None = None
    valueString: str | None = None
    valueBoolean: bool | None = None
    valueInteger: float | None = None
    valueDateTime: str | None = None
    dataAbsentReason: Concept | None = None
    referenceRange: list[ReferenceRange] | None = None
    component: list[Component] | None = None
    # Read only to report that a value of this kind is not taken up.
    valueRange: Any = ABSENT
    valueRatio: Any = ABSENT
    valueSampledData: Any = ABSENT
    valueTime: Any = ABSENT
    valuePeriod: Any = ABSENT


class Condition(Resource, gc=False):
    clinicalStatus: Concept | None = None
    verificationStatus: Concept | None = None
    code: Concept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    onsetDateTime: str | None = None
    onsetPeriod: Period | None = None
    abatementDateTime: str | None = None
    abatementPeriod: Period | None = None
    recordedDate: str | None = None


class Timing(Struct, gc=False):
    code: Concept | None = None


class Dosage(Struct, gc=False):
    text: str | None = None
    patientInstruction: str | None = None
    timing: Timing | None = None
    route: Concept | None = None
    doseAndRate: list[DoseAndRate] | None = None
    asNeededBoolean: bool | None = None


class DoseAndRate(Struct, gc=False):
    doseQuantity: Quantity | None = None


class Medication(Resource, gc=False):
    """Read only to name what a medicationReference points at; itself kept verbatim."""

    code: Concept | None = None


class MedicationRequest(Resource, gc=False):
    status: str | None = None
    intent: str | None = None
    medicationCodeableConcept: Concept | None = None
    medicationReference: Reference | None = None
    contained: list[Any] | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authoredOn: str | None = None
    reasonCode: list[Concept] | None = None
    reasonReference: list[Reference] | None = None
    dosageInstruction: list[Dosage] | None = None
    doNotPerform: bool | None = None


class MedicationStatement(Resource, gc=False):
    status: str | None = None
    medicationCodeableConcept: Concept | None = None
    medicationReference: Reference | None = None
    contained: list[Any] | None = None
    subject: Reference | None = None
    context: Reference | None = None
    effectiveDateTime: str | None = None
    effectivePeriod: Period | None = None
    dateAsserted: str | None = None
    reasonCode: list[Concept] | None = None
    reasonReference: list[Reference] | None = None
    dosage: list[Dosage] | None = None


class Reaction(Struct, gc=False):
    manifestation: list[Concept] | None = None
    severity: str | None = None


class AllergyIntolerance(Resource, gc=False):
    clinicalStatus: Concept | None = None
    verificationStatus: Concept | None = None
    category: list[str] | None = None
    criticality: str | None = None
    code: Concept | None = None
    patient: Reference | None = None
    onsetDateTime: str | None = None
    recordedDate: str | None = None
    reaction: list[Reaction] | None = None


class Encounter(Resource, gc=False, rename={"class_": "class"}):
    status: str | None = None
    class_: Coding | None = None
    type: list[Concept] | None = None
    subject: Reference | None = None
    period: Period | None = None
    reasonCode: list[Concept] | None = None


class Procedure(Resource, gc=False):
    status: str | None = None
    code: Concept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    performedDateTime: str | None = None
    performedPeriod: Period | None = None
