"""A visit is signed once; from then on it is amended or cancelled, with the reason, and both are readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from medapp.assess.assessor import Given
from medapp.domain.changes import Kind
from medapp.domain.notes import Copied, Passage, ProblemEntry, Visit
from medapp.services import audit, drafts, due, entries, journal, records, visits
from medapp.services.session import Session
from medapp.store.errors import UnknownItem
from tests.clinics import person


@pytest.fixture
def patient(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua")).id


def visit(session: Session, history: str = "Cough for three days 咳嗽三天") -> Visit:
    copied = Copied(0, 5, 1, "2026-01-02", "Cough")
    return Visit(
        started=session.now(), reason=Passage("cough"), history=Passage(history, (copied,)),
        problems=(ProblemEntry(4, "Asthma", Passage("stable")),), plan=Passage("rest"),
        follow_up="2026-03-15",
    )


def test_a_signed_visit_is_read_as_it_was_written_and_is_a_visit_of_the_record(
    clinic: Session, patient: int
) -> None:
    written = visit(clinic)
    signed = visits.sign(clinic, patient, written)
    (note,) = visits.listed(clinic, patient)
    assert note.id == signed.note and note.visit == written
    assert note.signed == clinic.now() and note.signed_by == "anna"
    (encounter,) = records.open_record(clinic, patient).encounters
    assert encounter.id == note.encounter
    assert encounter.reason is not None and encounter.reason.label == "cough"
    assert signed.changes.touches(patient, Kind.NOTE)


def test_signing_seals_what_was_written_before_and_itself(clinic: Session, patient: int) -> None:
    entries.save_values(clinic, patient, {"weight": Given(71.0, "kg")})
    visits.sign(clinic, patient, visit(clinic))
    with pytest.raises(journal.Sealed):
        journal.undo(clinic, patient)


def test_the_draft_becomes_the_note_in_one_act(clinic: Session, patient: int) -> None:
    written = visit(clinic)
    drafts.save(clinic, patient, drafts.VISIT, {"visit": visits.as_document(written)})
    draft = drafts.read(clinic, patient, drafts.VISIT)
    assert draft is not None and visits.from_document(draft.document["visit"]) == written
    visits.sign(clinic, patient, written)
    assert drafts.listed(clinic) == []


def test_an_amendment_takes_the_place_of_the_text_and_leaves_both_readable(
    clinic: Session, patient: int
) -> None:
    first = visits.sign(clinic, patient, visit(clinic)).note
    second = visits.sign(
        clinic, patient, visit(clinic, "Cough for ten days"), amends=first, why="wrong length"
    ).note
    new, old = visits.listed(clinic, patient)
    assert (new.id, new.status, new.replaces) == (second, "amended", first)
    assert new.correction is not None and new.correction.reason == "wrong length"
    assert (old.status, old.visit.history.text) == ("superseded", "Cough for three days 咳嗽三天")
    assert new.encounter == old.encounter
    assert len(records.open_record(clinic, patient).encounters) == 1
    with pytest.raises(visits.AlreadyReplaced):
        visits.sign(clinic, patient, visit(clinic), amends=first, why="again")


@pytest.mark.parametrize("why", ["", "  "])
def test_a_signed_text_changes_only_with_a_reason(clinic: Session, patient: int, why: str) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    with pytest.raises(visits.ReasonNeeded):
        visits.sign(clinic, patient, visit(clinic), amends=note, why=why)
    with pytest.raises(visits.ReasonNeeded):
        visits.cancel(clinic, note, why)
    assert [one.status for one in visits.listed(clinic, patient)] == ["final"]


def test_a_cancelled_visit_stays_readable_and_can_be_taken_back(clinic: Session, patient: int) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    visits.cancel(clinic, note, "wrong patient")
    (found,) = visits.listed(clinic, patient)
    assert found.status == "entered-in-error" and not found.is_standing
    assert found.visit == visit(clinic)
    assert found.cancellation is not None and found.cancellation.reason == "wrong patient"
    assert records.open_record(clinic, patient).encounters[0].status == "entered-in-error"
    journal.undo(clinic, patient)
    assert visits.get(clinic, note).is_standing
    assert records.open_record(clinic, patient).encounters[0].status == "finished"


def test_nothing_is_signed_that_says_nothing(clinic: Session, patient: int) -> None:
    with pytest.raises(visits.NothingToSign):
        visits.sign(clinic, patient, Visit(started=clinic.now(), history=Passage("  ")))
    assert visits.listed(clinic, patient) == []


def test_a_follow_up_lies_ahead(clinic: Session, patient: int) -> None:
    with pytest.raises(visits.FollowUpPast):
        visits.sign(clinic, patient, replace(visit(clinic), follow_up="2026-02-28"))
    visits.sign(clinic, patient, replace(visit(clinic), follow_up="2026-03-01"))


def test_a_note_whose_follow_up_is_past_can_be_amended_but_for_another_past_day(
    clinic: Session, patient: int
) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    later = clinic.clock() + timedelta(days=30)
    clinic.clock = lambda: later
    with pytest.raises(visits.FollowUpPast):
        other_day = replace(visit(clinic), follow_up="2026-03-16")
        visits.sign(clinic, patient, other_day, amends=note, why="typo")
    visits.sign(clinic, patient, visit(clinic, "Cough for ten days"), amends=note, why="typo")
    assert [one.status for one in visits.listed(clinic, patient)] == ["amended", "superseded"]
    (line,) = due.open_tasks(clinic)
    assert (line.task.kind, line.task.due) == (due.FOLLOW_UP, date(2026, 3, 15))


def test_an_amendment_with_the_same_follow_up_lets_a_done_one_be_done(clinic: Session, patient: int) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    later = clinic.clock() + timedelta(days=30)
    clinic.clock = lambda: later
    (line,) = due.open_tasks(clinic)
    due.finish(clinic, line.task.id)
    visits.sign(clinic, patient, visit(clinic, "Cough for ten days"), amends=note, why="typo")
    assert due.open_tasks(clinic) == []


def test_a_cancelled_visit_takes_its_values_with_it_and_undo_brings_them_back(
    clinic: Session, patient: int
) -> None:
    vitals = {"systolic_bp": Given(210.0, "mm[Hg]"), "diastolic_bp": Given(120.0, "mm[Hg]")}
    visits.sign(clinic, patient, visit(clinic), vitals=vitals)
    (note,) = visits.listed(clinic, patient)
    entries.correct_value(clinic, note.visit.observations[0], Given(205.0, "mm[Hg]"), clinic.now())
    changes = visits.cancel(clinic, note.id, "wrong patient")
    assert changes.touches(patient, Kind.OBSERVATION)
    assert records.open_record(clinic, patient).observations == ()
    assert [one.status for one in records.withdrawn(clinic, patient, "systolic_bp")] == [
        "superseded", "entered-in-error",
    ]  # fmt: skip
    journal.undo(clinic, patient)
    assert sorted(one.value or 0 for one in records.latest(clinic, patient)) == [120.0, 205.0]


def test_a_note_of_another_patient_is_not_amended(clinic: Session, patient: int) -> None:
    other = records.add_patient(clinic, person("Lin", "Meili")).id
    note = visits.sign(clinic, patient, visit(clinic)).note
    with pytest.raises(UnknownItem):
        visits.sign(clinic, other, visit(clinic), amends=note, why="mix-up")


def test_what_was_measured_belongs_to_the_visit_and_one_cuff_is_one_panel(
    clinic: Session, patient: int
) -> None:
    early = tuple(entries.save_values(clinic, patient, {"weight": Given(71.0, "kg")}).ids.values())
    vitals = {"systolic_bp": Given(148.0, "mm[Hg]"), "diastolic_bp": Given(86.0, "mm[Hg]")}
    visits.sign(clinic, patient, replace(visit(clinic), observations=early), vitals=vitals)
    (note,) = visits.listed(clinic, patient)
    found = visits.measured(clinic, note.visit.observations)
    assert [(one.variable, one.value) for one in found] == [
        ("weight", 71.0), ("systolic_bp", 148.0), ("diastolic_bp", 86.0),
    ]
    assert found[1].panel == found[2].panel is not None
    assert found[1].encounter == note.encounter


def test_vitals_taken_back_are_no_longer_shown(clinic: Session, patient: int) -> None:
    numbers = tuple(entries.save_values(clinic, patient, {"weight": Given(71.0, "kg")}).ids.values())
    journal.undo(clinic, patient)
    assert visits.measured(clinic, numbers) == []


def test_the_log_holds_the_fingerprint_of_what_was_signed_and_none_of_its_words(
    clinic: Session, patient: int
) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    visits.sign(clinic, patient, visit(clinic), amends=note, why="zzz")
    visits.cancel(clinic, visits.listed(clinic, patient)[0].id, "zzz")
    entries = audit.entries(clinic, patient=patient)[:3]
    assert [one.action for one in entries] == ["cancel_note", "amend_note", "sign_note"]
    assert len(entries[2].detail["sha256"]) == 64
    told = str([one.detail for one in entries])
    assert "zzz" not in told and "ough" not in told


def test_every_passage_that_stands_can_be_copied_from(clinic: Session, patient: int) -> None:
    note = visits.sign(clinic, patient, visit(clinic)).note
    sources = visits.sources_of(visits.listed(clinic, patient))
    assert {one.text for one in sources} == {"cough", "Cough for three days 咳嗽三天", "rest", "stable"}
    visits.cancel(clinic, note, "wrong")
    assert visits.sources_of(visits.listed(clinic, patient)) == ()
