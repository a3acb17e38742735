"""The patient pages in the real window, on records that came in as FHIR."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from medapp import paths
from medapp.assess.index import write_index
from medapp.services import records
from medapp.services.session import Session, open_clinic
from tests.ui.conftest import clock, settle
from tests.ui.pages_clinic import PASSWORD, make_clinic
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage


@pytest.fixture(scope="session")
def pages_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    return make_clinic(folder / "clinic", folder / "bundles", clock)


@pytest.fixture(scope="session")
def pages_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real model under an index of its own: whether the release is whole is not asked here."""
    folder = tmp_path_factory.mktemp("models")
    model = paths.models_dir() / "diabetes_screening"
    if (model / "model.onnx").is_file():
        shutil.copytree(model, folder / model.name)
    write_index(folder)
    return folder


@pytest.fixture
def clinic_session(pages_master: Path, pages_models: Path, tmp_path: Path) -> Session:
    folder = tmp_path / "pages_clinic"
    shutil.copytree(pages_master, folder)
    return open_clinic(folder, "chen", PASSWORD, clock=clock, models_dir=pages_models)


@pytest.fixture
def shell(make_window: Callable[..., MainWindow], clinic_session: Session, qtbot: QtBot) -> MainWindow:
    window = make_window()
    window.start(clinic_session.directory, clinic_session)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    settle(qtbot, window)
    return window


def opened(qtbot: QtBot, shell: MainWindow, mrn: str, tab: str = "summary") -> PatientPage:
    """The patient's page with everything loaded."""
    session = shell.patient_page.context.session
    shell.open_patient(records.resolve(session, mrn), tab)
    settle(qtbot, shell)
    page: PatientPage = shell.patient_page
    return page


