"""Back up, verify, rehearse and restore a clinic."""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import medapp
from medapp.security.errors import NotPermitted, WrongPassword
from medapp.security.keys import FILE_NAME as KEYS
from medapp.security.keys import KeyFile
from medapp.security.roles import Permission, permissions
from medapp.services.audit import record
from medapp.services.session import Clock, Session
from medapp.store import backup as files
from medapp.store import settings
from medapp.store.audit import HEAD, audit_log
from medapp.store.backup import BackupReport
from medapp.store.connection import DATABASE, Store
from medapp.store.errors import DamagedStore, NotABackup
from medapp.store.files import database_parts, move_in, translated_os
from medapp.store.lock import StoreLock
from medapp.store.repositories import users

__all__ = [
    "BackupReport", "KeptBackup", "backup", "check", "default_path", "drill", "kept", "last_drill",
    "last_verified", "may_back_up", "may_restore", "restore",
]  # fmt: skip

_LAST = "last_backup"
_LAST_DRILL = "last_drill"
SUFFIX = ".medapp"


class KeptBackup(NamedTuple):
    """A backup in the clinic's own folder."""

    path: Path
    bytes: int
    made: datetime


def may_back_up(session: Session) -> bool:
    """Whether the user may make a backup."""
    return Permission.BACKUP in permissions(session.user.roles)


def may_restore(session: Session) -> bool:
    """Whether the user may put a backup in the clinic's place."""
    return Permission.RESTORE in permissions(session.user.roles)


def default_path(session: Session) -> Path:
    """Where a backup of this moment lies in the clinic's own folder."""
    return session.directory / "backups" / f"clinic-{session.clock():%Y%m%d-%H%M%S}{SUFFIX}"


def kept(session: Session) -> tuple[KeptBackup, ...]:
    """The backups in the clinic's own folder, newest first."""
    found = []
    for path in (session.directory / "backups").glob(f"*{SUFFIX}"):
        state = path.stat()
        found.append(KeptBackup(path, state.st_size, datetime.fromtimestamp(state.st_mtime).astimezone()))
    return tuple(sorted(found, key=lambda one: one.made, reverse=True))


def backup(session: Session, path: Path) -> BackupReport:
    """Write a verified backup to `path`. Needs BACKUP. Raises BackupUnverified, DiskFull, ReadOnlyStore."""
    session.require(Permission.BACKUP)
    session.notes.flush()
    created = session.clock().astimezone(timezone.utc).isoformat(timespec="seconds")
    report = files.make(session.store, path, created=created, app=medapp.__version__)
    with session.store.transaction() as tx:
        settings.put(tx, _LAST, created)
        record(session, tx, "backup", sha256=report.sha256)
    return report


def last_verified(session: Session) -> datetime | None:
    """When the last verified backup was made."""
    with session.store.reading() as db:
        text = settings.get(db, _LAST)
    return None if text is None else datetime.fromisoformat(text)


def check(session: Session, path: Path) -> BackupReport:
    """Open every member of a backup and compare hashes; nothing is decrypted and nothing written.

    Raises NotABackup, NewerStore, DiskFull.
    """
    session.require(Permission.BACKUP)
    with files.unpacked(path, session.directory) as (_folder, manifest):
        return _report(path, manifest)


def drill(session: Session, path: Path) -> BackupReport:
    """Rehearse a restore: unpack aside, open with this clinic's key, check every page and count, throw away.

    The clinic stays as it is. Raises NotABackup, also for a backup of another clinic; NewerStore, DiskFull.
    """
    session.require(Permission.BACKUP)
    with files.unpacked(path, session.directory) as (folder, manifest):
        _check(folder, session.store.key, manifest["counts"])
        report = _report(path, manifest)
    done = session.clock().astimezone(timezone.utc).isoformat(timespec="seconds")
    with session.store.transaction() as tx:
        settings.put(tx, _LAST_DRILL, done)
        record(session, tx, "restore_drill", sha256=report.sha256)
    return report


def last_drill(session: Session) -> datetime | None:
    """When a restore was last rehearsed with success."""
    with session.store.reading() as db:
        text = settings.get(db, _LAST_DRILL)
    return None if text is None else datetime.fromisoformat(text)


def _report(path: Path, manifest: dict[str, Any]) -> BackupReport:
    with translated_os(), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return BackupReport(path, path.stat().st_size, sha256, manifest["created"], manifest["counts"])


def restore(directory: Path, path: Path, user: str | None, password: str, *, clock: Clock) -> BackupReport:
    """Put the clinic of a backup into `directory`; what was there moves to `backups/replaced-...`.

    The backup is opened and counted before anything is moved. `user` and `password` are
    those of the backup; the user must be an administrator in it.
    Raises NotABackup, NewerStore, WrongPassword, AmbiguousUser, NotPermitted, StoreInUse,
    DiskFull, ReadOnlyStore.
    """
    with files.unpacked(path, directory) as (folder, manifest):
        keys = KeyFile.read(folder)
        name = user or keys.only_user()
        key = keys.unlock(name, password)
        _check(folder, key, manifest["counts"])
        lock = StoreLock(directory)
        try:
            _enter(folder, key, name, clock, str(manifest["created"]))
            with translated_os():
                _move_aside(directory, clock(), with_models="models" in manifest)
                if (folder / files.MODELS).is_dir():
                    (folder / files.MODELS).replace(directory / files.MODELS)
                move_in((DATABASE, HEAD, KEYS), folder, directory)
        finally:
            lock.release()
    return _report(path, manifest)


def _check(folder: Path, key: bytes, expected: dict[str, int]) -> None:
    try:
        counts = files.check_database(folder / DATABASE, key)
    except DamagedStore as error:
        raise NotABackup() from error
    if counts != expected:
        raise NotABackup()


def _enter(folder: Path, key: bytes, name: str, clock: Clock, created: str) -> None:
    """Log the restoration in the restored clinic itself, before it is put in place."""
    store = Store(folder, key)
    try:
        with store.transaction() as tx:
            user = users.by_name(tx, name)
            if user is None or not user.is_active:
                raise WrongPassword()
            if Permission.RESTORE not in permissions(user.roles):
                raise NotPermitted()
            at = int(clock().timestamp() * 1_000_000)
            detail = {"created": created}
            audit_log(folder, key).append(tx, at=at, user=user.id, action="restore", detail=detail)
    finally:
        store.close()


def _move_aside(directory: Path, now: datetime, *, with_models: bool) -> None:
    """A backup made before models were kept says nothing of them: those that are here then stay."""
    parts = [*database_parts(directory), directory / KEYS, directory / HEAD]
    parts += [directory / files.MODELS] if with_models else []
    existing = [part for part in parts if part.exists()]
    if existing:
        aside = directory / "backups" / f"replaced-{now.astimezone(timezone.utc):%Y%m%dT%H%M%S}"
        aside.mkdir(parents=True)
        for part in existing:
            part.replace(aside / part.name)
