"""What is read is logged within a second, what is written in its own transaction."""

from __future__ import annotations

import threading
import time

import pytest

from medapp.errors import BugError
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import audit, records, search
from medapp.services.session import Session
from medapp.store.errors import DiskFull
from tests.clinics import person


def _actions(session: Session, limit: int = 200) -> list[str]:
    return [entry.action for entry in reversed(audit.entries(session, limit=limit))]


def test_a_search_is_one_entry_with_its_hits_and_without_its_text(clinic: Session) -> None:
    records.add_patient(clinic, person("Uncommon"))
    search.search(clinic, "uncommon")
    search.search(clinic, "absent")
    found = [entry for entry in audit.entries(clinic) if entry.action == "search"]
    assert [entry.detail for entry in found] == [{"hits": 0}, {"hits": 1}]


def test_an_opened_record_is_one_entry_that_names_the_patient(clinic: Session) -> None:
    patient = records.add_patient(clinic, person("Lin")).id
    records.open_record(clinic, patient)
    records.open_record(clinic, patient, audit=False)
    found = list(audit.entries(clinic, patient=patient))
    assert [entry.action for entry in found] == ["open_record", "add_patient"]
    assert found[0].user == clinic.user.id and found[0].at == clinic.now_us()


def test_reading_is_entered_within_a_second_without_further_calls(clinic: Session) -> None:
    search.search(clinic, "x")
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        with clinic.store.reading() as db:
            if db.execute("SELECT 1 FROM audit WHERE action='search'").fetchone():
                break
        time.sleep(0.05)
    else:
        pytest.fail("the search was not entered")
    clinic.close()
    assert all(not isinstance(thread, threading.Timer) for thread in threading.enumerate())


def test_closing_enters_what_waits(clinic: Session) -> None:
    search.search(clinic, "x")
    clinic.close()
    clinic.close()


def test_nothing_more_is_read_when_reading_cannot_be_logged(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        pages = tx.execute("PRAGMA page_count").fetchone()
        assert pages is not None
        tx.execute(f"PRAGMA max_page_count={pages[0]}")
    with pytest.raises(DiskFull):
        for _ in range(2000):
            search.search(clinic, "x")
            if len(clinic.notes._waiting) > 900:
                clinic.notes._flush_later()
    with clinic.store.transaction() as tx:
        tx.execute("PRAGMA max_page_count=1000000")
    search.search(clinic, "x")
    assert audit.verify(clinic).is_intact
    assert _actions(clinic, limit=5000).count("search") > 900


def test_a_fault_of_any_kind_hinders_the_next_act_of_reading(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        tx.execute("ALTER TABLE audit RENAME TO gone")
    search.search(clinic, "x")
    clinic.notes._flush_later()
    with pytest.raises(BugError):
        search.search(clinic, "x")
    with clinic.store.transaction() as tx:
        tx.execute("ALTER TABLE gone RENAME TO audit")
    search.search(clinic, "x")
    assert _actions(clinic).count("search") == 2


def test_the_log_is_for_administrators(clinic: Session) -> None:
    clinic.user = type(clinic.user)(1, "anna", "Anna", frozenset({Role.DOCTOR}))
    for act in (audit.entries, audit.verify):
        with pytest.raises(NotPermitted):
            act(clinic)


def test_entries_are_paged_by_number(clinic: Session) -> None:
    for number in range(5):
        with clinic.store.transaction() as tx:
            audit.record(clinic, tx, "act", index=number)
    first = audit.entries(clinic, limit=3)
    second = audit.entries(clinic, before=first[-1].n, limit=3)
    assert [entry.n for entry in (*first, *second)] == sorted((e.n for e in (*first, *second)), reverse=True)
    assert len({entry.n for entry in (*first, *second)}) == 6
