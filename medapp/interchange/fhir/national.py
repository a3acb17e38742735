"""The national identity number of China as sent: its rule, and what it says of birth date and sex.

The number only proposes: it fills in nothing and overwrites nothing. An issue says where it breaks
its rule, where it contradicts what was sent, and where it would tell what was not.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from medapp.domain.administrative import Identifier, IdentifierType, Patient, Sex
from medapp.domain.datatypes import Precision
from medapp.i18n import N_
from medapp.interchange.fhir.collector import Collector
from medapp.interchange.fhir.decode import Decoded
from medapp.interchange.issues import Issue, Severity
from medapp.terminology.errors import NationalIdError
from medapp.terminology.identity import NationalId, parse_national_id

RESIDENT_CARD: Final = "urn:oid:2.16.156.10011.1.3"
"""The giver of the number in Chinese records."""
RESIDENT_TYPE: Final = "NNCHN"
_FORM: Final = re.compile(r"\d{17}[\dXx]")

_DIFFERS: Final = N_(
    "The national identity number tells another birth date or sex than was sent; what was sent is kept."
)
_PROPOSES: Final = N_(
    "The birth date or the sex was not sent; the national identity number tells it, and nothing was "
    "filled in."
)
_CONFIRM: Final = N_("Confirm it with the patient or the card, and correct the record.")


def check_national_ids(
    decoded: Decoded, types: list[str], noun: Patient, today: date, found: Collector
) -> None:
    """Report what a patient's Chinese national numbers deviate in.

    `types` are the codes sent with `noun.identifiers`, in their order.
    """
    for place, (type_, identifier) in enumerate(zip(types, noun.identifiers, strict=True)):
        if not _is_resident_number(type_, identifier):
            continue
        where = decoded.where(f"identifier[{place}]")
        try:
            number = parse_national_id(identifier.value, today=today)
        except NationalIdError as error:
            found.add(Issue(Severity.WARNING, error.code, where, error.message, {}, error.advice))
            continue
        _compare(number, noun, where, found)


def _is_resident_number(type_: str, identifier: Identifier) -> bool:
    """Whether it is meant as China's: other countries have national numbers of other forms."""
    if identifier.system == RESIDENT_CARD or type_ == RESIDENT_TYPE:
        return True
    return identifier.type is IdentifierType.NATIONAL and _FORM.fullmatch(identifier.value) is not None


def _compare(number: NationalId, noun: Patient, where: str, found: Collector) -> None:
    born, is_old = noun.birth_date, number.is_proposal
    told, length = number.birth_date.isoformat(), 10
    if born is not None:
        length = (4, 7, 10)[min(born.precision, Precision.DAY)]
    is_other_day = born is not None and born.isoformat()[:length] != told[:length]
    is_other_sex = noun.sex in (Sex.FEMALE, Sex.MALE) and noun.sex.value != number.sex
    if is_other_day or is_other_sex:
        found.add(Issue(Severity.WARNING, "national_id_differs", where, _DIFFERS, {}, _CONFIRM))
    elif born is None or noun.sex is Sex.UNKNOWN:
        severity = Severity.INFORMATION if is_old else Severity.WARNING
        found.add(Issue(severity, "national_id_proposes", where, _PROPOSES, {}, _CONFIRM))
