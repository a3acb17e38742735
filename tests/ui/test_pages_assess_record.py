"""What the Assess page writes and reads again: typed values, outcomes, earlier answers, decisions by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from medapp.domain.assessment import Reason, ReasonCode, Status
from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.i18n import Words
from medapp.services import assessments, audit, drafts, outcomes, records
from tests.ui.conftest import NOW, settle
from tests.ui.test_pages_assess import BLANK, LIN, WANG, ZHAO, assess
from tests.ui.test_pages_patient import (  # noqa: F401 - fixtures
    clinic_session,
    pages_master,
    pages_models,
    shell,
)
from ui.main_window import MainWindow
from ui.pages.assess import AssessPage
from ui.pages.desk.rows import draft_rows

MODEL = "diabetes_screening"


def patient_of(shell: MainWindow) -> int:  # noqa: F811
    number: int = shell.patient_page.current_patient
    return number


def earlier(shell: MainWindow, mrn: str, days: int) -> None:  # noqa: F811
    """An answer given some days ago."""
    session = shell.patient_page.context.session
    at = Moment.of_datetime(NOW - timedelta(days=days))
    assessments.assess_patient(session, records.resolve(session, mrn), [MODEL], at=at)


def choose_outcome(qtbot: QtBot, page: AssessPage, state: str, day: str, evidence: str) -> None:
    page.outcome_bar.enter.click()
    page.outcome.state.button(state).click()
    page.outcome.day.setText(day)
    page.outcome.evidence.setText(evidence)


def test_what_is_typed_is_saved_by_name_and_the_answer_is_calculated_again(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, BLANK)
    page.hero.enter.click()
    form = page.what_if.form
    assert page.what_if.save.text().replace("\n", " ") == "Save to BLANK, Ann’s record"
    assert not page.what_if.save.isEnabled()
    for name, value in (("bmi", "29"), ("systolic_bp", "140"), ("diastolic_bp", "85")):
        form.fields[name].line.setText(value)
    page.what_if.save.click()
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.side_page
    assert page.hero.answer.isVisible() and page.hero.what_if.isHidden()
    assert page.strip.isVisible()
    found = records.series(page.context.session, patient_of(shell), "bmi")
    assert [one.value for one in found] == [29.0]
    shell.undo()
    settle(qtbot, shell)
    assert records.series(page.context.session, patient_of(shell), "bmi") == []
    assert page.hero.scope.text() == "Data missing"


def test_a_value_of_an_earlier_day_is_saved_with_that_day(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, BLANK)
    page.hero.enter.click()
    page.what_if.form.fields["bmi"].line.setText("29")
    page.what_if.day.setText("2027-01-01")
    assert not page.what_if.save.isEnabled()
    page.what_if.day.setText("2026-11-02")
    page.what_if.save.click()
    settle(qtbot, shell)
    (found,) = records.series(page.context.session, patient_of(shell), "bmi")
    assert found.time.date.isoformat() == "2026-11-02"


def test_an_outcome_is_recorded_by_name_with_day_and_evidence_and_undone(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    assert page.hero.checked.text() == "Checked here: 0 outcomes"
    number = page.hero.number.text()
    page.outcome_bar.enter.click()
    panel = page.outcome
    assert panel.state.current == ""
    assert not panel.commit.isEnabled()
    assert panel.commit.text().replace("\n", " ") == "Record for LIN, Meihua"
    panel.state.button("confirmed").click()
    assert panel.commit.accessibleDescription() == "Evidence is needed to confirm or exclude."
    qtbot.keyClicks(panel.evidence, "HbA1c 52 mmol/mol")
    settle(qtbot, shell)
    assert panel.compared.text().startswith(f"Compared with the {number} given on ")
    qtbot.keyClick(panel.evidence, Qt.Key.Key_Return)
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.side_page
    assert page.outcome_bar.text.text().startswith("Confirmed 20")
    assert page.hero.checked.text() == "Checked here: 1 outcome"
    shell.undo()
    settle(qtbot, shell)
    assert page.hero.checked.text() == "Checked here: 0 outcomes"
    assert page.outcome_bar.text.text().startswith("Not recorded.")


def test_an_outcome_known_before_any_estimate_is_told_not_to_count(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "confirmed", "2026-11-10", "a letter")
    settle(qtbot, shell)
    assert page.outcome.compared.text() == (
        "No estimate had been given in time for that day: it is kept, but does not count."
    )
    page.outcome.commit.click()
    settle(qtbot, shell)
    assert page.hero.checked.text() == "Checked here: 0 outcomes"
    assert outcomes.tally(page.context.session, MODEL).without_answer == 1


@pytest.mark.parametrize(("day", "why"), [
    ("14 March", "Enter a date as year-month-day, such as 2026-03-14."),
    ("", "The day on which it was found out is needed."),
])
def test_an_outcome_without_a_day_says_why_it_cannot_be_recorded(
    qtbot: QtBot, shell: MainWindow, day: str, why: str  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "excluded", day, "HbA1c 36")
    assert not page.outcome.commit.isEnabled()
    assert page.outcome.commit.accessibleDescription() == why


def test_a_day_in_the_future_is_refused_in_the_form(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "excluded", "2027-01-01", "HbA1c 36")
    page.outcome.commit.click()
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.outcome
    assert page.outcome.problem.label.text() == "The day lies in the future."


def test_where_there_never_was_a_number_nothing_can_turn_out(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, ZHAO)
    assert page.outcome_bar.isHidden()
    earlier(shell, BLANK, 1)
    assert assess(qtbot, shell, BLANK).outcome_bar.isHidden()


def test_earlier_answers_are_listed_drawn_and_opened_as_given(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    earlier(shell, LIN, 400)
    session = shell.patient_page.context.session
    bmi = Coding("http://loinc.org", "39156-5")
    records.save_observation(
        session, records.resolve(session, LIN),
        Observation(0, bmi, Moment.parse("2026-11-01"), "bmi", 40.0, "kg/m2"),
    )
    earlier(shell, LIN, 10)
    page = assess(qtbot, shell, LIN)
    today = page.hero.number.text()
    page.hero.history_button.click()
    settle(qtbot, shell)
    history = page.history
    assert history.model.rowCount() == 4  # the version's heading and three answers
    assert "Missing" in history.chart.accessibleDescription()
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Down)
    settle(qtbot, shell)
    assert page.hero.earlier.isVisible()
    assert page.hero.earlier.label.text().replace("\u2011", "-").startswith("As given on 10-Nov-2026")
    assert history.model.at(2).number == "—"
    assert page.hero.refusal.isVisible() and "blood pressure" in page.hero.reason.text()
    assert page.strip.isHidden()
    entry = next(e for e in audit.entries(session) if e.action == "replay_assessment")
    assert entry.patient == patient_of(shell)
    shell.back()
    assert page.hero.number.text() == today
    assert page.hero.earlier.isHidden() and page.strip.isVisible()


def test_the_next_patient_sees_nothing_of_the_forms_and_the_history(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    page.show_history()
    settle(qtbot, shell)
    choose_outcome(qtbot, page, "confirmed", "2026-11-20", "HbA1c 52")
    assert page.has_unsaved
    page = assess(qtbot, shell, WANG)
    assert page.history.model.rowCount() == 0
    assert page.history.chart.accessibleDescription() == ""
    assert page.outcome.evidence.text() == "" and page.outcome.state.current == ""
    assert page.right.currentWidget() is page.side_page


def test_disagreeing_and_undoing_take_three_keystrokes_besides_the_reason(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    page.focus_first()
    QTest.keyClick(shell, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shell.focusWidget() is page.strip.reason, timeout=2000)
    QTest.keyClicks(shell.focusWidget(), "steroids")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, shell)
    assert page.current.decision.reason == "steroids"
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, shell)
    assert page.current.decision is None
    acts = [e.action for e in audit.entries(page.context.session, patient=patient_of(shell))]
    assert acts.index("undo_decision") < acts.index("decide")


def test_old_values_are_named_with_what_the_answer_would_be_without_them(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    session = shell.patient_page.context.session
    lin = records.resolve(session, LIN)
    health = Observation(
        0, Coding("http://loinc.org", "11323-3"), Moment.parse("2020-01-01"), "general_health",
        coded=Coding("http://loinc.org", "LA8969-3", "Poor"),
    )
    records.save_observation(session, lin, health)
    page = assess(qtbot, shell, LIN)
    assert page.current.without_old is not None
    text = page.side.inputs.without_old.text()
    assert text.startswith("Recalculated without the old values: ")
    assert "old values" in page.model.at(1).detail
    assert text.partition(": ")[2].partition(",")[0] != page.hero.number.text()


def test_an_answer_under_calculation_shows_no_old_number(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    page.show_assessing()
    qtbot.waitUntil(lambda: page.model.is_pending, timeout=2000)
    assert page.states.currentWidget() is page.loading
    assert page.strip.isHidden()
    page.show_assessments(page._all)
    assert not page.model.is_pending
    assert page.states.currentWidget() is page.area


def test_what_can_be_done_is_found_by_name(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    page = assess(qtbot, shell, LIN)
    titles = [command.title for command in page.commands()]
    assert titles[:4] == ["Scores", "Model card", "Earlier answers", "What if"]
    assert "What it turned out to be" in titles
    assert "Agree" in titles
    page.context.set_models_on(False)
    settle(qtbot, shell)
    assert [command.title for command in page.commands()] == [
        "Scores", "Model card", "Earlier answers", "What it turned out to be",
    ]  # nothing that computes


def test_a_patient_unlike_all_others_is_shown_the_nearest_it_was_built_on(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    session, patient = page.context.session, patient_of(shell)
    found = assessments.nearest_groups(session, patient, MODEL, at=Moment.of_datetime(NOW))
    assert found is not None and len(found.groups) == 3
    answer = page.current.assessment
    text = {"en": "Unlike the patients this was built on. No estimate.", "zh_CN": "与建模人群不相似。"}
    reason = Reason(ReasonCode.UNLIKE_TRAINING, (), text)
    unlike = replace(answer, status=Status.OUT_OF_SCOPE, reason=reason, outcome=None, contributions=None)
    page.hero.show_answer(replace(page.current, assessment=unlike, nearest=found))
    assert page.hero.reason.text() == text["en"]
    assert page.hero.nearest.isVisible()
    spoken = page.hero.nearest.accessibleDescription().splitlines()
    assert len(spoken) == 4  # what is known of her, but for her sex
    assert all(len(line.split(", ")) >= 5 for line in spoken)
    page.hero.show_answer(page.current)
    assert not page.hero.nearest.isVisible()


@pytest.mark.parametrize("turn", ["language", "models", "record"])
def test_a_reason_that_is_being_typed_stays_while_the_answer_is_the_same(
    qtbot: QtBot, shell: MainWindow, turn: str  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    page.strip.buttons["disagree"].click()
    page.strip.reason.setText("steroids")
    if turn == "language":
        page.context.set_language("zh_CN")
    elif turn == "models":
        page.context.set_models_on(False)
        settle(qtbot, shell)
        page.context.set_models_on(True)
    else:
        page.context.bus.changed.emit(Changes(frozenset({Kind.OBSERVATION}), frozenset({patient_of(shell)})))
    settle(qtbot, shell)
    assert (page.strip.chosen, page.strip.reason.text()) == ("disagree", "steroids")
    assert page.strip.record.isEnabled()


def test_what_was_chosen_about_one_answer_is_not_asked_of_the_next(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    page.strip.buttons["disagree"].click()
    page.strip.reason.setText("steroids")
    session, patient = page.context.session, patient_of(shell)
    bmi = Observation(0, Coding("http://loinc.org", "39156-5"), Moment.of_datetime(NOW), "bmi", 22.0, "kg/m2")
    page.context.bus.changed.emit(records.save_observation(session, patient, bmi).changes)
    settle(qtbot, shell)
    assert (page.strip.chosen, page.strip.reason.text()) == ("", "")


def test_what_is_being_tried_or_told_is_still_there_when_its_panel_is_opened_again(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, BLANK)
    page.hero.enter.click()
    page.what_if.form.fields["bmi"].line.setText("29")
    page.what_if.day.setText("2026-11-02")
    shell.back()
    page.hero.enter.click()
    assert page.what_if.form.fields["bmi"].line.text() == "29"
    assert page.what_if.day.text() == "2026-11-02"
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "confirmed", "2026-11-19", "HbA1c 52")
    shell.back()
    page.outcome_bar.enter.click()
    panel = page.outcome
    assert (panel.state.current, panel.day.text(), panel.evidence.text()) == (
        "confirmed", "2026-11-19", "HbA1c 52"
    )
    assert panel.commit.isEnabled()
    panel.commit.click()
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.side_page


def away(shell: MainWindow) -> None:  # noqa: F811
    """Nobody typed for eleven minutes: what is written next waits for an answer."""
    later_on = shell._context.clock() + timedelta(minutes=11)
    shell._context.clock = lambda: later_on


def confirm(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    qtbot.keyClick(shell.patient_page.still_there, Qt.Key.Key_Return)
    settle(qtbot, shell)


def test_typed_values_are_saved_once_and_cannot_be_changed_meanwhile(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, BLANK)
    page.hero.enter.click()
    line = page.what_if.form.fields["bmi"].line
    line.setText("29")
    away(shell)
    page.what_if.save.click()
    assert not line.isEnabled()
    page.context.set_language("zh_CN")  # everything is checked again
    page.what_if._save()
    confirm(qtbot, shell)
    assert [one.value for one in records.series(page.context.session, patient_of(shell), "bmi")] == [29.0]


def test_the_answer_to_what_was_written_closes_no_other_panel_and_takes_no_focus(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "confirmed", "2026-11-20", "HbA1c 52")
    away(shell)
    page.outcome.commit.click()
    page.outcome._record()
    page.show_card()
    settle(qtbot, shell)
    assert page.right.currentWidget() is page.card
    confirm(qtbot, shell)
    assert page.hero.checked.text() == "Checked here: 1 outcome"
    assert page.right.currentWidget() is page.card
    assert not page.list.hasFocus()


def test_what_was_recorded_for_the_last_patient_is_not_told_to_the_next_ones_page(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    choose_outcome(qtbot, page, "confirmed", "2026-11-20", "HbA1c 52")
    first = patient_of(shell)
    late: list[object] = []
    page.outcome.recorded.connect(lambda: late.append(1))
    page.outcome.commit.click()
    shell.open_patient(records.resolve(page.context.session, WANG), "assess")
    settle(qtbot, shell)
    assert late == []
    assert outcomes.of_patient(page.context.session, first)[MODEL].evidence == "HbA1c 52"


def test_evidence_that_was_typed_is_a_draft_until_it_is_recorded(
    qtbot: QtBot, shell: MainWindow  # noqa: F811
) -> None:
    page = assess(qtbot, shell, LIN)
    session, first = page.context.session, patient_of(shell)
    page.outcome_bar.enter.click()
    settle(qtbot, shell)
    choose_outcome(qtbot, page, "confirmed", "2026-11-19", "HbA1c 52")
    assess(qtbot, shell, WANG)
    assert [(one.patient.id, one.kind) for one in drafts.listed(session)] == [(first, f"outcome-{MODEL}")]
    (row,) = draft_rows(drafts.listed(session), NOW, Words("en"))
    assert row.what == "What it turned out to be"
    shell.open_patient(first, "assess")
    page.continue_outcome(MODEL)  # as the desk does
    settle(qtbot, shell)
    panel = page.outcome
    assert page.right.currentWidget() is panel
    assert (panel.state.current, panel.day.text(), panel.evidence.text()) == (
        "confirmed", "2026-11-19", "HbA1c 52"
    )
    panel.commit.click()
    settle(qtbot, shell)
    assert outcomes.of_patient(session, first)[MODEL].evidence == "HbA1c 52"
    assert drafts.listed(session) == []
