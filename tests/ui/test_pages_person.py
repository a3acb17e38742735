"""A patient is added and her details are changed; who she could be taken for is said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medapp.domain.administrative import (
    Address,
    ContactPoint,
    HumanName,
    Identifier,
    IdentifierType,
    Patient,
    RelatedPerson,
    Sex,
)
from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from medapp.services import drafts, records
from medapp.services.session import Session
from medapp.store.errors import UnknownPatient
from tests.ui.conftest import settle
from tests.ui.forms_clinic import opened, person
from ui.main_window import MainWindow
from ui.pages.person import candidate
from ui.pages.person.fields import CONTACT, LIFE, NAMES, NUMBER, RELATED
from ui.pages.person.sheet import PersonSheet
from ui.shell.writing import new_patient

NUMBER_OF_1949 = "11010519491231002X"


@pytest.fixture
def sheet(qtbot: QtBot, window: MainWindow) -> PersonSheet:
    new_patient(window)
    settle(qtbot, window)
    form: PersonSheet = window.page("worklist").person
    return form


def fill(sheet: PersonSheet, part: str, **texts: str) -> None:
    for field, text in texts.items():
        editor = sheet.parts[part].fields[field]
        if hasattr(editor, "line"):
            editor.line.setText(text)
        else:
            editor.set_value(text)


def save(qtbot: QtBot, window: MainWindow, sheet: PersonSheet) -> None:
    settle(qtbot, window)
    sheet.ask_save()
    settle(qtbot, window)


def test_a_new_patient_is_stored_and_opened(
    qtbot: QtBot, window: MainWindow, session: Session, sheet: PersonSheet
) -> None:
    focused = window.focusWidget()
    assert focused is sheet.parts[NAMES].fields["family"].line  # type: ignore[attr-defined]
    qtbot.keyClicks(focused, "Qu")
    fill(sheet, NAMES, given="Yanxin", han="曲燕欣")
    fill(sheet, LIFE, born="1996-03", sex="female")
    fill(sheet, NUMBER, insurance="M-77")
    fill(sheet, CONTACT, phone="13800001111", city="成都")
    fill(sheet, RELATED, relative="曲大明", relationship="father", guardian="yes")
    assert sheet.save.text().replace("\n", " ") == "Add for QU, Yanxin"
    save(qtbot, window, sheet)
    number = window.open_patient_id
    assert number is not None
    found = records.open_record(session, number, audit=False).patient
    assert found is not None
    assert (found.name, found.name_local, found.sex) == ("QU, Yanxin", "曲燕欣", Sex.FEMALE)
    assert found.birth_date == Moment.parse("1996-03")
    assert (found.telecom[0].value, found.addresses[0].city) == ("13800001111", "成都")
    assert (found.related[0].name.label, found.related[0].is_guardian) == ("曲大明", True)
    assert found.mrn == f"P{number:08d}"
    assert window.patient_page.banner.name.text() == "QU, Yanxin"
    window.undo()
    settle(qtbot, window)
    assert (window.current_page, window.open_patient_id) == ("worklist", None)
    with pytest.raises(UnknownPatient):
        records.open_record(session, number, audit=False)


def test_nobody_is_stored_without_a_name_but_a_newborn(
    qtbot: QtBot, window: MainWindow, sheet: PersonSheet
) -> None:
    fill(sheet, LIFE, born="2026-11-19")
    save(qtbot, window, sheet)
    assert sheet.isVisible()
    assert sheet.nameless.isVisible()
    fill(sheet, NAMES, newborn="yes")
    save(qtbot, window, sheet)
    assert window.current_page == "patient"
    assert window.patient_page.banner.name.text() == "Unnamed newborn"


def test_an_identity_number_is_checked_and_proposes_birth_date_and_sex(
    qtbot: QtBot, window: MainWindow, sheet: PersonSheet
) -> None:
    fill(sheet, NUMBER, national="110105194912310021")
    assert "does not fit" in sheet.parts[NUMBER].fields["national"].note.text()
    assert not sheet.proposed.isVisible()
    fill(sheet, NUMBER, national=NUMBER_OF_1949)
    assert sheet.proposed.isVisible()
    assert sheet.values()["born"] is None  # proposed, not written
    assert sheet.proposed.action is not None
    sheet.proposed.action.click()
    assert sheet.values()["born"] == Moment.of_date(date(1949, 12, 31))
    assert sheet.values()["sex"] == "female"
    assert not sheet.proposed.isVisible()


def test_a_chinese_name_proposes_its_pinyin(qtbot: QtBot, window: MainWindow, sheet: PersonSheet) -> None:
    fill(sheet, NAMES, han="欧阳娜娜")
    settle(qtbot, window)
    assert sheet.pinyin.isVisible()
    assert sheet.pinyin.action is not None
    sheet.pinyin.action.click()
    assert (sheet.values()["family"], sheet.values()["given"]) == ("Ouyang", "Nana")


def test_a_similar_name_and_the_same_number_are_said_before_saving(
    qtbot: QtBot, window: MainWindow, session: Session, sheet: PersonSheet
) -> None:
    passport = Identifier("E123", IdentifierType.PASSPORT)
    kept = replace(person(), identifiers=(*person().identifiers, passport))
    first = records.add_patient(session, kept).id
    fill(sheet, NAMES, family="Qu", given="Yanxin")
    sheet.ask_save()  # at once, before the warning has come
    settle(qtbot, window)
    assert sheet.isVisible()
    assert sheet.look_alikes.ids == {first}
    assert sheet.save.text().replace("\n", " ") == "Save anyway: QU, Yanxin"
    fill(sheet, NAMES, given="Bo", family="Zhu")
    fill(sheet, NUMBER, passport="E123")
    settle(qtbot, window)
    assert sheet.look_alikes.ids == {first}
    save(qtbot, window, sheet)
    assert window.open_patient_id not in (None, first)


def test_the_banner_opens_the_details_and_a_change_can_be_undone(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    page = opened(qtbot, window, session, person())
    qtbot.mouseClick(page.banner.edit, Qt.MouseButton.LeftButton)
    form = page.forms.person
    assert form.values()["family"] == "Qu"
    fill(form, NAMES, family="Zhu")
    assert form.save.text().replace("\n", " ") == "Save for ZHU, Yanxin"
    save(qtbot, window, form)
    assert page.banner.name.text() == "ZHU, Yanxin"
    window.undo()
    settle(qtbot, window)
    assert page.banner.name.text() == "QU, Yanxin"


def test_a_new_patient_who_is_not_saved_is_a_draft_until_she_is(
    qtbot: QtBot, window: MainWindow, session: Session, sheet: PersonSheet
) -> None:
    fill(sheet, NAMES, family="Qu", given="Yanxin")
    fill(sheet, CONTACT, phone="13800001111")
    sheet.close_sheet()
    settle(qtbot, window)
    (begun,) = drafts.listed(session)
    assert (begun.patient.id, begun.patient.name, begun.kind) == (drafts.NEW_PATIENT, "Qu Yanxin", "details")
    sheet.forget()  # as the lock does
    assert sheet.values() == {}
    new_patient(window)
    settle(qtbot, window)
    assert sheet.kept.isVisible()
    assert (sheet.values()["family"], sheet.values()["phone"]) == ("Qu", "13800001111")
    save(qtbot, window, sheet)
    assert window.patient_page.banner.name.text() == "QU, Yanxin"
    assert drafts.listed(session) == []


def test_a_new_patient_is_begun_afresh(
    qtbot: QtBot, window: MainWindow, session: Session, sheet: PersonSheet
) -> None:
    fill(sheet, NAMES, family="Qu")
    sheet.close_sheet()
    settle(qtbot, window)
    new_patient(window)
    settle(qtbot, window)
    assert sheet.kept.action is not None
    sheet.kept.action.click()
    settle(qtbot, window)
    assert sheet.values()["family"] is None
    assert drafts.listed(session) == []


def test_locking_takes_the_form_away(qtbot: QtBot, window: MainWindow, sheet: PersonSheet) -> None:
    fill(sheet, NAMES, family="Qu")
    window.lock()
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: not shiboken6.isValid(sheet))


RICH = Patient(
    id=7, mrn="A-1",
    identifiers=(
        Identifier("A-1", IdentifierType.RECORD_NUMBER, "urn:clinic"),
        Identifier(NUMBER_OF_1949, IdentifierType.NATIONAL, "urn:gov"), Identifier("x", IdentifierType.OTHER),
    ),
    names=(
        HumanName("Lin", ("Mei", "Hua"), prefix=("Dr",)), HumanName("林", ("美华",), script="han"),
        HumanName("Wu", use="maiden"),
    ),
    sex=Sex.FEMALE, birth_date=Moment.parse("1949-12-31"), deceased=False,
    telecom=(ContactPoint("phone", "1", "home"), ContactPoint("email", "a@b.c")),
    addresses=(Address(("Line 1", "Line 2"), "C", "D", "S", "P", "CN"), Address(city="Other")),
    related=(RelatedPerson(HumanName("Lin", ("Bo",)), "Father", (ContactPoint("phone", "2"),), True),),
    language="zh",
)


def test_what_the_form_does_not_change_stays_as_it_was() -> None:
    assert candidate.patient_of(candidate.values_of(RICH), RICH) == RICH
    assert candidate.patient_of(candidate.values_of(Patient()), Patient()) == Patient()


def test_a_number_that_is_emptied_is_gone_and_a_new_one_keeps_its_giver() -> None:
    values = candidate.values_of(RICH) | {"national": "", "mrn": "A-2"}
    made = candidate.patient_of(values, RICH)
    assert made.identifiers == (
        Identifier("A-2", IdentifierType.RECORD_NUMBER, "urn:clinic"), Identifier("x", IdentifierType.OTHER),
    )
    assert made.mrn == "A-2"


def test_dates_that_cannot_be_are_told() -> None:
    today, words = date(2026, 11, 20), Words("en")
    born, died = Moment.parse("1990-05-01"), Moment.parse("1990-04")
    assert set(candidate.wrong({"born": born, "died": died}, today, words)) == {"died"}
    assert set(candidate.wrong({"born": Moment.parse("2026-12")}, today, words)) == {"born"}
    assert candidate.wrong({"born": born, "died": Moment.parse("1990-05")}, today, words) == {}
