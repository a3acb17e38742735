"""The Models page: list, figures, card, what the clinic saw, and approving a draft."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from medapp import paths
from medapp.assess.attributes import ATTRIBUTES
from medapp.assess.index import write_index
from medapp.domain.changes import Changes, Kind
from medapp.services import models, own_models
from medapp.services.session import Session, open_clinic
from medapp.training.own_table.options import TableOptions
from tests.ui.conftest import clock, settle
from tests.ui.pages_clinic import PASSWORD
from tests.ui.test_pages_patient import pages_master  # noqa: F401 - fixture
from tests.unit.training.own_table.tables import illness, lines_of, write
from ui.itemmodels.assess_list import ROW_ROLE
from ui.main_window import MainWindow
from ui.pages.models import ModelsPage

DRAFT = "our_illness"


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two models of the program, and one of them again with a byte changed."""
    folder = tmp_path_factory.mktemp("bundled")
    for name in ("diabetes_screening", "fetal_state", "thyroid_function"):
        shutil.copytree(paths.models_dir() / name, folder / name)
    write_index(folder)
    graph = folder / "thyroid_function" / "model.onnx"
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.write_bytes(bytes(data))
    return folder


@pytest.fixture
def clinic_session(pages_master: Path, bundled: Path, tmp_path: Path) -> Session:  # noqa: F811
    folder = tmp_path / "models_clinic"
    shutil.copytree(pages_master, folder)
    return open_clinic(folder, "chen", PASSWORD, clock=clock, models_dir=bundled)


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


def opened(qtbot: QtBot, window: MainWindow, model: str = "diabetes_screening") -> ModelsPage:
    window.goto("models")
    settle(qtbot, window)
    page: ModelsPage = window.page("models")
    page.select(model)
    settle(qtbot, window)
    return page


def with_draft(session: Session, folder: Path) -> None:
    path = write(folder / "t.csv", lines_of(illness()))
    own_models.train_from_table(session, path, TableOptions("ill", id=DRAFT, algorithms=("decision_tree",)))


