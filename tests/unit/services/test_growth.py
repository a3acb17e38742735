"""The growth chart's numbers: the child's own series, read as the score reads it, and nothing made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import growth, records
from medapp.services.session import Session
from tests.clinics import make_clinic, person

BORN = "2024-03-01"
CODES = {"weight": ("29463-7", "kg"), "height": ("8302-2", "cm"), "gestation_at_birth": ("11884-4", "wk")}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


@pytest.fixture
def child(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Tong", born=BORN)).id


def save(clinic: Session, child: int, variable: str, value: float, day: str, **more: str) -> None:
    code, unit = CODES[variable]
    taken = Observation(0, Coding("http://loinc.org", code), Moment.parse(day), variable, value, unit)
    records.save_observation(clinic, child, replace(taken, **more))  # type: ignore[arg-type]


def test_the_points_are_the_record_s_with_age_z_and_centile(clinic: Session, child: int) -> None:
    save(clinic, child, "weight", 8.95, "2025-03-01")
    save(clinic, child, "weight", 7.3, "2024-09-01")
    found = growth.of_child(clinic, child, "weight_for_age", "female")
    assert [(p.days, p.counted, p.value) for p in found.points] == [(184, 184, 7.3), (365, 365, 8.95)]
    assert found.points[1].z == pytest.approx(0.0, abs=0.01)
    assert found.points[1].centile == pytest.approx(50.0, abs=0.5)
    assert [percent for percent, _ in found.lines] == [3.0, 15.0, 50.0, 85.0, 97.0]
    assert found.unit == "kg"
    assert found.outside == 0


def test_a_preterm_child_is_read_at_the_corrected_age_of_the_record(clinic: Session, child: int) -> None:
    save(clinic, child, "gestation_at_birth", 32.0, BORN)
    save(clinic, child, "weight", 1.9, "2024-03-08")
    save(clinic, child, "weight", 6.1, "2024-09-01")
    found = growth.of_child(clinic, child, "weight_for_age", "female")
    assert [(p.days, p.counted, p.place) for p in found.points] == [(184, 128, 128.0)]
    assert found.outside == 1
    asked = growth.of_child(clinic, child, "weight_for_age", "female", gestation_weeks=36.0)
    assert asked.points[0].counted == 184 - 28


def test_a_weight_goes_with_the_length_of_its_own_examination(clinic: Session, child: int) -> None:
    save(clinic, child, "weight", 9.0, "2025-03-01")
    save(clinic, child, "weight", 9.6, "2025-06-01")
    save(clinic, child, "height", 74.0, "2025-03-03")
    found = growth.of_child(clinic, child, "weight_for_length", "female")
    assert [(p.place, p.value) for p in found.points] == [(74.0, 9.0)]
    bmi = growth.of_child(clinic, child, "bmi_for_age", "female")
    assert [round(p.value, 2) for p in bmi.points] == [round(9.0 / 0.74**2, 2)]


def test_a_standing_child_is_longer_on_the_table_of_lying_children(clinic: Session, child: int) -> None:
    save(clinic, child, "height", 86.0, "2026-02-28T08:00:00Z")
    save(clinic, child, "weight", 12.0, "2026-02-28T08:00:00Z")
    lying = growth.of_child(clinic, child, "weight_for_length", "female", at=Moment.parse("2027-01-01"))
    assert lying.points[0].place == pytest.approx(86.0)
    save(clinic, child, "height", 88.0, "2026-03-05")
    save(clinic, child, "weight", 12.2, "2026-03-05")
    later = growth.of_child(clinic, child, "weight_for_length", "female", at=Moment.parse("2027-01-01"))
    assert later.points[1].place == pytest.approx(88.7)


def test_what_is_no_number_or_came_later_or_was_withdrawn_is_left_out(clinic: Session, child: int) -> None:
    save(clinic, child, "weight", 9.0, "2025-03-01", comparator="<")
    save(clinic, child, "weight", 9.1, "2025-03-02", status="entered-in-error")
    save(clinic, child, "weight", 9.2, "2025-06-01")
    found = growth.of_child(clinic, child, "weight_for_age", "female", at=Moment.parse("2025-04-01"))
    assert found.points == ()


@pytest.mark.parametrize("born", ["", "2024", "2024-03"])
def test_without_a_birth_date_to_the_day_there_is_no_age(clinic: Session, born: str) -> None:
    patient = records.add_patient(clinic, replace(person("Unknown"),
                                                  birth_date=Moment.parse(born) if born else None)).id
    save(clinic, patient, "weight", 9.0, "2025-03-01")
    save(clinic, patient, "height", 74.0, "2025-03-01")
    found = growth.of_child(clinic, patient, "weight_for_age", "male")
    assert found.needs_birth
    assert found.points == ()
    by_length = growth.of_child(clinic, patient, "weight_for_length", "male")
    assert [p.place for p in by_length.points] == [74.0]


def test_a_grown_child_s_measurements_are_counted_as_outside(clinic: Session) -> None:
    patient = records.add_patient(clinic, person("Old", born="2015-01-01")).id
    save(clinic, patient, "weight", 20.0, "2021-01-01")
    found = growth.of_child(clinic, patient, "weight_for_age", "male")
    assert (found.points, found.outside) == ((), 1)


def test_a_child_s_measurements_are_for_doctors(clinic: Session, child: int) -> None:
    clinic.user = type(clinic.user)(1, "anna", "Anna", frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotPermitted):
        growth.of_child(clinic, child, "weight_for_age", "female")
