"""Problems, allergies, medicines and family history are written, ended, withdrawn and undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medapp.domain.changes import Kind
from medapp.domain.clinical import (
    AllergyIntolerance,
    Condition,
    FamilyMember,
    MedicationUse,
    Subject,
)
from medapp.domain.datatypes import CodeableConcept, Coding, Moment, Period
from medapp.domain.record import PatientRecord
from medapp.services import (
    allergies,
    audit,
    dating,
    denials,
    family,
    journal,
    medicines,
    problems,
    records,
    worklist,
    written,
)
from medapp.services.session import Session
from medapp.store.errors import UnknownItem, UnknownPatient
from medapp.terminology import terms
from medapp.terminology.codesystems import SNOMED
from tests.clinics import person

AF = terms.search(terms.PROBLEMS, "atrial fib")[0].concept
PENICILLIN = terms.search(terms.ALLERGENS, "penicillins")[0].concept
WARFARIN = terms.search(terms.SUBSTANCES, "warfarin")[0].concept


@pytest.fixture
def lin(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua", born="1968-03-12")).id


def opened(clinic: Session, patient: int) -> PatientRecord:
    return records.open_record(clinic, patient)


def problem(patient: int, **more: object) -> Condition:
    return Condition(0, patient, AF, "active", "confirmed", **more)  # type: ignore[arg-type]


def allergy(patient: int, **more: object) -> AllergyIntolerance:
    said = {"clinical_status": "active", "verification": "confirmed", "reaction": "rash", **more}
    return AllergyIntolerance(0, patient, PENICILLIN, **said)  # type: ignore[arg-type]


def medicine(patient: int, **more: object) -> MedicationUse:
    return MedicationUse(0, patient, "statement", WARFARIN, "active", **more)  # type: ignore[arg-type]


def test_a_problem_is_added_with_its_codes_and_a_year_as_precise_as_it_was_said(
    clinic: Session, lin: int
) -> None:
    added = problems.add(clinic, problem(lin, onset=Moment.parse("2021-02")))
    assert added.changes.touches(lin, Kind.CONDITION)
    (found,) = opened(clinic, lin).conditions
    assert (found.id, found.code, found.source) == (added.id, AF, "MedApp")
    assert found.onset is not None and found.onset.isoformat() == "2021-02"
    assert found.recorded == clinic.now()
    assert "add_problem" in {one.action for one in audit.entries(clinic, limit=3)}


def test_a_problem_is_changed_ended_withdrawn_and_each_step_undone(clinic: Session, lin: int) -> None:
    added = problems.add(clinic, problem(lin))
    (first,) = opened(clinic, lin).conditions
    problems.change(clinic, replace(first, verification="provisional"))
    problems.end(clinic, added.id, Moment.parse("2026-01"))
    (ended,) = opened(clinic, lin).conditions
    assert (ended.clinical_status, ended.is_active) == ("resolved", False)
    problems.withdraw(clinic, added.id)
    assert opened(clinic, lin).conditions[0].verification == "entered-in-error"
    with pytest.raises(UnknownItem):
        problems.withdraw(clinic, added.id)
    for _ in range(3):
        journal.undo(clinic, lin)
    assert opened(clinic, lin).conditions == (first,)
    journal.undo(clinic, lin)
    assert opened(clinic, lin).conditions == ()
    journal.redo(clinic, lin)
    assert opened(clinic, lin).conditions == (first,)


@pytest.mark.parametrize(
    ("onset", "abatement", "wrong"),
    [
        ("1967", None, dating.BeforeBirth),
        ("1968-03-11", None, dating.BeforeBirth),
        ("2026-03-02", None, dating.InFuture),
        ("2027", None, dating.InFuture),
        ("2021", "2020", dating.EndsBeforeStart),
        ("2021", "2026-12", dating.InFuture),
    ],
)
def test_dates_that_cannot_be_are_refused(
    clinic: Session, lin: int, onset: str, abatement: str | None, wrong: type[Exception]
) -> None:
    end = None if abatement is None else Moment.parse(abatement)
    with pytest.raises(wrong):
        problems.add(clinic, problem(lin, onset=Moment.parse(onset), abatement=end))
    assert opened(clinic, lin).conditions == ()


@pytest.mark.parametrize("onset", ["1968", "1968-03", "1968-03-12", "2026", "2026-03-01"])
def test_a_year_is_wrong_only_when_no_day_of_it_could_be_right(clinic: Session, lin: int, onset: str) -> None:
    problems.add(clinic, problem(lin, onset=Moment.parse(onset)))


def test_what_has_no_name_and_nobody_we_know_are_refused(clinic: Session, lin: int) -> None:
    with pytest.raises(written.NotNamed):
        problems.add(clinic, replace(problem(lin), code=CodeableConcept((), "  ")))
    with pytest.raises(UnknownPatient):
        problems.add(clinic, problem(999))


def test_free_words_are_kept_without_a_code(clinic: Session, lin: int) -> None:
    problems.add(clinic, replace(problem(lin), code=CodeableConcept((), "dizzy after the ferry")))
    (found,) = opened(clinic, lin).conditions
    assert (found.code.label, found.code.codings) == ("dizzy after the ferry", ())


def test_none_known_is_an_answer_with_a_day_and_a_user_and_not_the_same_as_silence(
    clinic: Session, lin: int
) -> None:
    for subject in Subject:
        assert opened(clinic, lin).denial(subject) is None
        denials.confirm(clinic, lin, subject)
        found = opened(clinic, lin).denial(subject)
        assert found is not None
        assert (found.recorded, found.by) == (clinic.now(), clinic.user.full_name)
        journal.undo(clinic, lin)
        assert opened(clinic, lin).denial(subject) is None


def test_none_known_ends_with_what_is_found_and_returns_with_undo(clinic: Session, lin: int) -> None:
    writes = {
        Subject.PROBLEMS: lambda: problems.add(clinic, problem(lin)),
        Subject.ALLERGIES: lambda: allergies.add(clinic, allergy(lin)),
        Subject.MEDICINES: lambda: medicines.add(clinic, medicine(lin)),
        Subject.FAMILY_HISTORY: lambda: family.add(clinic, FamilyMember(0, lin, "mother", AF)),
    }
    for subject, write in writes.items():
        denials.confirm(clinic, lin, subject)
        assert Kind.DENIAL in write().changes.kinds
        assert opened(clinic, lin).denial(subject) is None
        with pytest.raises(denials.SomethingRecorded):
            denials.confirm(clinic, lin, subject)
        journal.undo(clinic, lin)
        assert opened(clinic, lin).denial(subject) is not None


def test_no_known_allergy_stands_among_the_allergies_as_fhir_has_it(clinic: Session, lin: int) -> None:
    assert not worklist.preview(clinic, lin).has_no_known_allergy
    denials.confirm(clinic, lin, Subject.ALLERGIES)
    (said,) = opened(clinic, lin).allergies
    assert said.is_denial and said.code.codings[0].code == "716186003"
    assert worklist.preview(clinic, lin).has_no_known_allergy
    allergies.add(clinic, allergy(lin))
    shown = worklist.preview(clinic, lin)
    assert not shown.has_no_known_allergy
    assert [one.code for one in shown.allergies] == [PENICILLIN]


@pytest.mark.parametrize("code", ["409137002", "428607008", "429625007", "1287663008"])
def test_no_allergy_of_one_kind_is_no_denial_of_all(clinic: Session, lin: int, code: str) -> None:
    said = CodeableConcept((Coding(SNOMED, code, "No known food allergy"),))
    allergies.add(clinic, AllergyIntolerance(0, lin, said, "active", "confirmed"))
    shown = worklist.preview(clinic, lin)
    assert (shown.has_no_known_allergy, shown.allergies) == (False, ())
    assert [one.code.label for one in shown.denied] == ["No known food allergy"]
    assert worklist.row_facts(clinic, [lin])[lin].allergies == ()


def test_a_refuted_allergy_is_no_alert_and_no_denial_of_all(clinic: Session, lin: int) -> None:
    added = allergies.add(clinic, allergy(lin))
    kept = opened(clinic, lin).allergies[0]
    allergies.change(clinic, replace(kept, verification="refuted"))
    shown = worklist.preview(clinic, lin)
    assert (shown.allergies, shown.has_no_known_allergy) == ((), False)
    journal.undo(clinic, lin)
    assert [one.id for one in worklist.preview(clinic, lin).allergies] == [added.id]


def test_a_withdrawn_allergy_warns_no_longer(clinic: Session, lin: int) -> None:
    added = allergies.add(clinic, allergy(lin))
    assert allergies.withdraw(clinic, added.id).touches(lin, Kind.ALLERGY)
    assert worklist.preview(clinic, lin).allergies == ()
    assert worklist.row_facts(clinic, [lin])[lin].allergies == ()


def test_a_medicine_is_stopped_on_a_day_for_a_reason(clinic: Session, lin: int) -> None:
    start = Period(Moment.parse("2021"), None)
    added = medicines.add(clinic, medicine(lin, dosage="3 mg by mouth at night", period=start))
    with pytest.raises(dating.EndsBeforeStart):
        medicines.stop(clinic, added.id, Moment.parse("2020-12"))
    medicines.stop(clinic, added.id, Moment.parse("2026-02-20"), " bleeding ")
    (found,) = opened(clinic, lin).medications
    assert (found.status, found.status_reason) == ("stopped", "bleeding")
    assert found.dosage == "3 mg by mouth at night"
    assert found.period is not None and found.period.end == Moment.parse("2026-02-20")
    journal.undo(clinic, lin)
    assert opened(clinic, lin).medications[0].is_current


def test_a_course_may_end_later_than_today(clinic: Session, lin: int) -> None:
    course = Period(Moment.parse("2026-02-27"), Moment.parse("2026-03-06"))
    medicines.add(clinic, medicine(lin, period=course))
    assert opened(clinic, lin).medications[0].period == course


def test_what_a_relative_had_is_kept_with_the_age_at_which_it_began(clinic: Session, lin: int) -> None:
    added = family.add(clinic, FamilyMember(0, lin, "mother", AF, onset_age=61))
    (found,) = opened(clinic, lin).family_history
    assert (found.relation, found.condition, found.onset_age, found.stands) == ("mother", AF, 61, True)
    family.change(clinic, replace(found, verification="refuted"))
    assert not opened(clinic, lin).family_history[0].stands
    family.withdraw(clinic, added.id)
    assert opened(clinic, lin).family_history == ()
    with pytest.raises(family.NoSuchAge):
        family.add(clinic, FamilyMember(0, lin, "mother", AF, onset_age=130))


def test_an_end_can_be_given_to_what_an_import_dated_wrongly(clinic: Session, lin: int) -> None:
    added = problems.add(clinic, problem(lin))
    early = Moment.parse("1950")
    with clinic.store.transaction() as tx:
        tx.execute("UPDATE condition SET onset_ts=?, onset_when=?", (early.seconds, early.packed))
    problems.end(clinic, added.id, Moment.parse("2020"))
    assert not opened(clinic, lin).conditions[0].is_active
