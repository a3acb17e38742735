"""The visit: written on one page, kept while typed, signed once, then amended or cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from medapp.domain.notes import Passage, Visit
from medapp.services import drafts, journal, records, visits
from medapp.services.session import Session, open_clinic
from tests.ui.conftest import PATIENCE_MS, clock, settle
from tests.ui.visits_at import EXAMINATION, HISTORY, sign_visit
from ui.main_window import MainWindow
from ui.pages.notes import NotesPage

PATIENT, NEXT = 1, 2


def notes(window: MainWindow) -> NotesPage:
    page: NotesPage = window.patient_page.tab("notes")
    return page


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window at a patient's summary."""
    window.activateWindow()
    window.open_patient(PATIENT)
    settle(qtbot, window)
    return window


@pytest.fixture
def writing(opened: MainWindow, qtbot: QtBot) -> NotesPage:
    """Ctrl N was pressed."""
    QTest.keyClick(opened, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, opened)
    page = notes(opened)
    qtbot.waitUntil(page.editor.fields["reason"].prose.hasFocus, timeout=PATIENCE_MS)
    return page


def pause(window: MainWindow) -> None:
    """Nobody typed for eleven minutes: what is written next waits for an answer."""
    later = window._context.clock() + timedelta(minutes=11)
    window._context.clock = lambda: later


def confirm(window: MainWindow, qtbot: QtBot) -> None:
    """It is still this patient."""
    qtbot.keyClick(window.patient_page.still_there, Qt.Key.Key_Return)
    settle(qtbot, window)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_ctrl_n_opens_a_visit_with_the_focus_in_the_reason(writing: NotesPage) -> None:
    assert writing.is_writing
    assert writing.editor.fields["reason"].prose.hasFocus()
    assert writing.editor.sign.text().startswith("Sign for ")


