"""Conditions, medicines, allergies, visits and procedures come back as they went in."""

from __future__ import annotations

from medapp.domain.administrative import Encounter
from medapp.domain.clinical import AllergyIntolerance, Condition, MedicationUse, Procedure
from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period
from medapp.services.session import Session
from medapp.store.connection import Transaction
from medapp.store.repositories import (
    allergies,
    codes,
    concepts,
    conditions,
    encounters,
    medications,
    patients,
    procedures,
    sources,
)
from medapp.store.repositories.rows import columns_of, pack_id, unpack_id
from tests.clinics import person

PLAIN = CodeableConcept((Coding("http://snomed.info/sct", "38341003", "Hypertension"),), "Hypertension")
RICH = CodeableConcept((Coding("s", "1", "one"), Coding("t", "2", None)), "in words")
DAY, NEXT = Moment.parse("2020-02-03"), Moment.parse("2021-02-03T04:05:06Z")


def _start(tx: Transaction) -> tuple[int, int, int]:
    coding = PLAIN.codings[0]
    code = codes.intern(tx, [(coding.system, coding.code, coding.display, None)])[coding.system, coding.code]
    return patients.insert(tx, person("Lin")), code, sources.intern(tx, "hospital")


def test_a_condition(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient, code, source = _start(tx)
        row = (
            patient,
            code,
            concepts.pack(PLAIN),
            "resolved",
            "confirmed",
            *columns_of(DAY),
            *columns_of(NEXT),
            *columns_of(None),
            5,
            source,
            "c1",
            1,
        )
        inserted = conditions.insert_many(tx, [row, row])
        assert inserted.count == 1
        assert conditions.of_patient(tx, patient) == [
            Condition(
                inserted.ids[0], patient, PLAIN, "resolved", "confirmed", DAY, NEXT, None, 5, "hospital"
            )
        ]
        assert conditions.existing(tx, source, ["c1"])["c1"][0] == inserted.ids[0]


def test_a_medication_use(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient, _, source = _start(tx)
        row = (
            patient,
            "request",
            None,
            concepts.pack(RICH),
            "active",
            *columns_of(DAY),
            *columns_of(DAY),
            *columns_of(None),
            "1 a day",
            concepts.pack_whole(PLAIN),
            None,
            source,
            "m1",
            1,
        )
        number = medications.insert_many(tx, [row]).ids[0]
        expected = MedicationUse(
            number, patient, "request", RICH, "active", DAY, Period(DAY), "1 a day", PLAIN, None, "hospital"
        )
        assert medications.of_patient(tx, patient) == [expected]
        assert list(medications.existing(tx, source, ["m1", "m2"])) == ["m1"]


def test_an_allergy(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient, code, source = _start(tx)
        row = (
            patient,
            code,
            None,
            "active",
            "confirmed",
            "food",
            "high",
            "hives",
            "severe",
            *columns_of(DAY),
            *columns_of(NEXT),
            source,
            "a1",
            1,
        )
        number = allergies.insert_many(tx, [row]).ids[0]
        expected = AllergyIntolerance(
            number,
            patient,
            PLAIN,
            "active",
            "confirmed",
            "food",
            "high",
            "hives",
            "severe",
            DAY,
            NEXT,
            "hospital",
        )
        assert allergies.of_patient(tx, patient) == [expected]
        assert "a1" in allergies.existing(tx, source, ["a1"])


def test_a_visit_and_what_was_done(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient, code, source = _start(tx)
        visit = (
            patient,
            "finished",
            "AMB",
            code,
            None,
            *columns_of(DAY),
            *columns_of(NEXT),
            concepts.pack_whole(RICH),
            source,
            "e1",
            1,
        )
        number = encounters.insert_many(tx, [visit]).ids[0]
        assert encounters.of_patient(tx, patient) == [
            Encounter(number, patient, "finished", "AMB", PLAIN, Period(DAY, NEXT), RICH, "hospital")
        ]
        assert encounters.last_moment(tx, patient) == columns_of(DAY)
        assert "e1" in encounters.existing(tx, source, ["e1"])
        done = (
            patient,
            code,
            None,
            "completed",
            *columns_of(DAY),
            *columns_of(None),
            number,
            source,
            "p1",
            1,
        )
        act = procedures.insert_many(tx, [done]).ids[0]
        assert procedures.of_patient(tx, patient) == [
            Procedure(act, patient, PLAIN, "completed", Period(DAY), number, "hospital")
        ]
        assert "p1" in procedures.existing(tx, source, ["p1"])


def test_source_ids_are_packed_without_loss() -> None:
    uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479"
    for text in (
        uuid,
        uuid + "#12",
        uuid.upper(),
        uuid[:-2] + "  ",
        "1" * 8 + uuid[8:],
        "short",
        "x" * 40,
        uuid[:-1] + "z",
        None,
        "",
    ):
        assert unpack_id(pack_id(text)) == text
    packed = pack_id(uuid)
    assert packed is not None and len(packed) == 16


def test_codes_are_kept_once_and_completed(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        first = codes.intern(tx, [("s", "c", None, None)])["s", "c"]
        assert codes.intern(tx, [("s", "c", "Shown", "height")]) == {("s", "c"): first}
        assert codes.intern(tx, [("s", "c", "Other", None)]) == {("s", "c"): first}
        stored = codes.by_ids(tx, [first, None, 99])
        assert stored == {first: codes.StoredCode(Coding("s", "c", "Shown"), "height")}
        assert codes.find(tx, "s", "c") == first and codes.find(tx, "s", "d") is None
