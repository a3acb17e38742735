"""Every act of writing can be undone and done again, until it is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medapp.domain.administrative import HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.changes import Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.i18n import Words
from medapp.services import audit, documents, drafts, due, journal, records, search
from medapp.services.documents import Letter, ReportKind
from medapp.services.imports import import_paths
from medapp.services.session import Session
from tests.clinics import make_clinic
from tests.unit.interchange import samples

HEIGHT = Coding("http://loinc.org", "8302-2", "Body height")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


@pytest.fixture
def patient(session: Session) -> int:
    person = Patient(names=(HumanName("Lin", ("Meihua",)),), sex=Sex.FEMALE)
    return records.add_patient(session, person).id


def height(session: Session, value: float) -> Observation:
    return Observation(0, HEIGHT, session.now(), "height", value, "cm")


def heights(session: Session, patient: int) -> list[float | None]:
    return [one.value for one in records.series(session, patient, "height")]


def test_a_value_is_undone_and_done_again(session: Session, patient: int) -> None:
    records.save_observation(session, patient, height(session, 171))
    step = journal.undo(session, patient)
    assert step.action == "save_observation"
    assert step.changes.touches(patient, Kind.OBSERVATION)
    assert heights(session, patient) == []
    journal.redo(session, patient)
    assert heights(session, patient) == [171.0]


def test_a_correction_undone_lets_the_first_value_stand_again(session: Session, patient: int) -> None:
    first = records.save_observation(session, patient, height(session, 117)).id
    records.correct_observation(session, first, height(session, 171))
    assert heights(session, patient) == [171.0]
    journal.undo(session, patient)
    assert heights(session, patient) == [117.0]
    journal.redo(session, patient)
    assert heights(session, patient) == [171.0]


def test_undo_walks_back_in_order_and_a_new_act_ends_redo(session: Session, patient: int) -> None:
    for value in (170, 171, 172):
        records.save_observation(session, patient, height(session, value))
    journal.undo(session, patient)
    journal.undo(session, patient)
    assert heights(session, patient) == [170.0]
    journal.redo(session, patient)
    assert heights(session, patient) == [170.0, 171.0]
    records.save_observation(session, patient, height(session, 173))
    with pytest.raises(journal.NothingToRedo):
        journal.redo(session, patient)
    assert heights(session, patient) == [170.0, 171.0, 173.0]


def test_what_was_sealed_cannot_be_undone(session: Session, patient: int) -> None:
    records.save_observation(session, patient, height(session, 171))
    with session.store.transaction() as tx:
        journal.seal(session, tx, patient)
    with pytest.raises(journal.Sealed):
        journal.undo(session, patient)
    records.save_observation(session, patient, height(session, 172))
    journal.undo(session, patient)
    assert heights(session, patient) == [171.0]


def test_a_row_changed_since_is_left_alone(session: Session, patient: int) -> None:
    added = records.save_observation(session, patient, height(session, 171)).id
    with session.store.transaction() as tx:
        tx.execute("UPDATE observation SET value=999 WHERE seq=?", (added,))
    with pytest.raises(journal.ChangedSince):
        journal.undo(session, patient)
    assert heights(session, patient) == [999.0]


def test_a_new_patient_is_undone_and_comes_back_under_her_id(session: Session) -> None:
    person = Patient(names=(HumanName("Wang", ("Fang",)), HumanName("王", ("芳",), script="han")))
    number = records.add_patient(session, person).id
    journal.undo(session, number)
    assert search.search(session, "wang fang").patients == ()
    journal.redo(session, number)
    (found,) = search.search(session, "王芳").patients
    assert found.id == number


def test_a_changed_name_goes_back_in_the_search_too(session: Session, patient: int) -> None:
    whole = records.open_record(session, patient).patient
    assert whole is not None
    records.update_patient(session, replace(whole, names=(HumanName("Chen", ("Meihua",)),)))
    assert search.search(session, "lin meihua").patients == ()
    journal.undo(session, patient)
    assert [one.id for one in search.search(session, "lin meihua").patients] == [patient]


def test_a_result_on_the_wrong_patient_is_moved_with_trace_and_back(session: Session, patient: int) -> None:
    other = records.add_patient(session, Patient(names=(HumanName("Lin", ("Meihui",)),))).id
    added = records.save_observation(session, patient, height(session, 171)).id
    changes = records.move_observation(session, added, other)
    assert changes.patients == {patient, other}
    assert (heights(session, patient), heights(session, other)) == ([], [171.0])
    told = {(one.action, one.patient) for one in audit.entries(session, limit=5)}
    assert told > {("move_observation", patient), ("receive_observation", other)}
    journal.undo(session, patient)
    assert (heights(session, patient), heights(session, other)) == ([171.0], [])


def test_a_moved_result_stays_once_the_other_patient_was_printed(session: Session, patient: int) -> None:
    other = records.add_patient(session, Patient(names=(HumanName("Lin", ("Meihui",)),))).id
    added = records.save_observation(session, patient, height(session, 171)).id
    records.move_observation(session, added, other)
    documents.issue(session, other, Letter(ReportKind.RESULTS), Words("en"))
    with pytest.raises(journal.Sealed):
        journal.undo(session, patient)
    assert (heights(session, patient), heights(session, other)) == ([], [171.0])


def test_undo_and_redo_are_in_the_log_of_every_patient_concerned(session: Session, patient: int) -> None:
    other = records.add_patient(session, Patient(names=(HumanName("Lin", ("Meihui",)),))).id
    added = records.save_observation(session, patient, height(session, 171)).id
    records.move_observation(session, added, other)
    journal.undo(session, patient)
    journal.redo(session, patient)
    for whose in (patient, other):
        acts = [one.action for one in audit.entries(session, patient=whose, limit=2)]
        assert acts == ["redo", "undo"]


def test_a_new_patient_stays_while_somebody_writes_about_her(session: Session, patient: int) -> None:
    drafts.save(session, patient, drafts.VISIT, {"history": "cough"})
    with pytest.raises(journal.MoreSince):
        journal.undo(session, patient)
    assert drafts.read(session, patient, drafts.VISIT) is not None


def test_a_new_patient_stays_with_results_imported_since(session: Session, tmp_path: Path) -> None:
    known = Identifier("77", IdentifierType.RECORD_NUMBER, "http://hospital.example")
    born = Moment.parse("1968-03-12")
    names = (HumanName("Berg", ("Ida",)),)
    person = Patient(names=names, sex=Sex.FEMALE, birth_date=born, identifiers=(known,))
    number = records.add_patient(session, person).id
    same = samples.patient(identifier=[samples.identifier("77")], birthDate="1968-03-12")
    file = samples.write(tmp_path, samples.bundle(same, samples.observation()))
    report = import_paths(session, [file])
    assert report.changes.patients == {number}
    (counts,) = (one.counts for one in report.files)
    assert (counts.added, counts.updated) == (1, 0)  # she herself is as she was entered
    with pytest.raises(journal.MoreSince):
        journal.undo(session, number)
    assert heights(session, number) == [170.0]


def test_a_new_patient_goes_with_her_values_undone_and_all_come_back(session: Session, patient: int) -> None:
    records.save_observation(session, patient, height(session, 171))
    due.of_patient(session, records.open_record(session, patient))  # recalls by rule hold nobody
    journal.undo(session, patient)
    journal.undo(session, patient)
    assert search.search(session, "lin meihua").patients == ()
    journal.redo(session, patient)
    journal.redo(session, patient)
    assert heights(session, patient) == [171.0]


def test_nothing_to_undo_is_said(session: Session, patient: int) -> None:
    journal.undo(session, patient)
    with pytest.raises(journal.NothingToUndo):
        journal.undo(session, patient)


def test_rows_of_any_kind_come_back_as_they_were(session: Session, patient: int) -> None:
    with journal.act(session, "plan", patient, Kind.TASK) as act:
        task = act.insert("task", {
            "patient": patient, "rule": "hba1c", "due": "2026-12-01", "state": "open", "title": "",
            "note": "", "user": session.user.id, "created": act.now, "updated": act.now,
        })
    with journal.act(session, "finish", patient, Kind.TASK) as act:
        act.update("task", task, {"state": "done"})

    def state() -> list[tuple[str]]:
        with session.store.reading() as db:
            return db.execute("SELECT state FROM task").fetchall()

    assert state() == [("done",)]
    journal.undo(session, patient)
    assert state() == [("open",)]
    journal.undo(session, patient)
    assert state() == []
    journal.redo(session, patient)
    assert state() == [("open",)]


def test_an_act_that_fails_leaves_nothing(session: Session, patient: int) -> None:
    with pytest.raises(ZeroDivisionError), journal.act(session, "plan", patient, Kind.OBSERVATION) as act:
        records.add_observation(act, Observation(0, HEIGHT, Moment.parse("2026-01-02"), "height", 1.0, "cm"))
        _ = 1 / 0
    assert heights(session, patient) == []