def test_the_banner_says_who_it_is_and_what_she_is_allergic_to(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217")
    banner = page.banner
    assert banner.name.text() == "LIN, Meihua"
    assert banner.second.text() == "林美华"
    assert banner.born.value.text().replace("\u2011", "-") == "14-Mar-1958 (68 y)"
    assert banner.mrn.value.text() == "0048 2217"
    assert banner.allergies.text.text() == "Penicillin — anaphylaxis 2016"
    assert not banner.alerts.isVisible()
    assert "Penicillin" in banner.accessibleDescription()


def test_allergies_that_were_never_asked_are_not_called_none(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 3001")
    assert page.banner.allergies.text.text() == "Allergies not asked"
    assert not page.banner.second.isVisible()


def test_opening_a_patient_fills_the_summary(qtbot: QtBot, shell: MainWindow) -> None:
    summary = opened(qtbot, shell, "0048 2217").summary
    creatinine = summary.tests.test_at(0)
    assert creatinine is not None
    assert (creatinine.title, creatinine.value, creatinine.unit) == ("Creatinine", "118", "µmol/L")
    assert creatinine.level_word == "High"
    assert creatinine.age == "6 d ago"
    assert len(creatinine.spark.points) == 7
    assert [tile.value.text() for tile in summary.tiles] == ["148/86", "—", "—", "31.2", "—"]
    assert summary.tiles[1].note.text() == "not measured"


def test_an_empty_record_has_its_own_words_on_every_card(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 3003")
    assert page.summary.no_results.isVisible()
    page.show_tab("results")
    assert page.results.states.currentWidget() is page.results.empty


def test_a_number_opens_its_trend(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217")
    page.summary.list.setCurrentIndex(page.summary.tests.index(0, 0))
    qtbot.keyClick(page.summary.list, Qt.Key.Key_Return)
    settle(qtbot, shell)
    assert page.tabs.current == "results"
    assert page.results.chart is not None
    assert page.results.chart.variable == "creatinine"


def test_the_results_chart_says_its_sentence_and_its_table_the_original_unit(
    qtbot: QtBot, shell: MainWindow
) -> None:
    results = opened(qtbot, shell, "0048 2217", "results").results
    assert results.view.is_drawn
    assert results.view.accessibleDescription() == "Creatinine, 7 values, rising from 84 to 118 µmol/L."
    assert results.headline.text() == "Up 40% in 34 months"
    rows = [row.cells for row in results.chart.rows]
    assert rows[0][1] == "118"
    assert rows[0][4] == "+9 (+8%) in 6 months"
    assert "converted from 1.1\u00a0mg/dL" in rows[3][5]
    assert [event.label for event in results.chart.trend.events] == ["Ramipril 5 mg"]


def test_arrow_keys_step_the_points_and_the_table_follows(qtbot: QtBot, shell: MainWindow) -> None:
    results = opened(qtbot, shell, "0048 2217", "results").results
    results.view.setFocus()
    qtbot.keyClick(results.view, Qt.Key.Key_Left)
    assert results.table.currentIndex().row() == 0
    assert "118" in results.view.accessibleName()
    qtbot.keyClick(results.view, Qt.Key.Key_Left)
    assert results.table.currentIndex().row() == 1
    qtbot.keyClick(results.view, Qt.Key.Key_F)
    assert shell.focusWidget() is results.table
    qtbot.keyClick(results.table, Qt.Key.Key_F)
    assert shell.focusWidget() is results.view


def test_the_chart_and_its_table_can_be_copied(qtbot: QtBot, shell: MainWindow) -> None:
    results = opened(qtbot, shell, "0048 2217", "results").results
    results.copy_csv()
    lines = QGuiApplication.clipboard().text().strip().splitlines()
    assert lines[0].startswith("Collected,Value,Unit")
    assert len(lines) == 8
    results.copy_png()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_the_filter_finds_tests_by_either_language(qtbot: QtBot, shell: MainWindow) -> None:
    results = opened(qtbot, shell, "0048 2217", "results").results
    results.filter.line.setText("肌酐")
    assert results.tests.rowCount() == 2
    results.filter.line.setText("nothing like it")
    assert results.tests.rowCount() == 0
    results = opened(qtbot, shell, "0048 3001", "results").results
    assert results.filter.text() == ""
    assert results.tests.rowCount() > 0  # what was looked for in one record hides nothing of the next


def test_a_tab_keeps_its_number(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217")
    keys = ((Qt.Key.Key_2, "assess"), (Qt.Key.Key_3, "results"), (Qt.Key.Key_1, "summary"))
    for language in ("en", "zh_CN"):
        page.context.set_language(language)
        for key, tab in keys:
            qtbot.keyClick(shell.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
            qtbot.waitUntil(lambda tab=tab: page.tabs.current == tab, timeout=2000)  # Qt animates the press


def test_a_late_result_never_lands_on_the_next_patient(qtbot: QtBot, shell: MainWindow) -> None:
    page: PatientPage = shell.patient_page
    session = page.context.session
    lin, wang = (records.resolve(session, mrn) for mrn in ("0048 2217", "0048 3001"))
    gate = threading.Event()
    for _ in range(5):
        gate.clear()
        page.context.jobs.store(gate.wait)
        shell.open_patient(lin, "results")
        shell.open_patient(wang, "summary")
        assert page.banner.name.isHidden()
        gate.set()
        settle(qtbot, shell)
        assert page.current_patient == wang
        assert page.banner.name.text() == "WANG, Jun"
        assert page.results.tests.row_of("creatinine") == -1
        assert all("LIN" not in text for text in _texts(page))


def _texts(page: QWidget) -> list[str]:
    children = page.findChildren(QWidget)
    found = [str(child.property("text") or "") for child in children]
    return found + [child.accessibleName() for child in children if child.isVisible()]


def test_leaving_a_patient_empties_every_page(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217", "assess")
    page.clear()
    assert page.current_patient is None
    assert page.results.view.trend is None
    assert page.results.series.rowCount() == 0
    assert page.assess.current is None
    assert page.summary.tests.rowCount() == 0


def test_a_new_observation_refreshes_the_page(qtbot: QtBot, shell: MainWindow) -> None:
    from dataclasses import replace

    page = opened(qtbot, shell, "0048 2217", "results")
    session, patient = page.context.session, page.current_patient
    last = records.series(session, patient, "creatinine")[-1]
    added = records.save_observation(
        session, patient, replace(last, value=131.0, value_sent=131.0, time=session.now())
    )
    page.context.bus.changed.emit(added.changes)
    settle(qtbot, shell)
    assert page.results.chart.rows[0].cells[1] == "131"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_follow_language_and_theme_without_a_restart(
    qtbot: QtBot, shell: MainWindow, language: str, theme: str
) -> None:
    page = opened(qtbot, shell, "0048 2217")
    page.context.set_language(language)
    page.context.set_theme(theme)
    for tab in ("summary", "assess", "results"):
        page.show_tab(tab)
        settle(qtbot, shell)
        assert not page.grab().isNull()
    expected = "肌酐" if language == "zh_CN" else "Creatinine"
    assert page.results.title.text() == expected


def test_painted_widgets_say_their_whole_sentence(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217", "assess")
    hero = page.assess.hero
    for widget in (hero.dots, hero.scale, hero.moves, page.assess.side.similar.dots):
        face = QAccessible.queryAccessibleInterface(widget)
        assert face.text(QAccessible.Text.Name)
        assert len(face.text(QAccessible.Text.Description)) > 30
    assert "Of 100 patients like this one" in hero.dots.accessibleDescription()
    assert "threshold" in hero.scale.accessibleDescription()
    assert "Association, not cause" in hero.moves.accessibleDescription()


def test_an_opened_record_has_the_focus_on_its_first_useful_item(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, "0048 2217")
    assert page.summary.list.hasFocus()
    page = opened(qtbot, shell, "0048 3001", "results")
    assert page.stack.isAncestorOf(QApplication.focusWidget())
