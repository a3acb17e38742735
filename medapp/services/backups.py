"""Back up, verify and restore a clinic."""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from pathlib import Path

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

__all__ = ["BackupReport", "backup", "last_verified", "restore"]

_LAST = "last_backup"


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
                _move_aside(directory, clock())
                move_in((DATABASE, HEAD, KEYS), folder, directory)
        finally:
            lock.release()
    with translated_os(), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return BackupReport(path, path.stat().st_size, sha256, manifest["created"], manifest["counts"])


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


def _move_aside(directory: Path, now: datetime) -> None:
    parts = [*database_parts(directory), directory / KEYS, directory / HEAD]
    existing = [part for part in parts if part.exists()]
    if existing:
        aside = directory / "backups" / f"replaced-{now.astimezone(timezone.utc):%Y%m%dT%H%M%S}"
        aside.mkdir(parents=True)
        for part in existing:
            part.replace(aside / part.name)
