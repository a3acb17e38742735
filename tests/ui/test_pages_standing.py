"""Results says where the last value stands among people of that sex and age."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from medapp.domain.administrative import age_at
from medapp.services import records, search
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages.results import ResultsPage


def results(window: MainWindow, qtbot: QtBot) -> ResultsPage:
    """Results of a patient of 40 or more whose pressure was measured, on systolic pressure."""
    session = window._context.session
    for line in search.page(session, None, 20):
        record = records.open_record(session, line.id, audit=False)
        names = {o.variable for o in record.observations}
        age = age_at(record.patient.birth_date, record.at) if record.patient else None
        if {"systolic_bp", "creatinine"} <= names and age is not None and age >= 40:
            window.open_patient(line.id, "results", line)
            settle(qtbot, window)
            page: ResultsPage = window.patient_page.results
            page.select("systolic_bp")
            settle(qtbot, window)
            return page
    raise AssertionError("nobody's pressure was measured")


def test_the_line_stands_under_the_title_and_goes_with_the_test(window: MainWindow, qtbot: QtBot) -> None:
    page = results(window, qtbot)
    assert page.chart is not None
    said = page.standing.text()
    assert said == page.chart.standing
    assert "of 100 US" in said and said.endswith("(NHANES 2009-10)")
    assert page.standing.isVisible()
    page.select("creatinine")
    settle(qtbot, window)
    assert page.standing.text() == "" and not page.standing.isVisible()


def test_it_is_forgotten_with_the_patient_and_when_tests_are_compared(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = results(window, qtbot)
    page.compare.click()
    settle(qtbot, window)
    page.clear()
    assert page.standing.text() == "" and not page.standing.isVisible()
