"""Typed resources of one file become batches of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from medapp.interchange.batch import Batch, PatientKey, Row, SourceKey
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.clinical import Clinical
from medapp.interchange.fhir.collector import Collector
from medapp.interchange.fhir.concepts import Codes
from medapp.interchange.fhir.dates import Dates
from medapp.interchange.fhir.decode import Decoded, Decoding
from medapp.interchange.fhir.observations import Observations
from medapp.interchange.fhir.patients import patient_of
from medapp.interchange.fhir.quantities import Scales
from medapp.interchange.fhir.references import References, identifier_of, source_of
from medapp.interchange.fhir.types import KEPT

_Place: TypeAlias = tuple[Decoded, SourceKey]


class Mapping:
    """Maps the parts of one file in order; codes, dates and addresses are remembered between them.

    `now` is the moment of the import: later dates are reported.
    """

    def __init__(self, now: Moment, scales: Scales | None = None) -> None:
        self.found = Collector()
        self._dates = Dates()
        self._now = now.seconds
        self._references = References()
        self._codes = Codes()
        self._observations = Observations(
            self._codes, scales or Scales(), self._dates, self.found, self._now
        )
        self._clinical = Clinical(self._codes, self._dates, self.found, self._references, self._now)

    def batch(self, decoding: Decoding) -> Batch:
        """The rows of what was decoded; issues found so far go with it."""
        for issue in decoding.issues:
            self.found.add(issue)
        batch = Batch(resources=decoding.resources, verbatim=decoding.verbatim)
        places = {type_: self._places(type_, decoding) for type_ in (*KEPT, "Medication")}
        for type_ in ("Medication", "Condition"):
            for decoded, source in places[type_]:
                self._clinical.name(source, decoded.resource.code)
        for decoded, source in places["Patient"]:
            batch.patients.append(patient_of(decoded, source, self._dates, self.found, self._now))
        for type_, kind in _KINDS.items():
            self._map(batch, type_, kind, places[type_])
        self._map_observations(batch, places["Observation"])
        batch.codes = self._codes.entries
        batch.issues = self.found.take()
        return batch

    def _places(self, type_: str, decoding: Decoding) -> list[_Place]:
        """Each resource with its source key, after making it findable for the others."""
        places = [(decoded, source_of(decoded)) for decoded in decoding.groups[type_]]
        if type_ != "Observation":  # nothing that is kept points at one
            for decoded, source in places:
                self._references.add(decoded, source)
        return places

    def _map(self, batch: Batch, type_: str, kind: str, places: list[_Place]) -> None:
        make = self._maker(type_)
        rows = batch.rows[kind]
        for decoded, source in places:
            patient = self._patient(batch, decoded)
            row = make(decoded, patient, source) if patient is not None else None
            if row is not None:
                rows.append(row)
            else:
                _untaken(batch, type_)

    def _maker(self, type_: str) -> Callable[[Decoded, PatientKey, SourceKey], Row | None]:
        clinical, visit = self._clinical, self._encounter
        if type_ == "Encounter":
            return clinical.encounter
        if type_ == "AllergyIntolerance":
            return clinical.allergy
        make = {
            "Condition": clinical.condition,
            "MedicationRequest": clinical.medication_request,
            "MedicationStatement": clinical.medication_statement,
            "Procedure": clinical.procedure,
        }[type_]
        return lambda decoded, patient, source: make(decoded, patient, visit(decoded), source)

    def _map_observations(self, batch: Batch, places: list[_Place]) -> None:
        make, rows = self._observations.rows, batch.rows["observation"]
        for decoded, source in places:
            patient = self._patient(batch, decoded)
            made = make(decoded, patient, self._encounter(decoded), source) if patient is not None else None
            if made:
                rows.extend(made)
            else:
                _untaken(batch, "Observation")

    def _patient(self, batch: Batch, decoded: Decoded) -> PatientKey | None:
        sent = decoded.resource
        is_allergy = decoded.type == "AllergyIntolerance"
        reference: structs.Reference | None = sent.patient if is_allergy else sent.subject
        key = self._references.resolve(reference, "Patient") or identifier_of(reference)
        if key is None:
            message = N_("This entry does not say which patient it belongs to; it is kept and not used.")
            self.found.error("no_patient", decoded.where("patient" if is_allergy else "subject"), message)
        elif key not in batch.subjects:
            batch.subjects[key] = decoded.where("patient" if is_allergy else "subject")
        return key

    def _encounter(self, decoded: Decoded) -> SourceKey | None:
        sent = decoded.resource
        reference = sent.context if decoded.type == "MedicationStatement" else sent.encounter
        return self._references.resolve(reference, "Encounter")


_KINDS: Final = {
    "Encounter": "encounter",
    "Condition": "condition",
    "MedicationRequest": "medication",
    "MedicationStatement": "medication",
    "AllergyIntolerance": "allergy",
    "Procedure": "procedure",
}


def _untaken(batch: Batch, type_: str) -> None:
    """Count a resource of a kept type that gave no row: it is in the blob only."""
    batch.resources[type_] -= 1
    if not batch.resources[type_]:
        del batch.resources[type_]
    batch.verbatim[type_] = batch.verbatim.get(type_, 0) + 1
