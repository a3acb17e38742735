"""What is due by rule: whom a rule concerns, when it is due, and that unknown is not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from medapp.assess.due import NOTHING_SAID, Recall, Said, next_due, recalls
from medapp.domain.administrative import Patient
from medapp.domain.clinical import Condition, Immunisation, MedicationUse, Observation, Procedure
from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period
from medapp.domain.record import PatientRecord
from medapp.terminology.recalls import rules
from medapp.terminology.systems import ATC, CVX, ICD10, RXNORM, SNOMED
from tests.clinics import person

NOW = Moment.parse("2026-03-01")
DIABETES = Condition(1, 1, CodeableConcept((Coding(SNOMED, "44054006"),)), "active", "confirmed")


def patient(born: str = "1968-03-12") -> Patient:
    return replace(person("Lin", "Meihua", born=born), id=1)


def record(*conditions: Condition, **more: object) -> PatientRecord:
    whole = PatientRecord(NOW, patient(), conditions=conditions)
    return replace(whole, **more)  # type: ignore[arg-type]


def value(variable: str, day: str) -> Observation:
    return Observation(1, Coding("http://loinc.org", variable), Moment.parse(day), variable, 1.0)


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


def test_an_age_that_is_not_known_is_in_no_age_group() -> None:
    assert "influenza_older" in due(record(patient=patient("1950-01-01")))
    assert due(record(patient=patient(""))) == {}


def test_a_vaccine_given_satisfies_and_one_asked_for_once_stays_away() -> None:
    whole = record(patient=patient("1950-01-01"))
    flu, pneumococcal = vaccine("140", "2025-10-02"), vaccine("133", "2016-05-06")
    found = due(replace(whole, immunisations=(flu, pneumococcal)))
    assert found["influenza_older"].due == date(2026, 10, 2)
    assert "pneumococcal_older" not in found


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
        assert rule.is_once or rule.months or rule.weeks
        assert rule.any_of or rule.every_one_of or rule.procedures or rule.vaccines
        assert rule.conditions or rule.medicines or rule.age_from is not None
