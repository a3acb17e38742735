"""Every released database opens; a migration is one transaction with a backup before it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from medapp.services import audit, records, search
from medapp.services.session import open_clinic
from medapp.store import migrations
from medapp.store.connection import DATABASE, Store, connect
from medapp.store.errors import DiskFull
from medapp.store.repositories import assessments
from tests.clinics import PASSWORD, USER, clock, make_clinic
from tests.migrations import freeze

FROZEN = sorted(path for path in (Path(__file__).parent / "frozen").iterdir() if path.is_dir())


@pytest.mark.parametrize("release", FROZEN, ids=lambda path: path.name)
def test_a_frozen_clinic_opens_with_everything_in_it(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    shutil.copytree(release, folder)
    with open_clinic(folder, freeze.USER, freeze.PASSWORD, clock=clock) as session:
        (line,) = search.search(session, "meihua 1968").patients
        opened = records.open_record(session, line.id)
        assert (line.mrn, line.name_local) == ("FROZEN-1", "林美华")
        assert [one.value for one in opened.observations] == [171.0]
        for part in ("conditions", "medications", "allergies", "encounters", "procedures"):
            assert len(getattr(opened, part)) == 1
        with session.store.reading() as db:
            (stored,) = assessments.latest(db, line.id)
            assert stored.decision is not None and db.execute("PRAGMA user_version").fetchone() == (
                migrations.VERSION,
            )
        assert audit.verify(session).is_intact


def test_this_release_is_frozen() -> None:
    assert f"v{migrations.MAJOR}" in {path.name.partition(".")[0] for path in FROZEN}


@pytest.fixture
def pending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, bytes]]:
    """A closed clinic that lacks one migration of the program's."""
    from medapp.store import connection
    from medapp.store.migrations import apply

    with make_clinic(tmp_path / "clinic") as session:
        directory, key = session.directory, session.store.key

    def m0002_example(db: freeze.Session) -> None:
        db.execute("CREATE TABLE example(id INTEGER PRIMARY KEY) STRICT")  # type: ignore[attr-defined]
        db.execute("INSERT INTO example VALUES(1)")  # type: ignore[attr-defined]

    for module in (migrations, apply, connection):
        monkeypatch.setattr(module, "VERSION", migrations.MAJOR * 1000 + migrations.COUNT + 1)
    monkeypatch.setattr(apply, "COUNT", migrations.COUNT + 1)
    monkeypatch.setattr(apply, "STEPS", (*apply.STEPS, m0002_example))
    yield directory, key


def test_a_pending_migration_is_applied_after_a_backup(pending: tuple[Path, bytes]) -> None:
    directory, key = pending
    before = migrations.MAJOR * 1000 + migrations.COUNT
    with open_clinic(directory, USER, PASSWORD, clock=clock) as session, session.store.reading() as db:
        assert db.execute("SELECT id FROM example").fetchall() == [(1,)]
        assert db.execute("PRAGMA user_version").fetchone() == (migrations.VERSION,)
    copy = connect(directory / "backups" / f"before-migration-{before}.db", key)
    try:
        assert copy.execute("PRAGMA user_version").fetchone() == (before,)
        assert copy.execute("SELECT count(*) FROM user").fetchone() == (1,)
    finally:
        copy.close()
    open_clinic(directory, USER, PASSWORD, clock=clock).close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    pending: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from medapp.store.migrations import apply

    directory, key = pending

    def m0002_example(db: freeze.Session) -> None:
        db.execute("CREATE TABLE example(id INTEGER PRIMARY KEY) STRICT")  # type: ignore[attr-defined]
        raise DiskFull

    working = apply.STEPS
    monkeypatch.setattr(apply, "STEPS", (*working[:-1], m0002_example))
    with pytest.raises(DiskFull):
        Store(directory, key)
    connection = connect(directory / DATABASE, key)
    try:
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name='example'").fetchall() == []
    finally:
        connection.close()
    monkeypatch.setattr(apply, "STEPS", working)
    Store(directory, key).close()


def test_a_current_store_opens_without_the_migration_library(tmp_path: Path) -> None:
    import subprocess

    with make_clinic(tmp_path / "clinic") as session:
        directory, key = session.directory, session.store.key
    program = (
        "import sys; from pathlib import Path; from medapp.store.connection import Store;"
        "Store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])).close();"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    arguments = [sys.executable, "-c", program, str(directory), key.hex()]
    subprocess.run(arguments, check=True, cwd=Path(__file__).resolve().parents[2])
