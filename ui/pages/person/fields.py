"""What the form of a person asks, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from medapp.assess.inputs import InputSpec
from medapp.domain.administrative import IdentifierType
from medapp.i18n import N_
from ui.forms.entry_fields import DAY, PICK, TEXT, entry_spec

NUMBERS: Final[Mapping[str, IdentifierType]] = {
    "mrn": IdentifierType.RECORD_NUMBER, "national": IdentifierType.NATIONAL,
    "insurance": IdentifierType.INSURANCE, "passport": IdentifierType.PASSPORT,
}
"""Typed identifiers by field."""

RELATIONS: Final = (
    ("mother", N_("Mother")), ("father", N_("Father")), ("spouse", N_("Spouse or partner")),
    ("child", N_("Son or daughter")), ("sibling", N_("Brother or sister")),
    ("grandparent", N_("Grandparent")), ("guardian", N_("Legal guardian")), ("carer", N_("Carer")),
    ("friend", N_("Friend")),
)
SEXES: Final = (("female", N_("Female")), ("male", N_("Male")), ("other", N_("Other sex")))
YES: Final = "yes"
NAMES, LIFE, NUMBER, CONTACT, RELATED = "names", "life", "number", "contact", "related"
TITLES: Final[Mapping[str, str]] = {
    NAMES: N_("Name"), LIFE: N_("Birth and sex"), NUMBER: N_("Numbers"), CONTACT: N_("Contact"),
    RELATED: N_("Guardian or relative"),
}


def specs(part: str, language: str) -> Sequence[InputSpec]:
    """The fields of one part; the reader's own script comes first."""
    yes = ((YES, N_("Yes")),)
    han = (entry_spec("han", N_("Chinese name"), TEXT),)
    latin = (
        entry_spec("family", N_("Family name, Latin letters"), TEXT),
        entry_spec("given", N_("Given name, Latin letters"), TEXT),
    )
    return {
        NAMES: (
            *((*han, *latin) if language == "zh_CN" else (*latin, *han)),
            entry_spec("newborn", N_("Newborn without a name yet"), PICK, choices=yes),
        ),
        LIFE: (
            entry_spec("born", N_("Birth date: day, month or year"), DAY),
            entry_spec("sex", N_("Sex"), PICK, choices=SEXES),
            entry_spec("deceased", N_("Deceased"), PICK, choices=(("no", N_("No")), *yes)),
            entry_spec("died", N_("Died on"), DAY),
        ),
        NUMBER: (
            entry_spec("mrn", N_("Record number (made when empty)"), TEXT),
            entry_spec("national", N_("National identity number"), TEXT),
            entry_spec("insurance", N_("Insurance number"), TEXT),
            entry_spec("passport", N_("Passport"), TEXT),
        ),
        CONTACT: (
            entry_spec("phone", N_("Telephone"), TEXT),
            entry_spec("street", N_("Street and house"), TEXT),
            entry_spec("district", N_("District"), TEXT),
            entry_spec("city", N_("City"), TEXT),
            entry_spec("state", N_("Province"), TEXT),
            entry_spec("postcode", N_("Postcode"), TEXT),
        ),
        RELATED: (
            entry_spec("relative", N_("Name of a guardian or relative"), TEXT),
            entry_spec("relationship", N_("Relationship"), PICK, choices=RELATIONS),
            entry_spec("relative_phone", N_("Their telephone"), TEXT),
            entry_spec("guardian", N_("Decides for the patient"), PICK, choices=yes),
        ),
    }[part]
