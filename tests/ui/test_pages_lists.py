"""Problems, allergies, medicines and family history are read and written in the real window, by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medapp.domain.clinical import AllergyIntolerance, Subject
from medapp.domain.datatypes import CodeableConcept, Coding
from medapp.domain.record import PatientRecord
from medapp.i18n import Words
from medapp.services import allergies, drafts, records, worklist
from medapp.services.session import Session, open_clinic
from medapp.terminology.codesystems import SNOMED
from tests.ui.conftest import clock, settle
from tests.ui.pages_clinic import PASSWORD, make_clinic
from ui.forms.days import is_unfinished, parse_day
from ui.main_window import MainWindow
from ui.pages.lists.allergies import AllergySection
from ui.pages.lists.panel import ListPanel
from ui.pages.patient import PatientPage
from ui.pages.patient_facts import read_facts
from ui.pages.worklist.preview import allergy_text

LIN, BLANK = "0048 2217", "0048 3003"


@pytest.fixture(scope="module")
def lists_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    return make_clinic(folder / "clinic", folder / "bundles", clock)


@pytest.fixture
def clinic(lists_master: Path, tmp_path: Path) -> Session:
    folder = tmp_path / "lists_clinic"
    shutil.copytree(lists_master, folder)
    return open_clinic(folder, "chen", PASSWORD, clock=clock, models_dir=tmp_path)


@pytest.fixture
def shell(make_window: Callable[..., MainWindow], clinic: Session, qtbot: QtBot) -> MainWindow:
    window = make_window()
    window.start(clinic.directory, clinic)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    settle(qtbot, window)
    return window


def opened(qtbot: QtBot, shell: MainWindow, mrn: str, tab: str = "summary") -> PatientPage:
    session = shell.patient_page.context.session
    shell.open_patient(records.resolve(session, mrn), tab)
    settle(qtbot, shell)
    page: PatientPage = shell.patient_page
    page.focus_first()
    return page


def listed(qtbot: QtBot, shell: MainWindow, mrn: str, name: str) -> ListPanel:
    page = opened(qtbot, shell, mrn)
    page.lists.open(name)
    settle(qtbot, shell)
    return page.lists.panel


def record(page: PatientPage) -> PatientRecord:
    patient = page.current_patient
    assert patient is not None
    return records.open_record(page.context.session, patient, audit=False)


def typed(qtbot: QtBot, shell: MainWindow, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    settle(qtbot, shell)


def pressed(qtbot: QtBot, shell: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        settle(qtbot, shell)


def test_a_problem_is_typed_chosen_and_added_by_keys_and_undone(qtbot: QtBot, shell: MainWindow) -> None:
    panel = listed(qtbot, shell, LIN, "add:problems")
    field = panel.form.form.fields["what"]
    typed(qtbot, shell, "type 2 dia")
    assert field.note.text() == "Not coded: models and checks can’t see it."
    pressed(qtbot, shell, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert field.line.text() == "Type 2 diabetes mellitus"
    assert field.note.text() == "Coded E11.9"
    assert panel.form.commit.text().replace("\n", " ") == "Add problem for LIN, Meihua"
    pressed(qtbot, shell, Qt.Key.Key_Tab)
    typed(qtbot, shell, "2012-05")
    pressed(qtbot, shell, Qt.Key.Key_Return)
    assert not panel.isVisible()
    page = shell.patient_page
    added = next(one for one in record(page).conditions if one.code.codings[0].code == "44054006")
    assert added.onset is not None and added.onset.isoformat() == "2012-05"
    assert "Type 2 diabetes" in page.summary.problems._titles[-1]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, shell)
    assert len(record(page).conditions) == 1
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, shell)
    assert len(record(page).conditions) == 2


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1950", "This date is before the patient was born."),
        ("2026-12-01", "This date is in the future."),
        ("31/12/2020", "Enter a year, a month or a day, such as 2026, 2026-03 or 2026-03-14."),
    ],
)
def test_a_date_that_cannot_be_is_told_while_one_types_and_not_saved(
    qtbot: QtBot, shell: MainWindow, day: str, said: str
) -> None:
    panel = listed(qtbot, shell, LIN, "add:problems")
    form = panel.form.form
    form.fields["what"].line.setText("dizzy")
    form.focus("onset")
    typed(qtbot, shell, day)
    assert form.fields["onset"].note.text() == said
    panel.form.save()
    settle(qtbot, shell)
    assert panel.is_form_open
    assert QApplication.focusWidget() is form.fields["onset"].line
    assert len(record(shell.patient_page).conditions) == 1


def test_an_end_before_the_beginning_is_told(qtbot: QtBot, shell: MainWindow) -> None:
    panel = listed(qtbot, shell, LIN, "problems")
    panel.view("problems").start_end()
    form = panel.form.form
    form.fields["on"].line.setText("2020")
    assert form.fields["on"].note.text() == "The end is before the beginning."
    form.fields["on"].line.setText("2026-10")
    assert panel.form.commit.text().replace("\n", " ") == "End problem for LIN, Meihua"
    panel.form.save()
    settle(qtbot, shell)
    assert not panel.is_form_open
    line = panel.view("problems").model.line_at(1)
    assert line is not None and line.is_past
    assert line.facts[0].replace("\u2011", "-") == "01-Feb-2021 – Oct-2026"


def test_what_is_not_asked_is_confirmed_as_none_with_day_and_user_and_undone(
    qtbot: QtBot, shell: MainWindow
) -> None:
    for name, subject in (
        ("problems", Subject.PROBLEMS), ("allergies", Subject.ALLERGIES), ("family", Subject.FAMILY_HISTORY),
        ("medicines", Subject.MEDICINES),
    ):
        panel = listed(qtbot, shell, BLANK, name)
        view = panel.view(name)
        assert view.strips[False].isVisible() and "not asked" in view.strips[False].label.text()
        assert view.confirm.text().replace("\n", " ") == "None known: confirm for BLANK, Ann"
        view.confirm.click()
        settle(qtbot, shell)
        assert not view.strips[False].isVisible()
        said = view.strips[True].label.text().replace("\u2011", "-")
        assert said.endswith("(confirmed 20-Nov-2026)")
        assert view.strips[True].advice.text() == "by chen"
        assert record(shell.patient_page).denial(subject) is not None
        shell.undo()
        settle(qtbot, shell)
        assert view.strips[False].isVisible()
        panel.close_panel()


def test_the_banner_opens_the_allergies_and_a_withdrawn_one_leaves_it(
    qtbot: QtBot, shell: MainWindow
) -> None:
    page = opened(qtbot, shell, LIN)
    page.banner.allergies.setFocus()
    qtbot.keyClick(page.banner.allergies, Qt.Key.Key_Return)
    settle(qtbot, shell)
    view = page.lists.panel.view("allergies")
    assert QApplication.focusWidget() is view.list
    line = view.model.line_at(1)
    assert line is not None and line.sentence.startswith("Penicillin; high risk; anaphylaxis")
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    settle(qtbot, shell)
    assert "Penicillin" not in page.banner.allergies.text.text()
    assert view.model.rowCount() == 0
    shell.undo()
    settle(qtbot, shell)
    assert page.banner.allergies.text.text().startswith("Penicillin")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.lists.is_open
    assert QApplication.focusWidget() is page.banner.allergies


def test_a_refuted_allergy_is_no_longer_called_one_and_not_called_none_known(
    qtbot: QtBot, shell: MainWindow
) -> None:
    panel = listed(qtbot, shell, LIN, "allergies")
    view = panel.view("allergies")
    view.start_change()
    panel.form.form.fields["verification"].set_value("refuted")
    panel.form.save()
    settle(qtbot, shell)
    banner = shell.patient_page.banner.allergies.text.text()
    assert "Penicillin" not in banner and "No known" not in banner
    assert view.strips[False].label.text() == "No current allergy; none known is not confirmed"


def test_an_allergy_is_added_and_ends_none_known(qtbot: QtBot, shell: MainWindow) -> None:
    panel = listed(qtbot, shell, BLANK, "allergies")
    panel.view("allergies").confirm.click()
    settle(qtbot, shell)
    page = shell.patient_page
    assert page.banner.allergies.text.text().startswith("No known allergies")
    panel.view("allergies").start_add()
    typed(qtbot, shell, "qmsl")
    pressed(qtbot, shell, Qt.Key.Key_Down, Qt.Key.Key_Return)
    panel.form.form.fields["reaction"].line.setText("rash")
    panel.form.save()
    settle(qtbot, shell)
    assert page.banner.allergies.text.text().startswith("Penicillins — rash")
    assert record(page).denial(Subject.ALLERGIES) is None
    assert next(one for one in record(page).allergies if one.is_active).category == "medication"


def test_the_medicines_tab_says_what_is_missing_and_a_medicine_is_stopped_with_a_reason(
    qtbot: QtBot, shell: MainWindow
) -> None:
    page = opened(qtbot, shell, LIN, "medicines")
    tab = page.tab("medicines")
    assert not tab.gaps.isVisible()
    page.lists.open("add:medicines")
    form = page.lists.panel.form
    form.form.fields["what"].line.setText("Lin’s own tea")
    assert form.form.fields["dosage"].note.text() == "Without a dose it stands as “dose not recorded”."
    form.save()
    settle(qtbot, shell)
    assert tab.gaps.label.text() == "Dose not recorded for 1 of 2 current medicines."
    tea = tab.view.model.line_at(1)
    assert tea is not None and tea.missing == "dose not recorded · not coded"
    assert tea.facts[0] == "start not recorded"
    tab.view.choose(tea.id)
    tab.view.start_end()
    settle(qtbot, shell)
    form.form.fields["why"].line.setText("tastes of hay")
    assert form.commit.text().replace("\n", " ") == "Stop medicine for LIN, Meihua"
    form.save()
    settle(qtbot, shell)
    assert not page.lists.is_open
    row = tab.view.model.row_of(tea.id)
    stopped = tab.view.model.line_at(row)
    assert stopped is not None and stopped.is_past
    assert "stopped: tastes of hay" in stopped.facts
    assert not tab.gaps.isVisible()


def test_alt_4_shows_the_medicines_and_nothing_is_said_to_be_checked(
    qtbot: QtBot, shell: MainWindow
) -> None:
    page = opened(qtbot, shell, LIN)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.tabs.current == "medicines", timeout=2000)  # Qt animates the press
    page.focus_first()
    assert page.tab("medicines").card.header is not None
    assert QApplication.focusWidget() is page.tab("medicines").view.list


def test_family_history_is_added_and_stands_on_the_summary(qtbot: QtBot, shell: MainWindow) -> None:
    panel = listed(qtbot, shell, LIN, "add:family")
    form = panel.form.form
    form.fields["relation"].set_value("maternal_grandmother")
    form.fields["what"].line.setText("Stroke")
    form.fields["onset_age"].line.setText("300")
    assert form.fields["onset_age"].note.text().startswith("Not possible: 0 to 120")
    form.fields["onset_age"].line.setText("71")
    panel.form.save()
    settle(qtbot, shell)
    (member,) = record(shell.patient_page).family_history
    assert (member.relation, member.onset_age) == ("maternal_grandmother", 71)
    line = panel.view("family").model.line_at(1)
    assert line is not None and line.title == "Mother’s mother: Stroke"


def test_what_is_typed_and_not_saved_comes_back(qtbot: QtBot, shell: MainWindow) -> None:
    page = opened(qtbot, shell, LIN)
    lin = page.current_patient
    page.lists.open("add:problems")
    settle(qtbot, shell)
    typed(qtbot, shell, "af")
    pressed(qtbot, shell, Qt.Key.Key_Down, Qt.Key.Key_Return)
    opened(qtbot, shell, BLANK)
    assert not page.lists.is_open
    assert lin is not None
    shell.open_patient(lin)
    page.lists.continue_draft("list-problems-add", 0)  # as the desk does, before the record has been read
    settle(qtbot, shell)
    form = page.lists.panel.form
    assert form.form.fields["what"].line.text() == "Atrial fibrillation"
    assert form.kept.isVisible()
    codings = form.form.values()["what"].codings
    assert "49436004" in {coding.code for coding in codings}
    form.discard()
    settle(qtbot, shell)
    assert form.form.fields["what"].line.text() == ""
    assert drafts.read(page.context.session, lin, "list-problems-add") is None


def test_escape_closes_names_then_form_then_panel_and_f8_opens_it_again(
    qtbot: QtBot, shell: MainWindow
) -> None:
    panel = listed(qtbot, shell, LIN, "problems")
    panel.view("problems").start_add()
    typed(qtbot, shell, "hyper")
    field = panel.form.form.fields["what"]
    assert field.is_open
    for is_open, is_form, is_shown in ((False, True, True), (False, False, True), (False, False, False)):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        settle(qtbot, shell)
        assert (panel.isVisible(), panel.is_form_open) == (is_shown, is_form)
        assert not panel.form.form.fields or field.is_open == is_open
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert panel.isVisible()
    shell.patient_page.banner.setFocus()
    for is_inside in (False, False, True, False):  # tabs, summary, panel, footer
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        assert panel.isAncestorOf(QApplication.focusWidget()) == is_inside


def test_another_language_says_the_chosen_name_in_it_and_keeps_its_codes(
    qtbot: QtBot, shell: MainWindow
) -> None:
    panel = listed(qtbot, shell, LIN, "add:problems")
    typed(qtbot, shell, "gxy")
    pressed(qtbot, shell, Qt.Key.Key_Down, Qt.Key.Key_Return)
    shell.patient_page.context.set_language("zh_CN")
    settle(qtbot, shell)
    field = panel.form.form.fields["what"]
    assert field.line.text() == "高血压"
    assert field.value().codings
    assert "LIN, Meihua" in panel.form.commit.words
    shell.patient_page.context.set_language("en")


def test_a_late_answer_never_lands_on_the_next_patient(qtbot: QtBot, shell: MainWindow) -> None:
    panel = listed(qtbot, shell, LIN, "add:problems")
    panel.form.form.fields["what"].line.setText("belongs to Lin")
    panel.form.save()
    page = opened(qtbot, shell, BLANK)
    assert not page.lists.is_open
    assert record(page).conditions == ()
    page = opened(qtbot, shell, LIN)
    assert "belongs to Lin" in [one.code.label for one in record(page).conditions]


def test_days_are_read_as_they_are_typed_and_never_guessed() -> None:
    for text, day in (
        ("2021", "2021"), ("2021-2", "2021-02"), ("2021/02/14", "2021-02-14"), ("20210214", "2021-02-14"),
        ("2021年2月14日", "2021-02-14"), ("14-Feb-2021", "2021-02-14"), ("２０２１", "2021"),
    ):
        assert parse_day(text).isoformat() == day
    for text in ("14/02/2021", "2021-02-30", "2021-13", "yesterday"):
        with pytest.raises(ValueError):
            parse_day(text)
    assert is_unfinished("202") and is_unfinished("2021-") and not is_unfinished("2021-13")


def test_no_food_allergy_is_listed_and_previewed_as_it_was_said(clinic: Session) -> None:
    number, words = records.resolve(clinic, BLANK), Words("en")
    said = CodeableConcept((Coding(SNOMED, "429625007", "No known food allergy"),))
    allergies.add(clinic, AllergyIntolerance(0, number, said, "active", "confirmed"))
    (line,) = AllergySection().lines(read_facts(clinic, number, is_opening=False), words)
    assert (line.group, line.title) == ("Denied", "No known food allergy")
    shown = allergy_text(worklist.preview(clinic, number), words)
    assert shown == "No known food allergy\nOther allergies not asked"
