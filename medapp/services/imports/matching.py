"""Whether two descriptions are of one person, and what the newer one changes.

Never merged in silence: a shared number is not enough, the details must agree.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from medapp.domain.administrative import HumanName, Identifier, Patient, Sex
from medapp.domain.datatypes import Moment, Precision

_VAGUE = (Sex.UNKNOWN, Sex.OTHER)


def is_same_person(one: Patient, other: Patient) -> bool:
    """Whether nothing speaks against it: birth date, sex and a part of the name agree where known."""
    return (
        _dates_agree(one.birth_date, other.birth_date)
        and (one.sex == other.sex or one.sex in _VAGUE or other.sex in _VAGUE)
        and _names_agree(one, other)
    )


def is_surely_same_person(one: Patient, other: Patient) -> bool:
    """The same where the number's givers differ: birth date and name must be known on both sides."""
    is_known = one.birth_date is not None and other.birth_date is not None
    return is_known and bool(_words(one) and _words(other)) and is_same_person(one, other)


def is_same_source(stored: Patient, sent: Patient) -> bool:
    """The same for two versions of one resource: its sender may correct one of the three."""
    agreeing = (
        _dates_agree(stored.birth_date, sent.birth_date),
        stored.sex == sent.sex or stored.sex in _VAGUE or sent.sex in _VAGUE,
        _names_agree(stored, sent),
    )
    return sum(agreeing) >= 2


def _dates_agree(one: Moment | None, other: Moment | None) -> bool:
    if one is None or other is None:
        return True
    length = (4, 7, 10, 10)[min(one.precision, other.precision, Precision.DAY)]
    return one.isoformat()[:length] == other.isoformat()[:length]


def _names_agree(one: Patient, other: Patient) -> bool:
    mine, theirs = _words(one), _words(other)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _words(patient: Patient) -> set[str]:
    """Family and given names, folded; a Han name also as a whole."""
    parts: set[str] = set()
    for name in patient.names:
        parts.update((name.family, *name.given) if name.family or name.given else name.text.split())
        if name.script == "han":
            parts.add(name.label)
    return {part.strip().casefold() for part in parts if part.strip()}


def details_hash(patient: Patient) -> str:
    """Eight digits that tell apart two persons whom one sender gave the same id."""
    born = patient.birth_date.isoformat() if patient.birth_date else ""
    text = "|".join([born, patient.sex.value, *sorted(_words(patient))])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def merged(stored: Patient, sent: Patient) -> Patient:
    """The stored patient with what was sent; what was not sent stays, no identifier is lost."""
    names = _names(stored.names, sent.names)
    return replace(
        stored,
        identifiers=tuple(dict.fromkeys((*stored.identifiers, *sent.identifiers))),
        names=names,
        sex=stored.sex if sent.sex is Sex.UNKNOWN else sent.sex,
        birth_date=sent.birth_date or stored.birth_date,
        deceased=stored.deceased if sent.deceased is None else sent.deceased,
        deceased_at=sent.deceased_at or stored.deceased_at,
        telecom=sent.telecom or stored.telecom,
        addresses=sent.addresses or stored.addresses,
        related=sent.related or stored.related,
        is_unnamed_newborn=not names and (stored.is_unnamed_newborn or sent.is_unnamed_newborn),
        language=sent.language or stored.language,
    )


def _names(stored: tuple[HumanName, ...], sent: tuple[HumanName, ...]) -> tuple[HumanName, ...]:
    """The names sent, and stored ones of a script that was not sent."""
    if not sent:
        return stored
    scripts = {name.script for name in sent}
    return (*sent, *(name for name in stored if name.script not in scripts))


def differs(one: Patient, other: Patient) -> bool:
    """Whether two versions of one patient differ; the order of identifiers means nothing."""
    return set(one.identifiers) != set(other.identifiers) or replace(
        one, identifiers=()
    ) != replace(other, identifiers=())


def is_telling(identifier: Identifier) -> bool:
    """Whether a number is long enough to name a person by its value alone."""
    return len(identifier.value) >= 4
