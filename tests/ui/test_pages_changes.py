"""A value in the table of Results is corrected, withdrawn or moved, with its trace and its Undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from medapp.assess.assessor import Given
from medapp.domain.datatypes import Moment
from medapp.services import audit, entries, records
from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.forms_clinic import opened, person, record_of
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage

EARLY, LATE = Moment.parse("2026-05-06T08:32:00+08:00"), Moment.parse("2026-11-14T08:10:00+08:00")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, session: Session) -> PatientPage:
    """Results of somebody with creatinine 109, then 811 where it should be 81."""
    made = opened(qtbot, window, session, person())
    patient = made.current_patient or 0
    for value, at in ((109, EARLY), (811, LATE)):
        found = entries.save_values(session, patient, {"creatinine": Given(value)}, at)
        made.context.bus.changed.emit(found.changes)
    settle(qtbot, window)
    made.show_trend("creatinine")
    settle(qtbot, window)
    made.results.focus_table()
    made.results.table.selectRow(0)
    return made


def values(page: PatientPage, session: Session) -> list[float | None]:
    return [one.value for one in records.series(session, page.current_patient or 0, "creatinine")]


def test_a_value_is_corrected_by_key_and_both_can_be_seen(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    qtbot.keyClick(page.results.table, Qt.Key.Key_E)
    settle(qtbot, window)
    sheet = page.results.changes.correct
    assert sheet.now.text().replace("\u2011", "-").replace("\u00a0", " ") == (
        "Creatinine: 811 µmol/L, 14-Nov-2026 08:10"
    )
    line = sheet.value.fields["creatinine"].line  # type: ignore[attr-defined]
    assert line.text() == "811"
    line.setText("81")
    assert sheet.save.text().replace("\n", " ") == "Correct for QU, Yanxin"
    sheet.ask_save()
    settle(qtbot, window)
    assert values(page, session) == [109.0, 81.0]
    page.results.changes.do("history")
    settle(qtbot, window)
    shown = page.results.changes.withdrawn
    said = " ".join(one.text() for one in shown.findChildren(QLabel) if one.isVisible())
    assert "811 µmol/L" in said.replace("\u00a0", " ")
    assert "now 81 µmol/L" in said.replace("\u00a0", " ")
    window.back()
    window.undo()
    settle(qtbot, window)
    assert values(page, session) == [109.0, 811.0]


def test_an_impossible_correction_is_refused(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.results.changes.do("correct")
    settle(qtbot, window)
    sheet = page.results.changes.correct
    sheet.value.fields["creatinine"].line.setText("-3")  # type: ignore[attr-defined]
    sheet.ask_save()
    settle(qtbot, window)
    assert sheet.isVisible()
    assert values(page, session) == [109.0, 811.0]


def test_a_value_entered_in_error_is_withdrawn_and_comes_back(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    qtbot.keyClick(page.results.table, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert values(page, session) == [109.0]
    assert len(page.results.series.as_csv_rows()) == 2
    window.undo()
    settle(qtbot, window)
    assert values(page, session) == [109.0, 811.0]


def test_a_value_is_moved_to_the_right_patient_with_trace(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    twin = records.add_patient(session, person("1991-01-01", mrn="F-2")).id
    source = page.current_patient
    qtbot.keyClick(page.results.table, Qt.Key.Key_M)
    settle(qtbot, window)
    sheet = page.results.changes.move
    assert "QU, Yanxin" in sheet.source.text()
    sheet.ask_save()
    assert sheet.nobody.isVisible()
    qtbot.keyClicks(sheet.finder.field.line, "yanxin F-2")
    settle(qtbot, window)
    assert [hit.what.id for hit in sheet.finder.hits] == [twin]
    qtbot.keyClick(sheet.finder.field.line, Qt.Key.Key_Return)
    assert sheet.alike.isVisible()
    assert "F-2" in sheet.target.text()
    assert sheet.save.words == "Move to QU, Yanxin"
    sheet.ask_save()
    settle(qtbot, window)
    assert values(page, session) == [109.0]
    assert [one.value for one in records.series(session, twin, "creatinine")] == [811.0]
    acts = {(one.action, one.patient) for one in audit.entries(session)}
    assert {("move_observation", source), ("receive_observation", twin)} <= acts
    window.undo()
    settle(qtbot, window)
    assert values(page, session) == [109.0, 811.0]
    assert records.series(session, twin, "creatinine") == []


def test_another_patient_finds_no_form_open(
    qtbot: QtBot, window: MainWindow, page: PatientPage, session: Session
) -> None:
    page.results.changes.do("correct")
    settle(qtbot, window)
    opened(qtbot, window, session, person(mrn="F-3"))
    assert not page.results.changes.correct.isVisible()
    assert page.results.changes.correct.now.text() == ""
    assert record_of(page, session).observations == ()