def test_a_visit_is_written_and_signed_by_the_keyboard_alone(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Cough")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "Three days")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, opened)
    (note,) = visits.listed(session, PATIENT)
    assert (note.visit.reason.text, note.visit.history.text) == ("Cough", "Three days")
    assert drafts.listed(session) == []
    assert not writing.is_writing and writing.reader.note == note
    with pytest.raises(journal.Sealed):
        journal.undo(session, PATIENT)


def test_a_switch_of_patients_keeps_the_draft_where_it_belongs_and_ctrl_n_brings_it_back(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Cough")
    opened.open_patient(NEXT, "notes")
    settle(qtbot, opened)
    assert not writing.is_writing and writing.editor.document() is None
    assert [(one.patient.id, one.kind) for one in drafts.listed(session)] == [(PATIENT, drafts.VISIT)]
    opened.open_patient(PATIENT)
    opened.write_visit()
    settle(qtbot, opened)
    assert writing.editor.fields["reason"].passage().text == "Cough"


def test_locking_in_the_middle_of_a_word_loses_nothing(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Coug")
    opened.lock()
    qtbot.waitUntil(lambda: opened._context.jobs.is_idle, timeout=PATIENCE_MS)
    with open_clinic(session.directory, "demo", "demo", clock=clock) as again:
        draft = drafts.read(again, PATIENT, drafts.VISIT)
        assert draft is not None
        assert visits.from_document(draft.document["visit"]).reason.text == "Coug"


def test_copied_words_are_marked_and_say_so_when_they_are_changed(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    opened.write_visit()
    settle(qtbot, opened)
    page = notes(opened)
    assert page.beside.isVisible()
    page.beside.copy_wanted.emit("history", page.beside.note.visit.history, None)  # type: ignore[union-attr]
    field = page.editor.fields["history"]
    assert field.passage().text == HISTORY
    assert field.origin.text().replace("\u2011", "-") == "Copied from the visit of 11-Oct-2026"
    cursor = QTextCursor(field.prose.document())
    cursor.setPosition(5)
    field.prose.setTextCursor(cursor)
    field.prose.setFocus()
    QTest.keyClicks(field.prose, "X")
    assert field.origin.text().endswith("changed since")
    QTest.keyClick(field.prose, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not field.origin.text().endswith("changed since")


def test_words_pasted_from_an_earlier_visit_are_known_as_copied(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    opened.write_visit()
    settle(qtbot, opened)
    prose = notes(opened).editor.fields["examination"].prose
    QApplication.clipboard().setText(EXAMINATION)
    prose.paste()
    (mark,) = prose.passage().copied
    assert mark.original == EXAMINATION and mark.day == "2026-10-11"
    prose.clear()
    QTest.keyClicks(prose, EXAMINATION)
    assert prose.passage().copied == ()


def test_an_amendment_needs_its_reason_and_leaves_both_versions(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    note = sign_visit(session, PATIENT)
    opened.open_patient(PATIENT, "notes")
    settle(qtbot, opened)
    page = notes(opened)
    assert page.reader.note is not None and page.reader.note.id == note
    page.reader.amend.click()
    settle(qtbot, opened)
    page.editor.fields["plan"].prose.appendPlainText("And tea.")
    page.sign()
    settle(qtbot, opened)
    assert page.is_writing and page.editor.why.note.text()
    page.editor.why.field.line.setText("plan was short")  # type: ignore[attr-defined]
    page.sign()
    settle(qtbot, opened)
    new, old = visits.listed(session, PATIENT)
    assert (new.status, old.status) == ("amended", "superseded")
    assert new.visit.plan.text == "Rest.\nAnd tea." and old.visit.plan.text == "Rest."
    assert page.rows.rowCount() == 2


def test_a_past_follow_up_hinders_no_amendment_until_it_is_another_past_day(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.clock = lambda: clock() - timedelta(days=30)
    soon = (clock() - timedelta(days=3)).date().isoformat()
    visit = Visit(session.now(), reason=Passage("cough"), follow_up=soon)
    visits.sign(session, PATIENT, visit)
    session.clock = clock
    opened.open_patient(PATIENT, "notes")
    settle(qtbot, opened)
    page = notes(opened)
    page.reader.amend.click()
    settle(qtbot, opened)
    page.editor.why.field.line.setText("typo")  # type: ignore[attr-defined]
    page.editor.follow_up.line.setText((clock() - timedelta(days=2)).date().isoformat())
    assert not page.editor.is_signable()
    page.editor.follow_up.line.setText(soon)
    assert page.editor.is_signable()
    page.sign()
    settle(qtbot, opened)
    assert [one.status for one in visits.listed(session, PATIENT)] == ["amended", "superseded"]


def test_a_visit_is_cancelled_with_a_reason_and_undo_brings_it_back(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    note = sign_visit(session, PATIENT)
    opened.open_patient(PATIENT, "notes")
    settle(qtbot, opened)
    page = notes(opened)
    page.reader.cancel.click()
    assert "values measured" in page.reader._why.note.text()
    page.reader.cancel.click()
    assert visits.get(session, note).is_standing  # no reason yet
    page.reader._why.field.line.setText("wrong patient")  # type: ignore[attr-defined]
    page.reader.cancel.click()
    settle(qtbot, opened)
    assert not visits.get(session, note).is_standing
    assert page.reader.amend.isHidden()
    opened.undo()
    settle(qtbot, opened)
    assert visits.get(session, note).is_standing
    assert page.reader.amend.isVisible()


def test_esc_takes_the_question_back_before_it_leaves_the_page(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    opened.open_patient(PATIENT, "notes")
    settle(qtbot, opened)
    page = notes(opened)
    page.reader.cancel.click()
    assert page.reader._why.isVisible()
    opened.back()
    assert not page.reader._why.isVisible() and opened.current_page == "patient"


def test_vital_signs_are_saved_at_once_or_with_the_signature(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    fields = writing.editor.vitals.fields
    assert writing.editor.vitals.save.isHidden()
    fields["weight"].line.setText("71")  # type: ignore[attr-defined]
    writing.editor.vitals.save.click()
    settle(qtbot, opened)
    assert [one.value for one in records.series(session, PATIENT, "weight")][-1] == 71.0
    assert "71" in writing.editor.vitals.taken.text()
    fields["systolic_bp"].line.setText("148")  # type: ignore[attr-defined]
    fields["diastolic_bp"].line.setText("86")  # type: ignore[attr-defined]
    QTest.keyClicks(writing.editor.fields["reason"].prose, "Check")
    writing.sign()
    settle(qtbot, opened)
    (note,) = visits.listed(session, PATIENT)
    found = visits.measured(session, note.visit.observations)
    assert [one.value for one in found] == [71.0, 148.0, 86.0]


def test_a_value_that_is_not_possible_keeps_the_visit_from_being_signed(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(writing.editor.fields["reason"].prose, "Check")
    writing.editor.vitals.fields["weight"].line.setText("7100")  # type: ignore[attr-defined]
    writing.sign()
    settle(qtbot, opened)
    assert visits.listed(session, PATIENT) == [] and writing.is_writing


def test_a_discarded_draft_comes_back_by_undo(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Cough")
    writing.autosave.flush()
    writing.editor.discard.click()
    settle(qtbot, opened)
    assert drafts.listed(session) == [] and not writing.is_writing
    opened.undo()
    settle(qtbot, opened)
    assert len(drafts.listed(session)) == 1
    opened.write_visit()
    settle(qtbot, opened)
    assert writing.editor.fields["reason"].passage().text == "Cough"


def test_an_empty_visit_is_not_signed_and_stays_open(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    writing.sign()
    settle(qtbot, opened)
    assert visits.listed(session, PATIENT) == [] and writing.is_writing
    assert opened.toast.isVisible()
    assert writing.editor.area.isEnabled()


def test_a_new_problem_is_entered_in_the_record_and_gets_its_entry(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    writing.editor.new_problem.open_row()
    finder = writing.editor.new_problem.finder
    qtbot.keyClicks(finder.field.line, "zzyzx of the knee")
    settle(qtbot, opened)
    assert [hit.title for hit in finder.hits] == ["“zzyzx of the knee” as written, without a code"]
    qtbot.keyClick(finder.field.line, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert writing.editor.new_problem.isHidden()
    (entry,) = writing.editor.problems.entries()
    found = {one.id: one.code.label for one in records.open_record(session, PATIENT).conditions}
    assert found[entry.condition] == "zzyzx of the knee" == entry.label


@pytest.mark.parametrize("is_away", [False, True])
def test_a_visit_is_signed_once_however_often_it_is_asked_for(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot, is_away: bool
) -> None:
    QTest.keyClicks(focused(), "Cough")
    if is_away:
        pause(opened)
    opened.print_page()
    writing.sign()
    opened.print_page()
    settle(qtbot, opened)
    if is_away:
        assert visits.listed(session, PATIENT) == []
        confirm(opened, qtbot)
    assert [one.visit.reason.text for one in visits.listed(session, PATIENT)] == ["Cough"]
    assert drafts.listed(session) == []


def test_a_key_that_is_held_down_signs_and_prints_once(writing: NotesPage, opened: MainWindow) -> None:
    of_window = [one for one in opened.findChildren(QShortcut) if one.key() == QKeySequence("Ctrl+P")]
    of_page = writing.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert len(of_window) == 1 and len(of_page) == 4
    assert not any(one.autoRepeat() for one in (*of_window, *of_page))


def test_a_visit_that_was_not_signed_can_be_changed_and_signed_again(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Cough")
    pause(opened)
    writing.sign()
    assert writing.editor.is_busy
    qtbot.keyClick(opened.patient_page.still_there, Qt.Key.Key_Escape)
    settle(qtbot, opened)
    assert writing.editor.fields["reason"].prose.hasFocus()
    QTest.keyClicks(focused(), "ing")
    writing.sign()
    confirm(opened, qtbot)
    assert [one.visit.reason.text for one in visits.listed(session, PATIENT)] == ["Coughing"]


def test_a_visit_that_waits_for_its_signature_is_kept_when_another_patient_is_opened(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(focused(), "Cough")
    pause(opened)
    writing.sign()
    opened.open_patient(NEXT, "notes")
    settle(qtbot, opened)
    assert visits.listed(session, PATIENT) == []
    assert [(one.patient.id, one.kind) for one in drafts.listed(session)] == [(PATIENT, drafts.VISIT)]


def test_the_answer_to_a_signature_leaves_the_visit_that_was_opened_meanwhile(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    earlier = sign_visit(session, PATIENT)
    opened.write_visit()
    settle(qtbot, opened)
    page = notes(opened)
    QTest.keyClicks(page.editor.fields["reason"].prose, "Cough")
    pause(opened)
    page.sign()
    page.write(earlier)
    page.editor.fields["plan"].prose.appendPlainText("And tea.")
    confirm(opened, qtbot)
    assert len(visits.listed(session, PATIENT)) == 2
    assert page.is_open(PATIENT, earlier) and not page.editor.is_busy
    assert page.editor.fields["plan"].passage().text == "Rest.\nAnd tea."
    page.autosave.flush()
    settle(qtbot, opened)
    assert drafts.read(session, PATIENT, drafts.VISIT, earlier) is not None
    page.write()
    settle(qtbot, opened)
    assert page.editor.fields["reason"].passage().is_empty  # what was signed does not come back


def test_a_visit_under_signature_is_shown_but_not_changed(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    earlier = sign_visit(session, PATIENT)
    opened.write_visit()
    settle(qtbot, opened)
    page = notes(opened)
    QTest.keyClicks(page.editor.fields["reason"].prose, "Cough")
    pause(opened)
    page.sign()
    page.write(earlier)
    page.write()
    assert page.editor.fields["reason"].passage().text == "Cough" and page.editor.is_busy
    page.beside.copy_wanted.emit("history", page.beside.note.visit.history, None)  # type: ignore[union-attr]
    page.writes.discard()
    assert page.editor.fields["history"].passage().is_empty and page.is_writing
    confirm(opened, qtbot)
    assert not page.is_writing
    assert visits.listed(session, PATIENT)[0].visit.reason.text == "Cough"


def test_vital_signs_are_stored_once_however_often_it_is_asked_for(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    before = len(records.series(session, PATIENT, "weight"))
    QTest.keyClicks(writing.editor.fields["reason"].prose, "Check")
    writing.editor.vitals.fields["weight"].line.setText("71")  # type: ignore[attr-defined]
    given = writing.editor.given()
    writing.writes.save_vitals(given)
    writing.writes.save_vitals(given)
    writing.sign()
    settle(qtbot, opened)
    assert len(records.series(session, PATIENT, "weight")) == before + 1
    assert writing.is_writing and not writing.editor.is_busy and writing.editor.given() == {}
    writing.sign()
    settle(qtbot, opened)
    assert len(records.series(session, PATIENT, "weight")) == before + 1
    (note,) = visits.listed(session, PATIENT)
    assert [one.value for one in visits.measured(session, note.visit.observations)] == [71.0]


@pytest.mark.parametrize("other", ["patient", "visit"])
def test_vital_signs_that_were_saved_are_not_typed_again_when_one_comes_back(
    writing: NotesPage, opened: MainWindow, session: Session, qtbot: QtBot, other: str
) -> None:
    earlier = sign_visit(session, PATIENT)
    writing.read_again()
    settle(qtbot, opened)
    writing.write()
    QTest.keyClicks(writing.editor.fields["reason"].prose, "Check")
    writing.editor.vitals.fields["weight"].line.setText("71")  # type: ignore[attr-defined]
    writing.editor.vitals.save.click()
    if other == "patient":
        opened.open_patient(NEXT)
        settle(qtbot, opened)
        opened.open_patient(PATIENT)
    else:
        writing.write(earlier)
    settle(qtbot, opened)
    opened.write_visit()
    settle(qtbot, opened)
    assert writing.editor.item == 0
    assert writing.editor.fields["reason"].passage().text == "Check"
    assert writing.editor.given() == {}
    assert "71" in writing.editor.vitals.taken.text()
