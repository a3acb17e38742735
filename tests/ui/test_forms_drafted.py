"""What is typed into a form about a patient is kept until it is saved or begun afresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medapp.domain.administrative import ContactPoint
from medapp.domain.clinical import Immunisation
from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.services import drafts, immunisations, records
from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.forms_clinic import opened, person, record_of
from ui.forms.drafted import DraftedSheet
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage
from ui.shell.writing import new_patient

Field = Callable[[DraftedSheet], Any]


def mood(sheet: Any) -> Any:
    return sheet.parts["mood"].fields["phq9_total"].line


def lot(sheet: Any) -> Any:
    return sheet.fields_.fields["lot"].line


def period(sheet: Any) -> Any:
    return sheet.fields_.fields["last_period"].line


def phone(sheet: Any) -> Any:
    return sheet.parts["contact"].fields["phone"].line


FORMS = (
    ("questions", mood, "4"), ("immunisation", lot, "AC37B"), ("pregnancy", period, "2026-06-01"),
    ("details", phone, "13800001111"),
)
SHEETS = {"details": "person"}


def sheet_of(page: PatientPage, name: str) -> DraftedSheet:
    made: DraftedSheet = getattr(page.forms, SHEETS.get(name, name))
    return made


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, session: Session) -> PatientPage:
    return opened(qtbot, window, session, person())


@pytest.mark.parametrize(("name", "field", "text"), FORMS)
def test_what_was_typed_is_there_again_after_escape_and_after_another_patient(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, name: str, field: Field, text: str
) -> None:
    first = page.current_patient or 0
    page.forms.open(name)
    settle(qtbot, window)
    sheet = sheet_of(page, name)
    assert not sheet.kept.isVisible()
    qtbot.keyClicks(field(sheet), text)
    window.back()
    settle(qtbot, window)
    assert [(one.patient.id, one.kind) for one in drafts.listed(session)] == [(first, name)]
    page.forms.open(name)
    assert field(sheet).text() == text and sheet.kept.isVisible()
    opened(qtbot, window, session, person(mrn="F-2"))
    page.forms.open(name)
    settle(qtbot, window)
    assert field(sheet).text() == "" and not sheet.kept.isVisible()
    sheet.close_sheet()
    window.open_patient(first)
    page.forms.open_when_read(name, 0)  # as the desk does
    settle(qtbot, window)
    assert field(sheet).text() == text
    told = sheet.kept.label.text().replace("\u2011", "-").replace("\xa0", " ")
    assert told == "Typed 20-Nov-2026 09:41 and not saved."


@pytest.mark.parametrize(("name", "field", "text"), FORMS)
def test_a_draft_ends_with_what_is_saved_or_begun_afresh(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, name: str, field: Field, text: str
) -> None:
    page.forms.open(name)
    settle(qtbot, window)
    sheet = sheet_of(page, name)
    qtbot.keyClicks(field(sheet), text)
    sheet.close_sheet()
    page.forms.open(name)
    assert sheet.kept.action is not None
    sheet.kept.action.click()
    settle(qtbot, window)
    assert field(sheet).text() == "" and not sheet.kept.isVisible()
    assert drafts.listed(session) == []
    if name == "immunisation":
        sheet.vaccine.field.line.setText("EV71")  # type: ignore[attr-defined]
    qtbot.keyClicks(field(sheet), text)
    assert sheet.autosave.is_dirty
    sheet.ask_save()
    settle(qtbot, window)
    assert not sheet.isVisible()
    assert drafts.listed(session) == []
    assert sheet.autosave.is_dirty is False


@pytest.mark.parametrize(("name", "field", "text"), FORMS)
def test_what_could_not_be_saved_is_a_draft(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session, name: str, field: Field, text: str
) -> None:
    first = page.current_patient or 0
    page.forms.open(name)
    settle(qtbot, window)
    sheet = sheet_of(page, name)
    if name == "immunisation":
        sheet.vaccine.field.line.setText("EV71")  # type: ignore[attr-defined]
    qtbot.keyClicks(field(sheet), text)
    later = window._context.clock() + timedelta(minutes=11)
    window._context.clock = lambda: later
    sheet.ask_save()
    settle(qtbot, window)
    assert not field(sheet).isEnabled()
    qtbot.keyClick(page.still_there, Qt.Key.Key_Escape)
    assert sheet.trouble.isVisible() and field(sheet).text() == text
    sheet.ask_save()
    settle(qtbot, window)
    opened(qtbot, window, session, person(mrn="F-2"))
    assert [(one.patient.id, one.kind) for one in drafts.listed(session)] == [(first, name)]


def test_a_draft_changes_only_what_was_typed_not_what_was_corrected_meanwhile(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    patient = page.current_patient or 0
    vaccine = Immunisation(
        0, patient, CodeableConcept((), "EV71"), given=Moment.parse("2026-11-01"), lot="A", dose="1"
    )
    made = immunisations.add(session, vaccine)
    page.context.bus.changed.emit(made.changes)
    settle(qtbot, window)
    kept = record_of(page, session).immunisations[0]
    page.forms.add_immunisation(kept)
    settle(qtbot, window)
    sheet = page.forms.immunisation
    qtbot.keyClicks(lot(sheet), "B")
    sheet.close_sheet()
    page.context.bus.changed.emit(immunisations.correct(session, replace(kept, dose="2")))
    window.open_patient(patient)
    settle(qtbot, window)
    page.forms.add_immunisation()  # a new one is something else
    settle(qtbot, window)
    assert lot(sheet).text() == ""
    sheet.close_sheet()
    page.forms.open_when_read("immunisation", kept.id)
    settle(qtbot, window)
    sheet.ask_save()
    settle(qtbot, window)
    found = record_of(page, session).immunisations[0]
    assert (found.lot, found.dose, found.vaccine.label) == ("AB", "2", "EV71")


def test_a_chosen_vaccine_and_the_kind_of_an_episode_are_kept(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    first = page.current_patient or 0
    page.forms.add_immunisation()
    vaccine = page.forms.immunisation
    line = vaccine.vaccine.field.line
    qtbot.keyClicks(line, "tdap")
    settle(qtbot, window)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    vaccine.close_sheet()
    page.forms.record_pregnancy()
    episode = page.forms.pregnancy
    episode.kind.button("ended").click()
    episode.fields_.fields["ended"].line.setText("2026-11-18")  # type: ignore[attr-defined]
    opened(qtbot, window, session, person(mrn="F-2"))
    window.open_patient(first)
    page.forms.open_when_read("pregnancy", 0)
    settle(qtbot, window)
    assert episode.kind.current == "ended"
    assert episode.fields_.raw()["ended"] == "2026-11-18"
    episode.close_sheet()
    page.forms.add_immunisation()
    settle(qtbot, window)
    vaccine.ask_save()
    settle(qtbot, window)
    assert record_of(page, session).immunisations[0].vaccine.codings[0].code == "115"


def test_a_draft_of_what_is_no_longer_in_the_record_says_so(
    qtbot: QtBot, window: MainWindow, page: PatientPage
) -> None:
    page.forms.open_when_read("immunisation", 4711)
    assert window.toast.isVisible()
    assert not page.forms.immunisation.isVisible()


def test_a_new_patient_who_was_not_saved_is_still_being_typed(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    new_patient(window)
    sheet = window.page("worklist").person
    qtbot.keyClicks(phone(sheet), "138")
    window.back()
    new_patient(window)
    settle(qtbot, window)
    assert phone(sheet).text() == "138" and sheet.kept.isVisible()
    assert sheet.kept.action is not None
    sheet.kept.action.click()
    assert phone(sheet).text() == ""
    assert drafts.listed(session) == []


def test_details_that_were_changed_elsewhere_are_not_put_back_by_a_draft(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    patient = page.current_patient or 0
    page.forms.edit_details()
    settle(qtbot, window)
    sheet = page.forms.person
    sheet.parts["contact"].fields["city"].line.setText("成都")  # type: ignore[attr-defined]
    sheet.close_sheet()
    stored = record_of(page, session).patient
    assert stored is not None
    changed = replace(stored, telecom=(ContactPoint("phone", "139"),))
    page.context.bus.changed.emit(records.update_patient(session, changed))
    settle(qtbot, window)
    page.forms.edit_details()
    settle(qtbot, window)
    assert (phone(sheet).text(), sheet.values()["city"]) == ("139", "成都")
    assert page.current_patient == patient


def test_the_headings_of_the_questions_follow_the_language(
    qtbot: QtBot, window: MainWindow, page: PatientPage
) -> None:
    page.forms.ask_questions()
    settle(qtbot, window)
    headers = [one for one in page.forms.questions._made if hasattr(one, "title")]
    before = [one.title.text() for one in headers]
    window._context.set_language("zh_CN")
    settle(qtbot, window)
    after = [one.title.text() for one in headers]
    assert headers and not set(before) & set(after)