def test_the_list_says_state_setting_figure_and_why_one_is_refused(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    rows = [page.model.index(i, 0).data(ROW_ROLE) for i in range(page.model.rowCount())]
    assert [(row.id, row.state) for row in rows] == [
        ("diabetes_screening", "bundled"), ("fetal_state", "bundled"), ("thyroid_function", "refused"),
    ]
    assert rows[0].number == "0.83"
    assert rows[1].detail == "Hospital  ·  gradient boosting"
    assert rows[2].problem
    spoken = page.model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert rows[2].problem in spoken


def test_the_card_has_all_its_attributes_and_none_is_blank(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    assert page.card.filled.text() == "31 of 31 filled"
    groups = page.card.attributes.groups.values()
    shown = [line for group in groups for line in group.prose.plain().splitlines()]
    assert len(shown) == 2 * len(ATTRIBUTES)
    assert all(shown)
    assert any(text == "No outcome is recorded here yet; figures are shown from 30." for text in shown)


def test_a_group_of_attributes_folds_by_key(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    group = page.card.attributes.groups["development"]
    assert group.prose.isHidden()
    group.button.setFocus()
    QTest.keyClick(group.button, Qt.Key.Key_Space)
    assert group.prose.isVisible()


def test_the_curves_are_drawn_and_say_their_sentences(qtbot: QtBot, shell: MainWindow) -> None:
    centre = opened(qtbot, shell).centre
    assert centre.calibration.still.pixmap is not None
    spoken = QAccessible.queryAccessibleInterface(centre.calibration.still)
    text = spoken.text(QAccessible.Text.Description)
    assert text.startswith("Calibration of Diagnosed diabetes: estimated <1%, observed <1%")
    assert "better than acting on everybody or nobody from" in centre.decision.still.accessibleDescription()


def test_a_curve_turns_into_its_table_and_back_and_is_copied(qtbot: QtBot, shell: MainWindow) -> None:
    view = opened(qtbot, shell).centre.calibration
    view.still.setFocus()
    QTest.keyClick(view.still, Qt.Key.Key_F)
    assert view.currentWidget() is view.table
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Estimated,Observed,Lower,Upper,n"
    assert len(copied) == 11
    QTest.keyClick(view.table, Qt.Key.Key_F)
    assert view.currentWidget() is view.still


def test_classes_taken_together_have_their_own_curves(qtbot: QtBot, shell: MainWindow) -> None:
    centre = opened(qtbot, shell, "fetal_state").centre
    assert "Pathologic" in centre.calibration.still.accessibleDescription()
    centre.which.button("1").click()
    settle(qtbot, shell)
    assert "Suspect / Pathologic" in centre.calibration.still.accessibleDescription()


def test_groups_without_a_figure_are_named_and_not_left_out(qtbot: QtBot, shell: MainWindow) -> None:
    forest = opened(qtbot, shell, "fetal_state").centre.forest
    assert "Year: 1998+: —, n 179" in forest.accessibleDescription().replace("\u2013", "-")


def test_a_refused_model_says_why_and_shows_no_curve_of_a_card_it_cannot_trust(
    qtbot: QtBot, shell: MainWindow
) -> None:
    page = opened(qtbot, shell, "thyroid_function")
    assert page.current.entry.why is not None
    assert page.current.tally is None
    assert page.centre.approve.isHidden()


def test_the_page_reads_again_when_an_outcome_was_recorded(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    before = page.current
    page.context.bus.changed.emit(Changes(frozenset({Kind.OUTCOME}), frozenset({1})))
    settle(qtbot, shell)
    assert page.current is not before
    assert page.current.id == "diabetes_screening"


def test_the_language_is_switched_without_reading_again(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    before = page.current
    page.context.set_language("zh_CN")
    settle(qtbot, shell)
    assert page.current is before
    assert page.model.index(0, 0).data(ROW_ROLE).state == "内置"


def test_with_models_off_the_cards_can_still_be_read(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell)
    page.context.set_models_on(False)
    assert page.off.isVisible()
    assert page.centre.isVisible()


def test_the_only_user_approves_a_draft_with_a_reason(
    qtbot: QtBot, shell: MainWindow, clinic_session: Session, tmp_path: Path
) -> None:
    with_draft(clinic_session, tmp_path)
    page = opened(qtbot, shell, DRAFT)
    assert page.current.is_draft
    assert [command.title for command in page.commands()] == ["Train from table", "Approve the draft"]
    page.centre.approve.click()
    sheet = page._sheet
    assert sheet is not None and sheet.isVisible()
    assert shell.focusWidget() is sheet.reason
    assert not sheet.commit.isEnabled()
    qtbot.keyClicks(sheet.reason, "checked on last year's patients")
    qtbot.keyClick(sheet.reason, Qt.Key.Key_Return)
    settle(qtbot, shell)
    assert not sheet.isVisible()
    assert page.current.entry.state == "local"
    assert page.centre.approve.isHidden()
    assert models.draft_record(clinic_session, DRAFT).reason == "checked on last year's patients"


def test_a_draft_that_was_changed_is_not_approved_and_the_sheet_says_so(
    qtbot: QtBot, shell: MainWindow, clinic_session: Session, tmp_path: Path
) -> None:
    with_draft(clinic_session, tmp_path)
    page = opened(qtbot, shell, DRAFT)
    readme = models.folder_of(clinic_session.directory) / DRAFT / "README.md"
    readme.write_text("changed", "utf-8")
    page.show_approve()
    page._sheet.reason.setText("a reason")
    page._sheet.commit.click()
    settle(qtbot, shell)
    assert page._sheet.isVisible()
    assert "changed" in page._sheet.problem.label.text()
    shell.back()
    assert not page._sheet.isVisible()


def test_f6_goes_from_the_list_to_the_figures_and_the_card_and_arrows_scroll_them(
    qtbot: QtBot, shell: MainWindow
) -> None:
    page = opened(qtbot, shell)
    assert page.regions() == [page.left, page.area, page.card]
    page.area.setFocus()
    QTest.keyClick(page.area, Qt.Key.Key_PageDown)
    assert page.area.verticalScrollBar().value() > 0
    assert page.area.accessibleName() == "Figures of the model"
