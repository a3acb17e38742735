"""Scenes of the visit for `ui.screens`: signed, being written, on paper, in Documents and the Timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from medapp.domain.datatypes import Moment
from medapp.domain.notes import Passage, Visit
from medapp.i18n import Words
from medapp.services import documents, visits
from medapp.services.documents import Letter, ReportKind

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_EARLIER: Final = {
    "reason": "Cough and fever",
    "history": "Cough for ten days, productive, worse at night. No chest pain, no blood. 38.4 °C at home.",
    "examination": "Coarse crackles at the right base. No oedema. Throat red.",
    "plan": "Amoxicillin 500 mg three times daily for five days. Review if no better in 48 hours.",
}
_TODAY: Final = {"reason": "Review after chest infection", "examination": "Chest clear."}
DAYS: Final = 40


def show(window: MainWindow, patient: int, scene: str) -> None:
    """Take the window to one of `SCENES`; the demo clinic gets a signed visit first."""
    _sign_once(window, patient)
    SCENES[scene](window, patient)


def _sign_once(window: MainWindow, patient: int) -> None:
    session = window.patient_page.context.session
    if session is None or visits.listed(session, patient):
        return
    started = Moment.of_datetime(session.clock() - timedelta(days=DAYS))
    passages = {name: Passage(text) for name, text in _EARLIER.items()}
    note = visits.sign(session, patient, Visit(started, **passages)).note
    for letter in (Letter(ReportKind.VISIT, note), Letter(ReportKind.RESULTS)):
        documents.issue(session, patient, letter, Words("en"))


def _signed(window: MainWindow, patient: int) -> None:
    _tab(window, patient, "notes")
    notes = window.patient_page.tab("notes")
    if notes.is_writing:
        notes.editor.discard.click()


def _written(window: MainWindow, patient: int) -> None:
    _tab(window, patient, "notes")
    window.write_visit()
    _wait(window)
    notes: Any = window.patient_page.tab("notes")
    for name, text in _TODAY.items():
        notes.editor.fields[name].prose.setPlainText(text)
    history = notes.editor.fields["history"].prose
    if not history.passage().text and notes.beside.note is not None:
        notes.beside.copy_wanted.emit("history", notes.beside.note.visit.history, None)
        history.appendPlainText("Finished the course, feels well.")


def _print(window: MainWindow, patient: int, kind: ReportKind) -> None:
    _tab(window, patient, "summary")
    _wait(window)
    window.patient_page.paper.open(kind)


def _tab(window: MainWindow, patient: int, tab: str) -> None:
    window.top_bar.find.line.clear()
    window.open_patient(patient, tab)
    _wait(window)
    window.patient_page.focus_first()


def _wait(window: MainWindow) -> None:
    from ui.screens import wait

    wait(lambda: window.is_ready)


SCENES: Final[Mapping[str, Callable[[MainWindow, int], None]]] = {
    "patient-visit": _written,
    "patient-notes": _signed,
    "patient-documents": partial(_tab, tab="documents"),
    "patient-timeline": partial(_tab, tab="timeline"),
    "patient-print": partial(_print, kind=ReportKind.VISIT),
    "patient-print-referral": partial(_print, kind=ReportKind.REFERRAL),
}
