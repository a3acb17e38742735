"""The Assess page: the answer, the decision, the what-if, and every way of not answering."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from medapp.services import assessments, records
from tests.ui.conftest import settle
from tests.ui.test_pages_patient import (  # noqa: F401 - fixtures
    clinic_session,
    opened,
    pages_master,
    pages_models,
    shell,
)
from ui.main_window import MainWindow
from ui.pages.assess import AssessPage

LIN, WANG, ZHAO, BLANK = "0048 2217", "0048 3001", "0048 3002", "0048 3003"


def assess(qtbot: QtBot, window: MainWindow, mrn: str) -> AssessPage:
    page: AssessPage = opened(qtbot, window, mrn, "assess").assess
    return page


def test_the_answer_shows_number_word_interval_and_both_sides(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    hero = assess(qtbot, shell, LIN).hero
    number = int(re.fullmatch(r"(\d+)%", hero.number.text()).group(1))
    assert hero.word.text() in ("Very unlikely", "Unlikely", "Possible", "Likely", "Very likely")
    assert re.fullmatch(r"80% interval \d+–\d+%", hero.interval.text())
    assert hero.sentence.accessibleName().startswith(f"Of 100 patients like this one, about {number} ")
    assert f"and {100 - number} do not." in hero.sentence.accessibleName()
    assert hero.review.text() == "Not clinically reviewed"


def test_the_contributions_lead_from_the_average_to_this_patient(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    moves = page.hero.moves
    total = moves._base.value + sum(move.value for move in moves._moves)
    assert total == pytest.approx(moves._total.value, abs=0.01)
    assert any(move.label.startswith("Age 68") for move in moves._moves)


def test_inputs_are_shown_with_unit_age_and_source(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    grid = assess(qtbot, shell, LIN).side.inputs.grid
    names = [grid.itemAtPosition(row, 0).widget().accessibleName() for row in range(grid.rowCount())]
    assert "BMI 31.2 kg/m² today record" in names
    assert "Age 68 years today derived" in names


def test_nothing_is_chosen_and_disagreeing_needs_a_reason(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    strip = page.strip
    assert strip.chosen == ""
    assert not strip.record.isEnabled()
    strip.buttons["disagree"].click()
    assert not strip.record.isEnabled()
    assert strip.record.accessibleDescription() == "Write a reason to disagree."
    assert shell.focusWidget() is strip.reason
    qtbot.keyClicks(strip.reason, "   ")
    assert not strip.record.isEnabled()
    qtbot.keyClicks(strip.reason, "white coat")
    assert strip.record.isEnabled()


def test_a_decision_is_recorded_and_undone(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.strip.buttons["disagree"].click()
    qtbot.keyClicks(page.strip.reason, "white coat")
    qtbot.keyClick(page.strip.reason, Qt.Key.Key_Return)
    settle(qtbot, shell)
    assert page.current.decision.decision == "disagree"
    assert page.current.decision.reason == "white coat"
    assert page.strip.result_text.text().startswith("You disagreed: white coat")
    page.strip.undo.click()
    settle(qtbot, shell)
    assert page.current.decision is None
    assert page.strip.chosen == ""


def test_opening_twice_stores_one_answer_and_keeps_the_decision(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.strip.buttons["agree"].click()
    page.strip.record.click()
    settle(qtbot, shell)
    stored = page.current.stored
    assess(qtbot, shell, WANG)
    page = assess(qtbot, shell, LIN)
    assert page.current.stored == stored
    assert page.current.decision.decision == "agree"
    session = page.context.session
    patient = shell.patient_page.current_patient
    assert len(assessments.history(session, patient, page.current.id)) == 1


def test_what_is_missing_can_be_tried_without_being_saved(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    before = page.hero.number.text()
    page.show_what_if()
    field = page.what_if.form.fields["general_health"]
    field.box.setCurrentIndex(field.box.findData("poor"))
    qtbot.waitUntil(lambda: page.hero.what_if.isVisible(), timeout=5000)
    assert page.hero.what_if.label.text() == f"What if — not saved. From the record: {before}"
    assert page.hero.number.text() != before
    assert page.strip.isHidden()
    session, patient = page.context.session, shell.patient_page.current_patient
    assert len(assessments.history(session, patient, page.current.id)) == 1
    page._close_panel()
    assert page.hero.number.text() == before
    assert page.strip.isVisible()


def test_an_impossible_value_is_refused_as_it_is_typed(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.show_what_if()
    field = page.what_if.form.fields["heart_rate"]
    field.line.setText("9999")
    assert field.note.text().startswith("Not possible:")
    assert field.given() is None
    field.line.setText("1,234")
    assert field.note.text() == "Write the number without a comma for thousands."
    field.line.setText("７２")
    assert field.given().value == 72
    assert field.note.isHidden()


def test_out_of_scope_has_the_rank_of_a_number_and_no_number(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, ZHAO)
    assert page.hero.refusal.isVisible()
    assert not page.hero.answer.isVisible()
    assert page.hero.reason.text() == "Not calculated — out of scope: known diabetes"
    assert page.hero.scope.text() == "Out of scope"
    assert page.strip.isHidden()
    assert not page.hero.why.isVisible()


def test_missing_required_inputs_are_named_and_can_be_entered(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, BLANK)
    assert page.hero.scope.text() == "Data missing"
    assert page.hero.enter.isVisible()
    page.hero.enter.click()
    form = page.what_if.form
    assert list(form.fields)[:3] == ["bmi", "systolic_bp", "diastolic_bp"]
    for name, value in (("bmi", "29"), ("systolic_bp", "140"), ("diastolic_bp", "85")):
        form.fields[name].line.setText(value)
    qtbot.waitUntil(lambda: page.hero.answer.isVisible(), timeout=5000)
    assert page.hero.what_if.isVisible()
    assert page.strip.isHidden()


def test_the_model_card_opens_with_all_its_attributes(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.hero.card_button.click()
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.card
    assert page.card.filled.text() == "31 of 31 filled"
    shell.back()
    assert page.right.currentWidget() is page.side_page


def test_with_models_off_there_is_no_number_and_the_rest_works(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.context.set_models_on(False)
    settle(qtbot, shell)
    assert page.states.currentWidget() is page.off
    assert page.strip.isHidden()
    assert shell.patient_page.summary.review_note.text() == "Models are off"
    page.context.set_models_on(True)
    settle(qtbot, shell)
    assert page.states.currentWidget() is page.area


def test_with_models_off_what_was_answered_before_can_still_be_read(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    page.context.set_models_on(False)
    settle(qtbot, shell)
    (earlier,) = [one for one in page.off.findChildren(QAbstractButton) if one.text() == "Earlier answers"]
    earlier.click()
    settle(qtbot, shell)
    qtbot.waitUntil(lambda: page.history.model.rowCount() > 0)
    page.history.list.setCurrentIndex(page.history.model.index(1, 0))  # the first is its version's heading
    settle(qtbot, shell)
    assert page.states.currentWidget() is page.area
    assert page.hero.earlier.isVisible()
    assert page.strip.isHidden()
    page.show_what_if()
    assert page.states.currentWidget() is page.off
    assert page.right.currentWidget() is page.side_page


def test_with_models_off_an_outcome_can_be_recorded(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.context.set_models_on(False)
    settle(qtbot, shell)
    assert page.outcome_bar.isVisibleTo(page.side_page)
    page.show_outcome()
    page.outcome.state.set_current("unknown")
    page.outcome._on_change()
    page.outcome.commit.click()
    settle(qtbot, shell)
    assert page.current.outcome.state == "unknown"
    assert page.current.is_off
    assert page.outcome_bar.text.text().startswith("Unknown")


def test_a_what_if_is_not_computed_once_models_are_off(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.show_what_if()
    page.what_if.form.fields["heart_rate"].line.setText("120")
    qtbot.waitUntil(lambda: page.hero.what_if.isVisible(), timeout=5000)
    page.context.set_models_on(False)
    settle(qtbot, shell)
    assert page.states.currentWidget() is page.off
    assert page.right.currentWidget() is page.side_page


def test_short_windows_show_five_contributions(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    shell.resize(1366, 690)
    settle(qtbot, shell)
    assert shell.patient_page.banner.height() == 50
    assert len(page.hero.moves._moves) <= 5
    assert page.area.verticalScrollBar().maximum() == 0


def test_a_narrow_window_turns_the_right_column_into_a_drawer(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.set_window(1200, False)
    assert page.right.isHidden()
    page.toggle_side()
    assert page.right.isVisible()


def test_a_decision_is_written_although_another_patient_is_opened_at_once(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    stored = page.current.stored
    gate = threading.Event()
    shell._context.jobs.store(gate.wait)
    page._decide("agree", "")
    session = shell._context.session
    shell.open_patient(records.resolve(session, ZHAO), "assess")
    gate.set()
    settle(qtbot, shell)
    assert assessments.replay(session, stored).decision.decision == "agree"
    shell.undo()  # the toast still offers it: hers, not that of the patient on screen
    settle(qtbot, shell)
    assert assessments.replay(session, stored).decision is None
