"""Whom a score is not for: refused when the record or an answer says so, said while nobody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import calculators
from medapp.calculators.quick import brief
from medapp.domain.assessment import Assessment, Status
from medapp.domain.clinical import Condition, Denial, MedicationUse, Subject
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.domain.record import PatientRecord

AT = Moment.of_date(date(2026, 11, 28))
BEGUN = Moment.parse("2019-05-02")
ICD10 = "http://hl7.org/fhir/sid/icd-10"
SNOMED = "http://snomed.info/sct"
ATC = "http://www.whocc.no/atc"
FIRST_EVENT = (
    "score2", "score2_op", "score2_diabetes", "prevent_2023", "pooled_cohort_ascvd", "who_cvd_2019",
    "framingham_hard_chd",
)


def inputs_of(name: str, changes: dict[str, Any]) -> dict[str, Any]:
    """The first example of a score with some inputs changed; None takes one away."""
    given = {**calculators()[name].examples[0].inputs, **changes}
    return {key: value for key, value in given.items() if value is not None}


def ask(name: str, **changes: Any) -> Assessment:
    return ask_of(PatientRecord(AT), name, **changes)


def ask_of(record: PatientRecord, name: str, **changes: Any) -> Assessment:
    return calculators()[name].assess(record, read_given(inputs_of(name, changes)))


def having(code: str, system: str = ICD10) -> PatientRecord:
    concept = CodeableConcept((Coding(system, code),))
    return PatientRecord(AT, conditions=(Condition(1, 1, concept, "active", "confirmed", onset=BEGUN),))


def conditions(answer: Assessment) -> dict[str | None, str]:
    """The inputs whose answer nobody knows and under which the number stands, with what is said."""
    return {one.input: one.text["en"] for one in answer.warnings if one.code == "condition_unknown"}


@pytest.mark.parametrize(
    ("name", "code", "question"),
    [
        *((name, code, "cardiovascular_disease")
          for name in FIRST_EVENT for code in ("I21.4", "G45.9", "I60.9", "I61.0", "I62.9", "I69.1")),
        *(("prevent_2023", code, "heart_failure") for code in ("I50.1", "I11.0", "I13.0", "I13.2")),
        ("score2", "E11.9", "diabetes_diagnosed"),
        ("framingham_hard_chd", "E11.9", "diabetes_diagnosed"),
        ("score2_diabetes", "E10.9", "type_2_diabetes"),
        *(("kfre", code, "dialysis_or_kidney_transplant") for code in ("Z99.2", "Z94.0", "N18.6")),
        ("kdigo_aki", "Z99.2", "chronic_dialysis"),
        ("fena", "N18.4", "chronic_kidney_disease"),
        *((name, code, "mechanical_valve_or_mitral_stenosis")
          for name in ("chads2_vasc", "cha2ds2_va") for code in ("I05.0", "I34.2", "Z95.2")),
    ],
)  # fmt: skip
def test_what_the_record_says_puts_the_person_out_of_scope(name: str, code: str, question: str) -> None:
    answer = ask_of(having(code), name, **{question: None})
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    assert answer.reason is not None and answer.reason.inputs == (question,)


@pytest.mark.parametrize("code", ["E10.9", "46635009"])
def test_a_recorded_type_1_is_no_type_2(code: str) -> None:
    record = having(code, SNOMED if code.isdigit() else ICD10)
    assert ask_of(record, "score2_diabetes", type_2_diabetes=None).status is Status.OUT_OF_SCOPE


def test_the_type_of_diabetes_is_never_assumed() -> None:
    answer = ask("score2_diabetes", type_2_diabetes=None)
    assert (answer.status, answer.outcome) == (Status.INSUFFICIENT_DATA, None)
    assert "type_2_diabetes" in {one.name for one in answer.missing if one.required}
    assert ask_of(having("E11.9"), "score2_diabetes", type_2_diabetes=None).status is Status.FINAL


def test_transient_amnesia_is_no_stroke_and_heart_failure_stops_prevent_alone() -> None:
    assert ask_of(having("G45.4"), "score2").status is Status.FINAL
    assert ask_of(having("I50.9"), "score2").status is Status.FINAL


@pytest.mark.parametrize("code", ["C03CA01", "C09BA02"])
def test_a_diuretic_in_use_stops_the_excretion_of_sodium(code: str) -> None:
    use = MedicationUse(1, 1, "statement", CodeableConcept((Coding(ATC, code),)), "active", authored=BEGUN)
    answer = ask_of(PatientRecord(AT, medications=(use,)), "fena")
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)


def test_who_has_no_problems_has_not_denied_a_medicine() -> None:
    denied = (Denial(1, 1, Subject.PROBLEMS, BEGUN),)
    for record in (PatientRecord(AT, denials=denied), having("160245001", SNOMED)):
        answer = ask_of(record, "fena", takes_diuretic=None)
        assert "takes_diuretic" in conditions(answer)
    asked = ask_of(PatientRecord(AT, denials=denied), "score2", diabetes_diagnosed=None)
    assert "diabetes_diagnosed" not in conditions(asked)


def test_a_given_no_stands_against_a_code_that_names_no_degree() -> None:
    answer = ask_of(having("I05.0"), "chads2_vasc", mechanical_valve_or_mitral_stenosis=False)
    assert answer.status is Status.FINAL


@pytest.mark.parametrize(
    ("name", "question"),
    [
        *((name, "cardiovascular_disease") for name in FIRST_EVENT),
        ("prevent_2023", "heart_failure"), ("score2", "diabetes_diagnosed"),
        ("framingham_hard_chd", "diabetes_diagnosed"), ("findrisc", "diabetes_diagnosed"),
        ("kfre", "dialysis_or_kidney_transplant"), ("kdigo_aki", "chronic_dialysis"),
        ("fena", "takes_diuretic"), ("chads2_vasc", "mechanical_valve_or_mitral_stenosis"),
        ("cha2ds2_va", "mechanical_valve_or_mitral_stenosis"),
    ],
)
def test_an_open_question_of_scope_is_said_and_an_answered_one_is_not(name: str, question: str) -> None:
    unasked = ask(name, **{question: None})
    assert unasked.status is Status.FINAL
    assert conditions(unasked)[question].startswith("Holds only if this is not so, which is not known: ")
    told = ask(name, **{question: False})
    assert told.status is Status.FINAL and question not in conditions(told)
    for changes, status in (({question: True}, Status.OUT_OF_SCOPE), ({question: None}, Status.FINAL)):
        (line,) = brief(calculators()[name], [inputs_of(name, changes)], AT)
        assert line.status == status


def test_nothing_is_said_to_hold_where_nothing_is_answered() -> None:
    assert conditions(ask("score2", smokes_now=None)) == {}


def test_a_range_names_the_items_and_not_the_question_of_scope_as_missing() -> None:
    answer = ask("chads2_vasc", diabetes_diagnosed=None)
    assert answer.outcome is not None and answer.outcome.value == [4.0, 5.0]
    assert answer.reason is not None and answer.reason.inputs == ("diabetes_diagnosed",)
    assert "mechanical_valve_or_mitral_stenosis" in conditions(answer)


@pytest.mark.parametrize("name", ["ideal_body_weight", "adjusted_body_weight", "ldl", "opioid_mme", "qtc"])
def test_a_score_for_adults_refuses_a_child(name: str) -> None:
    answer = ask(name, age=9)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    assert ask(name, age=40).status is Status.FINAL


def test_maintenance_fluid_is_not_for_newborns_and_says_so_where_the_age_is_unknown() -> None:
    newborn = ask("maintenance_fluids", weight=3.4, age={"value": 5, "unit": "d"})
    assert (newborn.status, newborn.outcome) == (Status.OUT_OF_SCOPE, None)
    infant = ask("maintenance_fluids", weight=4.1, age={"value": 30, "unit": "d"})
    assert (infant.status, infant.warnings) == (Status.FINAL, ())
    assert [one.code for one in ask("maintenance_fluids", weight=3.4).warnings] == ["age_unknown"]
