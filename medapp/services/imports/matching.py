"""Whether two descriptions are of one person, and what the newer one changes.

Never merged in silence: a shared number is not enough, the details must agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from medapp.domain.administrative import HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.datatypes import Moment, Precision

_VAGUE = (Sex.UNKNOWN, Sex.OTHER)
ONE_PERSON: Final = frozenset(
    {IdentifierType.NATIONAL, IdentifierType.SOCIAL_SECURITY, IdentifierType.PASSPORT}
)
"""Numbers that no two persons share, whoever writes them down; a family may share an insurance."""

_ONE_EACH: Final = ONE_PERSON | {IdentifierType.RECORD_NUMBER}


def is_same_person(one: Patient, other: Patient) -> bool:
    """Whether nothing speaks against it: birth date, sex, name and the numbers of one giver agree."""
    return all(_agreeing(one, other)) and not _contradict(one, other)


def is_surely_same_person(one: Patient, other: Patient) -> bool:
    """The same where the number's givers differ: birth date and name must be known on both sides."""
    is_known = one.birth_date is not None and other.birth_date is not None
    return is_known and bool(_words(one) and _words(other)) and is_same_person(one, other)


def is_same_source(stored: Patient, sent: Patient) -> bool:
    """The same for two versions of one resource: its sender may correct one of the three.

    With another number of the same giver all three must agree: two senders may both count from one.
    """
    return sum(_agreeing(stored, sent)) >= (3 if _contradict(stored, sent) else 2)


def _agreeing(one: Patient, other: Patient) -> tuple[bool, bool, bool]:
    """Birth date, sex and name, each where known."""
    return (
        _dates_agree(one.birth_date, other.birth_date),
        one.sex == other.sex or one.sex in _VAGUE or other.sex in _VAGUE,
        _names_agree(one, other),
    )


def _contradict(one: Patient, other: Patient) -> bool:
    """Whether one giver gave the two different numbers of a kind that a person has once."""
    mine, theirs = _numbers(one), _numbers(other)
    return any(mine[key].isdisjoint(theirs[key]) for key in mine.keys() & theirs.keys())


def _numbers(patient: Patient) -> dict[tuple[IdentifierType, str], set[str]]:
    """Values by type and giver. A record number without a giver is made up here, or tells nothing."""
    found: dict[tuple[IdentifierType, str], set[str]] = {}
    for one in patient.identifiers:
        if one.type in _ONE_EACH and (one.system or one.type is not IdentifierType.RECORD_NUMBER):
            found.setdefault((one.type, one.system), set()).add(one.value.strip().casefold())
    return found


def _dates_agree(one: Moment | None, other: Moment | None) -> bool:
    if one is None or other is None:
        return True
    length = (4, 7, 10, 10)[min(one.precision, other.precision, Precision.DAY)]
    return one.isoformat()[:length] == other.isoformat()[:length]


def _names_agree(one: Patient, other: Patient) -> bool:
    """Whether two names are the same whole, or the given names of one are among the other's."""
    if not _words(one) or not _words(other):
        return True
    return any(_is_same_name(mine, theirs) for mine in one.names for theirs in other.names)


def _is_same_name(one: HumanName, other: HumanName) -> bool:
    """A family's name alone tells nobody apart; twins may share a middle name or a generation's."""
    given, theirs = _given(one), _given(other)
    if given and theirs and (set(given) <= set(theirs) or set(theirs) <= set(given)):
        return True
    if given and "".join(given) == "".join(theirs):
        return True
    whole = sorted(_parts(one))
    return bool(whole) and (whole == sorted(_parts(other)) or one.label == other.label)


def _given(name: HumanName) -> list[str]:
    """Given names by words; an initial beside a name tells nothing."""
    words = _folded(name.given)
    return [word for word in words if len(word) > 1 or not word.isascii()] or words


def _parts(name: HumanName) -> list[str]:
    return _folded((name.family, *name.given) if name.family or name.given else (name.text,))


def _folded(parts: Iterable[str]) -> list[str]:
    words = (word.strip(".,").casefold() for part in parts for word in part.replace("-", " ").split())
    return [word for word in words if word]


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


def merged(
    stored: Patient,
    sent: Patient,
    kept: frozenset[str] = frozenset(),
    removed: frozenset[Identifier] = frozenset(),
) -> Patient:
    """The stored patient with what was sent; what was not sent stays, no identifier is lost.

    Fields `kept` and the identifiers `removed` were decided here: they stay as they are.
    """
    names = _names(stored.names, sent.names)
    wanted: dict[str, Any] = {
        "identifiers": tuple(
            dict.fromkeys((*stored.identifiers, *(one for one in sent.identifiers if one not in removed)))
        ),
        "names": names,
        "sex": stored.sex if sent.sex is Sex.UNKNOWN else sent.sex,
        "birth_date": sent.birth_date or stored.birth_date,
        "deceased": stored.deceased if sent.deceased is None else sent.deceased,
        "deceased_at": sent.deceased_at or stored.deceased_at,
        "telecom": sent.telecom or stored.telecom,
        "addresses": sent.addresses or stored.addresses,
        "related": sent.related or stored.related,
        "is_unnamed_newborn": not names and (stored.is_unnamed_newborn or sent.is_unnamed_newborn),
        "language": sent.language or stored.language,
    }
    return replace(stored, **{name: value for name, value in wanted.items() if name not in kept})


DECIDED: Final = (
    "names", "sex", "birth_date", "deceased", "deceased_at", "telecom", "addresses", "related",
    "is_unnamed_newborn", "language",
)
"""What a person can settle here about who a patient is; of identifiers only the taking away."""


def decided(before: Patient | None, after: Patient) -> tuple[frozenset[str], frozenset[Identifier]]:
    """Which fields an act here settled, and which identifiers it took away; no `before` is an entry."""
    blank = before or Patient()
    fields = frozenset(name for name in DECIDED if getattr(blank, name) != getattr(after, name))
    return fields, frozenset(blank.identifiers) - frozenset(after.identifiers)


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
