"""Up to four tests under one another on one time axis."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from medapp.services import records, search
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages.results import ResultsPage


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ResultsPage:
    """Results of the patient with most values, all of their time."""
    session = window._context.session
    lines = search.page(session, None, 20)
    counts = {line: len(records.open_record(session, line.id, audit=False).observations) for line in lines}
    line = max(counts, key=lambda one: counts[one])
    window.open_patient(line.id, "results", line)
    settle(qtbot, window)
    made: ResultsPage = window.patient_page.results
    made.span.button("all").click()
    settle(qtbot, window)
    assert sum(made.tests.test_at(row) is not None for row in range(made.tests.rowCount())) > 5
    return made


def rows_of(page: ResultsPage) -> list[int]:
    return [row for row in range(page.tests.rowCount()) if page.tests.test_at(row) is not None]


def compare(page: ResultsPage, window: MainWindow, qtbot: QtBot, count: int) -> None:
    for row in rows_of(page)[:count]:
        page.list.setCurrentIndex(page.tests.index(row, 0))
        qtbot.keyClick(page.list, Qt.Key.Key_Space)
        settle(qtbot, window)


def test_space_adds_tests_and_four_are_the_most(page: ResultsPage, window: MainWindow, qtbot: QtBot) -> None:
    compare(page, window, qtbot, 4)
    titles = [page.tests.test_at(row).variable for row in rows_of(page)[:4]]
    assert page._compared == titles
    assert len(page.view._panels) == 4
    spans = {(panel.trend.start, panel.trend.end) for panel in page.view._panels}
    assert len(spans) == 1
    page.list.setCurrentIndex(page.tests.index(rows_of(page)[4], 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert len(page._compared) == 4
    assert "most" in window.toast.label.text()


def test_every_value_of_the_window_is_in_one_table_newest_first(
    page: ResultsPage, window: MainWindow, qtbot: QtBot
) -> None:
    compare(page, window, qtbot, 2)
    table = page.series.as_csv_rows()
    assert table[0][1] == "Test"
    assert len(table) - 1 == sum(len(panel.trend.shown) for panel in page.view._panels)
    assert {row[1] for row in table[1:]} == {panel.title.split("  ")[0] for panel in page.view._panels}
    page.copy_csv()
    read = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert [tuple(row) for row in read] == table
    page.copy_png()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_up_and_down_go_from_panel_to_panel_and_each_point_is_spoken(
    page: ResultsPage, window: MainWindow, qtbot: QtBot
) -> None:
    compare(page, window, qtbot, 2)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    first = page.view.accessibleName()
    assert first.startswith(page.view._panels[0].title.split("  ")[0])
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.accessibleName().startswith(page.view._panels[1].title.split("  ")[0])
    chosen = page.series.row(page.table.currentIndex().row())
    assert chosen.cells[1] == page.view._panels[1].title.split("  ")[0]
    qtbot.keyClick(page.view, Qt.Key.Key_Up)
    assert page.view.accessibleName().startswith(page.view._panels[0].title.split("  ")[0])


def test_leaving_the_comparison_shows_one_test_again(
    page: ResultsPage, window: MainWindow, qtbot: QtBot
) -> None:
    compare(page, window, qtbot, 3)
    page.compare.click()
    settle(qtbot, window)
    assert page.view._panels == ()
    assert page.chart is not None
    assert page.title.text() == page.chart.title
    assert page.series.headings()[1] == "Value"


def test_another_patient_starts_without_a_comparison(
    page: ResultsPage, window: MainWindow, qtbot: QtBot
) -> None:
    compare(page, window, qtbot, 2)
    other = next(
        line for line in search.page(window._context.session, None, 20) if line.id != window.open_patient_id
    )
    window.open_patient(other.id, "results", other)
    settle(qtbot, window)
    assert page._compared == []
    assert not page.compare.isChecked()


def test_no_correction_is_offered_while_tests_are_compared(
    page: ResultsPage, window: MainWindow, qtbot: QtBot
) -> None:
    compare(page, window, qtbot, 2)
    page.table.selectRow(0)
    assert page._chosen_value() == 0
