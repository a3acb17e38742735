"""From a patient to what the form shows, and back; what the form does not show stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from medapp.domain.administrative import (
    Address,
    ContactPoint,
    HumanName,
    Identifier,
    Patient,
    RelatedPerson,
    Sex,
)
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.terminology import identity, names
from medapp.terminology.errors import NationalIdError
from ui.pages.person.fields import NUMBERS, YES

PHONES = frozenset({"phone", "sms"})
Values = Mapping[str, Any]


def values_of(patient: Patient) -> dict[str, Any]:
    """What is recorded, by field."""
    latin, han = _name(patient, "latin"), _name(patient, "han")
    address = patient.addresses[0] if patient.addresses else Address()
    values = {
        "family": "" if latin is None else latin.family or latin.text,
        "given": "" if latin is None else " ".join(latin.given),
        "han": "" if han is None else han.label, "newborn": YES if patient.is_unnamed_newborn else "",
        "born": patient.birth_date, "sex": "" if patient.sex is Sex.UNKNOWN else patient.sex.value,
        "died": patient.deceased_at,
        "phone": next((one.value for one in patient.telecom if one.system in PHONES), ""),
        "street": ", ".join(address.lines), "district": address.district, "city": address.city,
        "state": address.state, "postcode": address.postal_code,
    }
    if patient.deceased is not None or patient.deceased_at is not None:
        values["deceased"] = YES if patient.deceased or patient.deceased_at else "no"
    for field, kind in NUMBERS.items():
        values[field] = next((one.value for one in patient.identifiers if one.type is kind), "")
    values["mrn"] = patient.mrn or values["mrn"]
    if patient.related:
        one = patient.related[0]
        values |= {
            "relative": one.name.label, "relationship": one.relationship,
            "relative_phone": next((p.value for p in one.telecom if p.system in PHONES), ""),
            "guardian": YES if one.is_guardian else "",
        }
    return values


def patient_of(values: Values, kept: Patient) -> Patient:
    """The patient that the form describes."""
    deceased = {YES: True, "no": False}.get(values.get("deceased") or "")
    died = values.get("died")
    return replace(
        kept, names=_names(values, kept), identifiers=_identifiers(values, kept),
        mrn=_text(values, "mrn") or ("" if kept.id == 0 else kept.mrn),
        sex=Sex(values.get("sex") or Sex.UNKNOWN.value), birth_date=values.get("born"),
        deceased=True if died is not None else deceased, deceased_at=died,
        telecom=_phones(_text(values, "phone"), kept.telecom), addresses=_addresses(values, kept),
        related=_related(values, kept), is_unnamed_newborn=values.get("newborn") == YES,
    )


def wrong(values: Values, today: date, words: Words) -> dict[str, tuple[str, str]]:
    """What is wrong, by field."""
    told = {}
    born, died = values.get("born"), values.get("died")
    if born is not None and born.date > today:
        told["born"] = words("This lies in the future.")
    if died is not None and (died.date > today or (born is not None and died.end < born.seconds)):
        told["died"] = words("A patient dies after birth and before tomorrow.")
    number = _text(values, "national")
    if number:
        try:
            identity.parse_national_id(number, today=today)
        except NationalIdError as error:
            told["national"] = words(error.message)
    return {name: ("error", text) for name, text in told.items()}


def lacks_name(values: Values) -> bool:
    """Nobody is stored without any name, but a newborn."""
    named = any(_text(values, field) for field in ("family", "given", "han"))
    return not named and values.get("newborn") != YES


def proposal(values: Values, today: date) -> tuple[Moment, str] | None:
    """The birth date and sex inside a right identity number, where they are not what the form says."""
    try:
        found = identity.parse_national_id(_text(values, "national"), today=today)
    except NationalIdError:
        return None
    born = Moment.of_date(found.birth_date)
    is_same = values.get("born") == born and values.get("sex") == found.sex
    return None if is_same else (born, found.sex)


def latin_of(han: str) -> tuple[str, str]:
    """Family and given name in pinyin, as a proposal: ("Lin", "Meihua")."""
    family, given = names.split_han(han.strip())
    read = names.pinyin(HumanName(family, script="han"))
    rest = "".join(found[0] for mark in given if (found := names.readings(mark)))
    return read.replace(" ", "").capitalize(), rest.capitalize()


def _name(patient: Patient, script: str) -> HumanName | None:
    return next((one for one in patient.names if one.script == script), None)


def _names(values: Values, kept: Patient) -> tuple[HumanName, ...]:
    """The first name in each script; others, as a maiden name, stay."""
    family, given, han = (_text(values, field) for field in ("family", "given", "han"))
    latin_was, han_was = _name(kept, "latin"), _name(kept, "han")
    made = []
    if family or given:
        base = latin_was or HumanName()
        made.append(replace(base, family=family, given=tuple(given.split()), text=""))
    if han:
        base = han_was or HumanName(script="han")
        is_same = han_was is not None and han_was.label == han
        parts = names.split_han(han)
        made.append(base if is_same else replace(base, family=parts[0], given=(parts[1],), text=""))
    return (*made, *(one for one in kept.names if one is not latin_was and one is not han_was))


def _identifiers(values: Values, kept: Patient) -> tuple[Identifier, ...]:
    """One of each type that the form asks for, with the giver it had; the rest stays."""
    found = []
    for field, kind in NUMBERS.items():
        text = _text(values, field)
        was = next((one for one in kept.identifiers if one.type is kind), None)
        if field == "national" and text:
            text = _national(text)
        if text:
            found.append(Identifier(text, kind, "" if was is None else was.system))
    first = {kind: next((one for one in kept.identifiers if one.type is kind), None)
             for kind in NUMBERS.values()}
    rest = [one for one in kept.identifiers if one is not first.get(one.type)]
    return (*found, *rest)


def _national(text: str) -> str:
    try:
        return identity.parse_national_id(text).number
    except NationalIdError:
        return text


def _phones(phone: str, kept: tuple[ContactPoint, ...]) -> tuple[ContactPoint, ...]:
    was = next((one for one in kept if one.system in PHONES), None)
    rest = tuple(one for one in kept if one is not was)
    if not phone:
        return rest
    return (ContactPoint("phone", phone) if was is None else replace(was, value=phone), *rest)


def _addresses(values: Values, kept: Patient) -> tuple[Address, ...]:
    first = kept.addresses[0] if kept.addresses else Address()
    street = _text(values, "street")
    lines = first.lines if street == ", ".join(first.lines) else _only([street])
    made = replace(
        first, lines=lines, district=_text(values, "district"), city=_text(values, "city"),
        state=_text(values, "state"), postal_code=_text(values, "postcode"),
    )
    is_empty = not any((made.lines, made.district, made.city, made.state, made.postal_code))
    return kept.addresses[1:] if is_empty else (made, *kept.addresses[1:])


def _related(values: Values, kept: Patient) -> tuple[RelatedPerson, ...]:
    name, phone = _text(values, "relative"), _text(values, "relative_phone")
    if not name and not phone:
        return kept.related[1:]
    first = kept.related[0] if kept.related else RelatedPerson(HumanName())
    made = replace(
        first, name=first.name if name == first.name.label else _whole(name),
        relationship=values.get("relationship") or "", telecom=_phones(phone, first.telecom),
        is_guardian=values.get("guardian") == YES,
    )
    return (made, *kept.related[1:])


def _whole(name: str) -> HumanName:
    """A relative's name as one text: nobody sorts by it."""
    return HumanName(script="han" if names.is_han(name) else "latin", text=name)


def _text(values: Values, field: str) -> str:
    return str(values.get(field) or "").strip()


def _only(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


NO_NAME = N_("A name is needed, in either script; or say that it is a newborn without one.")
