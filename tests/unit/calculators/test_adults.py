"""Scores made in adults: a child gets no answer, an unknown age holds nothing up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import calculators
from medapp.domain.assessment import Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from tests.clinics import person

AT = Moment.parse("2026-11-27")
MADE_IN_ADULTS = (
    "albi", "audit_c", "calcium_for_albumin", "child_pugh", "gad7", "homa_ir", "phq9", "rcri",
    "steroid_equivalents", "target_weight", "wells_pe",
)  # fmt: skip


@pytest.mark.parametrize("name", MADE_IN_ADULTS)
def test_a_child_is_out_of_scope_by_the_birth_date_or_the_age_given(name: str) -> None:
    calculator = calculators()[name]
    inputs = dict(calculator.examples[0].inputs)
    child = replace(person("Wang", "Jun", born="2010-01-01"), id=1)
    for record, given in ((PatientRecord(AT, child), inputs), (PatientRecord(AT), {**inputs, "age": 17.9})):
        answer = calculator.assess(record, read_given(given))
        assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
        assert answer.reason is not None and answer.reason.inputs == ("age",)


@pytest.mark.parametrize("name", MADE_IN_ADULTS)
def test_an_adult_and_somebody_of_unknown_age_get_the_same_answer(name: str) -> None:
    calculator = calculators()[name]
    inputs = dict(calculator.examples[0].inputs)
    adult = replace(person("Wang", "Jun", born="1970-01-01"), id=1)
    records = (PatientRecord(AT, adult), PatientRecord(AT))
    answers = [calculator.assess(record, read_given(inputs)) for record in records]
    assert [one.status for one in answers] == [Status.FINAL, Status.FINAL]
    assert answers[0].outcome == answers[1].outcome


def test_a_childs_thoughts_of_death_are_said_though_no_sum_is_given() -> None:
    child = replace(person("Wang", "Jun", born="2012-01-01"), id=1)
    answer = calculators()["phq9"].assess(PatientRecord(AT, child), read_given({"phq9_9": 2}))
    assert answer.status is Status.OUT_OF_SCOPE
    assert "self_harm" in {one.code for one in answer.warnings}
