"""Values are entered by typing and by sets, checked as one types, saved as one act with one Undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medapp.domain.administrative import HumanName
from medapp.domain.datatypes import Moment, Precision
from medapp.services import drafts
from medapp.services.session import Session
from tests.ui.conftest import NOW, settle
from tests.ui.forms_clinic import opened, person, record_of
from ui.forms.moment import read_moment
from ui.forms.values import DRAFT, ValuesSheet
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage
from ui.shell.writing import enter_values


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, session: Session) -> PatientPage:
    return opened(qtbot, window, session, person())


@pytest.fixture
def sheet(qtbot: QtBot, window: MainWindow, page: PatientPage) -> ValuesSheet:
    enter_values(window)
    settle(qtbot, window)
    return page.forms.values


def type_value(sheet: ValuesSheet, name: str, text: str) -> None:
    sheet.form_.fields[name].line.setText(text)  # type: ignore[attr-defined]


def test_a_value_is_found_by_typing_and_entered_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    line = sheet.finder.field.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "crea")
    qtbot.waitUntil(lambda: bool(sheet.finder.hits))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    editor = window.focusWidget()
    assert editor is sheet.form_.fields["creatinine"].line  # type: ignore[attr-defined]
    qtbot.keyClicks(editor, "118")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert not sheet.isVisible()
    found = record_of(page, session).latest("creatinine")
    assert found is not None
    assert (found.value, found.time) == (118.0, Moment.of_datetime(NOW.replace(second=0)))
    assert page.summary.tests.test_at(0).variable == "creatinine"


def test_a_set_is_one_press_and_one_undo(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    sheet.ask_set(("systolic_bp", "diastolic_bp", "heart_rate"))
    for name, text in (("systolic_bp", "148"), ("diastolic_bp", "86")):
        type_value(sheet, name, text)
    assert sheet.save.text().replace("\n", " ") == "Save for QU, Yanxin"
    sheet.ask_save()
    settle(qtbot, window)
    assert {o.variable for o in record_of(page, session).observations} == {"systolic_bp", "diastolic_bp"}
    window.undo()
    settle(qtbot, window)
    assert record_of(page, session).observations == ()


def test_an_impossible_number_is_told_as_one_types_and_saves_nothing(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    sheet.ask_set(("systolic_bp", "height"))
    type_value(sheet, "height", "171")
    type_value(sheet, "systolic_bp", "700")
    assert "Not possible" in sheet.form_.fields["systolic_bp"].note.text()
    sheet.ask_save()
    settle(qtbot, window)
    assert sheet.isVisible()
    assert record_of(page, session).observations == ()
    sheet.when.line.setText("2026-12-01")
    type_value(sheet, "systolic_bp", "120")
    sheet.ask_save()
    assert sheet.isVisible()
    assert sheet.when.note.text() == "This lies in the future."


def test_what_was_typed_is_there_again_after_another_patient_was_opened(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    first = page.current_patient
    assert first is not None
    sheet.ask_set(("height", "weight"))
    type_value(sheet, "height", "171")
    other = opened(qtbot, window, session, person(mrn="F-2"))
    assert not sheet.isVisible()
    assert sheet.form_.fields == {}
    assert drafts.read(session, first, DRAFT) is not None
    other.forms.enter_values()
    settle(qtbot, window)
    assert sheet.form_.fields == {}
    sheet.close_sheet()
    window.open_patient(first)
    settle(qtbot, window)
    page.forms.enter_values()
    settle(qtbot, window)
    assert sheet.form_.fields["height"].line.text() == "171"  # type: ignore[attr-defined]
    sheet.ask_save()
    settle(qtbot, window)
    assert drafts.read(session, first, DRAFT) is None


def test_what_is_saved_before_its_draft_was_due_does_not_return_as_a_draft(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    sheet.ask_set(("weight",))
    editor = window.focusWidget()
    assert editor is sheet.form_.fields["weight"].line  # type: ignore[attr-defined]
    qtbot.keyClicks(editor, "61.5")
    assert sheet.autosave.is_dirty
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert len(record_of(page, session).observations) == 1
    assert drafts.listed(session) == []
    page.forms.enter_values()
    settle(qtbot, window)
    assert sheet.form_.fields == {}


def test_while_it_is_saved_nothing_is_typed_and_what_fails_goes_on_as_a_draft(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    sheet.ask_set(("weight",))
    line = sheet.form_.fields["weight"].line  # type: ignore[attr-defined]
    line.setText("61.5")
    later = window._context.clock() + timedelta(minutes=11)
    window._context.clock = lambda: later
    sheet.ask_save()  # held until it is said whose record it is
    assert not line.isEnabled()
    settle(qtbot, window)
    assert drafts.read(session, page.current_patient or 0, DRAFT) is not None
    qtbot.keyClick(page.still_there, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert line.hasFocus() and line.text() == "61.5"
    assert sheet.trouble.isVisible()
    qtbot.keyClicks(line, "2")
    sheet.close_sheet()
    settle(qtbot, window)
    kept = drafts.read(session, page.current_patient or 0, DRAFT)
    assert kept is not None and kept.document["values"]["weight"][0] == 61.52


def test_the_last_value_stands_beside_the_field(
    qtbot: QtBot, window: MainWindow, page: PatientPage, sheet: ValuesSheet
) -> None:
    sheet.ask_set(("weight",))
    type_value(sheet, "weight", "61.5")
    sheet.ask_save()
    settle(qtbot, window)
    page.forms.enter_values(("weight",))
    settle(qtbot, window)
    assert sheet.form_.fields["weight"].need.text().replace("\u00a0", " ") == "last 61.5 kg · today"


def test_questions_are_answered_by_group_in_one_act(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.forms.ask_questions()
    settle(qtbot, window)
    questions = page.forms.questions
    assert "births" in questions.parts
    smoking = questions.parts["smoking"].fields["smoking_status"]
    smoking.box.setCurrentIndex(smoking.box.findData("never"))  # type: ignore[attr-defined]
    mood = questions.parts["mood"].fields["phq9_total"]
    mood.line.setText("4")  # type: ignore[attr-defined]
    questions.ask_save()
    settle(qtbot, window)
    assert not questions.isVisible()
    record = record_of(page, session)
    status, total = record.latest("smoking_status"), record.latest("phq9_total")
    assert status is not None
    assert status.coded is not None
    assert status.coded.code == "266919005"
    assert total is not None
    assert (total.value, total.time.precision) == (4.0, Precision.DAY)
    page.forms.ask_questions()
    assert questions.parts["smoking"].fields["smoking_status"].need.text() == "last Never smoker · today"
    window.undo()
    settle(qtbot, window)
    assert record_of(page, session).observations == ()


def test_escape_closes_a_form_and_leaves_the_page(
    qtbot: QtBot, window: MainWindow, page: PatientPage, sheet: ValuesSheet
) -> None:
    window.back()
    assert not sheet.isVisible()
    assert window.current_page == "patient"
    page.forms.record_pregnancy()
    enter_values(window)
    assert not sheet.isVisible()  # one form at a time


@pytest.mark.parametrize(("text", "iso"), [
    ("2026-11-20 09:41", "2026-11-20T09:41:00+08:00"), ("2026/3/4", "2026-03-04"), ("20260304", "2026-03-04"),
    ("1958-03", "1958-03"), ("1958", "1958"),
    ("２０２６－１１－２０ ０９：４１", "2026-11-20T09:41:00+08:00"),
    ("2026-02-30", None), ("2026-03 09:41", None), ("04/03/2026", None), ("2026-11-20 25:00", None),
])
def test_a_moment_is_read_as_it_is_typed(text: str, iso: str | None) -> None:
    found = read_moment(text, NOW)
    assert (None if found is None else found.isoformat()) == iso


def test_a_draft_is_continued_once_the_record_is_read(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, sheet: ValuesSheet
) -> None:
    first = page.current_patient or 0
    sheet.ask_set(("height",))
    type_value(sheet, "height", "171")
    opened(qtbot, window, session, person(mrn="F-2"))
    window.open_patient(first)
    page.forms.open_when_read("values")
    settle(qtbot, window)
    assert sheet.isVisible()
    assert sheet.form_.fields["height"].line.text() == "171"  # type: ignore[attr-defined]


def test_a_long_name_is_never_cut_from_the_button(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    long = replace(person(), names=(HumanName("Hernandez Martinez", ("Maria", "Guadalupe")),))
    page = opened(qtbot, window, session, long)
    page.forms.enter_values(("height",))
    sheet = page.forms.values
    settle(qtbot, window)
    assert sheet.save.text().replace("\n", " ") == "Save for HERNANDEZ MARTINEZ, Maria Guadalupe"
    assert sheet.save.width() >= sheet.save.sizeHint().width()
    assert sheet.save.geometry().right() <= sheet.panel.width()
    sheet.close_sheet()
    opened(qtbot, window, session, person(mrn="F-2")).forms.enter_values(("height",))
    settle(qtbot, window)
    assert sheet.save.geometry().top() == sheet.cancel.geometry().top()
