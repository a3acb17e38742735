"""Today's list: booking, moving on, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from medapp.services import appointments, journal, records
from medapp.services.appointments import BadAppointment, following
from medapp.services.session import Session
from medapp.store.errors import UnknownItem, UnknownPatient
from tests.clinics import clock, make_clinic, person

TODAY = date(2026, 3, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


@pytest.fixture
def patient(session: Session) -> int:
    return records.add_patient(session, person("Lin", "Meihua")).id


def states(session: Session) -> list[tuple[int, str]]:
    return [(line.minute, line.state) for line in appointments.of_day(session)]


def test_a_day_is_listed_by_time_with_what_is_over_at_the_end(session: Session, patient: int) -> None:
    late = appointments.book(session, patient, TODAY, 600, "Knee pain").id
    first = appointments.book(session, patient, TODAY, 540).id
    appointments.book(session, patient, TODAY + timedelta(days=1), 500)
    assert states(session) == [(540, "booked"), (600, "booked")]
    appointments.set_state(session, first, "cancelled")
    assert states(session) == [(600, "booked"), (540, "cancelled")]
    line = appointments.of_day(session)[0]
    assert (line.id, line.reason, line.patient.id) == (late, "Knee pain", patient)


def test_one_step_after_the_other_until_it_is_done(session: Session, patient: int) -> None:
    number = appointments.book(session, patient, TODAY, 540).id
    seen = []
    for _ in range(5):
        state = appointments.of_day(session)[0].state
        seen.append(state)
        appointments.set_state(session, number, following(state))
    assert seen == ["booked", "arrived", "waiting", "in_room", "done"]
    assert following("absent") == "absent"


def test_a_state_says_since_when_and_is_taken_back(session: Session, patient: int) -> None:
    number = appointments.book(session, patient, TODAY, 540).id
    session.clock = lambda: clock() + timedelta(minutes=7)
    appointments.set_state(session, number, "waiting")
    assert appointments.of_day(session)[0].since == clock() + timedelta(minutes=7)
    journal.undo(session, patient)
    assert states(session) == [(540, "booked")]
    journal.undo(session, patient)
    assert states(session) == []


def test_a_past_day_an_impossible_time_and_an_unknown_patient_are_refused(
    session: Session, patient: int
) -> None:
    for day, minute in ((TODAY - timedelta(days=1), 540), (TODAY, 1440), (TODAY, -1)):
        with pytest.raises(BadAppointment):
            appointments.book(session, patient, day, minute)
    with pytest.raises(UnknownPatient):
        appointments.book(session, 4711, TODAY, 540)
    with pytest.raises(UnknownItem):
        appointments.set_state(session, 4711, "done")
    assert states(session) == []
