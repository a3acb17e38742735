"""From a record and given inputs to the graph's row: precedence, units, refusals, evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import tomli_w

from medapp.assess.assessor import read_given
from medapp.assess.card import parse_card
from medapp.assess.gathering.encode import Encoded, Encoder
from medapp.domain.administrative import Patient, Sex
from medapp.domain.assessment import InputUsed, ReasonCode, Source, Status
from medapp.domain.clinical import Condition, Denial, Observation, Subject
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.domain.record import PatientRecord
from medapp.inference.table import REFUSED
from medapp.inference.table import _Table as Table
from medapp.terminology.codesystems import LOINC, SNOMED
from tests.model_folders import AGE, BMI, CREATININE, EXCLUSION, FEATURES, SEX, SMOKED, SYSTOLIC, card_of

AT = Moment.parse("2026-01-15")
MAPPED = {**SMOKED, "map_from": {"smoking_status": {"never": "no", "former": "yes", "current": "yes"}}}


def encoder(*features: Any, **changes: Any) -> Encoder:
    card = card_of("linear", features or FEATURES, "0" * 64, changes=changes)
    return Encoder(parse_card(tomli_w.dumps(card).encode(), "linear"))


def observed(variable: str, value: float | None, day: str = "2026-01-10", **more: Any) -> Observation:
    units = {"bmi": "kg/m2", "height": "cm", "weight": "kg", "systolic_bp": "mm[Hg]", "creatinine": "umol/L"}
    number = sum(map(ord, variable + day))
    return Observation(
        number, Coding("urn:medapp:variable", variable), Moment.parse(day), variable, value,
        more.pop("unit", units.get(variable)), **more,
    )  # fmt: skip


def condition(code: str, system: str = SNOMED, **more: Any) -> Condition:
    return Condition(1, 1, CodeableConcept((Coding(system, code),)), onset=Moment.parse("2020-01-01"), **more)


LIN = Patient(1, "MR1", sex=Sex.FEMALE, birth_date=Moment.parse("1964-06-01"))
FULL = (observed("bmi", 31.0), observed("systolic_bp", 142.0), observed("creatinine", 95.0))


def record(*observations: Observation, patient: Patient | None = LIN, **more: Any) -> PatientRecord:
    return PatientRecord(AT, patient, observations or FULL, **more)


def used(encoded: Encoded, name: str) -> InputUsed:
    return next(item for item in encoded.inputs if item.name == name)


def why(encoded: Encoded) -> tuple[Status, ReasonCode, tuple[str, ...]]:
    assert encoded.refusal is not None
    return encoded.refusal.status, encoded.refusal.code, encoded.refusal.names


def test_a_record_alone_gives_age_sex_and_measurements_with_their_sources() -> None:
    found = encoder().encode(record(), {})
    assert found.refusal is None
    assert found.x[0] == pytest.approx(61.6, abs=0.1) and found.x[1:4] == (0.0, 31.0, 142.0)
    assert used(found, "age").source is Source.DERIVED and used(found, "sex").source is Source.RECORD
    assert used(found, "bmi").date == "2026-01-10"
    assert np.isnan(found.x[4]) and [m.name for m in found.missing] == ["smoked_100", "diabetes_diagnosed"]


def test_what_is_given_beats_the_record() -> None:
    found = encoder().encode(record(), read_given({"bmi": 25.0}))
    assert used(found, "bmi").value == 25.0 and used(found, "bmi").source is Source.GIVEN


def test_a_given_weight_makes_a_new_bmi_with_the_recorded_height() -> None:
    found = encoder().encode(record(*FULL, observed("height", 200.0)), read_given({"weight": 100.0}))
    assert used(found, "bmi").value == pytest.approx(25.0)
    assert used(found, "bmi").source is Source.DERIVED
    assert used(found, "weight").source is Source.GIVEN and used(found, "height").source is Source.RECORD


def test_of_a_recorded_and_a_derived_value_the_later_wins() -> None:
    parts = (observed("height", 200.0, "2026-01-12"), observed("weight", 100.0, "2026-01-12"))
    assert used(encoder().encode(record(*FULL, *parts), {}), "bmi").source is Source.DERIVED
    older = (observed("height", 200.0, "2020-01-12"), observed("weight", 100.0, "2026-01-12"))
    assert used(encoder().encode(record(*FULL, *older), {}), "bmi").source is Source.RECORD


def test_the_value_as_sent_is_kept_beside_the_canonical_one() -> None:
    sent = observed("creatinine", 88.4, value_sent=1.0, unit_sent="mg/dL")
    item = used(encoder().encode(record(*FULL[:2], sent), {}), "creatinine")
    assert (item.value, item.unit, item.value_sent, item.unit_sent) == (88.4, "umol/L", 1.0, "mg/dL")


def test_a_given_unit_is_converted_and_a_bare_number_is_canonical() -> None:
    found = encoder().encode(record(), read_given({"creatinine": {"value": 1, "unit": "mg/dL"}}))
    assert used(found, "creatinine").value == pytest.approx(88.4, abs=0.01)


def test_732_months_are_61_years() -> None:
    found = encoder().encode(record(), read_given({"age": {"value": 732, "unit": "mo"}}))
    assert found.x[0] == 61.0


@pytest.mark.parametrize(
    ("inputs", "status", "code", "names"),
    [
        ({"shoe_size": 44}, Status.REFUSED, ReasonCode.UNKNOWN_INPUT, ("shoe_size",)),
        ({"bmi": {"value": 30, "unit": "kg"}}, Status.REFUSED, ReasonCode.UNIT, ("bmi",)),
        ({"bmi": {"value": 30, "unit": "furlong"}}, Status.REFUSED, ReasonCode.UNIT, ("bmi",)),
        ({"bmi": 900}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("bmi",)),
        ({"bmi": "31"}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("bmi",)),
        ({"bmi": True}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("bmi",)),
        ({"bmi": float("inf")}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("bmi",)),
        ({"sex": "green"}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("sex",)),
        ({"smoked_100": "perhaps"}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("smoked_100",)),
        ({"bmi": {"value": 30, "date": "2026-02-01"}}, Status.REFUSED, ReasonCode.IMPOSSIBLE_VALUE, ("bmi",)),
        ({"age": 19}, Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, ("age",)),
        ({"age": 80}, Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, ("age",)),
        (
            {"diabetes_diagnosed": True},
            Status.OUT_OF_SCOPE,
            ReasonCode.OUT_OF_POPULATION,
            ("diabetes_diagnosed",),
        ),
    ],
)
def test_wrong_inputs_get_no_number_and_a_reason(
    inputs: dict[str, Any], status: Status, code: ReasonCode, names: tuple[str, ...]
) -> None:
    found = encoder().encode(record(), read_given(inputs))
    assert why(found) == (status, code, names)
    assert found.x == ()
    assert found.refusal is not None and found.refusal.text["en"] and found.refusal.text["zh_CN"]


def test_79_and_a_half_years_are_79_years() -> None:
    assert encoder().encode(record(), read_given({"age": 79.5})).refusal is None


def test_a_refusal_outranks_the_population_and_that_what_is_missing() -> None:
    given = {"age": 5, "bmi": 900}
    assert why(encoder().encode(PatientRecord(AT), read_given(given)))[1] is ReasonCode.IMPOSSIBLE_VALUE
    assert why(encoder().encode(PatientRecord(AT), read_given({"age": 5})))[1] is ReasonCode.OUT_OF_POPULATION


def test_missing_required_inputs_are_all_named() -> None:
    found = encoder().encode(PatientRecord(AT), read_given({"age": 50}))
    assert why(found) == (Status.INSUFFICIENT_DATA, ReasonCode.MISSING_INPUT, ("sex", "bmi", "systolic_bp"))


def test_a_recorded_value_in_a_unit_that_is_not_convertible_is_refused() -> None:
    odd = observed("bmi", 31.0, unit="stone")
    assert why(encoder().encode(record(FULL[1], odd), {})) == (Status.REFUSED, ReasonCode.UNIT, ("bmi",))


def test_a_number_that_the_import_could_not_use_is_missing() -> None:
    odd = observed("bmi", None, unit=None, value_sent=31.0, unit_sent="stone")
    assert why(encoder().encode(record(FULL[1], odd), {}))[1] is ReasonCode.MISSING_INPUT


def test_an_old_value_is_used_and_flagged_unless_the_card_lets_it_expire() -> None:
    old = observed("systolic_bp", 142.0, "2020-01-01")
    found = encoder().encode(record(FULL[0], old), {})
    assert used(found, "systolic_bp").flags == ("stale",)
    assert [w.code for w in found.warnings] == ["stale"]
    strict = encoder(AGE, SEX, BMI, {**SYSTOLIC, "expires": True}).encode(record(FULL[0], old), {})
    assert why(strict)[2] == ("systolic_bp",)


def test_an_implausible_value_is_computed_and_flagged() -> None:
    found = encoder().encode(record(), read_given({"bmi": 95}))
    assert found.refusal is None and used(found, "bmi").flags == ("implausible",)


def test_a_limit_is_used_and_told() -> None:
    found = encoder().encode(record(*FULL[:2], observed("creatinine", 20.0, comparator="<")), {})
    assert [w.code for w in found.warnings] == ["limit"]


def test_a_birth_date_known_to_the_year_is_told() -> None:
    vague = replace(LIN, birth_date=Moment.parse("1964"))
    assert "approximate_age" in [w.code for w in encoder().encode(record(patient=vague), {}).warnings]


def test_unknown_sex_is_missing_and_another_sex_is_out_of_scope() -> None:
    unknown = encoder().encode(record(patient=replace(LIN, sex=Sex.UNKNOWN)), {})
    assert why(unknown)[2] == ("sex",)
    other = encoder().encode(record(patient=replace(LIN, sex=Sex.OTHER)), {})
    assert why(other)[1] is ReasonCode.OUT_OF_POPULATION


def test_a_problem_found_is_yes_and_a_refuted_one_is_no() -> None:
    yes = encoder().encode(record(conditions=(condition("449868002"),)), {})
    no = encoder().encode(record(conditions=(condition("449868002", verification="refuted"),)), {})
    wrong = encoder().encode(
        record(conditions=(condition("449868002", verification="entered-in-error"),)), {}
    )
    assert (yes.x[4], no.x[4]) == (1.0, 0.0) and np.isnan(wrong.x[4])


def test_a_problem_and_values_of_today_count_before_greenwich_has_today() -> None:
    early, today = Moment.parse("2026-01-15T02:00:00+08:00"), Moment.parse("2026-01-15")
    begun = replace(condition("449868002"), onset=today)
    measured = (observed("bmi", 31.0, "2026-01-15"), *FULL[1:])
    found = encoder().encode(replace(record(*measured, conditions=(begun,)), at=early), {})
    assert (found.x[2], found.x[4]) == (31.0, 1.0)
    later = replace(begun, onset=Moment.parse("2026-01-16"))
    assert np.isnan(encoder().encode(replace(record(conditions=(later,)), at=early), {}).x[4])


def test_a_dated_denial_of_all_problems_is_no() -> None:
    assert encoder().encode(record(conditions=(condition("160245001"),)), {}).x[4] == 0.0
    for subject, answers in ((Subject.PROBLEMS, True), (Subject.MEDICINES, False)):
        denied = encoder().encode(record(denials=(Denial(1, 1, subject, Moment.parse("2024")),)), {})
        assert (denied.x[4] == 0.0) == answers


def test_an_answered_question_is_yes_or_no_in_every_form() -> None:
    forms: list[tuple[dict[str, Any], float]] = [
        ({"coded": Coding(LOINC, "LA33-6")}, 1.0),
        ({"coded": Coding(SNOMED, "373067005")}, 0.0),
        ({"text": "Yes"}, 1.0),
        ({"text": "否"}, 0.0),
    ]
    for form, number in forms:
        assert encoder().encode(record(*FULL, observed("smoked_100", None, **form)), {}).x[4] == number
    assert encoder().encode(record(*FULL, observed("smoked_100", 1.0)), {}).x[4] == 1.0


def test_a_found_problem_wins_over_an_answered_no() -> None:
    asked = observed("smoked_100", 0.0)
    assert encoder().encode(record(*FULL, asked, conditions=(condition("449868002"),)), {}).x[4] == 1.0


def test_a_choice_of_another_variable_answers_recorded_or_given() -> None:
    never = observed("smoking_status", None, coded=Coding(SNOMED, "266919005"))
    mapped = encoder(AGE, SEX, BMI, SYSTOLIC, MAPPED, CREATININE)
    assert mapped.encode(record(*FULL, never), {}).x[4] == 0.0
    given = mapped.encode(record(*FULL, never), read_given({"smoking_status": "current_some"}))
    assert given.x[4] == 1.0 and used(given, "smoking_status").source is Source.GIVEN


def test_known_diabetes_is_out_of_scope_by_snomed_and_icd_even_when_a_no_is_given() -> None:
    for found in (condition("44054006"), condition("E11.9", "http://hl7.org/fhir/sid/icd-10-cm")):
        for given in ({}, {"diabetes_diagnosed": False}):
            assert why(encoder().encode(record(conditions=(found,)), read_given(given)))[2] == (
                "diabetes_diagnosed",
            )


def test_an_exclusion_without_a_question_is_found_by_code() -> None:
    silent = {k: v for k, v in EXCLUSION.items() if k != "input"}
    found = encoder(exclusions=[silent]).encode(record(conditions=(condition("44054006"),)), {})
    assert why(found)[2] == ("known_diabetes",)


def test_nobody_is_asked_what_only_concerns_the_other_sex() -> None:
    features = (AGE, SEX, BMI, SYSTOLIC, {"name": "pregnancies", "required": False, "only_for": "female"})
    pregnancy = {"id": "pregnancy", "input": "pregnant", "title": EXCLUSION["title"], "only_for": "female"}
    asked = encoder(*features, exclusions=[pregnancy])
    woman, man = asked.encode(record(), {}), asked.encode(record(patient=replace(LIN, sex=Sex.MALE)), {})
    assert [m.name for m in woman.missing] == ["pregnancies", "pregnant"] and man.missing == ()


def test_a_documented_imputation_is_shown_as_imputed() -> None:
    filled = encoder(AGE, SEX, BMI, SYSTOLIC, SMOKED, {**CREATININE, "impute_value": 80.0})
    item = used(filled.encode(record(*FULL[:2]), {}), "creatinine")
    assert (item.value, item.source) == (80.0, Source.IMPUTED)


def test_values_after_the_moment_are_not_seen() -> None:
    later = observed("bmi", 20.0, "2026-01-20")
    assert used(encoder().encode(record(*FULL, later), {}), "bmi").value == 31.0


@pytest.mark.parametrize(("systolic", "diastolic"), [(80.0, 120.0), (90.0, 90.0)])
def test_a_diastolic_pressure_that_is_not_below_the_systolic_gives_no_answer(
    systolic: float, diastolic: float
) -> None:
    given = {"age": 50, "sex": "female", "bmi": 25.0, "systolic_bp": systolic, "diastolic_bp": diastolic}
    lower = {"name": "diastolic_bp", "required": True}
    model = encoder(AGE, SEX, BMI, SYSTOLIC, lower)
    refusal = model.encode(PatientRecord(AT), read_given(given)).refusal
    assert refusal is not None and refusal.status is Status.REFUSED
    assert refusal.names == ("diastolic_bp", "systolic_bp")
    table = Table(model, {name: [value] for name, value in given.items()}, {})
    assert table.encode(slice(0, 1))[1][0] == REFUSED


def test_a_date_after_death_is_said_beside_the_answer() -> None:
    given = read_given({"age": 50, "sex": "female", "bmi": 25.0, "systolic_bp": 120.0})
    died = Patient(deceased=True, deceased_at=Moment.parse("2026-01-14"))
    after = encoder().encode(PatientRecord(AT, died), given)
    assert [warning.code for warning in after.warnings] == ["deceased"]
    before = PatientRecord(Moment.parse("2026-01-14T10:00:00Z"), died)
    assert encoder().encode(before, given).warnings == ()


def test_a_question_that_must_be_yes_puts_a_no_out_of_scope_and_asks_when_unknown() -> None:
    gate = {
        "name": "referred_for_angiography", "required": True, "missing": "refuse", "valid": [1, 1],
    }  # fmt: skip
    asked = encoder(gate, AGE, SEX)

    def ask(**given: Any) -> Encoded:
        return asked.encode(record(), read_given(given))

    said_no = ask(referred_for_angiography=False)
    assert why(said_no) == (
        Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, ("referred_for_angiography",),
    )  # fmt: skip
    assert said_no.refusal is not None and said_no.refusal.text["en"].endswith("is being considered: no")
    assert why(ask())[0] is Status.INSUFFICIENT_DATA
    assert ask(referred_for_angiography=True).refusal is None


def test_a_pregnancy_under_way_excludes_and_an_old_no_is_asked_again() -> None:
    pregnancy = {"id": "pregnancy", "input": "pregnant", "title": EXCLUSION["title"], "only_for": "female"}
    asked = encoder(exclusions=[pregnancy])
    begun = Pregnancy(last_period=date(2025, 10, 1), recorded=Moment.parse("2025-12-01"))
    assert why(asked.encode(record(pregnancies=(begun,)), {}))[2] == ("pregnant",)
    fresh = asked.encode(record(*FULL, observed("pregnant", 0.0, "2026-01-01")), {})
    assert used(fresh, "pregnant").value is False
    old = asked.encode(record(*FULL, observed("pregnant", 0.0, "2025-06-01")), {})
    assert [m.name for m in old.missing if m.name == "pregnant"] == ["pregnant"]
