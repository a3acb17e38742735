"""Timeline and Documents: lists that are worded as one scrolls, filtered, read at the right."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from medapp.services import documents, records
from medapp.services.documents import Letter, ReportKind
from medapp.services.imports import import_paths
from medapp.services.session import Session
from medapp.services.timeline import EventKind
from medapp.store.repositories import codes, observations
from tests.clinics import height
from tests.ui.conftest import PATIENCE_MS, settle
from tests.ui.visits_at import HISTORY, sign_visit
from ui.itemmodels.two_lines import STEP
from ui.main_window import MainWindow
from ui.pages.documents import DocumentsPage
from ui.pages.timeline import TimelinePage
from ui.widgets import Text

PATIENT, NEXT = 1, 2


def timeline(window: MainWindow, qtbot: QtBot, patient: int = PATIENT) -> TimelinePage:
    window.activateWindow()
    window.open_patient(patient, "timeline")
    settle(qtbot, window)
    window.patient_page.focus_first()
    page: TimelinePage = window.patient_page.tab("timeline")
    return page


def shown_texts(page: TimelinePage) -> list[str]:
    return [label.text() for label in page.right.findChildren(Text) if label.isVisible()]


def papers(window: MainWindow, qtbot: QtBot, patient: int = PATIENT) -> DocumentsPage:
    window.open_patient(patient, "documents")
    settle(qtbot, window)
    page: DocumentsPage = window.patient_page.tab("documents")
    return page


def test_everything_of_the_record_is_listed_and_counted_on_its_filter(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    page = timeline(window, qtbot)
    assert page.rows.rowCount() == len(page._events) > 3
    assert page.chips[EventKind.NOTE].text() == "Notes 1"


def test_a_filter_leaves_its_kind_alone_and_pressed_again_lets_all_back(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    page = timeline(window, qtbot)
    whole = page.rows.rowCount()
    page.chips[EventKind.NOTE].click()
    assert [event.kind for event in page._shown] == [EventKind.NOTE]
    page.chips[EventKind.RESULTS].click()
    assert {event.kind for event in page._shown} == {EventKind.NOTE, EventKind.RESULTS}
    page.chips[EventKind.NOTE].click()
    page.chips[EventKind.RESULTS].click()
    assert page.rows.rowCount() == whole


def test_arrow_keys_move_and_the_preview_follows(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT, days_ago=0)
    page = timeline(window, qtbot)
    page.chips[EventKind.NOTE].click()
    page.focus_first()
    qtbot.waitUntil(lambda: HISTORY in shown_texts(page), timeout=PATIENCE_MS)
    page.chips[EventKind.NOTE].click()
    page.list.setFocus()
    before = page.list.currentIndex().row()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == before + 1


def test_thousands_of_events_are_worded_only_where_they_are_seen(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    day = 86_400
    with session.store.transaction() as tx:
        code = codes.intern(tx, [("http://loinc.org", "8302-2", "Body height", "height")])
        number = code[("http://loinc.org", "8302-2")]
        rows = []
        for n in range(3000):
            one = height(170.0, "2000-01-01")
            one = replace(one, time=Moment(one.time.seconds + n * day, 0, one.time.precision))
            rows.append(observations.row_of(PATIENT, number, one, coded=None, source=None))
        observations.insert_many(tx, rows)
    page = timeline(window, qtbot)
    assert len(page._events) > 3000
    assert page.rows.rowCount() == STEP
    worded = page.rows._rows._made  # type: ignore[attr-defined]
    assert len(worded) < STEP
    page.rows.fetchMore(QModelIndex())
    assert page.rows.rowCount() == 2 * STEP


def test_a_result_in_the_preview_opens_its_trend(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    records.save_observation(session, PATIENT, height(170.0, "2026-11-19"))
    page = timeline(window, qtbot)
    page.trend_wanted.emit("height")
    settle(qtbot, window)
    assert window.patient_page.tabs.current == "results"


def test_another_patient_empties_the_page_at_once(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    page = timeline(window, qtbot)
    window.open_patient(NEXT, "timeline")
    assert page.rows.rowCount() == 0 and page._events == ()
    settle(qtbot, window)
    assert EventKind.NOTE not in {event.kind for event in page._events}


def test_documents_say_that_there_are_none_and_what_would_be(window: MainWindow, qtbot: QtBot) -> None:
    page = papers(window, qtbot)
    assert page.states.currentWidget() is page.empty


def test_a_printed_document_is_shown_as_it_went_out(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    note = sign_visit(session, PATIENT)
    issued = documents.issue(session, PATIENT, Letter(ReportKind.VISIT, note), Words("en"))
    page = papers(window, qtbot)
    assert page.rows.rowCount() == 1
    assert page.paper.report == issued.report and page.paper.page_count >= 1


def test_a_new_document_appears_in_the_open_list(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = papers(window, qtbot)
    issued = documents.issue(session, PATIENT, Letter(ReportKind.RESULTS), Words("en"))
    window._context.bus.changed.emit(issued.changes)
    settle(qtbot, window)
    assert page.states.currentWidget() is page.scroll and page.rows.rowCount() == 1


@pytest.fixture
def sent(session: Session, tmp_path: Path) -> int:
    """A patient who came with a letter."""
    subject = {"reference": "Patient/zz9"}
    data = base64.b64encode(b"Dear colleague, <b>well</b>.").decode()
    resources = [
        {"resourceType": "Patient", "id": "zz9", "name": [{"family": "Zeta", "given": ["Ann"]}],
         "gender": "female", "birthDate": "1970-01-02"},
        {"resourceType": "DocumentReference", "id": "d1", "status": "current", "subject": subject,
         "date": "2024-01-02", "description": "Letter of the clinic",
         "content": [{"attachment": {"contentType": "text/plain", "data": data}}]},
    ]
    path = tmp_path / "zeta.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": f"http://x.org/{one['resourceType']}/{one['id']}", "resource": one} for one in resources
    ]}))
    import_paths(session, [path])
    with session.store.reading() as db:
        found = db.execute("SELECT patient FROM patient_detail WHERE source_id='zz9'").fetchone()
    assert found is not None
    return int(found[0])


def test_a_text_that_others_sent_is_read_as_plain_text(
    window: MainWindow, session: Session, qtbot: QtBot, sent: int
) -> None:
    page = papers(window, qtbot, sent)
    assert page.rows.at(0).upper == "Letter of the clinic"  # type: ignore[union-attr]
    assert page.text.toPlainText() == "Dear colleague, <b>well</b>."
