"""Tasks: recalls made from a record, decisions about them, tasks of one's own, the clinic's list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.domain.notes import Passage, Visit
from medapp.services import due, journal, records, visits
from medapp.services.due import Task
from medapp.services.session import Session
from medapp.store.repositories import codes, conditions
from medapp.terminology.systems import LOINC, SNOMED
from tests.clinics import make_clinic, person

TODAY = date(2026, 3, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as opened:
        yield opened


@pytest.fixture
def patient(session: Session) -> int:
    """Somebody with diabetes of whom nothing was ever measured."""
    number = records.add_patient(session, person("Lin", "Meihua", born="1980-03-12")).id
    with session.store.transaction() as tx:
        code = codes.intern(tx, [(SNOMED, "44054006", "Type 2 diabetes", None)])[SNOMED, "44054006"]
        row = dict.fromkeys((name.strip() for name in conditions.COLUMNS.split(",")), None)
        row |= {"patient": number, "code": code, "clinical_status": "active", "verification": "confirmed"}
        conditions.insert_many(tx, [tuple(row.values())])
    return number


def measure(session: Session, patient: int, day: str) -> None:
    code = Coding(LOINC, "4548-4")
    records.save_observation(session, patient, Observation(0, code, Moment.parse(day), "hba1c", 7.0, "%"))


def of(session: Session, patient: int) -> dict[str, Task]:
    found = due.of_patient(session, records.open_record(session, patient, audit=False))
    assert len({one.kind for one in found}) == len(found)
    return {one.kind: one for one in found}


@pytest.mark.parametrize("instant", ["2026-03-01T02:00:00+08:00", "2026-03-01T20:00:00-05:00"])
def test_what_was_done_today_was_done_today_here_not_in_greenwich(
    session: Session, patient: int, instant: str
) -> None:
    session.clock = lambda: datetime.fromisoformat(instant)
    due.finish(session, of(session, patient)["hba1c_diabetes"].id)
    again = of(session, patient)["hba1c_diabetes"].due
    assert again is not None and again.day == 1


def test_opening_a_record_makes_its_recalls_into_tasks_once(session: Session, patient: int) -> None:
    assert due.open_tasks(session) == []
    found = of(session, patient)
    assert {"hba1c_diabetes", "retina_diabetes", "influenza_illness"} <= set(found)
    assert found["hba1c_diabetes"].due is None
    assert of(session, patient) == found
    assert len(due.open_tasks(session)) == len(found) == due.count(session)


def test_a_value_moves_the_day_and_time_alone_brings_it_up(session: Session, patient: int) -> None:
    measure(session, patient, "2026-02-20")
    assert of(session, patient)["hba1c_diabetes"].due == date(2026, 8, 20)
    assert "hba1c_diabetes" not in {line.task.kind for line in due.open_tasks(session)}
    session.clock = lambda: Moment.parse("2026-08-15T09:00:00Z").local
    assert "hba1c_diabetes" in {line.task.kind for line in due.open_tasks(session)}


def test_done_elsewhere_comes_again_after_its_interval(session: Session, patient: int) -> None:
    changes = due.finish(session, of(session, patient)["retina_diabetes"].id, "at the hospital")
    assert changes.patients == {patient}
    assert of(session, patient)["retina_diabetes"].due == date(2027, 3, 1)
    journal.undo(session, patient)
    assert of(session, patient)["retina_diabetes"].due is None


def test_declined_is_silent(session: Session, patient: int) -> None:
    due.decline(session, of(session, patient)["influenza_illness"].id)
    assert "influenza_illness" not in of(session, patient)
    session.clock = lambda: Moment.parse("2027-03-02T09:00:00Z").local
    assert "influenza_illness" in of(session, patient)


def test_put_off_stays_until_its_day_or_until_it_was_done(session: Session, patient: int) -> None:
    due.put_off(session, of(session, patient)["hba1c_diabetes"].id, TODAY + timedelta(days=30), "travels")
    found = of(session, patient)["hba1c_diabetes"]
    assert (found.due, found.is_put_off, found.note) == (date(2026, 3, 31), True, "travels")
    session.clock = lambda: Moment.parse("2026-03-20T09:00:00Z").local
    measure(session, patient, "2026-03-19")
    found = of(session, patient)["hba1c_diabetes"]
    assert (found.due, found.is_put_off) == (date(2026, 9, 19), False)


def test_a_day_in_the_past_or_an_empty_task_is_refused(session: Session, patient: int) -> None:
    number = of(session, patient)["hba1c_diabetes"].id
    with pytest.raises(due.BadDay):
        due.put_off(session, number, TODAY)
    with pytest.raises(due.BadDay):
        due.add(session, patient, "Call her", TODAY - timedelta(days=1))
    with pytest.raises(due.TaskEmpty):
        due.add(session, patient, "  ", TODAY)


def test_a_rule_that_holds_no_longer_takes_its_task_away(session: Session, patient: int) -> None:
    due.put_off(session, of(session, patient)["retina_diabetes"].id, TODAY + timedelta(days=30))
    with session.store.transaction() as tx:
        tx.execute("UPDATE condition SET clinical_status='resolved' WHERE patient=?", (patient,))
    assert of(session, patient) == {}
    with session.store.reading() as db:
        kept = db.execute("SELECT rule, state FROM task").fetchall()
    assert kept == [("retina_diabetes", "closed")]


def test_planned_tasks_stand_before_recalls(session: Session, patient: int) -> None:
    of(session, patient)
    own = due.add(session, patient, "Call her about the holiday", TODAY).id
    assert due.open_tasks(session)[0].task.id == own
    later = due.add(session, patient, "Next year", TODAY + timedelta(days=365)).id
    assert later not in [line.task.id for line in due.open_tasks(session)]
    journal.undo(session, patient)
    journal.undo(session, patient)
    assert own not in [line.task.id for line in due.open_tasks(session)]


def test_a_visits_follow_up_is_due_moves_with_its_amendment_and_goes_with_its_cancellation(
    session: Session, patient: int
) -> None:
    visit = Visit(session.now(), reason=Passage("Cough"), follow_up="2026-03-05")
    first = visits.sign(session, patient, visit).note
    (line,) = due.open_tasks(session)
    assert (line.task.kind, line.task.due) == (due.FOLLOW_UP, date(2026, 3, 5))
    later = replace(visit, follow_up="2026-03-07")
    second = visits.sign(session, patient, later, amends=first, why="holiday").note
    assert [one.task.due for one in due.open_tasks(session)] == [date(2026, 3, 7)]
    visits.cancel(session, second, "wrong patient")
    assert due.open_tasks(session) == []
    journal.undo(session, patient)
    assert [one.task.due for one in due.open_tasks(session)] == [date(2026, 3, 7)]


def test_a_sweep_goes_through_the_clinic_in_steps_and_stops_when_asked(
    session: Session, patient: int
) -> None:
    records.add_patient(session, person("Wang", "Jun"))
    last, looked = due.sweep(session, 0, 1, lambda: False)
    assert (last, looked) == (patient, 1)
    assert due.count(session) > 0
    last, looked = due.sweep(session, patient, 5, lambda: False)
    assert (last, looked) == (None, 1)
    assert due.sweep(session, 0, 5, lambda: True) == (None, 0)


def test_the_clinics_list_is_read_from_indexes(session: Session) -> None:
    with session.store.reading() as db:
        for sql, index, count in ((due._PLANNED, "task_planned", 2), (due._RECALLED, "task_open", 2),
                                  (due._NEVER, "task_open", 1)):  # fmt: skip
            plan = db.execute(f"EXPLAIN QUERY PLAN {sql}", ("2026-03-01", 9)[-count:]).fetchall()
            assert index in plan[0][3]
