"""Patient after patient with a late reading and a half-written visit: nothing is on the wrong patient.

`make proof` switches 200 times, each commit 30 times.
"""

from __future__ import annotations

import os
import random
import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from medapp.domain.record import PatientRecord
from medapp.services import drafts, records, search
from medapp.services.session import Session
from tests.ui.conftest import PATIENCE_MS, settle
from ui.main_window import MainWindow
from ui.pages.patient.tabs import TABS

SWITCHES = 200 if os.environ.get("MEDAPP_PROOF") == "full" else 30
PEOPLE = 12


def names_on(window: MainWindow) -> str:
    """Every label's text on the patient's page, whether it is in sight or not."""
    return "\n".join(label.text() for label in window.patient_page.findChildren(QLabel))




def test_nothing_lands_on_the_wrong_patient(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    rng = random.Random(11)
    people = {
        line.id: records.open_record(session, line.id, audit=False)
        for line in search.page(session, None, PEOPLE)
    }
    typed: dict[int, str] = {}
    window.activateWindow()
    for number in range(SWITCHES):
        first, second = rng.sample(sorted(people), 2)
        _write_half_a_visit(window, qtbot, first, typed, number)
        _switch_while_reading(window, qtbot, first, second, rng.choice(TABS).name)
        _is_only(window, people, second)
    kept = {
        one.patient.id: drafts.read(session, one.patient.id, drafts.VISIT, one.item)
        for one in drafts.listed(session) if one.kind == drafts.VISIT
    }
    assert kept.keys() == typed.keys()
    for patient, text in typed.items():
        assert text in str(kept[patient]), patient
        others = [other for one, other in typed.items() if one != patient]
        assert not any(other in str(kept[patient]) for other in others)


def _write_half_a_visit(
    window: MainWindow, qtbot: QtBot, patient: int, typed: dict[int, str], number: int
) -> None:
    window.open_patient(patient, "notes")
    settle(qtbot, window)
    page = window.patient_page.tab("notes")
    if not page.is_writing:
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
    prose = page.editor.fields["reason"].prose
    qtbot.waitUntil(prose.isVisible, timeout=PATIENCE_MS)
    prose.selectAll()
    typed[patient] = f"mark-{number}-of-{patient}."
    QTest.keyClicks(prose, typed[patient])


def _switch_while_reading(
    window: MainWindow, qtbot: QtBot, first: int, second: int, tab: str
) -> None:
    """The store is busy while `first` is read once more and `second` is opened: both answers come late."""
    gate = threading.Event()
    jobs = window.patient_page.context.jobs
    jobs.store(lambda: gate.wait(PATIENCE_MS / 1000))
    window.open_patient(first, "results")
    window.open_patient(second, tab)
    QApplication.processEvents()
    gate.set()
    settle(qtbot, window)


def _is_only(window: MainWindow, people: dict[int, PatientRecord], patient: int) -> None:
    shown = people[patient].patient
    assert shown is not None
    assert window.open_patient_id == patient
    assert window.patient_page.banner.mrn.value.text() == shown.mrn
    told = names_on(window)
    for other, record in people.items():
        whom = record.patient
        if other != patient and whom is not None:
            assert whom.mrn not in told
            assert whom.name not in told or whom.name == shown.name
