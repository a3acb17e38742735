"""The sentence that says where a value stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medapp.domain.administrative import Patient, Sex
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.i18n import Words
from medapp.services.population import sentence, standing_of
from medapp.terminology.population import Standing

AT = Moment.parse("2026-11-14")
WOMAN = Patient(1, "0048", sex=Sex.FEMALE, birth_date=Moment.parse("1961-03-02"))
PRESSURE = Observation(1, Coding("http://loinc.org", "8480-6"), AT, "systolic_bp", 150.0, "mm[Hg]")


def said(found: Standing | None, language: str) -> str:
    return sentence(found, Words(language))


def test_it_is_said_in_both_languages_from_the_side_that_most_are_on() -> None:
    high, low = Standing(0.83, "female", 60, 69), Standing(0.04, "male", 80, None)
    assert said(high, "en") == "Higher than about 83 of 100 US women of 60 to 69 (NHANES 2009-10)"
    assert said(low, "en") == "Lower than about 96 of 100 US men of 80 and over (NHANES 2009-10)"
    assert said(high, "zh_CN") == "高于每 100 名60～69 岁的美国女性中的约 83 名（NHANES 2009-10）"
    assert said(low, "zh_CN") == "低于每 100 名80 岁及以上的美国男性中的约 96 名（NHANES 2009-10）"
    assert said(None, "en") == ""


def test_a_measured_value_is_held_against_sex_and_age_on_its_day() -> None:
    found = standing_of(PRESSURE, WOMAN)
    assert found is not None and (found.sex, found.from_age, found.to_age) == ("female", 60, 69)
    assert 0.7 < found.share < 0.99


@pytest.mark.parametrize(
    "changes",
    [
        {"comparator": "<"}, {"value": None}, {"variable": None}, {"status": "entered-in-error"},
        {"time": Moment.parse("1975-01-01")}, {"variable": "creatinine"},
    ],
)
def test_nothing_is_said_where_nothing_can_be(changes: dict[str, object]) -> None:
    assert standing_of(replace(PRESSURE, **changes), WOMAN) is None  # type: ignore[arg-type]


def test_nothing_is_said_in_pregnancy_without_a_birth_date_or_of_another_sex() -> None:
    assert standing_of(PRESSURE, WOMAN, is_pregnant=True) is None
    assert standing_of(PRESSURE, replace(WOMAN, birth_date=None)) is None
    assert standing_of(PRESSURE, replace(WOMAN, sex=Sex.UNKNOWN)) is None
