"""A record is found, read as it was on a day, and corrected without losing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from medapp.domain.changes import Kind
from medapp.domain.clinical import Condition, MedicationUse, Observation
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.services import medicines, problems, records
from medapp.services.session import Session
from medapp.store import search
from medapp.store.errors import AmbiguousPatient, UnknownItem, UnknownPatient
from medapp.store.repositories import conditions, encounters, medications
from tests.clinics import HEIGHT, height, person


@pytest.fixture
def lin(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua", han="林美华", mrn="A-17")).id


def test_a_reference_is_a_number_an_identifier_or_the_stores_id(clinic: Session, lin: int) -> None:
    assert {records.resolve(clinic, text) for text in ("A-17", " A-17 ", str(lin), f"#{lin}")} == {lin}
    for text in ("", "B-1", "#99", "A-1", "lin", "9" * 40, "#A-17"):
        with pytest.raises(UnknownPatient):
            records.resolve(clinic, text)


def test_an_ambiguous_reference_is_refused(clinic: Session, lin: int) -> None:
    other = records.add_patient(clinic, person("Other", mrn=str(lin))).id
    records.add_patient(clinic, person("Third", mrn="A-17"))
    for text in (str(lin), "A-17"):
        with pytest.raises(AmbiguousPatient):
            records.resolve(clinic, text)
    assert records.resolve(clinic, f"#{other}") == other


def test_a_record_is_read_as_it_was_on_a_day(clinic: Session, lin: int) -> None:
    for value, day in ((170.0, "2020-01-01"), (171.0, "2022-01-01")):
        records.save_observation(clinic, lin, height(value, day))
    early = records.open_record(clinic, lin, at=Moment.parse("2021"))
    late = records.open_record(clinic, lin)
    whole = records.open_record(clinic, lin, latest_only=False)
    assert early.patient is not None and early.patient.mrn == "A-17"
    assert [one.value for one in early.observations] == [170.0]
    assert [one.value for one in late.observations] == [171.0]
    assert [one.value for one in whole.observations] == [170.0, 171.0]
    with pytest.raises(UnknownPatient):
        records.open_record(clinic, 99)


EARLY_EAST, LATE_WEST = "2026-03-01T02:00:00+08:00", "2026-03-01T20:00:00-05:00"
"""Greenwich is still in February, and already on the 2nd of March."""


def at(clinic: Session, instant: str) -> None:
    clinic.clock = lambda: datetime.fromisoformat(instant)


@pytest.mark.parametrize("instant", [EARLY_EAST, LATE_WEST])
def test_today_has_begun_and_tomorrow_has_not_wherever_the_clinic_lies(
    clinic: Session, lin: int, instant: str
) -> None:
    at(clinic, instant)
    today, tomorrow = Moment.parse("2026-03-01"), Moment.parse("2026-03-02")
    drug = MedicationUse(0, lin, "statement", CodeableConcept((), "Warfarin"), "active")
    number = medicines.add(clinic, drug).id
    medicines.stop(clinic, number, today, "")
    problems.add(clinic, Condition(0, lin, CodeableConcept((), "STEMI"), "active", "confirmed", onset=today))
    records.save_observation(clinic, lin, height(171.0, today.isoformat()))
    records.save_observation(clinic, lin, height(199.0, tomorrow.isoformat()))
    for latest_only in (True, False):
        record = records.open_record(clinic, lin, latest_only=latest_only)
        assert [one.value for one in record.observations] == [171.0]
        assert record.latest("height") is not None
        assert [one.code.label for one in record.conditions] == ["STEMI"]
        assert [one.is_current for one in record.medications] == [False]
    assert [one.value for one in records.latest(clinic, lin)] == [171.0]
    spoken = records.last_date(clinic, lin)
    assert spoken is not None and spoken.date == today.date


def test_problems_and_medicines_are_those_known_on_the_day(clinic: Session, lin: int) -> None:
    start, end = Moment.parse("2019-01-01"), Moment.parse("2021-01-01")
    dates = (start.seconds, start.packed, end.seconds, end.packed)
    with clinic.store.transaction() as tx:
        problem = (
            lin,
            None,
            '[[], "x"]',
            "resolved",
            "confirmed",
            *dates,
            None,
            None,
            None,
            None,
            None,
            None,
        )
        conditions.insert_many(tx, [problem])
        drug = (
            lin,
            "request",
            None,
            '[[], "d"]',
            "stopped",
            *dates[:2],
            *dates,
            "",
            None,
            None,
            None,
            None,
            None,
        )
        medications.insert_many(tx, [drug])
        visit = (lin, "finished", "AMB", None, '[[], "v"]', *dates, None, None, None, None)
        encounters.insert_many(tx, [visit])
    before, during, after = (
        records.open_record(clinic, lin, at=Moment.parse(day)) for day in ("2018", "2020", "2022")
    )
    assert (before.conditions, before.medications, before.encounters) == ((), (), ())
    assert during.conditions[0].is_active and during.conditions[0].abatement is None
    assert during.medications[0].is_current and len(during.encounters) == 1
    assert not after.conditions[0].is_active and not after.medications[0].is_current


def test_the_last_date_is_the_newest_of_anything_not_in_the_future(clinic: Session, lin: int) -> None:
    assert records.last_date(clinic, lin) is None
    records.save_observation(clinic, lin, height(170.0, "2020-01-01"))
    records.save_observation(clinic, lin, replace(height(170.0, "2099-01-01"), code=Coding("x", "y")))
    assert records.last_date(clinic, lin) == Moment.parse("2020-01-01")


def test_a_correction_replaces_and_withdrawing_it_brings_the_old_one_back(clinic: Session, lin: int) -> None:
    first = records.save_observation(clinic, lin, height(70.0))
    assert first.changes.touches(lin, Kind.OBSERVATION)
    second = records.correct_observation(clinic, first.id, height(170.0))
    (read,) = records.series(clinic, lin, "height")
    assert (read.id, read.value, read.replaces, read.source) == (second.id, 170.0, first.id, records.HERE)
    with pytest.raises(UnknownItem):
        records.correct_observation(clinic, first.id, height(171.0))
    records.withdraw_observation(clinic, second.id)
    assert [one.value for one in records.series(clinic, lin, "height")] == [70.0]
    records.withdraw_observation(clinic, first.id)
    assert records.series(clinic, lin, "height") == [] and records.latest(clinic, lin) == []


def test_a_coded_answer_is_kept(clinic: Session, lin: int) -> None:
    answer = Coding("http://snomed.info/sct", "266919005", "Never smoked")
    question = Coding("http://loinc.org", "72166-2", "Smoking")
    day = Moment.parse("2020-01-01")
    records.save_observation(
        clinic, lin, Observation(0, question, day, "smoking_status", text="never", coded=answer)
    )
    (read,) = records.series(clinic, lin, "smoking_status")
    assert (read.coded, read.text) == (answer, "never")


def test_trends_are_the_last_values_oldest_first(clinic: Session, lin: int) -> None:
    for number in range(15):
        records.save_observation(clinic, lin, height(float(number), f"2020-01-{number + 1:02}"))
    found = records.trends(clinic, lin, ["height", "weight"], n=3)
    assert [one.value for one in found["height"]] == [12.0, 13.0, 14.0] and found["weight"] == []
    since = records.series(clinic, lin, "height", Moment.parse("2020-01-14"))
    assert [one.value for one in since] == [13.0, 14.0]


def test_an_observation_of_nobody_is_refused(clinic: Session) -> None:
    with pytest.raises(UnknownPatient):
        records.save_observation(clinic, 99, height(170.0))


def test_names_that_could_be_confused_are_listed_the_likeliest_first(clinic: Session, lin: int) -> None:
    near = records.add_patient(clinic, person("Lin", "Meihuan", born="1990-01-01")).id
    same = records.add_patient(clinic, person("Lin", "Meihua", han="林美华", born="1930-01-01")).id
    records.add_patient(clinic, person("Lin", "Da"))
    with clinic.store.reading() as db:
        assert [line.id for line in search.similar(db, lin)] == [same, near]
        assert search.similar(db, 99) == []


def test_a_patients_data_are_updated(clinic: Session, lin: int) -> None:
    changes = records.update_patient(clinic, replace(person("Lin", "Mei", mrn="A-17"), id=lin, mrn="A-17"))
    assert changes.touches(lin, Kind.PATIENT)
    opened = records.open_record(clinic, lin)
    assert opened.patient is not None and opened.patient.name == "LIN, Mei"
    assert HEIGHT.code == "8302-2"
