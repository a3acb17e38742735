"""The store opens what is its own and refuses the rest; a transaction is whole or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medapp.errors import BugError
from medapp.services.session import Session
from medapp.store import search
from medapp.store.connection import DATABASE, Store, connect
from medapp.store.errors import (
    DamagedStore,
    DiskFull,
    NewerStore,
    NoStore,
    ReadOnlyStore,
    StoreFailed,
    StoreInUse,
)
from medapp.store.migrations import MAJOR
from medapp.store.repositories import patients
from tests.clinics import make_clinic, person

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Path, bytes]:
    """The folder and key of a clinic nobody has open."""
    with make_clinic(tmp_path / "clinic") as session:
        return session.directory, session.store.key


def test_the_settings_are_those_of_the_design(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        answers = {
            name: tx.execute(f"PRAGMA {name}").fetchone()[0]  # type: ignore[index]
            for name in ("journal_mode", "synchronous", "foreign_keys", "cache_size", "temp_store")
        }
    assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1,
                       "cache_size": -16384, "temp_store": 2}  # fmt: skip
    with clinic.store.reading() as db:
        assert db.execute("PRAGMA cache_size").fetchone() == (-262144,)


def test_nothing_readable_is_in_the_files(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patients.insert(tx, person("Uncommonname", "Anna"))
    for file in clinic.directory.iterdir():
        if file.is_file():
            content = file.read_bytes()
            assert b"ncommonname" not in content and not content.startswith(b"SQLite format")


def test_every_table_is_strict(clinic: Session) -> None:
    with clinic.store.reading() as db:
        tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE type='table'").fetchall()
    loose = {name for name, strict in tables if not strict}
    assert {name for name in loose if not name.startswith("sqlite_")} <= {"_sqlite_migrations"}


def test_a_folder_without_a_clinic_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        Store(tmp_path, bytes(32))


def test_a_second_instance_is_refused(clinic: Session) -> None:
    with pytest.raises(StoreInUse):
        Store(clinic.directory, clinic.store.key)
    clinic.close()
    Store(clinic.directory, clinic.store.key).close()


def test_another_key_and_a_file_of_rubbish_are_damage(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    with pytest.raises(DamagedStore):
        Store(folder, bytes(32))
    (folder / DATABASE).write_bytes(os.urandom(8192))
    with pytest.raises(DamagedStore):
        Store(folder, key)


def test_one_changed_byte_deep_in_the_file_is_damage(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    path = folder / DATABASE
    content = bytearray(path.read_bytes())
    content[4096 * 3 + 100 :: 4096] = bytes(byte ^ 1 for byte in content[4096 * 3 + 100 :: 4096])
    path.write_bytes(content)
    with pytest.raises(DamagedStore):
        _read_everything(Store(folder, key))


def _read_everything(store: Store) -> None:
    try:
        with store.reading() as db:
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table'").fetchall():
                db.execute(f"SELECT * FROM {name}").fetchall()
    finally:
        store.close()


def test_a_newer_major_version_is_refused_and_a_newer_minor_opens(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    _set_version(folder, key, MAJOR * 1000 + 999)
    Store(folder, key).close()
    _set_version(folder, key, (MAJOR + 1) * 1000)
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(NewerStore):
        Store(folder, key)
    assert (folder / DATABASE).read_bytes() == before


def _set_version(folder: Path, key: bytes, version: int) -> None:
    connection = connect(folder / DATABASE, key)
    connection.execute(f"PRAGMA user_version={version}")
    connection.close()


def test_an_error_rolls_everything_back(clinic: Session) -> None:
    with pytest.raises(RuntimeError), clinic.store.transaction() as tx:
        patients.insert(tx, person("Gone"))
        raise RuntimeError
    with clinic.store.reading() as db:
        assert search.count_all(db) == 0


def test_a_transaction_inside_a_transaction_is_a_bug(clinic: Session) -> None:
    with pytest.raises(BugError), clinic.store.transaction(), clinic.store.transaction():
        pass
    with clinic.store.transaction() as tx:
        assert tx.execute("SELECT 1").fetchone() == (1,)


def test_the_reading_connection_cannot_write(clinic: Session) -> None:
    with pytest.raises(ReadOnlyStore), clinic.store.reading() as db:
        db.execute("DELETE FROM setting")


def test_what_is_read_together_belongs_to_one_moment(clinic: Session) -> None:
    with clinic.store.reading() as db:
        assert search.count_all(db) == 0
        with clinic.store.transaction() as tx:
            patients.insert(tx, person("Later"))
        assert search.count_all(db) == 0
    with clinic.store.reading() as db:
        assert search.count_all(db) == 1


def test_a_long_read_apart_neither_waits_nor_writes(clinic: Session) -> None:
    with clinic.store.reading_apart() as apart, clinic.store.reading() as db:
        assert search.count_all(apart) == search.count_all(db) == 0
        with clinic.store.transaction() as tx:
            patients.insert(tx, person("Later"))
        assert search.count_all(apart) == 0
    with pytest.raises(ReadOnlyStore), clinic.store.reading_apart() as apart:
        apart.execute("DELETE FROM setting")


def test_a_broken_constraint_is_our_bug_and_quotes_no_data(clinic: Session) -> None:
    with pytest.raises(BugError) as caught, clinic.store.transaction() as tx:
        tx.execute("INSERT INTO observation VALUES(1,'Secret name',1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)")
    assert "Secret" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_an_interrupted_read_is_told_apart_from_damage(clinic: Session) -> None:
    with pytest.raises(StoreFailed), clinic.store.reading() as db:
        rows = iter(
            db.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n")
        )
        next(rows)
        clinic.store.interrupt()
        for _ in rows:
            pass


def test_a_full_disk_half_writes_nothing_and_the_store_goes_on(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patients.insert(tx, person("Before"))
    with clinic.store.transaction() as tx:
        pages = tx.execute("PRAGMA page_count").fetchone()
        assert pages is not None
        tx.execute(f"PRAGMA max_page_count={pages[0] + 4}")
    with pytest.raises(DiskFull), clinic.store.transaction() as tx:
        patients.insert_many(tx, [patients.NewPatient(person(f"Name{number}")) for number in range(2000)])
    with clinic.store.transaction() as tx:
        tx.execute("PRAGMA max_page_count=1000000")
        patients.insert(tx, person("After"))
    with clinic.store.reading() as db:
        assert search.count_all(db) == 2
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_closing_waits_for_what_another_thread_writes(clinic: Session) -> None:
    begun, closing = threading.Event(), threading.Event()
    clinic.notes.close()

    def write() -> None:
        with clinic.store.transaction() as tx:
            begun.set()
            closing.wait()
            time.sleep(0.05)
            patients.insert(tx, person("Under way"))

    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        begun.wait()
        closing.set()
        clinic.store.close()
        written.result()
    store = Store(clinic.directory, clinic.store.key)
    with store.reading() as db:
        assert search.count_all(db) == 1
    store.close()


_KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.clinics import PASSWORD, USER, clock, person
from medapp.services.session import open_clinic
from medapp.store.repositories import patients
session = open_clinic(Path(sys.argv[1]), USER, PASSWORD, clock=clock)
for batch in range(10_000):
    with session.store.transaction() as tx:
        patients.insert_many(tx, [patients.NewPatient(person(f"Batch{batch}", str(i))) for i in range(50)])
        session.log.append(tx, at=batch, user=1, action="batch")
    print(batch, flush=True)
"""


def test_a_killed_process_leaves_whole_transactions_and_an_intact_log(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    for wait in (0.0, 0.004, 0.011):
        process = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(folder), str(ROOT)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        done = process.stdout.read().split()
        process.stdout.close()
        process.wait()
        _check_after_kill(folder, key, len(done) + 3)


def _check_after_kill(folder: Path, key: bytes, committed: int) -> None:
    from medapp.store.audit import audit_log

    store = Store(folder, key)
    try:
        with store.reading() as db:
            assert search.count_all(db) % 50 == 0 and search.count_all(db) >= 50 * committed
            indexed = db.execute("SELECT count(*) FROM patient_search").fetchone()
            assert indexed == (search.count_all(db),)
            assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert audit_log(folder, key).verify(db).is_intact
    finally:
        store.close()
