"""Which range holds for whom, and what a value is against it."""

from __future__ import annotations

import math

import pytest

from medapp.terminology.errors import UnknownVariable
from medapp.terminology.ranges import Gestation, Range, level, plausibility, reference_range
from medapp.terminology.variables import variable


def test_sex_and_age_choose_the_range() -> None:
    assert reference_range("creatinine", "female", 40) == Range(41, 73)
    assert reference_range("creatinine", "male", 40) == Range(57, 97)
    assert reference_range("creatinine", "male", 65) == Range(57, 111)


def test_the_end_of_an_age_band_belongs_to_the_next() -> None:
    assert reference_range("creatinine", "female", 59.99) == Range(41, 73)
    assert reference_range("creatinine", "female", 60) == Range(41, 81)


def test_the_laboratorys_own_range_wins() -> None:
    assert reference_range("creatinine", "female", 40, (44, 80)) == Range(44, 80, "laboratory")
    assert reference_range("creatinine", "female", 5, (None, 60)) == Range(None, 60, "laboratory")
    assert reference_range("creatinine", "female", 40, (None, None)) == Range(41, 73)


@pytest.mark.parametrize(
    ("sex", "age"), [("female", 5), ("unknown", 40), (None, 40), ("female", None), ("other", 40)]
)
def test_where_no_range_is_known_for_the_person_there_is_none(sex: str | None, age: float | None) -> None:
    assert reference_range("creatinine", sex, age) is None


def test_a_child_has_a_childs_heart_rate() -> None:
    assert reference_range("heart_rate", None, 0.5) == Range(100, 180)
    assert reference_range("heart_rate", "male", 40) == Range(60, 100)


def test_a_womans_haemoglobin_of_120_is_normal_and_a_mans_is_low() -> None:
    assert level(120, reference_range("haemoglobin", "female", 40)) == "normal"
    assert level(120, reference_range("haemoglobin", "male", 40)) == "low"


def test_limits_belong_to_the_normal() -> None:
    limits = Range(3.5, 5.3)
    assert [level(x, limits) for x in (3.4, 3.5, 5.3, 5.4)] == ["low", "normal", "normal", "high"]
    assert level(1e9, Range(3.5, None)) == "normal"
    assert level(9, None) == "normal"


def test_plausible_possible_and_impossible_are_told_apart() -> None:
    potassium = variable("potassium")
    values = (4.0, 10.0, 11.0, 20.0, 21.0, -1.0)
    answers = ["ok", "ok", "implausible", "implausible", "impossible", "impossible"]
    assert [plausibility(potassium, x) for x in values] == answers


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_impossible(value: float) -> None:
    assert plausibility(variable("potassium"), value) == "impossible"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sodium", 98), ("potassium", 9.8), ("glucose", 65), ("haemoglobin", 25), ("platelets", 3),
        ("white_cells", 350), ("ph", 6.8), ("temperature", 42.5), ("bmi", 68), ("systolic_bp", 262),
        ("creatinine", 1900), ("triglycerides", 55), ("age", 112), ("alt", 9000), ("troponin_t_hs", 9000),
        ("weight", 0.6), ("bilirubin_total", 700), ("heart_rate", 245), ("inr", 11), ("tsh", 300),
    ],
)
def test_rare_but_living_patients_are_plausible(name: str, value: float) -> None:
    assert plausibility(variable(name), value) == "ok"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", 98.6), ("total_protein", 650), ("ph", 74), ("sodium", 14), ("height", 1.75),
        ("spo2", 101), ("potassium", 45), ("haemoglobin", 1400), ("calcium", 9.5), ("phq9_total", 28),
        ("age", -1), ("hba1c", 48), ("fio2", 0.4),
    ],
)
def test_a_mistaken_unit_or_slip_is_refused_as_impossible(name: str, value: float) -> None:
    assert plausibility(variable(name), value) == "impossible"


@pytest.mark.parametrize(
    ("name", "value"), [("creatinine", 9), ("albumin", 4.2), ("haematocrit", 5), ("spo2", 0.97)]
)
def test_a_likely_slip_is_at_least_flagged(name: str, value: float) -> None:
    assert plausibility(variable(name), value) != "ok"


def test_an_unknown_variable_is_a_clear_error() -> None:
    with pytest.raises(UnknownVariable):
        reference_range("creatinin", "female", 40)


def test_in_pregnancy_only_a_range_made_for_it_is_used() -> None:
    assert reference_range("creatinine", "female", 30, pregnant=Gestation(168)) is None
    assert reference_range("creatinine", "female", 30, (41, 60), pregnant=Gestation(168)) == (
        Range(41, 60, "laboratory")
    )
    by_week = [reference_range("haemoglobin", "female", 30, pregnant=Gestation(7 * w)) for w in (13, 14, 28)]
    assert by_week == [Range(low, None, "pregnancy") for low in (110, 105, 110)]
    assert reference_range("haemoglobin", "female", 30, pregnant=Gestation(None)) is None
    assert reference_range("systolic_bp", "female", 30, pregnant=Gestation(168)) == Range(90, 139.9)
