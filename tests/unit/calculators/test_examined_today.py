"""What belongs to today's examination is not taken from an older visit."""

from __future__ import annotations

from medapp.calculators import calculators
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.domain.record import PatientRecord

AT = Moment.parse("2026-11-27T10:00:00Z")
PULSE = Coding("http://loinc.org", "8867-4", "Heart rate")


def missing(day: str) -> set[str]:
    found = Observation(1, PULSE, Moment.parse(day), "heart_rate", 120.0, "/min")
    answer = calculators()["wells_pe"].assess(PatientRecord(AT, observations=(found,)), {})
    return {one.name for one in answer.missing}


def test_a_pulse_of_this_morning_is_taken_and_one_of_last_week_asked_for_again() -> None:
    assert "heart_rate" not in missing("2026-11-27T08:00:00Z")
    assert "heart_rate" in missing("2026-11-20T08:00:00Z")
