"""The log tells when anybody altered, removed or cut it, or put the database back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from medapp.services import audit as service
from medapp.services.session import Session, open_clinic
from medapp.store.audit import BREAK, HEAD, Finding
from medapp.store.connection import DATABASE, Transaction, connect
from tests.clinics import PASSWORD, USER, clock, make_clinic


def _fill(session: Session, count: int = 5) -> None:
    for number in range(count):
        with session.store.transaction() as tx:
            service.record(session, tx, "test", patient=number, index=number)


def _found(session: Session) -> set[Finding]:
    return {problem.finding for problem in service.verify(session).problems}


def _tampered(session: Session, act: Callable[[Transaction], object]) -> set[Finding]:
    session.notes.flush()
    _fill(session)
    with session.store.transaction() as tx:
        act(tx)
    return _found(session)


def test_an_untouched_log_is_intact(clinic: Session) -> None:
    _fill(clinic)
    state = service.verify(clinic)
    assert state.is_intact and state.entries == 7  # made, opened, five acts


def test_an_altered_entry_is_found(clinic: Session) -> None:
    assert _tampered(clinic, lambda tx: tx.execute("UPDATE audit SET patient=9 WHERE n=4")) == {
        Finding.ALTERED
    }


def test_an_altered_detail_is_found(clinic: Session) -> None:
    sql = "UPDATE audit SET detail='{}' WHERE n=4"
    assert _tampered(clinic, lambda tx: tx.execute(sql)) == {Finding.ALTERED}


def test_a_removed_entry_is_found(clinic: Session) -> None:
    assert Finding.REMOVED in _tampered(clinic, lambda tx: tx.execute("DELETE FROM audit WHERE n=4"))


def test_a_log_cut_short_is_found_by_its_head(clinic: Session) -> None:
    assert _tampered(clinic, lambda tx: tx.execute("DELETE FROM audit WHERE n>4")) == {Finding.TRUNCATED}


def test_an_act_after_the_cut_does_not_hide_it(clinic: Session) -> None:
    assert _tampered(clinic, lambda tx: tx.execute("DELETE FROM audit WHERE n>4")) == {Finding.TRUNCATED}
    _fill(clinic, 3)
    assert _found(clinic) == {Finding.EARLIER}


def test_two_entries_exchanged_are_found(clinic: Session) -> None:
    def exchange(tx: Transaction) -> None:
        for old, new in ((4, 99), (5, 4), (99, 5)):
            tx.execute("UPDATE audit SET n=? WHERE n=?", (new, old))

    assert Finding.ALTERED in _tampered(clinic, exchange)


@pytest.mark.parametrize("content", [b"", b"medapp-audit-1 1 00 00\n", b"\xff\xfe"])
def test_a_forged_head_is_found(content: bytes, clinic: Session) -> None:
    _fill(clinic)
    service.verify(clinic)
    (clinic.directory / HEAD).write_bytes(content)
    assert _found(clinic) == {Finding.HEAD_ALTERED}
    (clinic.directory / HEAD).unlink()
    assert _found(clinic) == {Finding.HEAD_MISSING}


def test_a_database_put_back_to_an_earlier_day_is_found_and_stays_known(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    make_clinic(folder).close()
    shutil.copyfile(folder / DATABASE, tmp_path / "earlier.db")
    with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
        _fill(session)
    shutil.copyfile(tmp_path / "earlier.db", folder / DATABASE)
    with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
        assert session.audit_problem is not None
        assert session.audit_problem.finding is Finding.TRUNCATED
    with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
        assert session.audit_problem is None
        assert _found(session) == {Finding.EARLIER}
        assert BREAK in {entry.action for entry in service.entries(session)}


def test_a_log_begun_anew_with_as_many_entries_is_found(clinic: Session) -> None:
    _fill(clinic)
    service.verify(clinic)
    kept = (clinic.directory / HEAD).read_bytes()
    (clinic.directory / HEAD).unlink()
    with clinic.store.transaction() as tx:
        tx.execute("DELETE FROM audit")
        for number in range(9):
            service.record(clinic, tx, "forged", index=number)
    (clinic.directory / HEAD).write_bytes(kept)
    assert _found(clinic) == {Finding.REPLACED}


def test_a_crash_between_commit_and_head_is_no_break(clinic: Session) -> None:
    head = clinic.directory / HEAD
    before = head.read_bytes()
    _fill(clinic, 1)
    head.write_bytes(before)
    assert service.verify(clinic).is_intact


def test_an_act_and_its_entry_are_one_transaction(clinic: Session) -> None:
    with pytest.raises(RuntimeError), clinic.store.transaction() as tx:
        service.record(clinic, tx, "never")
        raise RuntimeError
    assert "never" not in {entry.action for entry in service.entries(clinic)}
    assert service.verify(clinic).is_intact


def test_the_chain_needs_the_clinics_key(clinic: Session) -> None:
    _fill(clinic)
    clinic.close()
    connection = connect(clinic.directory / DATABASE, clinic.store.key)
    rows = connection.execute("SELECT count(DISTINCT seal), count(*) FROM audit").fetchone()
    connection.close()
    assert rows[0] == rows[1]
