"""A vaccine is found, given with its lot, corrected, withdrawn, and undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.forms_clinic import opened, person, record_of
from ui.main_window import MainWindow
from ui.pages.immunisations.sheet import ImmunisationSheet
from ui.pages.patient import PatientPage


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, session: Session) -> PatientPage:
    return opened(qtbot, window, session, person())


def texts(page: PatientPage) -> str:
    labels = page.summary.immunisations.findChildren(QLabel)
    return " ".join(one.text() for one in labels if one.isVisible()).replace("\u2011", "-")


def give(qtbot: QtBot, window: MainWindow, sheet: ImmunisationSheet, name: str, **values: str) -> None:
    line = sheet.vaccine.field.line
    line.clear()
    qtbot.keyClicks(line, name)
    settle(qtbot, window)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    for field, text in values.items():
        sheet.fields_.fields[field].line.setText(text)  # type: ignore[attr-defined]
    sheet.ask_save()
    settle(qtbot, window)


def test_a_vaccine_is_given_with_its_lot(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    assert "None recorded" in texts(page)
    page.forms.add_immunisation()
    sheet = page.forms.immunisation
    assert sheet.save.text().replace("\n", " ") == "Record for QU, Yanxin"
    give(qtbot, window, sheet, "tdap", lot="AC37B", dose="1", expiry="2027-05")
    kept = record_of(page, session).immunisations[0]
    assert kept.vaccine.codings[0].code == "115"
    assert (kept.lot, kept.expiry, kept.dose) == ("AC37B", "2027-05", "1")
    assert "20-Nov-2026 · dose 1 · lot AC37B" in texts(page)
    page.summary.immunisations.wanted.emit(kept)
    assert sheet.fields_.values()["lot"] == "AC37B"
    sheet.fields_.fields["lot"].line.setText("AC37C")  # type: ignore[attr-defined]
    sheet.ask_save()
    settle(qtbot, window)
    assert record_of(page, session).immunisations[0].lot == "AC37C"
    window.undo()
    settle(qtbot, window)
    assert "lot AC37B" in texts(page)


def test_what_is_in_no_table_is_kept_in_ones_own_words(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.forms.add_immunisation()
    sheet = page.forms.immunisation
    sheet.ask_save()
    assert sheet.missing.isVisible()
    give(qtbot, window, sheet, "EV71 inactivated")
    kept = record_of(page, session).immunisations[0]
    assert (kept.vaccine.codings, kept.vaccine.label) == ((), "EV71 inactivated")
    assert "lot not recorded" in texts(page)


def test_an_expired_vial_is_said_and_a_day_to_come_refused(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.forms.add_immunisation()
    sheet = page.forms.immunisation
    sheet.fields_.fields["expiry"].line.setText("2026-10")  # type: ignore[attr-defined]
    assert sheet.expired.isVisible()
    sheet.fields_.fields["expiry"].line.setText("2026-11")  # type: ignore[attr-defined]
    assert not sheet.expired.isVisible()
    give(qtbot, window, sheet, "tdap", given="2026-12-24")
    assert sheet.isVisible()
    assert record_of(page, session).immunisations == ()


def test_one_entered_in_error_is_taken_from_the_card(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.forms.add_immunisation()
    sheet = page.forms.immunisation
    assert not sheet.withdraw.isVisible()
    give(qtbot, window, sheet, "tdap")
    page.forms.add_immunisation(record_of(page, session).immunisations[0])
    sheet.withdraw.click()
    settle(qtbot, window)
    assert "None recorded" in texts(page)
    window.undo()
    settle(qtbot, window)
    assert "Tdap" in texts(page)
