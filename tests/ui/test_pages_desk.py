"""The desk under the worklist, in the real window: lists, one-key actions, sheets, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.domain.notes import Passage, Visit
from medapp.services import appointments, drafts, due, records, reviews, visits
from medapp.services.session import Session
from tests.ui.conftest import NOW, settle
from ui.main_window import MainWindow
from ui.pages.desk import DeskCard
from ui.pages.desk.booking import BookSheet
from ui.pages.desk.settling import SettleSheet, TaskSheet
from ui.pages.desk.signing import SignSheet
from ui.widgets import Sheet

Key = Qt.Key
TODAY = NOW.date()


class At(NamedTuple):
    """Where a test is."""

    desk: DeskCard
    window: MainWindow
    session: Session
    qtbot: QtBot


@pytest.fixture
def at(window: MainWindow, session: Session, qtbot: QtBot) -> At:
    """The desk of a clinic whose demonstration day was cleared."""
    with session.store.transaction() as tx:
        for table in ("appointment", "review", "task"):
            tx.execute(f"DELETE FROM {table}")
    desk = window.page("worklist").desk
    desk.load()
    settle(qtbot, window)
    return At(desk, window, session, qtbot)


def show(desk: DeskCard, which: str, window: MainWindow, qtbot: QtBot) -> None:
    desk.choose(which)
    desk.load()
    settle(qtbot, window)


def sheet(window: MainWindow, kind: type[Sheet]) -> Sheet:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def potassium(value: float, hours: float = 20) -> Observation:
    at = Moment.of_datetime(NOW - timedelta(hours=hours))
    return Observation(0, Coding("http://loinc.org", "2823-3"), at, "potassium", value, "mmol/L")


def patients(window: MainWindow) -> list[int]:
    return [line.id for line in window.page("worklist").model.lines]


def test_every_list_says_when_it_is_empty(at: At) -> None:
    desk, window, _, qtbot = at
    for which in ("today", "results", "due", "drafts", "recent"):
        show(desk, which, window, qtbot)
        assert desk.stack.currentWidget() is desk._empty[which]
        assert desk._empty[which].title.text() and desk._empty[which].advice.text()


def test_a_demo_clinic_has_a_day_with_results_and_recalls(window: MainWindow) -> None:
    desk = window.page("worklist").desk
    assert len(desk.model.rows) >= 7
    assert {row.item.state for row in desk.model.rows} >= {"waiting", "booked", "in_room"}
    assert "Waiting 12 min" in {row.chip[0] for row in desk.model.rows}
    assert desk._counts["due"] > 0


def test_booking_from_the_preview_by_keyboard(at: At) -> None:
    desk, window, session, qtbot = at
    page = window.page("worklist")
    line = page.current
    qtbot.mouseClick(page.preview.book, Qt.MouseButton.LeftButton)
    form = sheet(window, BookSheet)
    assert form.save.text().replace("\n", " ") == f"Book for {line.name}"
    assert form.reason.field.line.hasFocus()
    qtbot.keyClicks(form.reason.field.line, "Knee pain")
    form.time.field.line.setText("25:00")
    qtbot.keyClick(form.reason.field.line, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.isVisible() and form.time.note.text()
    form.time.field.line.setText("10:30")
    qtbot.keyClick(form.time.field.line, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    (booked,) = appointments.of_day(session, TODAY)
    assert (booked.patient.id, booked.minute, booked.reason) == (line.id, 630, "Knee pain")
    assert [row.what for row in desk.model.rows] == ["Knee pain"]
    window.undo()
    settle(qtbot, window)
    assert appointments.of_day(session, TODAY) == [] and desk.model.rows == []


def test_one_key_moves_a_patient_through_the_day(at: At) -> None:
    desk, window, session, qtbot = at
    patient = patients(window)[0]
    appointments.book(session, patient, TODAY, 600)
    show(desk, "today", window, qtbot)
    seen = []
    for _ in range(4):
        qtbot.keyClick(desk.list, Key.Key_Space)
        settle(qtbot, window)
        seen.append(appointments.of_day(session)[0].state)
    assert seen == ["arrived", "waiting", "in_room", "done"]
    qtbot.keyClick(desk.list, Key.Key_Space)
    settle(qtbot, window)
    assert appointments.of_day(session)[0].state == "done"
    window.undo()
    settle(qtbot, window)
    assert appointments.of_day(session)[0].state == "in_room"
    qtbot.keyClick(desk.list, Key.Key_Return)
    settle(qtbot, window)
    assert window.patient_page.current_patient == patient


def test_cancelled_and_absent_are_one_key_each(at: At) -> None:
    desk, window, session, qtbot = at
    for minute, key, state in ((600, Key.Key_C, "cancelled"), (610, Key.Key_X, "absent")):
        number = appointments.book(session, patients(window)[0], TODAY, minute).id
        show(desk, "today", window, qtbot)
        desk.list.choose(next(at for at, row in enumerate(desk.model.rows) if row.key == number))
        qtbot.keyClick(desk.list, key)
        settle(qtbot, window)
        assert state in {one.state for one in appointments.of_day(session)}


def test_who_waits_is_told_in_minutes_and_again_as_time_passes(at: At) -> None:
    desk, window, session, qtbot = at
    number = appointments.book(session, patients(window)[0], TODAY, 600).id
    appointments.set_state(session, number, "waiting")
    show(desk, "today", window, qtbot)
    assert desk.current.chip[0] == "Waiting 0 min"
    window._context.clock = lambda: NOW + timedelta(minutes=12)
    desk._tell()
    assert desk.current.chip[0] == "Waiting 12 min"


def test_a_critical_result_stands_first_and_is_signed_with_both_answers(at: At) -> None:
    desk, window, session, qtbot = at
    first, second = patients(window)[:2]
    records.save_observation(session, first, potassium(5.4))
    number = records.save_observation(session, second, potassium(6.8, 2)).id
    show(desk, "results", window, qtbot)
    assert [row.chip[0] for row in desk.model.rows] == ["Critical ▲ high", "▲ High"]
    assert desk.model.rows[0].what == "Potassium 6.8\u00a0mmol/L"
    qtbot.keyClick(desk.list, Key.Key_Return)
    form = sheet(window, SignSheet)
    assert (form.action.currentData(), form.told.currentData()) == ("", "")
    form.commit()
    assert form.isVisible() and form._actions.note.text() and reviews.count(session) == 2
    form.action.setCurrentIndex(form.action.findData("emergency"))
    form.told.setCurrentIndex(form.told.findData("telephone"))
    form.commit()
    settle(qtbot, window)
    signed = reviews.signed(session, number)
    assert signed is not None and (signed.action, signed.told) == ("emergency", "telephone")
    assert [row.chip[0] for row in desk.model.rows] == ["▲ High"]
    window.undo()
    settle(qtbot, window)
    assert len(desk.model.rows) == 2


def test_all_normals_are_signed_by_one_key_and_taken_back_by_one(at: At) -> None:
    desk, window, session, qtbot = at
    first, second = patients(window)[:2]
    for who, value in ((first, 4.1), (second, 4.4), (second, 6.8)):
        records.save_observation(session, who, potassium(value))
    show(desk, "results", window, qtbot)
    qtbot.keyClick(desk.list, Key.Key_N)
    settle(qtbot, window)
    assert [row.chip[0] for row in desk.model.rows] == ["Critical ▲ high"]
    assert window.toast.label.text() == "2 normal results signed"
    window.undo()
    settle(qtbot, window)
    assert len(desk.model.rows) == 3


def test_the_trend_of_a_result_is_one_key_away(at: At) -> None:
    desk, window, session, qtbot = at
    records.save_observation(session, patients(window)[0], potassium(6.8))
    show(desk, "results", window, qtbot)
    qtbot.keyClick(desk.list, Key.Key_O)
    settle(qtbot, window)
    assert window.patient_page.tabs.current == "results"
    assert window.patient_page.results._selected == "potassium"


def test_time_that_passes_moves_neither_the_choice_nor_the_scrolled_list(at: At) -> None:
    desk, window, session, qtbot = at
    for minute in range(600, 900, 10):
        appointments.book(session, patients(window)[minute % 7], TODAY, minute)
    show(desk, "today", window, qtbot)
    desk.list.choose(3)
    bar = desk.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = (desk.current.key, bar.value())
    window._context.clock = lambda: NOW + timedelta(minutes=45)
    desk._tell_time()
    assert desk.model.rows[0].note == "late"
    assert (desk.current.key, bar.value()) == before and bar.value() > 0


def test_a_draft_is_opened_where_it_was_left(at: At) -> None:
    desk, window, session, qtbot = at
    patient = patients(window)[3]
    visit = Visit(Moment.of_datetime(NOW), reason=Passage("Cough"))
    drafts.save(session, patient, drafts.VISIT, {"visit": visits.as_document(visit)})
    show(desk, "drafts", window, qtbot)
    assert desk.model.rows[0].what == "Visit note"
    qtbot.keyClick(desk.list, Key.Key_Return)
    settle(qtbot, window)
    assert window.patient_page.current_patient == patient
    assert window.patient_page.tabs.current == "notes"


def test_a_new_patient_who_was_begun_goes_on_from_the_list(at: At) -> None:
    desk, window, session, qtbot = at
    drafts.save(session, drafts.NEW_PATIENT, "details", {"family": "Qu", "han": "曲燕欣"})
    show(desk, "drafts", window, qtbot)
    assert (desk.model.rows[0].what, desk.model.rows[0].names[0]) == ("New patient", "Qu")
    qtbot.keyClick(desk.list, Key.Key_Return)
    settle(qtbot, window)
    assert window.page("worklist").person.isVisible()
    assert window.page("worklist").person.values()["han"] == "曲燕欣"


def test_a_sweep_finds_what_is_due_and_can_be_stopped(at: At) -> None:
    desk, window, session, qtbot = at
    show(desk, "due", window, qtbot)
    desk.sweeping.start()
    assert desk.sweeping.isVisible()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not desk.sweeping.is_running, timeout=20_000)
    settle(qtbot, window)
    found = due.count(session)
    assert found > 0 and len(desk.model.rows) == min(found, due.MOST)
    with session.store.transaction() as tx:
        tx.execute("DELETE FROM task")
    desk.sweeping.start()
    desk.sweeping.stop()
    settle(qtbot, window)
    assert due.count(session) < found


def test_the_patients_of_an_import_are_looked_at_by_themselves(at: At) -> None:
    desk, window, session, qtbot = at
    who = _diabetic(session)
    window._context.bus.changed.emit(Changes(frozenset({Kind.IMPORT}), frozenset({who})))
    assert desk.sweeping.is_running
    qtbot.waitUntil(lambda: not desk.sweeping.is_running, timeout=20_000)
    settle(qtbot, window)
    assert {line.patient.id for line in due.open_tasks(session)} == {who}


def test_signing_the_last_result_leaves_the_focus_on_the_tab(at: At) -> None:
    desk, window, session, qtbot = at
    records.save_observation(session, patients(window)[0], potassium(4.2))
    show(desk, "results", window, qtbot)
    assert desk.list.hasFocus()
    qtbot.keyClick(desk.list, Key.Key_N)
    settle(qtbot, window)
    assert desk._buttons["results"].hasFocus()


def test_due_is_settled_from_the_list(at: At) -> None:
    desk, window, session, qtbot = at
    due.add(session, patients(window)[0], "Call about the biopsy", TODAY)
    show(desk, "due", window, qtbot)
    assert (desk.current.what, desk.current.chip[0]) == ("Call about the biopsy", "due today")
    qtbot.keyClick(desk.list, Key.Key_Space)
    form = sheet(window, SettleSheet)
    form.commit()
    assert form.isVisible() and due.count(session) == 1
    form.choice.button("done").click()
    form.commit()
    settle(qtbot, window)
    assert due.count(session) == 0 and desk.model.rows == []


def test_the_summary_lists_what_is_due_and_takes_a_task(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    patient = _diabetic(session)
    window.open_patient(patient)
    settle(qtbot, window)
    card = window.patient_page.summary.due
    assert "hba1c_diabetes" in {one.kind for one in card._tasks}
    card._add()
    form = sheet(window, TaskSheet)
    form.title_line.field.line.setText("Ask about the eyes")
    form.commit()
    settle(qtbot, window)
    assert "Ask about the eyes, due today" in {row.accessibleName() for row in card.rows}
    window.undo()
    settle(qtbot, window)
    assert "own" not in {one.kind for one in card._tasks}


def test_the_due_card_is_empty_while_another_patient_is_opened(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.open_patient(_diabetic(session))
    settle(qtbot, window)
    card = window.patient_page.summary.due
    assert card.rows
    other = next(one for one in patients(window) if one != window.patient_page.current_patient)
    window.open_patient(other)
    assert card.rows == [] and card._facts is None
    settle(qtbot, window)
    assert {one.patient for one in card._tasks} <= {other}


def test_a_low_window_shows_one_of_both_cards(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("worklist")
    window._context.set_zoom(200)
    window.resize(1366, 690)
    settle(qtbot, window)
    assert page._list.isVisible() and not page.desk.body.isVisible() and page.desk.isVisible()
    page.desk.choose("results")
    settle(qtbot, window)
    assert page.desk.body.isVisible() and not page._list.isVisible()
    window.top_bar.find.line.setText("a")
    settle(qtbot, window)
    assert page._list.isVisible() and not page.desk.body.isVisible()


def test_rows_are_spoken_as_sentences_in_both_languages(at: At) -> None:
    desk, window, session, qtbot = at
    records.save_observation(session, patients(window)[0], potassium(6.8))
    show(desk, "results", window, qtbot)
    spoken = QAccessible.queryAccessibleInterface(desk.list).child(0).text(QAccessible.Text.Name)
    assert "Potassium 6.8" in spoken and "Critical ▲ high" in spoken
    window._context.set_language("zh_CN")
    settle(qtbot, window)
    assert "危急 ▲ 偏高" in desk.model.rows[0].spoken
    assert desk._buttons["results"].text().startswith("待签署结果")


def test_locking_takes_an_open_sheet_away(at: At) -> None:
    window = at.window
    window.page("worklist").book()
    assert sheet(window, BookSheet)
    window.lock()
    assert not [one for one in window.findChildren(BookSheet) if one.isVisible()]


def test_the_clinics_critical_values_are_set_on_the_settings_page(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    from medapp.services import critical_values
    from ui.pages.settings_critical import CriticalValues

    number = records.save_observation(session, patients(window)[0], potassium(6.2)).id
    window.goto("settings")
    card = window.page("settings").findChild(CriticalValues)
    card.open_values()
    settle(qtbot, window)
    row = card.rows["potassium"]
    assert (row.low.text(), row.high.text()) == ("2.5", "6.5")
    assert row.low.accessibleName() == "Potassium, critical from below"
    blood = card.rows["haemoglobin"].low  # whose limits are those of adults: a child has none
    assert blood.accessibleName() == "Haemoglobin, from 16 years, critical from below"
    row.high.setText("6.2")
    row.high.editingFinished.emit()
    settle(qtbot, window)
    level = {line.id: line.level for line in reviews.waiting(session)}
    assert level[number] == "critical"
    row = card.rows["potassium"]
    assert "Set by this clinic" in row.source.text()
    row.low.setText("9")
    row.low.editingFinished.emit()
    settle(qtbot, window)
    assert card.problem.isVisible()
    assert [one.low for one in critical_values.listed(session) if one.key == "potassium"] == [2.5]
    row.reset.click()
    settle(qtbot, window)
    assert card.rows["potassium"].high.text() == "6.5"


def _diabetic(session: Session) -> int:
    with session.store.reading() as db:
        found = db.execute(
            "SELECT k.patient FROM condition k JOIN code c ON c.id=k.code JOIN patient p ON p.id=k.patient "
            "WHERE c.code='44054006' AND p.deceased=0 LIMIT 1"
        ).fetchone()
    return int(found[0])
