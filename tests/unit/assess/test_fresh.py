"""The record without values that are too old for an assessor."""

from __future__ import annotations

from dataclasses import replace

from medapp.assess.card import Card, Feature
from medapp.assess.fresh import without_old
from medapp.assess.refused import blank_card
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.domain.record import PatientRecord

LOINC = "http://loinc.org"
AT = Moment.parse("2026-03-01T09:00:00Z")


def seen(variable: str, code: str, day: str) -> Observation:
    return Observation(0, Coding(LOINC, code), Moment.parse(day), variable, 1.0, "1")


def card(*features: Feature) -> Card:
    return replace(blank_card("a"), features=features)


def names(record: PatientRecord) -> list[str | None]:
    return [one.variable for one in record.observations]


def test_a_value_within_its_look_back_stays_and_an_older_one_goes() -> None:
    old, fresh = seen("creatinine", "2160-0", "2025-01-01"), seen("heart_rate", "8867-4", "2026-02-01")
    features = (
        Feature("creatinine", False, "impute", look_back_days=90),
        Feature("heart_rate", False, "impute", look_back_days=90),
    )
    record = PatientRecord(AT, observations=(old, fresh))
    assert names(without_old(record, card(*features))) == ["heart_rate"]
    assert record.latest("creatinine") is old


def test_components_are_as_old_as_the_value_made_of_them_may_be() -> None:
    parts = (seen("height", "8302-2", "2020-01-01"), seen("weight", "29463-7", "2026-02-01"))
    bmi = Feature("bmi", False, "impute", derive="bmi", look_back_days=730)
    assert names(without_old(PatientRecord(AT, observations=parts), card(bmi))) == ["weight"]


def test_without_a_look_back_nothing_is_old() -> None:
    record = PatientRecord(AT, observations=(seen("creatinine", "2160-0", "1999-01-01"),))
    assert names(without_old(record, card(Feature("creatinine", False, "impute")))) == ["creatinine"]
