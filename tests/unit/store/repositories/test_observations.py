"""Observations keep everything, find the latest, and are never stored twice."""

from __future__ import annotations

import random
from dataclasses import replace

from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.services.session import Session
from medapp.store.connection import Transaction
from medapp.store.repositories import codes, observations, patients, sources
from tests.clinics import HEIGHT, height, person

UUID = "f47ac10b-58cc-4372-a567-0e02b2c3d479"


def _code(tx: Transaction, coding: Coding = HEIGHT, variable: str | None = "height") -> int:
    return codes.intern(tx, [(coding.system, coding.code, coding.display, variable)])[
        coding.system, coding.code
    ]


def test_every_field_comes_back(clinic: Session) -> None:
    answer = Coding("http://snomed.info/sct", "260385009", "Negative")
    given = Observation(
        0,
        HEIGHT,
        Moment.parse("2020-01-02T10:00:00+08:00"),
        "height",
        1.7,
        "m",
        "<",
        "tall",
        answer,
        170.0,
        "cm",
        1.0,
        2.0,
        "amended",
        "Ward 3",
        7,
        f"{UUID}#2",
        None,
    )
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        coded = codes.intern(tx, [(answer.system, answer.code, answer.display, None)])
        row = observations.row_of(
            patient,
            _code(tx),
            given,
            coded=coded[answer.system, answer.code],
            source=sources.intern(tx, "Ward 3"),
            import_id=1,
            source_id=UUID,
        )
        inserted = observations.insert_many(tx, [row])
    with clinic.store.reading() as db:
        stored = observations.get(db, inserted.ids[0])
    assert stored is not None and stored.patient == patient
    assert stored.observation == replace(given, id=inserted.ids[0])


def test_what_was_sent_in_its_own_unit_comes_back_as_sent(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        sent = replace(height(170.0), value_sent=170.0, unit_sent="cm")
        observations.insert_many(tx, [observations.row_of(patient, _code(tx), sent)])
        (read,) = observations.of_patient(tx, patient)
    assert (read.value_sent, read.unit_sent) == (170.0, "cm")


def test_a_repeat_adds_nothing_and_components_share_a_source(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        source = sources.intern(tx, "hospital")
        one, two = _code(tx), _code(tx, Coding("http://loinc.org", "29463-7"), "weight")
        rows = [
            observations.row_of(patient, code, height(170.0), source=source, source_id=UUID)
            for code in (one, two)
        ]
        first, second = observations.insert_many(tx, rows), observations.insert_many(tx, rows)
        assert (first.count, second.count) == (2, 0)
        assert set(first.ids).isdisjoint(second.ids)
        kept = observations.existing(tx, source, [UUID, "other"])
        assert [row[0] for row in kept[UUID]] == list(first.ids) and "other" not in kept
        assert observations.existing(tx, source + 1, [UUID]) == {}


def test_ids_are_never_given_twice(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        row = observations.row_of(patient, _code(tx), height(170.0))
        first = observations.insert_many(tx, [row] * 3).ids
        tx.execute("DELETE FROM observation")
        second = observations.insert_many(tx, [row] * 3).ids
    assert first[-1] < second[0]


def test_latest_per_code_agrees_with_a_reader_of_all_rows(clinic: Session) -> None:
    chance = random.Random(3)
    with clinic.store.transaction() as tx:
        patient, other = patients.insert(tx, person("Lin")), patients.insert(tx, person("Wang"))
        numbers = [_code(tx, Coding("x", str(number)), None) for number in range(20)]
        for owner in (patient, other):
            rows = [
                observations.row_of(
                    owner,
                    chance.choice(numbers),
                    replace(
                        height(float(number), f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 9)}-01"),
                        status=chance.choice(["final", "final", "superseded", "entered-in-error"]),
                        value=chance.choice([float(number), None]),
                    ),
                )
                for number in range(300)
            ]
            observations.insert_many(tx, rows)
        until = Moment.parse("2019-06-01")
        usable = [one for one in observations.of_patient(tx, patient, until) if one.is_usable]
        expected = {}
        for one in usable:
            best = expected.get(one.code.code)
            if best is None or (one.time.seconds, one.id) > (best.time.seconds, best.id):
                expected[one.code.code] = one
        assert {one.code.code: one for one in observations.latest(tx, patient, until)} == expected


def test_a_series_spans_codes_of_one_variable_in_time(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        one, two = _code(tx), _code(tx, Coding("http://loinc.org", "8301-4"), "height")
        days = ["2020-05-01", "2019-05-01", "2021-05-01", "2018-05-01"]
        rows = [
            observations.row_of(patient, code, height(160.0 + at, day))
            for at, (code, day) in enumerate(zip((one, two, one, two), days, strict=True))
        ]
        observations.insert_many(tx, rows)
        ids = codes.ids_of_variable(tx, "height")
        read = observations.series(tx, patient, ids, Moment.parse("2019-01-01").seconds)
        assert [one.time.isoformat() for one in read] == ["2019-05-01", "2020-05-01", "2021-05-01"]
        assert [one.value for one in observations.newest(tx, patient, ids, 2)] == [160.0, 162.0]
        assert observations.last_moment(tx, patient) == Moment.parse("2021-05-01")
