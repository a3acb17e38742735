"""The Audit page: who did what, filtered, paged, checked, replayed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medapp.services import accounts, assessments, audit, records, search
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages.audit import AuditPage
from ui.pages.audit.page import PAGE
from ui.widgets import Sheet, Text


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> AuditPage:
    window.goto("audit")
    settle(qtbot, window)
    made: AuditPage = window.page("audit")
    return made


def acts(page: AuditPage) -> list[str]:
    return [page.model.index(row, 2).data() for row in range(page.model.rowCount())]


def choose(page: AuditPage, text: str) -> None:
    texts = [page.acts.itemText(place).strip() for place in range(page.acts.count())]
    page.acts.setCurrentIndex(texts.index(text))


def test_acts_are_told_in_words_in_both_languages(page: AuditPage, window: MainWindow) -> None:
    assert "Opened the clinic" in acts(page)
    window._context.set_language("zh_CN")
    assert "打开诊所" in acts(page)


def test_the_log_is_filtered_by_act_and_by_patient(
    page: AuditPage, window: MainWindow, qtbot: QtBot
) -> None:
    line = window.page("worklist").model.lines[0]
    window.open_patient(line.id, line=line)
    settle(qtbot, window)
    window.goto("audit")
    choose(page, "Opened the record")
    settle(qtbot, window)
    assert set(acts(page)) == {"Opened the record"}
    page.show_everything()
    page.patient.line.setText(line.mrn)
    qtbot.keyClick(page.patient.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert {page.model.line(row).entry.patient for row in range(page.model.rowCount())} == {line.id}
    assert all(page.model.index(row, 3).data() for row in range(page.model.rowCount()))
    page.show_open_record()
    settle(qtbot, window)
    assert page.patient.text() == f"#{line.id}"
    assert {one.entry.patient for one in page.model.lines} == {line.id}


def test_an_unknown_patient_is_said_under_the_field(
    page: AuditPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.patient.line.setText("no such number")
    qtbot.keyClick(page.patient.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.wrong.isVisible()
    assert page.states.currentWidget() is page.empty
    page.show_everything()
    settle(qtbot, window)
    assert not page.wrong.isVisible()
    assert page.model.rowCount()


def test_older_entries_come_as_one_scrolls(page: AuditPage, window: MainWindow, qtbot: QtBot) -> None:
    session = window._context.session
    for _ in range(PAGE + 30):
        session.note("search", hits=0)
    page.load()
    settle(qtbot, window)
    first = page.model.rowCount()
    assert first == PAGE
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() > first)
    numbers = [line.entry.n for line in page.model.lines]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers)


def test_the_chain_is_checked_and_a_break_is_said(page: AuditPage, window: MainWindow, qtbot: QtBot) -> None:
    page.chain.run()
    settle(qtbot, window)
    assert "whole" in page.chain.verdict.text()
    session = window._context.session
    with session.store.transaction() as tx:
        tx.execute("UPDATE audit SET detail='{}' WHERE n=2")
    page.chain.run()
    settle(qtbot, window)
    assert page.chain.verdict.text().splitlines()[:2] == ["The chain is broken.", "Entry 2 was altered."]


def test_a_cancelled_check_says_that_nothing_is_known(
    page: AuditPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.chain.run()
    page.chain.stop()
    settle(qtbot, window)
    assert "nothing is known" in page.chain.verdict.text()
    assert not page.chain.bar.isVisible()


def test_an_assessment_is_replayed_as_it_was_given(page: AuditPage, window: MainWindow, qtbot: QtBot) -> None:
    session = window._context.session
    patient = search.page(session, None, 1)[0].id
    answer = assessments.assess_patient(session, patient)[0]
    page.load()
    settle(qtbot, window)
    row = next(i for i, line in enumerate(page.model.lines) if "assessment" in line.entry.detail)
    page.table.selectRow(row)
    assert page.replay.isEnabled()
    page.show_assessment()
    settle(qtbot, window)
    sheet = next(s for s in window.findChildren(Sheet) if s.isVisible())
    said = " ".join(text.text() for text in sheet.findChildren(Text))
    assert answer.assessor.version in said
    sheet.close_sheet()
    assert "replay_assessment" in {entry.action for entry in audit.entries(session)}


def test_who_may_not_read_the_log_has_no_entry_on_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    context = window._context
    session = context.session
    accounts.add_user(session, "second", "quite a long passphrase", roles=("administrator",))
    accounts.set_roles(session, session.user.name, ("doctor",))
    session.user = next(user for user in accounts.listed(session) if user.id == session.user.id)
    context.session_changed.emit()
    assert not window.rail.button("audit").isVisible()
    assert not window.can_go("audit")
    window.goto("audit")
    settle(qtbot, window)
    page = window.page("audit")
    assert page.states.currentWidget() is page.refused
    assert page.model.rowCount() == 0


def test_records_and_log_read_a_reference_alike(window: MainWindow) -> None:
    session = window._context.session
    line = search.page(session, None, 1)[0]
    assert audit.patient_of(session, line.mrn) == records.resolve(session, line.mrn) == line.id
