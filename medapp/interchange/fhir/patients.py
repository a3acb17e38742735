"""FHIR Patient becomes the domain's Patient."""

from __future__ import annotations

import re
from typing import Final

from medapp.domain.administrative import (
    Address,
    ContactPoint,
    HumanName,
    Identifier,
    IdentifierType,
    Patient,
    RelatedPerson,
    Sex,
)
from medapp.domain.datatypes import Moment, Precision
from medapp.i18n import N_
from medapp.interchange.batch import SentPatient, SourceKey
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.collector import Collector
from medapp.interchange.fhir.concepts import code_of, concept_of
from medapp.interchange.fhir.dates import Dates
from medapp.interchange.fhir.decode import Decoded
from medapp.interchange.fhir.national import RESIDENT_CARD, RESIDENT_TYPE, check_national_ids

_HAN: Final = re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_TYPES: Final = {
    "MR": IdentifierType.RECORD_NUMBER,
    "NI": IdentifierType.NATIONAL,
    RESIDENT_TYPE: IdentifierType.NATIONAL,
    "NIIP": IdentifierType.INSURANCE,
    "SN": IdentifierType.INSURANCE,
    "MB": IdentifierType.INSURANCE,
    "PPN": IdentifierType.PASSPORT,
    "SS": IdentifierType.SOCIAL_SECURITY,
    "SB": IdentifierType.SOCIAL_SECURITY,
    "DL": IdentifierType.DRIVER_LICENCE,
}
"""HL7 table 0203 (identifier type) to the domain's types."""
_SYSTEMS: Final = {
    "http://hl7.org/fhir/sid/us-ssn": IdentifierType.SOCIAL_SECURITY,
    RESIDENT_CARD: IdentifierType.NATIONAL,
}
_GUARDIANS: Final = frozenset({"GUARD", "GRDN", "guardian", "PRN", "MTH", "FTH"})


def patient_of(
    decoded: Decoded, key: SourceKey, dates: Dates, found: Collector, now: int
) -> SentPatient:
    """The person with their place; wrong fields are reported and left empty."""
    sent: structs.Patient = decoded.resource
    born = _birth(decoded, dates, found, now)
    died = dates.moment(sent.deceasedDateTime)
    if sent.deceasedDateTime is not None and died is None:
        found.warning("bad_date", decoded.where("deceasedDateTime"), BAD_DATE)
    numbers = [one for one in sent.identifier or () if (one.value or "").strip()]
    names = _names(sent.name)
    noun = Patient(
        identifiers=tuple(_identifier(one) for one in numbers),
        names=names,
        sex=_sex(decoded, found),
        birth_date=born,
        deceased=True if sent.deceasedDateTime is not None else sent.deceasedBoolean,
        deceased_at=died,
        telecom=_telecom(sent.telecom),
        addresses=tuple(_address(one) for one in sent.address or ()),
        related=tuple(_related(one) for one in sent.contact or () if one.name or one.telecom),
        is_unnamed_newborn=not names and _is_newborn(born, died.seconds if died else now),
        language=_language(sent.communication),
    )
    if noun.is_unnamed_newborn:
        found.note("unnamed_newborn", decoded.where("name"), N_("This newborn has no name yet."))
    elif not names:
        found.warning("no_name", decoded.where("name"), N_("This patient has no name."))
    types = [code_of(one.type) for one in numbers]
    check_national_ids(decoded, types, noun, Moment(now + _DAY).date, found)
    return SentPatient(key, noun, decoded.where())


_DAY: Final = 86_400
"""A grace: east of Greenwich the day is a later one than ours."""
_NEWBORN: Final = 28 * _DAY
"""The neonatal period (WHO)."""
BAD_DATE: Final = N_("This is no date that exists; it was left empty.")
FUTURE_DATE: Final = N_("This date lies in the future; check the sender's clock.")


def _birth(decoded: Decoded, dates: Dates, found: Collector, now: int) -> Moment | None:
    text = decoded.resource.birthDate
    born = dates.moment(text)
    if text is None:
        found.warning("no_birth_date", decoded.where("birthDate"), N_("This patient has no birth date."))
    elif born is None:
        found.warning("bad_date", decoded.where("birthDate"), BAD_DATE)
    elif born.seconds > now:
        found.warning("future_date", decoded.where("birthDate"), FUTURE_DATE)
    return born


def _is_newborn(born: Moment | None, at: int) -> bool:
    """Whether a person was in the first 28 days of life at `at`."""
    return born is not None and born.precision >= Precision.DAY and -_DAY <= at - born.seconds < _NEWBORN


def _sex(decoded: Decoded, found: Collector) -> Sex:
    sent = decoded.resource.gender
    if sent is None:
        return Sex.UNKNOWN
    try:
        return Sex(sent.strip().lower())
    except ValueError:
        message = N_("This is none of FHIR's words for sex; it was taken as unknown.")
        found.warning("unknown_gender", decoded.where("gender"), message)
        return Sex.UNKNOWN


def _identifier(sent: structs.Identifier) -> Identifier:
    type_ = _TYPES.get(code_of(sent.type)) or _SYSTEMS.get(sent.system or "", IdentifierType.OTHER)
    return Identifier((sent.value or "").strip(), type_, sent.system or "")


def _names(sent: list[structs.HumanName] | None) -> tuple[HumanName, ...]:
    """Usable names, the official one first (of each script the first is shown)."""
    names = [_name(one) for one in sent or () if one.use != "old"]
    names += [_name(one) for one in sent or () if one.use == "old"]
    ranks = {"official": 0, "usual": 1, "": 1, "old": 3}
    return tuple(sorted((name for name in names if name.label), key=lambda name: ranks.get(name.use, 2)))


def _name(sent: structs.HumanName) -> HumanName:
    family = (sent.family or "").strip()
    given = tuple(part.strip() for part in sent.given or () if part.strip())
    script = "han" if _HAN.search(family + "".join(given) + (sent.text or "")) else "latin"
    prefix, suffix = tuple(sent.prefix or ()), tuple(sent.suffix or ())
    return HumanName(family, given, prefix, suffix, sent.use or "", script, (sent.text or "").strip())


def _telecom(sent: list[structs.ContactPoint] | None) -> tuple[ContactPoint, ...]:
    return tuple(ContactPoint(one.system or "", one.value, one.use or "") for one in sent or () if one.value)


def _address(sent: structs.Address) -> Address:
    return Address(
        tuple(sent.line or ()), sent.city or "", sent.district or "", sent.state or "",
        sent.postalCode or "", sent.country or "",
    )  # fmt: skip


def _related(sent: structs.Contact) -> RelatedPerson:
    concepts = [concept for one in sent.relationship or () if (concept := concept_of(one))]
    codes = {code_of(one) for one in sent.relationship or ()}
    is_guardian = not _GUARDIANS.isdisjoint(codes)
    name = _name(sent.name) if sent.name else HumanName()
    return RelatedPerson(
        name, concepts[0].label if concepts else "", _telecom(sent.telecom), is_guardian
    )


def _language(sent: list[structs.Communication] | None) -> str:
    preferred = sorted(sent or (), key=lambda one: not one.preferred)
    return next((code for one in preferred if (code := code_of(one.language))), "")
