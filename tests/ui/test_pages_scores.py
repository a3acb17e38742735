"""The Scores view of Assess: found, filled from the record, tried, kept; a refusal ranks with a number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from medapp.assess.assessor import Given
from medapp.domain.administrative import HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.services import assessments, records, score_shelf
from tests.ui.conftest import settle
from tests.ui.test_pages_patient import (  # noqa: F401 - fixtures
    clinic_session,
    opened,
    pages_master,
    pages_models,
    shell,
)
from ui.itemmodels.assess_list import ROW_ROLE, AssessRow, GroupHead
from ui.main_window import MainWindow
from ui.pages.scores.view import ScoresView

LIN, BLANK = "0048 2217", "0048 3003"


def view(qtbot: QtBot, window: MainWindow, mrn: str = LIN) -> ScoresView:
    page = opened(qtbot, window, mrn, "assess").assess
    page.switch.button("scores").click()
    settle(qtbot, window)
    found: ScoresView = page.scores
    return found


def rows(scores: ScoresView) -> dict[str, list[AssessRow]]:
    """The rows of the list by the id of their group."""
    found: dict[str, list[AssessRow]] = {}
    model = scores.finder.model
    for at in range(model.rowCount()):
        row = model.data(model.index(at, 0), ROW_ROLE)
        if isinstance(row, GroupHead):
            found[row.group] = []
        else:
            list(found.values())[-1].append(row)
    return found


def search(qtbot: QtBot, window: MainWindow, scores: ScoresView, text: str) -> None:
    line = scores.finder.search.line
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)


def test_what_the_record_answers_is_offered_with_its_value(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    offered = {row.id: row for row in rows(view(qtbot, shell))["offered"]}
    assert offered["ckd_epi_2021"].number.startswith("43")
    assert "wells_pe" not in offered
    assert "curb65" not in offered


def test_a_score_is_found_and_opened_from_the_keyboard(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    assert shell.focusWidget() is scores.finder.search.line
    search(qtbot, shell, scores, "wells feishuan")
    assert scores.current == "wells_pe"
    assert scores.head.kind.text() == "Score, not a model"
    assert scores.head.year.text() == "Rule of 2000"
    assert scores.form.isAncestorOf(shell.focusWidget())


def test_a_recorded_value_stands_in_its_field_with_source_and_age(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    field = scores.form.fields["creatinine"]
    assert field.line.text() == "118"
    assert field.need.text() == "record · 6 d ago" or field.need.text() == "record · 6 d"
    assert scores.form.typed() == {}
    assert scores.head.number.text() == "43"
    assert scores.head.beside.text() == "mL/min/1.73 m²"
    assert scores.head.tried.isHidden()


def test_what_is_typed_is_tried_and_not_kept(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    field = scores.form.fields["creatinine"]
    field.line.setText("70")
    settle(qtbot, shell)
    assert int(scores.head.number.text()) > 70
    assert field.need.text() == "entered"
    assert scores.head.tried.isVisible()
    session, patient = scores.context.session, shell.patient_page.current_patient
    assert assessments.history(session, patient, "ckd_epi_2021") == []
    field.line.clear()
    settle(qtbot, shell)
    assert scores.head.number.text() == "43"


def test_unknown_items_give_a_range_and_no_number(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "wells_pe")
    assert scores.head.number.text() == "—"
    assert scores.head.meaning.text() == "0 to 12.5 points possible"
    assert scores.head.beside.text().startswith("Not calculated")
    assert not scores.save.isEnabled()
    assert scores.save.accessibleDescription() == "There is no answer to save yet."
    scores.form.fields["haemoptysis"].choice.button("yes").click()
    settle(qtbot, shell)
    assert scores.head.meaning.text() == "1 to 12.5 points possible"


def test_a_whole_score_is_worked_step_by_step_and_saved_by_name(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "wells_pe")
    for name, field in scores.form.fields.items():
        if name == "heart_rate":
            field.line.setText("112")
        elif name != "age":  # it stands in the record
            field.choice.button("yes" if name == "haemoptysis" else "no").click()
    settle(qtbot, shell)
    assert scores.head.number.text() == "2.5"
    assert scores.head.meaning.text() == "Pulmonary embolism unlikely"
    assert scores.head.scale._state.chosen == 0
    last = scores.working.grid.itemAtPosition(scores.working.grid.rowCount() - 1, 2).widget()
    assert last.text() == "2.5 points"
    assert scores.save.text().replace("\n", " ") == "Save for LIN, Meihua"
    scores.save.click()
    settle(qtbot, shell)
    session, patient = scores.context.session, shell.patient_page.current_patient
    assert len(assessments.history(session, patient, "wells_pe")) == 1
    assert scores.side.earlier.grid.itemAtPosition(0, 2).widget().text() == "2.5 points"


def test_pinned_and_recent_are_kept_for_the_user(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "wells_pe")
    scores.head.pin.click()
    settle(qtbot, shell)
    search(qtbot, shell, scores, "curb65")
    scores.finder.search.line.clear()
    settle(qtbot, shell)
    scores.finder.render()
    found = rows(scores)
    assert [row.id for row in found["pinned"]] == ["wells_pe"]
    assert [row.id for row in found["recent"]] == ["curb65"]
    assert score_shelf.of_user(scores.context.session).recent == ("curb65", "wells_pe")
    assert any("Wells" in command.title for command in scores.commands())


def test_the_text_for_the_note_has_answer_inputs_and_source(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    scores.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "43 mL/min/1.73 m²" in text.replace("\u00a0", " ")
    assert "(2026-11-14)" in text


def test_a_patient_without_values_is_asked_for_them(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell, BLANK)
    search(qtbot, shell, scores, "ckd_epi_2021")
    assert scores.head.number.text() == "—"
    assert scores.form.fields["creatinine"].need.text() == "required"
    assert scores.form.fields["creatinine"].isAncestorOf(shell.focusWidget())


def test_scores_work_while_models_are_off(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    shell.patient_page.context.set_models_on(False)
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    assert scores.head.number.text() == "43"


def test_escape_leaves_the_score_and_another_patient_finds_none(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    opened(qtbot, shell, BLANK, "assess")
    assert scores.current == ""
    assert scores.form.fields == {}
    assert scores.brief.text() == ""
    search(qtbot, shell, scores, "bmi")
    assert scores.current == "bmi"
    assert scores.back()
    assert scores.current == ""
    assert not scores.back()


def test_the_language_may_change_right_after_the_score(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    """The fields of the score before still wait for their end: an error of theirs would fail the test."""
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "ckd_epi_2021")
    before = list(scores.form.fields)
    scores.form.ask({})
    shell.patient_page.context.set_language("zh_CN")
    assert before
    assert scores.form.fields == {}


def test_nothing_found_says_so(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell)
    search(qtbot, shell, scores, "zzzz")
    assert scores.finder.states.currentWidget() is scores.finder.none
    assert scores.current == ""


def child_of(qtbot: QtBot, window: MainWindow) -> str:
    """A boy of 14 months, born at 32 weeks, weighed three times."""
    session = window.patient_page.context.session
    born = Moment.parse("2025-09-20")
    born_here = Patient(names=(HumanName("Wu", ("Tong",)),), sex=Sex.MALE, birth_date=born,
                        identifiers=(Identifier("0048 3009", IdentifierType.RECORD_NUMBER),))
    number = records.add_patient(session, born_here).id
    taken = (("29463-7", "weight", 4.1, "kg", "2025-12-20"), ("29463-7", "weight", 6.6, "kg", "2026-04-20"),
             ("29463-7", "weight", 9.4, "kg", "2026-11-19"),
             ("11884-4", "gestation_at_birth", 32.0, "wk", "2025-09-20"))
    for code, variable, value, unit, day in taken:
        coding, at = Coding("http://loinc.org", code), Moment.parse(day)
        records.save_observation(session, number, Observation(0, coding, at, variable, value, unit))
    return "0048 3009"


def test_a_child_s_weights_are_drawn_on_the_centiles(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell, child_of(qtbot, shell))
    search(qtbot, shell, scores, "who_growth")
    assert scores.growth.isVisible()
    assert scores.growth.figure.isHidden()
    assert scores.growth.said.text() == "Choose a measure above to see its chart."
    scores.form.fields["variant"].show_given(Given("weight_for_age"))
    settle(qtbot, shell)
    settle(qtbot, shell)
    figure = scores.growth.figure
    assert figure.still.pixmap is not None
    said = figure.still.accessibleDescription() or figure.still.accessibleName()
    assert "measurements: 3" in said
    assert "9.40\u00a0kg" in said
    assert scores.growth.marks.isVisible()
    assert figure.table.rowCount() == 3
    assert figure.table.csv().splitlines()[1].endswith(",9.40,40,-0.26,14.0,12.1")
    search(qtbot, shell, scores, "ckd_epi_2021")
    assert scores.growth.isHidden()
    assert figure.still.pixmap is None


def test_without_measurements_the_chart_says_so(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    scores = view(qtbot, shell, BLANK)
    search(qtbot, shell, scores, "who_growth")
    scores.form.fields["variant"].show_given(Given("weight_for_age"))
    settle(qtbot, shell)
    assert scores.growth.said.text() == "Weight for age: no measurement in the record."


def test_a_weight_beyond_the_tables_is_counted_and_not_called_none(qtbot: QtBot, shell: MainWindow) -> None:  # noqa: F811
    session = shell.patient_page.context.session
    at = Moment.parse("2026-11-01")
    grown = Observation(0, Coding("http://loinc.org", "29463-7"), at, "weight", 71.0, "kg")
    records.save_observation(session, records.resolve(session, BLANK), grown)
    scores = view(qtbot, shell, BLANK)
    search(qtbot, shell, scores, "who_growth")
    scores.form.fields["variant"].show_given(Given("weight_for_age"))
    settle(qtbot, shell)
    assert scores.growth.said.text() == "Weight for age: no measurement within the standard's tables."
    assert scores.growth.outside.text() == "Outside the standard's tables and not drawn: 1"
