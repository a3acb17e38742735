"""Train from table: the real wizard, by keyboard, from a CSV file to a draft on the Models page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from medapp.security.roles import Role
from medapp.services import accounts, models
from medapp.services.session import Session, open_clinic
from tests.ui.conftest import PATIENCE_MS, clock, settle
from tests.ui.test_pages_models import bundled, clinic_session, shell  # noqa: F401 - fixtures
from tests.ui.test_pages_patient import pages_master  # noqa: F401 - fixture
from ui.main_window import MainWindow
from ui.pages.models import ModelsPage
from ui.widgets import Button

LEAK, ROWS = "days_to_death", 200


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """200 rows, four columns: two that tell something, the outcome, and one known only after it."""
    random = np.random.default_rng(4)
    age = random.integers(20, 90, ROWS)
    glucose = random.normal(6.0, 1.5, ROWS).round(2)
    ill = random.random(ROWS) < 1.0 / (1.0 + np.exp(-(0.06 * (age - 55) + 0.7 * (glucose - 6.0))))
    later = np.where(ill, random.integers(1, 40, ROWS), random.integers(400, 900, ROWS))
    lines = [f"age,glucose,{LEAK},ill"]
    rows = zip(age, glucose, later, ill, strict=True)
    lines += [f"{a},{g},{d},{'yes' if i else 'no'}" for a, g, d, i in rows]
    path = tmp_path / "ward.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def opened(qtbot: QtBot, window: MainWindow) -> ModelsPage:
    window.goto("models")
    settle(qtbot, window)
    page: ModelsPage = window.page("models")
    QTest.keyClick(page.train, Qt.Key.Key_Space)
    assert page.is_wizard_open
    return page


def read(qtbot: QtBot, window: MainWindow, page: ModelsPage, path: Path) -> None:
    page.wizard.steps[0].read(path)
    settle(qtbot, window)


def onward(qtbot: QtBot, window: MainWindow, page: ModelsPage) -> None:
    """Next by its key."""
    QTest.keyClick(page.wizard.next_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.wizard.is_ready, timeout=6 * PATIENCE_MS)
    settle(qtbot, window)


def choose(field: object, text: str) -> None:
    """Type ahead in a list, as at a keyboard."""
    field.setFocus()  # type: ignore[attr-defined]
    QTest.keyClicks(field, text)
    field.activated.emit(field.currentIndex())  # type: ignore[attr-defined]


def to_check(qtbot: QtBot, window: MainWindow, table: Path) -> ModelsPage:
    page = opened(qtbot, window)
    read(qtbot, window, page, table)
    onward(qtbot, window, page)
    choose(page.wizard.steps[1].target, "ill")
    onward(qtbot, window, page)
    onward(qtbot, window, page)
    assert page.wizard.stepper.current == 3
    return page


def test_a_table_becomes_a_draft_by_keyboard_and_is_opened_on_the_models_page(
    qtbot: QtBot, shell: MainWindow, clinic_session: Session, table: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(qtbot, shell)
    wizard = page.wizard
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    assert not wizard.next_button.isEnabled()
    QTest.keyClick(wizard.steps[0].choose_button, Qt.Key.Key_Space)
    settle(qtbot, shell)
    assert wizard.steps[0].facts.text() == "200 rows, 4 columns. Read as utf-8, separated by comma."
    onward(qtbot, shell, page)
    assert wizard.decisions.target == ""
    assert wizard.why.text() == "Choose what is to be predicted."
    choose(wizard.steps[1].target, "ill")
    assert wizard.decisions.lead == "yes"
    onward(qtbot, shell, page)
    choose(wizard.steps[2].fields["age"], wizard.steps[2].fields["age"].itemText(1))
    onward(qtbot, shell, page)
    codes = {finding.code: finding.columns for finding in wizard.decisions.checked.findings}
    assert codes["recorded_later"] == (LEAK,)
    assert "glucose" in codes["units_not_stated"] and "age" not in codes["units_not_stated"]
    onward(qtbot, shell, page)
    train = wizard.steps[4]
    for name, box in train.boxes.items():
        if name != "decision_tree":
            QTest.keyClick(box, Qt.Key.Key_Space)
    train.name.selectAll()
    QTest.keyClicks(train.name, "ward_illness")
    onward(qtbot, shell, page)
    assert wizard.stepper.current == 4
    assert train.comparison.took.text().startswith("Compared and kept as a draft in ")
    onward(qtbot, shell, page)
    card = wizard.steps[5]
    assert card.name.text() == "ward_illness"
    assert card.needs.advice.text().startswith("You are the only user")
    assert models.draft_record(clinic_session, "ward_illness").approved is None
    onward(qtbot, shell, page)
    assert not page.is_wizard_open
    assert page.current.id == "ward_illness" and page.current.is_draft


def test_a_column_that_gives_the_answer_away_can_be_used_all_the_same_by_one_button(
    qtbot: QtBot, shell: MainWindow, table: Path  # noqa: F811
) -> None:
    page = to_check(qtbot, shell, table)
    step = page.wizard.steps[3]
    assert LEAK not in page.wizard.decisions.checked.inputs
    button = next(b for b in step.area.findChildren(Button) if LEAK in b.text() and b.isVisible())
    assert "--keep" not in " ".join(text.text() for text in step.area.findChildren(type(step.summary)))
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle(qtbot, shell)
    assert LEAK in page.wizard.decisions.checked.inputs


def test_escape_goes_one_step_back_and_what_was_decided_stays(
    qtbot: QtBot, shell: MainWindow, table: Path  # noqa: F811
) -> None:
    page = to_check(qtbot, shell, table)
    for step in (2, 1, 0):
        shell.back()
        assert page.wizard.stepper.current == step
    shell.back()
    assert not page.is_wizard_open
    page.show_wizard()
    assert page.wizard.decisions.target == "ill"


def test_a_column_is_left_out_and_used_again_with_the_space_bar(
    qtbot: QtBot, shell: MainWindow, table: Path  # noqa: F811
) -> None:
    page = opened(qtbot, shell)
    read(qtbot, shell, page, table)
    onward(qtbot, shell, page)
    step = page.wizard.steps[1]
    QTest.keyClick(step.table, Qt.Key.Key_Space)
    assert step.model.index(0, 1).data() == "left out"
    QTest.keyClick(step.table, Qt.Key.Key_Space)
    assert step.model.index(0, 1).data() == "input"


def test_a_table_without_names_says_so_and_is_read_as_data_by_one_button(
    qtbot: QtBot, shell: MainWindow, table: Path  # noqa: F811
) -> None:
    table.write_text("\n".join(table.read_text("utf-8").splitlines()[1:]), "utf-8")
    page = opened(qtbot, shell)
    read(qtbot, shell, page, table)
    step = page.wizard.steps[0]
    assert step.problem.label.text() == (
        "The first line of ward.csv looks like data: the names of the columns are missing."
    )
    assert "--" not in step.problem.advice.text()
    QTest.keyClick(step.as_data, Qt.Key.Key_Space)
    settle(qtbot, shell)
    assert step.decisions.preview.columns[0].name == "column_1"


def test_cancelled_training_keeps_nothing_and_the_choices_are_there_again(
    qtbot: QtBot, shell: MainWindow, clinic_session: Session, table: Path  # noqa: F811
) -> None:
    page = to_check(qtbot, shell, table)
    onward(qtbot, shell, page)
    step = page.wizard.steps[4]
    QTest.keyClick(page.wizard.next_button, Qt.Key.Key_Space)
    assert step.is_busy and shell.focusWidget() is step.cancel
    shell.back()
    assert not step.is_busy and step.boxes["decision_tree"].isVisible()
    qtbot.waitUntil(lambda: page.context.jobs.is_idle, timeout=6 * PATIENCE_MS)
    assert not models.folder_of(clinic_session.directory).exists()


def test_who_may_not_train_sees_no_button(
    qtbot: QtBot, make_window: Callable[..., MainWindow], clinic_session: Session, bundled: Path  # noqa: F811
) -> None:
    accounts.add_user(clinic_session, "keeper", "keeper keeps 22 books", roles=[Role.ADMINISTRATOR])
    folder = clinic_session.directory
    clinic_session.close()
    window = make_window()
    keeper = open_clinic(folder, "keeper", "keeper keeps 22 books", clock=clock, models_dir=bundled)
    window.start(folder, keeper)
    window.show()
    window.goto("models")
    settle(qtbot, window)
    page: ModelsPage = window.page("models")
    assert page.train.isHidden()
    page.show_wizard()
    assert not page.is_wizard_open
