"""A patient's parts that no query asks for (names, addresses, relatives) as one JSON document."""

from __future__ import annotations

import json
from typing import Any

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
from medapp.domain.datatypes import Moment
from medapp.store.connection import Row


def pack(patient: Patient) -> str:
    """JSON of what the table `patient` does not hold; empty parts are left out."""
    document = {
        "names": [_name(name) for name in patient.names],
        "telecom": [_contact(point) for point in patient.telecom],
        "addresses": [
            [list(one.lines), one.city, one.district, one.state, one.postal_code, one.country]
            for one in patient.addresses
        ],
        "related": [
            [_name(one.name), one.relationship, [_contact(point) for point in one.telecom], one.is_guardian]
            for one in patient.related
        ],
        "born": _moment(patient.birth_date),
        "died": _moment(patient.deceased_at),
        "deceased": patient.deceased,
        "newborn": patient.is_unnamed_newborn,
        "language": patient.language,
    }
    kept = {key: value for key, value in document.items() if value not in (None, [], "", False)}
    if patient.deceased is False:
        kept["deceased"] = False
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def unpack(row: Row, document: str, identifiers: list[Row]) -> Patient:
    """The patient of a row (id, mrn, sex, demo), her document and identifiers (value, type, system)."""
    parts: dict[str, Any] = json.loads(document)
    return Patient(
        id=row[0],
        mrn=row[1],
        identifiers=tuple(
            Identifier(value, IdentifierType(kind), system) for value, kind, system in identifiers
        ),
        names=tuple(_read_name(name) for name in parts.get("names", ())),
        sex=Sex(row[2]),
        birth_date=_read_moment(parts.get("born")),
        deceased=parts.get("deceased"),
        deceased_at=_read_moment(parts.get("died")),
        telecom=tuple(ContactPoint(*point) for point in parts.get("telecom", ())),
        addresses=tuple(Address(tuple(one[0]), *one[1:]) for one in parts.get("addresses", ())),
        related=tuple(
            RelatedPerson(_read_name(one[0]), one[1], tuple(ContactPoint(*point) for point in one[2]), one[3])
            for one in parts.get("related", ())
        ),
        is_unnamed_newborn=parts.get("newborn", False),
        is_demo=bool(row[3]),
        language=parts.get("language", ""),
    )


def _name(name: HumanName) -> list[Any]:
    return [
        name.family,
        list(name.given),
        list(name.prefix),
        list(name.suffix),
        name.use,
        name.script,
        name.text,
    ]


def _read_name(parts: list[Any]) -> HumanName:
    family, given, prefix, suffix, use, script, text = parts
    return HumanName(family, tuple(given), tuple(prefix), tuple(suffix), use, script, text)


def _contact(point: ContactPoint) -> list[str]:
    return [point.system, point.value, point.use]


def _moment(instant: Moment | None) -> list[int] | None:
    return None if instant is None else [instant.seconds, instant.packed]


def _read_moment(parts: list[int] | None) -> Moment | None:
    return None if parts is None else Moment.unpack(*parts)
