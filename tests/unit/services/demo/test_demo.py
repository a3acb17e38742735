"""Invented patients: the same from the same seed, plausible, marked, and nobody's."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import numpy as np
import pytest

from medapp.domain.administrative import Patient
from medapp.services import demo, records
from medapp.services.demo.course import Habits, draw_health, draw_series, draw_visits
from medapp.services.demo.fill import RICH, THIN
from medapp.services.demo.names import name_list
from medapp.services.demo.people import draw_people, record_number
from medapp.services.session import Session
from medapp.terminology.ranges import plausibility
from medapp.terminology.variables import variable

NOW = datetime(2026, 11, 20, 10, tzinfo=timezone.utc)


def clock() -> datetime:
    return NOW


def people(seed: int, count: int = 200) -> list[Patient]:
    rng = np.random.default_rng(seed)
    return draw_people(rng, draw_health(rng, count), 0, date(2026, 11, 20))


def test_the_same_seed_gives_the_same_people() -> None:
    assert people(4) == people(4)
    assert people(4) != people(5)


def test_everybody_is_marked_as_invented() -> None:
    assert all(person.is_demo for person in people(1))


def test_half_have_chinese_names_with_their_reading() -> None:
    everybody = people(2, 1000)
    han = [person for person in everybody if person.name_local]
    assert 400 < len(han) < 600
    assert all(person.name.isascii() for person in han)


def test_record_numbers_never_repeat() -> None:
    numbers = [record_number(index) for index in range(200_000)]
    assert len(set(numbers)) == len(numbers)
    assert {len(number) for number in numbers} == {8}


@pytest.mark.parametrize("script", ["han", "latin"])
def test_every_name_of_the_list_is_whole(script: str) -> None:
    names = name_list(script)
    everything = [*names.surnames, *(pair for pairs in names.given.values() for pair in pairs)]
    assert all(written and reading for written, reading in everything)
    if script == "han":
        assert all(reading.isascii() and not written.isascii() for written, reading in everything)


@pytest.mark.parametrize("habits", [RICH, THIN])
def test_every_value_is_plausible_and_before_now(habits: Habits) -> None:
    rng = np.random.default_rng(3)
    health = draw_health(rng, 1500)
    visits = draw_visits(rng, health, habits.visits, int(NOW.timestamp()))
    assert visits.time.max() < NOW.timestamp()
    for series in draw_series(rng, health, visits, habits):
        meaning = variable(series.variable)
        if series.choices:
            assert set(series.choices) <= {choice.id for choice in meaning.choices}
        else:
            implausible = {value for value in series.value.tolist() if plausibility(meaning, value) != "ok"}
            assert not implausible, series.variable


def test_diastolic_pressure_is_below_systolic() -> None:
    rng = np.random.default_rng(8)
    health = draw_health(rng, 3000)
    visits = draw_visits(rng, health, 4.0, int(NOW.timestamp()))
    values = {series.variable: series.value for series in draw_series(rng, health, visits, RICH)}
    assert (values["systolic_bp"] - values["diastolic_bp"]).min() > 8


def test_diabetes_shows_in_the_sugar() -> None:
    rng = np.random.default_rng(6)
    health = draw_health(rng, 4000)
    visits = draw_visits(rng, health, 3.0, int(NOW.timestamp()))
    sugar = next(s for s in draw_series(rng, health, visits, RICH) if s.variable == "glucose")
    is_diabetic = health.has("diabetes")[visits.patient[sugar.visit]]
    assert sugar.value[is_diabetic].mean() > sugar.value[~is_diabetic].mean() + 1.5


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    demo.create_demo(folder, clock=clock, patients=60, seed=2)
    return folder


@pytest.fixture
def session(clinic: Path) -> Session:
    opened = demo.open_demo(clinic, clock=clock)
    yield opened  # type: ignore[misc]
    opened.close()


def test_a_record_reads_like_a_record(session: Session) -> None:
    opened = [records.open_record(session, number, latest_only=False) for number in range(1, 61)]
    assert all(record.encounters for record in opened)
    assert sum(not record.observations for record in opened) < 5  # registered and not measured yet
    assert any(record.conditions and record.medications for record in opened)
    labels = {allergy.code.label for record in opened for allergy in record.allergies}
    assert "No known allergy" in labels and len(labels) > 1
    assert any(not record.allergies for record in opened)
    visits = {encounter.id: encounter.patient for record in opened for encounter in record.encounters}
    for record in opened:
        assert record.patient is not None
        assert {visits[one.encounter] for one in record.observations if one.encounter} <= {record.patient.id}


def test_half_of_the_laboratories_send_other_units(session: Session) -> None:
    found = [
        one
        for number in range(1, 61)
        for one in records.open_record(session, number).observations
        if one.variable == "glucose"
    ]
    assert {one.unit for one in found} == {"mmol/L"}
    assert {one.unit_sent for one in found} == {"mmol/L", "mg/dL"}
    for one in found:
        if one.unit_sent == "mg/dL":
            assert one.value == pytest.approx(one.value_sent * 0.0555, rel=1e-3)


def test_a_clinic_that_is_there_is_opened_as_it_is(clinic: Path) -> None:
    opened = demo.open_demo(clinic, clock=clock, patients=5000)
    with opened:
        assert records.open_record(opened, 1).patient is not None
        with pytest.raises(Exception, match="No patient"):
            records.open_record(opened, 61)


def test_the_bundles_are_found_beside_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDAPP_DATA", str(tmp_path / "data"))
    assert demo.shared_bundles() is None
    archive = tmp_path / "corpora" / "fhir_synthea.tar.gz"
    archive.parent.mkdir()
    archive.touch()
    assert demo.shared_bundles() == archive
