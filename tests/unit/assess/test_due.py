"""What is due by rule: whom a rule concerns, when it is due, and that unknown is not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medapp.assess.due import NOTHING_SAID, Recall, Said, next_due, recalls
from medapp.domain.administrative import Patient
from medapp.domain.clinical import Condition, Immunisation, MedicationUse, Observation, Procedure
from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period
from medapp.domain.pregnancy import Pregnancy, Status
from medapp.domain.record import PatientRecord
from medapp.terminology.recalls import rules
from medapp.terminology.systems import ATC, CVX, ICD10, RXNORM, SNOMED
from medapp.terminology.vaccines import vaccines
from tests.clinics import person

NOW = Moment.parse("2026-03-01")
DIABETES = Condition(1, 1, CodeableConcept((Coding(SNOMED, "44054006"),)), "active", "confirmed")


def patient(born: str = "1980-03-12") -> Patient:
    return replace(person("Lin", "Meihua", born=born), id=1)


def record(*conditions: Condition, **more: object) -> PatientRecord:
    whole = PatientRecord(NOW, patient(), conditions=conditions)
    return replace(whole, **more)  # type: ignore[arg-type]


def value(variable: str, day: str, number: float = 1.0) -> Observation:
    return Observation(1, Coding("http://loinc.org", variable), Moment.parse(day), variable, number)


def medicine(system: str, code: str, text: str | None = None, status: str = "active") -> MedicationUse:
    return MedicationUse(1, 1, "request", CodeableConcept((Coding(system, code),), text), status)


def vaccine(code: str, day: str) -> Immunisation:
    return Immunisation(1, 1, CodeableConcept((Coding(CVX, code),)), given=Moment.parse(day))


def due(whole: PatientRecord, said: Said = NOTHING_SAID) -> dict[str, Recall]:
    return {one.rule.id: one for one in recalls(whole, rules().values(), said=said)}


def test_nothing_is_due_for_somebody_without_problems() -> None:
    assert due(record()) == {}


def test_what_is_not_on_record_was_never_recorded_and_is_not_done() -> None:
    found = due(record(DIABETES))["hba1c_diabetes"]
    assert (found.last, found.due) == (None, None)


def test_an_interval_begins_with_the_last_value() -> None:
    found = due(record(DIABETES, observations=(value("hba1c", "2025-08-31"),)))["hba1c_diabetes"]
    assert (found.last, found.due) == (date(2025, 8, 31), date(2026, 2, 28))


def test_a_refuted_or_resolved_problem_is_no_reason() -> None:
    assert due(record(replace(DIABETES, verification="refuted"))) == {}
    assert due(record(replace(DIABETES, clinical_status="resolved"))) == {}


def test_icd_10_codes_and_atc_codes_are_known_by_their_beginnings() -> None:
    coded = replace(DIABETES, code=CodeableConcept((Coding(ICD10, "E11.9"),)))
    assert "retina_diabetes" in due(record(coded))
    assert "inr_warfarin" in due(record(medications=(medicine(ATC, "B01AA03"),)))
    assert "inr_warfarin" not in due(record(medications=(medicine(ATC, "B01AA07"),)))


def test_a_medicine_is_known_by_its_written_name_too_in_both_languages() -> None:
    for text in ("Warfarin 3 mg tablet", "华法林钠片 2.5 mg"):
        assert "inr_warfarin" in due(record(medications=(medicine(RXNORM, "0", text),)))
    assert "inr_warfarin" not in due(record(medications=(medicine(RXNORM, "0", "Warfarinase"),)))


def test_a_medicine_that_was_stopped_is_no_reason() -> None:
    assert due(record(medications=(medicine(RXNORM, "11289", status="stopped"),))) == {}


def test_of_several_tests_the_oldest_counts_and_one_lacking_is_never() -> None:
    lisinopril = (medicine(RXNORM, "29046"),)
    one = (value("creatinine", "2026-01-10"),)
    assert due(record(medications=lisinopril, observations=one))["kidney_renin_angiotensin"].last is None
    both = (*one, value("potassium", "2025-02-03"))
    found = due(record(medications=lisinopril, observations=both))["kidney_renin_angiotensin"]
    assert (found.last, found.due) == (date(2025, 2, 3), date(2026, 2, 3))


def test_an_age_that_is_not_known_makes_nobody_old_and_spares_nobody_what_another_reason_asks() -> None:
    assert "influenza_older" in due(record(patient=patient("1950-01-01")))
    assert due(record(patient=patient(""))) == {}
    assert "influenza_illness" in due(record(DIABETES, patient=patient("")))
    assert "influenza_illness" not in due(record(DIABETES, patient=patient("1950-01-01")))


@pytest.mark.parametrize(
    ("given", "again"),
    [("2025-10-02", date(2026, 9, 1)), ("2026-02-20", date(2026, 9, 1)), ("2025-07-05", date(2026, 9, 1)),
     ("2025-06-30", date(2025, 9, 1))],
)  # fmt: skip
def test_influenza_is_asked_for_each_season(given: str, again: date) -> None:
    whole = record(patient=patient("1950-01-01"), immunisations=(vaccine("320", given),))
    assert due(whole)["influenza_older"].due == again


def test_every_influenza_vaccine_that_can_be_entered_satisfies_the_rule() -> None:
    listed = [one.code for one in vaccines() if one.title.en.startswith("Influenza")]
    assert len(listed) > 10
    for rule in ("influenza_older", "influenza_illness"):
        assert {(CVX, code) for code in listed} <= rules()[rule].vaccines


def test_influenza_vaccination_is_due_in_pregnancy_without_an_illness() -> None:
    expecting = Pregnancy(1, 1, last_period=date(2026, 1, 5), recorded=Moment.parse("2026-02-10"))
    woman = patient("1995-01-01")
    assert "influenza_illness" in due(record(patient=woman, pregnancies=(expecting,)))
    ended = replace(expecting, status=Status.ENDED, ended=date(2026, 2, 20))
    assert "influenza_illness" not in due(record(patient=woman, pregnancies=(ended,)))


@pytest.mark.parametrize(
    ("codes", "is_complete"),
    [((), False), (("33",), False), (("133",), False), (("133", "33"), False), (("109",), False),
     (("215",), False), (("215", "33"), True), (("33", "215"), True), (("216",), True), (("327",), True)],
)  # fmt: skip
def test_pneumococcal_vaccination_is_asked_for_until_the_course_is_complete(
    codes: tuple[str, ...], is_complete: bool
) -> None:
    doses = tuple(vaccine(code, f"20{18 + at}-05-06") for at, code in enumerate(codes))
    found = due(record(patient=patient("1976-02-01"), immunisations=doses))
    assert ("pneumococcal_older" not in found) == is_complete
    assert "pneumococcal_older" not in due(record(patient=patient("1976-04-01")))


LITHIUM = (RXNORM, "6448")
YOUNG, OLD = "1990-01-01", "1955-01-01"


def taking(code: tuple[str, str], *starts: str | None) -> tuple[MedicationUse, ...]:
    """Prescriptions of it; the last is the one in force."""
    each = [
        replace(medicine(*code, status="stopped"), authored=Moment.parse(day) if day else None)
        for day in starts
    ]
    return (*each[:-1], replace(each[-1], status="active"))


def level(number: float, variable: str = "lithium", day: str = "2026-01-10", sign: str = "") -> Observation:
    return replace(value(variable, day, number), comparator=sign or None)


@pytest.mark.parametrize(
    ("born", "starts", "last", "months"),
    [
        (YOUNG, ("2020-01-01",), 0.6, 6), (YOUNG, ("2025-06-01",), 0.6, 3), (YOUNG, (None,), 0.6, 3),
        (YOUNG, ("2025-02-01", "2025-07-01", "2025-12-01"), 0.6, 6), (OLD, ("2020-01-01",), 0.6, 3),
        (YOUNG, ("2023-01-01", "2025-12-01"), 0.6, 3), ("", ("2020-01-01",), 0.6, 3),
        (YOUNG, ("2020-01-01",), 0.8, 3),
    ],
)  # fmt: skip
def test_a_lithium_level_is_due_sooner_where_it_is_riskier_or_nobody_knows(
    born: str, starts: tuple[str | None, ...], last: float, months: int
) -> None:
    whole = record(patient=patient(born), medications=taking(LITHIUM, *starts), observations=(level(last),))
    assert due(whole)["lithium_level"].due == date(2026, 1 + months, 10)


def test_impaired_kidneys_bring_the_lithium_level_sooner() -> None:
    ill = Condition(1, 1, CodeableConcept((Coding(ICD10, "N18.3"),)), "active", "confirmed")
    whole = record(ill, patient=patient(YOUNG), medications=taking(LITHIUM, "2020-01-01"))
    assert due(replace(whole, observations=(level(0.5),)))["lithium_level"].due == date(2026, 4, 10)


FRAIL = Condition(1, 1, CodeableConcept((Coding(ICD10, "R54"),)), "active", "confirmed")
EGFR_80 = level(80, "egfr")


@pytest.mark.parametrize(
    ("born", "conditions", "measured", "months"),
    [
        ("1970-01-01", (), (EGFR_80,), 12), ("1951-03-01", (), (EGFR_80,), 6), ("", (), (EGFR_80,), 6),
        ("1970-01-01", (FRAIL,), (EGFR_80,), 6), ("1970-01-01", (), (), 6),
        ("1970-01-01", (), (level(80, "egfr", "2024-12-01"),), 6),
        ("1970-01-01", (), (level(60, "egfr", sign=">"),), 12), ("1970-01-01", (), (level(60, "egfr"),), 6),
        ("1970-01-01", (), (EGFR_80, level(38, "creatinine_clearance")), 3),
        ("1951-01-01", (), (level(8, "egfr"),), 1),
    ],
)  # fmt: skip
def test_a_direct_anticoagulant_is_watched_by_age_frailty_and_clearance(
    born: str, conditions: tuple[Condition, ...], measured: tuple[Observation, ...], months: int
) -> None:
    blood = (*measured, value("creatinine", "2026-01-10"), value("haemoglobin", "2026-01-10"))
    whole = record(*conditions, patient=patient(born), medications=(medicine(RXNORM, "1364430"),),
                   observations=blood)  # fmt: skip
    found = due(whole)["anticoagulant_monitoring"].due
    assert found == date(2026 + months // 12, 1 + months % 12, 10)


@pytest.mark.parametrize(
    ("code", "rule"),
    [("E12.9", "hba1c_diabetes"), ("I15.0", "pressure_hypertension"), ("J43.9", "influenza_illness"),
     ("J47", "influenza_illness"), ("E08.9", "foot_diabetes")],
)  # fmt: skip
def test_rarer_forms_of_an_illness_are_the_illness(code: str, rule: str) -> None:
    found = Condition(1, 1, CodeableConcept((Coding(ICD10, code),)), "active", "confirmed")
    assert rule in due(record(found))


def test_a_procedure_done_satisfies_one_not_done_does_not() -> None:
    eye = CodeableConcept((Coding(SNOMED, "134395001"),))
    done = Procedure(1, 1, eye, "completed", Period(Moment.parse("2025-06-01")))
    assert due(record(DIABETES, procedures=(done,)))["retina_diabetes"].last == date(2025, 6, 1)
    planned = replace(done, status="not-done")
    assert due(record(DIABETES, procedures=(planned,)))["retina_diabetes"].last is None


def test_done_elsewhere_counts_and_a_refusal_silences_for_one_interval() -> None:
    done = due(record(DIABETES), Said({"retina_diabetes": date(2026, 1, 5)}, {}))
    assert done["retina_diabetes"].due == date(2027, 1, 5)
    assert "retina_diabetes" not in due(record(DIABETES), Said({}, {"retina_diabetes": date(2025, 4, 1)}))
    assert "retina_diabetes" in due(record(DIABETES), Said({}, {"retina_diabetes": date(2025, 2, 1)}))


def test_the_dead_need_nothing() -> None:
    assert due(record(DIABETES, patient=replace(patient(), deceased=True))) == {}


def test_a_month_without_that_day_ends_earlier() -> None:
    assert next_due(rules()["hba1c_diabetes"], date(2025, 8, 31)) == date(2026, 2, 28)


def test_every_rule_has_a_citation_an_interval_and_something_that_satisfies_it() -> None:
    for rule in rules().values():
        assert rule.citation and rule.title.en and rule.title.zh_CN and rule.why.zh_CN
        assert sum((rule.is_once, bool(rule.months), bool(rule.weeks), rule.season is not None)) == 1
        assert rule.any_of or rule.every_one_of or rule.procedures or rule.vaccines or rule.courses
        assert not rule.sooner or all(one.months < (rule.months or 0) for one in rule.sooner)
        assert rule.conditions or rule.medicines or rule.age_from is not None
