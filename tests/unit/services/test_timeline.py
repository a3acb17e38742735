"""The timeline holds every dated thing once, gathers results by visit, and leaves nothing undated out."""

from __future__ import annotations

import pytest

from medapp.assess.assessor import Given
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.domain.notes import Passage, Visit
from medapp.i18n import Words
from medapp.services import documents, entries, problems, records, timeline, visits
from medapp.services.documents import Letter, ReportKind
from medapp.services.session import Session
from medapp.services.timeline import EventKind
from tests.clinics import height, person


@pytest.fixture
def patient(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua")).id


def kinds(session: Session, patient: int) -> list[EventKind]:
    return [event.kind for event in timeline.read(session, patient)]


def test_results_of_one_day_are_one_event_and_of_two_days_two(clinic: Session, patient: int) -> None:
    records.save_observation(clinic, patient, height(170, "2020-01-02"))
    records.save_observation(clinic, patient, height(171, "2020-01-02"))
    records.save_observation(clinic, patient, height(172, "2021-05-06"))
    events = timeline.read(clinic, patient)
    assert [(event.at.isoformat(), len(event.what)) for event in events if event.at] == [
        ("2021-05-06", 1), ("2020-01-02", 2),
    ]


def test_a_signed_visit_is_one_event_with_its_results_beside(clinic: Session, patient: int) -> None:
    visit = Visit(clinic.now(), Passage("cough"))
    note = visits.sign(clinic, patient, visit, vitals={"weight": Given(71.0, "kg")}).note
    assert sorted(kinds(clinic, patient)) == [EventKind.NOTE, EventKind.RESULTS]
    visits.sign(clinic, patient, visit, amends=note, why="again")
    assert sorted(kinds(clinic, patient)) == [EventKind.NOTE, EventKind.RESULTS]


def test_what_was_entered_in_error_is_not_on_the_line(clinic: Session, patient: int) -> None:
    number = records.save_observation(clinic, patient, height(170)).id
    gout = Condition(0, patient, CodeableConcept((), "Gout"), "active", "confirmed")
    problem = problems.add(clinic, gout).id
    note = visits.sign(clinic, patient, Visit(clinic.now(), Passage("cough"))).note
    assert len(kinds(clinic, patient)) == 3
    records.withdraw_observation(clinic, number)
    problems.withdraw(clinic, problem)
    visits.cancel(clinic, note, "wrong patient")
    assert kinds(clinic, patient) == []


def test_the_latest_comes_first_and_what_has_no_date_last(clinic: Session, patient: int) -> None:
    for name, onset in (("Gout", "2001"), ("Asthma", "2015-03"), ("Migraine", "")):
        concept = CodeableConcept((), name)
        begun = Moment.parse(onset) if onset else None
        problems.add(clinic, Condition(0, patient, concept, "active", "confirmed", begun))
    with clinic.store.transaction() as tx:
        tx.execute("UPDATE condition SET recorded_ts=NULL, recorded_when=NULL WHERE onset_ts IS NULL")
    names = [event.what.code.label for event in timeline.read(clinic, patient)]
    assert names == ["Asthma", "Gout", "Migraine"]


def test_printed_documents_and_typed_values_are_on_the_line(clinic: Session, patient: int) -> None:
    entries.save_values(clinic, patient, {"weight": Given(71.0, "kg")})
    documents.issue(clinic, patient, Letter(ReportKind.RESULTS), Words("en"))
    assert sorted(kinds(clinic, patient)) == [EventKind.DOCUMENT, EventKind.RESULTS]
