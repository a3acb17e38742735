"""A backup counts only after it was opened; restoring it loses nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from medapp.security.errors import NotPermitted, WrongPassword
from medapp.services import accounts, audit, backups, records, search
from medapp.services.session import Session, open_clinic
from medapp.store.connection import DATABASE
from medapp.store.errors import DamagedStore, NewerStore, NotABackup, StoreInUse
from tests.clinics import CHEAP, PASSWORD, USER, clock, make_clinic, person


@pytest.fixture
def made(clinic: Session, tmp_path: Path) -> Path:
    """A backup of a clinic with one patient; the clinic is then closed."""
    records.add_patient(clinic, person("Kept"))
    report = backups.backup(clinic, tmp_path / "usb" / "clinic.medapp")
    assert report.counts["patient"] == 1 and report.bytes == report.path.stat().st_size
    assert backups.last_verified(clinic) == clock()
    records.add_patient(clinic, person("Later"))
    clinic.close()
    return report.path


def _names(folder: Path) -> list[str]:
    with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
        assert audit.verify(session).is_intact and session.audit_problem is None
        assert "restore" in {entry.action for entry in audit.entries(session)}
        return [line.name for line in search.page(session)]


def test_a_backup_restores_into_an_empty_folder(made: Path, tmp_path: Path) -> None:
    backups.restore(tmp_path / "new", made, USER, PASSWORD, clock=clock)
    assert _names(tmp_path / "new") == ["KEPT"]


def test_restoring_over_a_clinic_keeps_what_was_there(clinic: Session, made: Path) -> None:
    backups.restore(clinic.directory, made, None, PASSWORD, clock=clock)
    assert _names(clinic.directory) == ["KEPT"]
    (aside,) = (clinic.directory / "backups").iterdir()
    assert {"clinic.db", "keys.json", "audit.head"} <= {path.name for path in aside.iterdir()}
    with open_clinic(aside, USER, PASSWORD, clock=clock) as session:
        assert search.count(session, "") == 2


def test_an_open_clinic_is_not_replaced(made: Path, tmp_path: Path) -> None:
    with make_clinic(tmp_path / "busy") as session:
        with pytest.raises(StoreInUse):
            backups.restore(tmp_path / "busy", made, USER, PASSWORD, clock=clock)
        assert search.count(session, "") == 0


def test_only_an_administrator_with_the_password_restores(clinic: Session, tmp_path: Path) -> None:
    accounts.add_user(clinic, "ben", "bens long password", cost=CHEAP)
    path = backups.backup(clinic, tmp_path / "b.medapp").path
    target = tmp_path / "new"
    with pytest.raises(NotPermitted):
        backups.restore(target, path, "ben", "bens long password", clock=clock)
    with pytest.raises(WrongPassword):
        backups.restore(target, path, USER, "wrong password", clock=clock)
    assert [child for child in target.iterdir() if child.name != "lock"] == []


def test_what_is_no_whole_backup_is_refused(made: Path, tmp_path: Path) -> None:
    content = made.read_bytes()
    wrong = tmp_path / "wrong.medapp"
    middle = len(content) // 2
    for spoiled in (
        b"",
        b"rubbish",
        content[:-100],
        content[:middle] + b"\x00" * 64 + content[middle + 64 :],
    ):
        wrong.write_bytes(spoiled)
        with pytest.raises((NotABackup, DamagedStore)):
            backups.restore(tmp_path / "new", wrong, USER, PASSWORD, clock=clock)
    with pytest.raises(NotABackup):
        backups.restore(tmp_path / "new", tmp_path / "absent", USER, PASSWORD, clock=clock)
    assert not (tmp_path / "new" / DATABASE).exists()


def test_a_newer_backup_is_refused_politely(made: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.medapp"
    with zipfile.ZipFile(newer, "w") as archive:
        archive.writestr("manifest.json", '{"schema": 99, "store": 1}')
    with pytest.raises(NewerStore):
        backups.restore(tmp_path / "new", newer, USER, PASSWORD, clock=clock)


def test_a_backup_replaces_an_older_one_only_when_verified(made: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in made.parent.iterdir()) == ["clinic.medapp"]
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {"clinic.db", "keys.json", "audit.head", "manifest.json"}
        assert b"Kept" not in archive.read("clinic.db")


def test_a_restore_is_rehearsed_without_touching_the_clinic(clinic: Session, tmp_path: Path) -> None:
    records.add_patient(clinic, person("Kept"))
    path = backups.backup(clinic, backups.default_path(clinic)).path
    records.add_patient(clinic, person("Later"))
    assert [one.path for one in backups.kept(clinic)] == [path]
    assert backups.last_drill(clinic) is None
    report = backups.drill(clinic, path)
    assert report.counts["patient"] == 1
    assert search.count(clinic, "") == 2
    assert backups.last_drill(clinic) == clock()
    assert not list(clinic.directory.glob(".restore-*"))


def test_a_backup_with_one_byte_changed_is_told_by_a_check(clinic: Session) -> None:
    path = backups.backup(clinic, backups.default_path(clinic)).path
    assert backups.check(clinic, path).counts["user"] == 1
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(NotABackup):
        backups.check(clinic, path)


def test_the_backup_of_another_clinic_fails_the_rehearsal(clinic: Session, tmp_path: Path) -> None:
    with make_clinic(tmp_path / "other") as other:
        path = backups.backup(other, tmp_path / "other.medapp").path
    with pytest.raises(NotABackup):
        backups.drill(clinic, path)
