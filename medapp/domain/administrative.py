"""Who the patient is (FHIR R4 Patient, Encounter)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medapp.domain.datatypes import CodeableConcept, Moment, Period, Precision


class Sex(StrEnum):
    """Administrative sex (FHIR administrative-gender)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class IdentifierType(StrEnum):
    """Types of identifier, HL7 table 0203."""

    RECORD_NUMBER = "MR"
    NATIONAL = "NI"
    INSURANCE = "NIIP"
    PASSPORT = "PPN"
    SOCIAL_SECURITY = "SS"
    DRIVER_LICENCE = "DL"
    OTHER = "U"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number somebody gave the patient; `system` names the giver."""

    value: str
    type: IdentifierType = IdentifierType.OTHER
    system: str = ""


@dataclass(frozen=True, slots=True)
class HumanName:
    """A name in one script: "latin" or "han".

    `text` is used when the parts are not known.
    """

    family: str = ""
    given: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    use: str = "official"
    script: str = "latin"
    text: str = ""

    @property
    def label(self) -> str:
        """`FAMILY, Given` in Latin letters, family then given in Han."""
        given = " ".join(self.given)
        if self.script == "han":
            return (self.family + given.replace(" ", "")) or self.text
        if self.family and given:
            return f"{self.family.upper()}, {given}"
        return self.family.upper() or given or self.text


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A telephone number or address (FHIR ContactPoint)."""

    system: str  # phone, email, ...
    value: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address."""

    lines: tuple[str, ...] = ()
    city: str = ""
    district: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class RelatedPerson:
    """A guardian or next of kin."""

    name: HumanName
    relationship: str = ""
    telecom: tuple[ContactPoint, ...] = ()
    is_guardian: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """The person. `id` is the store's; 0 before it is stored."""

    id: int = 0
    mrn: str = ""
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[HumanName, ...] = ()
    sex: Sex = Sex.UNKNOWN
    birth_date: Moment | None = None
    deceased: bool | None = None
    deceased_at: Moment | None = None
    telecom: tuple[ContactPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    related: tuple[RelatedPerson, ...] = ()
    is_unnamed_newborn: bool = False
    is_demo: bool = False
    language: str = ""

    @property
    def name(self) -> str:
        """The name in Latin letters, else whatever there is."""
        return self._label("latin") or self._label("han")

    @property
    def name_local(self) -> str | None:
        """The name in its own script, when that is not Latin."""
        return self._label("han") or None

    def _label(self, script: str) -> str:
        for name in self.names:
            if name.script == script and name.label:
                return name.label
        return ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """A visit or stay."""

    id: int
    patient: int
    status: str
    class_code: str
    type: CodeableConcept
    period: Period
    reason: CodeableConcept | None = None
    source: str = ""


def age_at(birth: Moment | None, at: Moment) -> float | None:
    """Age in years, whole years exact on birthdays; None when the birth date is unknown.

    A birth date known to the month or year only is taken at its middle: the answer
    is then uncertain by half a month or half a year (see `is_age_approximate`).
    A birth after `at` gives None.
    """
    if birth is None:
        return None
    born, day = birth.date, at.date
    if birth.precision is Precision.YEAR:
        born = born.replace(month=7, day=1)
    elif birth.precision is Precision.MONTH:
        born = born.replace(day=15)
    if day < born:
        return None
    years = day.year - born.year
    leap_day = born.month == 2 and born.day == 29
    birthday = (
        born.replace(year=born.year + years, month=3, day=1)
        if leap_day
        else born.replace(year=born.year + years)
    )
    if birthday > day:
        years -= 1
        birthday = (
            born.replace(year=birthday.year - 1, month=3, day=1)
            if leap_day
            else born.replace(year=birthday.year - 1)
        )
    return years + (day - birthday).days / 365.25


def is_age_approximate(birth: Moment | None) -> bool:
    """Whether the birth date is known to the month or year only."""
    return birth is not None and birth.precision < Precision.DAY
