"""A patient comes back whole, and the index follows whatever happens to her."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
from medapp.services.session import Session
from medapp.store import search
from medapp.store.connection import Reader
from medapp.store.errors import UnknownPatient
from medapp.store.repositories import codes, observations, patients, sources
from tests.clinics import height, person

WHOLE = Patient(
    mrn="A-17",
    identifiers=(
        Identifier("A-17", IdentifierType.RECORD_NUMBER, "urn:h"),
        Identifier("11010519491231002X", IdentifierType.NATIONAL),
    ),
    names=(HumanName("Lin", ("Meihua", "Anna"), ("Dr",), ("MD",)), HumanName("林", ("美华",), script="han")),
    sex=Sex.FEMALE,
    birth_date=Moment.parse("1949-12"),
    deceased=True,
    deceased_at=Moment.parse("2024-05-06T07:08:09+08:00"),
    telecom=(ContactPoint("phone", "13912345678", "mobile"), ContactPoint("email", "x@example.org")),
    addresses=(Address(("Road 1", "Room 2"), "Beijing", "Chaoyang", "", "100000", "CN"),),
    related=(RelatedPerson(HumanName("Lin", ("Da",)), "FTH", (ContactPoint("phone", "1"),), True),),
    is_demo=True,
    language="zh",
)


def _hits(db: Reader, *typed: str) -> list[int]:
    return [len(search.find(db, text)) for text in typed]


def test_every_field_comes_back(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        number = patients.insert(tx, WHOLE)
        assert patients.get(tx, number) == replace(WHOLE, id=number)
        newborn = patients.insert(tx, Patient(is_unnamed_newborn=True, deceased=False))
        assert patients.get(tx, newborn).is_unnamed_newborn
        assert patients.get(tx, newborn).deceased is False
        assert patients.get(tx, newborn).mrn == f"P{newborn:08d}"


def test_the_line_of_a_list_is_filled(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        number = patients.insert(tx, WHOLE)
        line = search.line(tx, number)
    assert line == search.PatientLine(
        number, "A-17", "LIN, Meihua Anna", "林美华", "1949-12", "female", deceased=True, demo=True
    )


def test_the_record_number_is_the_one_typed_mr_else_the_first_else_made(clinic: Session) -> None:
    typed = replace(WHOLE, mrn="")
    first = replace(typed, identifiers=(Identifier("x1"), Identifier("x2")))
    with clinic.store.transaction() as tx:
        ids = patients.insert_many(tx, [patients.NewPatient(one) for one in (typed, first)])
        assert [patients.get(tx, number).mrn for number in ids] == ["A-17", "x1"]


def test_identifiers_and_sources_lead_to_the_patient(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        source = sources.intern(tx, "hospital")
        number = patients.insert(tx, WHOLE, source=source, source_id="p1")
        assert patients.find_by_identifier(tx, "A-17") == [number]
        assert patients.find_by_identifier(tx, "A-17", "urn:h") == [number]
        assert patients.find_by_identifier(tx, "A-17", "urn:other") == []
        assert patients.find_by_source(tx, source, "p1") == number
        assert patients.find_by_source(tx, source, "p2") is None


def test_every_way_of_typing_finds_her(clinic: Session) -> None:
    typed = [
        "lin",
        "MEIHUA",
        "linmeihua",
        "lmh",
        "林",
        "美华",
        "lin mei",
        "a17",
        "A-17",
        "13912345678",
        "5678",
        "1949-12",
        "11010519491231002x",
        "110105",
        "lin 1949",
    ]
    with clinic.store.transaction() as tx:
        patients.insert(tx, WHOLE)
        patients.insert(tx, person("Other", "Person", born="1950-01-01"))
        assert {text: len(search.find(tx, text)) for text in typed} == dict.fromkeys(typed, 1)
        assert _hits(tx, "x@example", "beijing", "dr", "11010", "m", "d", "t") == [0, 0, 0, 0, 1, 0, 0]


def test_an_update_moves_her_in_the_index(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        number = patients.insert(tx, WHOLE)
        patients.insert(tx, person("Nils"))
        renamed = replace(WHOLE, id=number, names=(HumanName("Zhou", ("Wei",)),), telecom=())
        patients.update(tx, renamed)
        assert patients.get(tx, number) == renamed
        assert _hits(tx, "lin", "林", "5678", "zhou", "a17") == [0, 0, 0, 1, 1]
        assert [line.name for line in search.page(tx)] == ["NILS", "ZHOU, Wei"]
        patients.update(tx, replace(renamed, sex=Sex.OTHER))
        assert _hits(tx, "zhou") == [1]
    with pytest.raises(UnknownPatient), clinic.store.transaction() as tx:
        patients.update(tx, replace(WHOLE, id=99))


def test_a_deleted_patient_leaves_nothing_behind(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        number = patients.insert(tx, WHOLE)
        code = codes.intern(tx, [("s", "c", None, None)])["s", "c"]
        observations.insert_many(tx, [observations.row_of(number, code, height(1.0))])
        patients.delete(tx, number)
        assert _hits(tx, "lin", "a17") == [0, 0]
        assert patients.find_by_identifier(tx, "A-17") == []
        assert observations.of_patient(tx, number) == [] and search.count_all(tx) == 0
    with pytest.raises(UnknownPatient), clinic.store.reading() as db:
        patients.get(db, number)


def test_a_bulk_load_finds_the_same(clinic: Session) -> None:
    with search.bulk_loading(clinic.store):
        for start in range(0, 300, 100):
            with clinic.store.transaction() as tx:
                people = [
                    person(f"Fam{chr(97 + n % 26)}", mrn=str(1000 + n)) for n in range(start, start + 100)
                ]
                patients.insert_many(tx, [patients.NewPatient(one) for one in people])
    with clinic.store.transaction() as tx:
        search.optimize(tx)
    with clinic.store.reading() as db:
        assert search.count(db, "fama") == 12 and search.count(db, "1") == 300
        names = [line.name for line in search.page(db, None, 1000)]
        assert names == sorted(names)
