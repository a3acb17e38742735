"""Dates of a pregnancy share the record's count; growth takes the age to the day and corrects it."""

from __future__ import annotations

import os
import tarfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from medapp import paths
from medapp.assess.assessor import read_given
from medapp.calculators import calculators, growth_tables
from medapp.calculators.growth_terms import MEASURES, VARIANTS, counted_days, whole_days
from medapp.domain.administrative import Patient, Sex
from medapp.domain.assessment import Assessment, ReasonCode, Source, Status
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.domain.record import PatientRecord
from tests.unit.terminology.test_compiled_tables import script

AT = Moment.of_date(date(2026, 11, 27))
BLANK = PatientRecord(AT)


def ask(name: str, record: PatientRecord = BLANK, **inputs: Any) -> Assessment:
    return calculators()[name].assess(record, read_given(inputs))


def value(answer: Assessment) -> Any:
    assert answer.status is Status.FINAL, answer.reason
    assert answer.outcome is not None
    return answer.outcome.value


def test_the_due_date_is_that_of_the_pregnancy_on_record() -> None:
    episode = Pregnancy(last_period=date(2026, 6, 1), recorded=Moment.of_date(date(2026, 7, 1)))
    record = PatientRecord(AT, Patient(sex=Sex.FEMALE), pregnancies=(episode,))
    answer = ask("due_date", record)
    assert episode.due is not None
    assert value(answer) == episode.due.isoformat() == "2027-03-08"
    assert [(one.name, one.source) for one in answer.inputs] == [("last_menstrual_period", Source.RECORD)]
    age = ask("gestational_age", record)
    assert value(age) * 7 == pytest.approx(episode.days_at(AT.date))
    assert {one.name: one.source for one in age.inputs}["on_date"] is Source.DERIVED


def test_a_scan_on_record_is_said_to_go_before() -> None:
    episode = Pregnancy(
        last_period=date(2026, 6, 1), scan_date=date(2026, 8, 1), scan_days=70,
        recorded=Moment.of_date(date(2026, 8, 1)),
    )
    record = PatientRecord(AT, Patient(sex=Sex.FEMALE), pregnancies=(episode,))
    assert "dated_otherwise" in {one.code for one in ask("due_date", record).warnings}


@pytest.mark.parametrize("name", ["due_date", "conception_date", "gestational_age"])
def test_a_last_period_to_come_or_of_no_day_is_refused(name: str) -> None:
    later = ask(name, last_menstrual_period="2027-01-01")
    assert later.reason is not None and later.reason.code is ReasonCode.IMPOSSIBLE_VALUE
    assert ask(name, last_menstrual_period="2026-05").status is Status.OUT_OF_SCOPE
    assert ask(name).status is Status.INSUFFICIENT_DATA


def test_a_day_before_the_period_or_after_44_weeks_has_no_gestational_age() -> None:
    for on in ("2026-01-01", "2026-12-31"):
        answer = ask("gestational_age", last_menstrual_period="2026-01-20", on_date=on)
        assert answer.status in (Status.OUT_OF_SCOPE, Status.REFUSED)
    late = ask("gestational_age", last_menstrual_period="2026-01-02", on_date="2026-11-27")
    assert late.status is Status.OUT_OF_SCOPE


def test_a_child_on_record_has_its_age_to_the_day() -> None:
    child = Patient(sex=Sex.MALE, birth_date=Moment.of_date(date(2025, 11, 27)))
    answer = ask("who_growth", PatientRecord(AT, child), variant="weight_for_age", weight=7.7)
    assert value(answer) == pytest.approx(-2.0475, abs=5e-5)
    assert {one.name: one.source for one in answer.inputs}["age"] is Source.DERIVED


def test_the_age_of_the_preterm_is_corrected_until_two_years() -> None:
    assert counted_days(100, 32.0) == 100 - 56
    assert counted_days(100, 37.0) == counted_days(100, None) == 100
    assert counted_days(731, 28.0) == 731
    early = {"variant": "weight_for_age", "sex": "female", "weight": 2.1, "gestation_at_birth": 30}
    before_term = ask("who_growth", age={"value": 20, "unit": "d"}, **early)
    assert before_term.status is Status.OUT_OF_SCOPE
    corrected = ask("who_growth", age={"value": 90, "unit": "d"}, **{**early, "weight": 4.0})
    assert corrected.outcome is not None and corrected.outcome.extra["age_counted"]["value"] == 20


def test_months_are_rounded_to_days_as_the_standard_does() -> None:
    assert [whole_days(months / 12) for months in (1, 6, 12, 24, 60)] == [30, 183, 365, 731, 1826]


def test_measured_the_other_way_round_the_length_is_changed() -> None:
    old = {"variant": "length_for_age", "sex": "male", "age": 3}
    lying = value(ask("who_growth", height=95.7, measured_position="lying", **old))
    assert lying == pytest.approx(value(ask("who_growth", height=95.0, **old)))
    young = {"variant": "weight_for_length", "sex": "male", "weight": 8.0}
    standing = value(ask("who_growth", height=70.0, measured_position="standing", **young))
    assert standing == pytest.approx(value(ask("who_growth", height=70.7, **young)))


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_each_measure_needs_its_inputs_and_ends_at_its_table(variant: str) -> None:
    everything: dict[str, Any] = {
        "sex": "female", "age": 3, "weight": 13, "height": 94,
        **dict.fromkeys(tuple(MEASURES.values())[1:], 15),
    }
    assert ask("who_growth", variant=variant, **everything).status is Status.FINAL
    assert ask("who_growth", variant=variant, sex="female", age=3).status is Status.INSUFFICIENT_DATA
    too_old = ask("who_growth", variant=variant, **{**everything, "age": 5.1})
    assert too_old.status is Status.OUT_OF_SCOPE
    lines = [growth_tables.curve(variant, "female", centile) for centile in growth_tables.CENTILES]
    assert all(low[1] < high[1] for a, b in pairwise(lines) for low, high in zip(a, b, strict=True))


def test_weight_is_not_judged_with_oedema() -> None:
    answer = ask(
        "who_growth", variant="weight_for_age", sex="male", age=1, weight=9, oedema_both_feet=True
    )
    assert answer.status is Status.OUT_OF_SCOPE


def test_the_growth_tables_are_what_the_script_gives(tmp_path: Path) -> None:
    data = os.environ.get("MEDAPP_DATA")
    packed = Path(data).parent / "knowledge" / "who-growth-standards.tar.gz" if data else None
    if packed is None or not packed.is_file():
        pytest.skip("needs shared/knowledge/who-growth-standards.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    made = script("compile_who_growth")
    for measure, name in made.FILES.items():
        (source,) = tmp_path.rglob(f"{name}.txt")
        written = (paths.knowledge_dir() / "who_growth" / f"{measure}.json").read_text("utf-8")
        assert made.compiled(source) == written


def test_a_thought_of_self_harm_is_said_while_items_are_unanswered() -> None:
    answer = ask("phq9", phq9_9=1)
    assert answer.status is Status.INSUFFICIENT_DATA
    assert "self_harm" in {one.code for one in answer.warnings}
    assert "self_harm" not in {one.code for one in ask("phq9", phq9_9=0).warnings}
