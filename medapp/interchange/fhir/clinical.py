"""Condition, MedicationRequest/Statement, AllergyIntolerance, Encounter and Procedure become rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from medapp.domain.datatypes import CodeableConcept, Moment, Period
from medapp.i18n import N_
from medapp.interchange.batch import PatientKey, Row, SourceKey
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.collector import Collector
from medapp.interchange.fhir.concepts import Codes, code_of, concept_of
from medapp.interchange.fhir.dates import Dates
from medapp.interchange.fhir.decode import Decoded
from medapp.interchange.fhir.patients import BAD_DATE, FUTURE_DATE
from medapp.interchange.fhir.references import References

_SEVERITIES: Final = {"": 0, "mild": 1, "moderate": 2, "severe": 3}
_NO_CODE: Final = N_("This entry does not say what it is about; it is kept and not used.")


class Contained(msgspec.Struct, gc=False):
    """A resource inside another, named by `#id` (here only a Medication is asked for)."""

    id: str | None = None
    code: structs.Concept | None = None


@dataclass(slots=True)
class Clinical:
    """Maps the resources that are not observations; `named` are concepts that references lead to."""

    codes: Codes
    dates: Dates
    found: Collector
    references: References
    now: int
    named: dict[SourceKey, CodeableConcept] = field(default_factory=dict)

    def encounter(self, decoded: Decoded, patient: PatientKey, source: SourceKey) -> Row:
        sent: structs.Encounter = decoded.resource
        kind = next((concept for one in sent.type or () if (concept := concept_of(one))), None)
        reason = next((concept for one in sent.reasonCode or () if (concept := concept_of(one))), None)
        period = self._period(decoded, sent.period, "period")
        class_code = (sent.class_.code or "") if sent.class_ is not None else ""
        return (
            patient, sent.status or "unknown", class_code, self.codes.concept(kind), kind,
            *_columns(period.start), *_columns(period.end), reason, source.system, source.id,
        )  # fmt: skip

    def condition(
        self, decoded: Decoded, patient: PatientKey, encounter: SourceKey | None, source: SourceKey
    ) -> Row | None:
        sent: structs.Condition = decoded.resource
        concept = self._subject(decoded, sent.code, "code")
        if concept is None:
            return None
        onset = self._moment(decoded, sent.onsetDateTime or _start(sent.onsetPeriod), "onset")
        end = self._moment(decoded, sent.abatementDateTime or _start(sent.abatementPeriod), "abatement")
        recorded = self._moment(decoded, sent.recordedDate, "recordedDate")
        return (
            patient, self.codes.concept(concept), concept, code_of(sent.clinicalStatus),
            code_of(sent.verificationStatus), *_columns(onset), *_columns(end), *_columns(recorded),
            encounter, source.system, source.id,
        )  # fmt: skip

    def medication_request(
        self, decoded: Decoded, patient: PatientKey, encounter: SourceKey | None, source: SourceKey
    ) -> Row | None:
        sent: structs.MedicationRequest = decoded.resource
        if sent.doNotPerform:
            message = N_("This request says that the drug must not be given; it is kept and not used.")
            self.found.warning("do_not_perform", decoded.where("doNotPerform"), message)
            return None
        concept = self._medication(decoded, sent)
        if concept is None:
            return None
        authored = self._moment(decoded, sent.authoredOn, "authoredOn")
        return (
            patient, "request", self.codes.concept(concept), concept, sent.status or "unknown",
            *_columns(authored), None, None, None, None, _dosage(sent.dosageInstruction),
            self._reason(sent.reasonCode, sent.reasonReference), encounter, source.system, source.id,
        )  # fmt: skip

    def medication_statement(
        self, decoded: Decoded, patient: PatientKey, encounter: SourceKey | None, source: SourceKey
    ) -> Row | None:
        sent: structs.MedicationStatement = decoded.resource
        concept = self._medication(decoded, sent)
        if concept is None:
            return None
        asserted = self._moment(decoded, sent.dateAsserted, "dateAsserted")
        period = self._period(decoded, sent.effectivePeriod, "effectivePeriod")
        if sent.effectiveDateTime is not None:
            period = Period(self._moment(decoded, sent.effectiveDateTime, "effectiveDateTime"))
        return (
            patient, "statement", self.codes.concept(concept), concept, sent.status or "unknown",
            *_columns(asserted), *_columns(period.start), *_columns(period.end), _dosage(sent.dosage),
            self._reason(sent.reasonCode, sent.reasonReference), encounter, source.system, source.id,
        )  # fmt: skip

    def allergy(self, decoded: Decoded, patient: PatientKey, source: SourceKey) -> Row | None:
        sent: structs.AllergyIntolerance = decoded.resource
        concept = self._subject(decoded, sent.code, "code")
        if concept is None:
            return None
        reactions = sent.reaction or ()
        signs = (concept_of(sign) for one in reactions for sign in one.manifestation or ())
        words = [sign.label for sign in signs if sign is not None]
        worst = max((one.severity or "" for one in reactions), key=_rank, default="")
        onset = self._moment(decoded, sent.onsetDateTime, "onsetDateTime")
        recorded = self._moment(decoded, sent.recordedDate, "recordedDate")
        return (
            patient, self.codes.concept(concept), concept, code_of(sent.clinicalStatus),
            code_of(sent.verificationStatus), sent.category[0] if sent.category else "",
            sent.criticality or "", "; ".join(words), worst, *_columns(onset), *_columns(recorded),
            source.system, source.id,
        )  # fmt: skip

    def procedure(
        self, decoded: Decoded, patient: PatientKey, encounter: SourceKey | None, source: SourceKey
    ) -> Row | None:
        sent: structs.Procedure = decoded.resource
        concept = self._subject(decoded, sent.code, "code")
        if concept is None:
            return None
        period = self._period(decoded, sent.performedPeriod, "performedPeriod")
        if sent.performedDateTime is not None:
            period = Period(self._moment(decoded, sent.performedDateTime, "performedDateTime"))
        return (
            patient, self.codes.concept(concept), concept, sent.status or "unknown",
            *_columns(period.start), *_columns(period.end), encounter, source.system, source.id,
        )  # fmt: skip

    def name(self, source: SourceKey, sent: structs.Concept | None) -> None:
        """Remember what a Condition or Medication is about, for references to it."""
        concept = concept_of(sent)
        if concept is not None:
            self.named[source] = concept

    def _subject(
        self, decoded: Decoded, sent: structs.Concept | None, field: str
    ) -> CodeableConcept | None:
        concept = concept_of(sent)
        if concept is None:
            self.found.error("no_code", decoded.where(field), _NO_CODE)
        return concept

    def _medication(
        self, decoded: Decoded, sent: structs.MedicationRequest | structs.MedicationStatement
    ) -> CodeableConcept | None:
        reference = sent.medicationReference
        if reference is None:
            return self._subject(decoded, sent.medicationCodeableConcept, "medicationCodeableConcept")
        text = reference.reference or ""
        if text.startswith("#"):
            concept = _contained(sent.contained, text[1:])
        else:
            source = self.references.resolve(reference, "Medication")
            concept = self.named.get(source) if source is not None else None
        if concept is None and reference.display:
            concept = CodeableConcept(text=reference.display)
        if concept is None:
            self.found.error("no_code", decoded.where("medicationReference"), _NO_CODE)
        return concept

    def _reason(
        self, codes: list[structs.Concept] | None, references: list[structs.Reference] | None
    ) -> CodeableConcept | None:
        for one in codes or ():
            if concept := concept_of(one):
                return concept
        for reference in references or ():
            source = self.references.resolve(reference, "Condition")
            if source is not None and source in self.named:
                return self.named[source]
        return None

    def _moment(self, decoded: Decoded, text: str | None, field: str) -> Moment | None:
        if text is None:
            return None
        moment = self.dates.moment(text)
        if moment is None:
            self.found.warning("bad_date", decoded.where(field), BAD_DATE)
        elif moment.seconds > self.now:
            self.found.warning("future_date", decoded.where(field), FUTURE_DATE)
        return moment

    def _period(self, decoded: Decoded, sent: structs.Period | None, field: str) -> Period:
        if sent is None:
            return Period()
        end = self.dates.moment(sent.end)  # the end of a plan may well lie in the future
        if sent.end is not None and end is None:
            self.found.warning("bad_date", decoded.where(field + ".end"), BAD_DATE)
        return Period(self._moment(decoded, sent.start, field + ".start"), end)


def _rank(severity: str) -> int:
    return _SEVERITIES.get(severity, 0)


def _columns(moment: Moment | None) -> tuple[int | None, int | None]:
    return (None, None) if moment is None else (moment.seconds, moment.packed)


def _start(period: structs.Period | None) -> str | None:
    return period.start if period is not None else None


def _contained(sent: list[Any] | None, id_: str) -> CodeableConcept | None:
    for document in sent or ():
        try:
            one = msgspec.convert(document, Contained)
        except msgspec.ValidationError:
            continue  # another kind of resource; its `code` may have any shape
        if one.id == id_:
            return concept_of(one.code)
    return None


def _dosage(sent: list[structs.Dosage] | None) -> str:
    """The dosage in words, as sent; made of its parts where there are no words."""
    return "; ".join(text for one in sent or () if (text := _dose(one)))


def _dose(sent: structs.Dosage) -> str:
    if sent.text or sent.patientInstruction:
        return (sent.text or sent.patientInstruction or "").strip()
    doses = [one.doseQuantity for one in sent.doseAndRate or () if one.doseQuantity is not None]
    parts = [f"{dose.value:g} {dose.unit or dose.code or ''}" for dose in doses if dose.value is not None]
    timing = concept_of(sent.timing.code) if sent.timing else None
    route = concept_of(sent.route)
    parts += [concept.label for concept in (timing, route) if concept is not None]
    return ", ".join(part.strip() for part in parts)
