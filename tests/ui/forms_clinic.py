"""A patient of one's own in the demo clinic, opened in the window, for the tests of the forms."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from medapp.domain.administrative import HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.datatypes import Moment
from medapp.services import records
from medapp.services.session import Session
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage


def person(born: str = "1996-03-14", *, sex: Sex = Sex.FEMALE, mrn: str = "F-1") -> Patient:
    """Qu, Yanxin 曲燕欣: nobody in the demo clinic has a name like it."""
    names = (HumanName("Qu", ("Yanxin",)), HumanName("曲", ("燕欣",), script="han"))
    return Patient(
        names=names, sex=sex, birth_date=Moment.parse(born) if born else None,
        identifiers=(Identifier(mrn, IdentifierType.RECORD_NUMBER),),
    )


def opened(qtbot: QtBot, window: MainWindow, session: Session, patient: Patient) -> PatientPage:
    """The stored patient's page, everything loaded."""
    number = records.add_patient(session, patient).id
    window.open_patient(number)
    settle(qtbot, window)
    page: PatientPage = window.patient_page
    return page


def record_of(page: PatientPage, session: Session) -> records.PatientRecord:
    """The open patient's record as it is stored now."""
    assert page.current_patient is not None
    return records.open_record(session, page.current_patient, audit=False)
