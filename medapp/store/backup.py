"""Backups: one file that a lost machine can be rebuilt from, opened again before it counts.

A backup is a ZIP, stored (encrypted pages do not shrink), with the database copied by
`VACUUM INTO` (a chunked `backup()` under a live writer never ends), the key file, the head of the
audit log, the models made here and a manifest of counts and hashes. It is as secret as the clinic itself:
without a password it opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from medapp.security.keys import FILE_NAME as KEYS
from medapp.store.audit import HEAD, audit_log
from medapp.store.connection import DATABASE, Store, connect, translated, version_of
from medapp.store.errors import BackupUnverified, DamagedStore, NewerStore, NotABackup
from medapp.store.files import sync, translated_os
from medapp.store.migrations import MAJOR

SCHEMA: Final = 1
MANIFEST: Final = "manifest.json"
MODELS: Final = "models"
"""The folder of the models made in a clinic; the database has their approvals, by the files' hash."""

_MEMBERS: Final = (DATABASE, KEYS, HEAD, MANIFEST)
_COUNTED: Final = (
    "patient",
    "observation",
    "condition",
    "medication",
    "allergy",
    "encounter",
    "procedure",
    "assessment",
    "decision",
    "audit",
    "user",
)


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A verified backup: where, how large, its hash and what it holds."""

    path: Path
    bytes: int
    sha256: str
    created: str
    counts: dict[str, int]


def make(store: Store, target: Path, *, created: str, app: str) -> BackupReport:
    """Copy, open the copy, compare counts, and only then put it in place.

    Raises BackupUnverified, DiskFull, ReadOnlyStore; then `target` is as it was.
    """
    with translated_os():
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".medapp-backup-", dir=target.parent))
    try:
        with translated_os():
            counts = _copy(store, folder)
            manifest = {"schema": SCHEMA, "store": MAJOR, "app": app, "created": created, "counts": counts}
            manifest["sha256"] = _hash_of(folder / DATABASE)
            models = _copy_models(store.directory, folder)
            manifest["models"] = models
            (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            shutil.copyfile(store.directory / KEYS, folder / KEYS)
            packed = _pack(folder, models)
            _check_members(packed, manifest)
            packed.replace(target)
            return BackupReport(target, target.stat().st_size, _hash_of(target), created, counts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(store: Store, folder: Path) -> dict[str, int]:
    """Copy the database while nobody writes; its counts, equal on both sides."""
    with store.writing_paused(), translated():
        live = connect(store.directory / DATABASE, store.key)
        try:
            live.execute("VACUUM INTO ?", (str(folder / DATABASE),))
            expected = counts_of(live)
        finally:
            live.close()
    try:
        counts = check_database(folder / DATABASE, store.key)
    except DamagedStore as error:
        raise BackupUnverified() from error
    if counts != expected:
        raise BackupUnverified()
    _write_head(folder, store.key)
    return counts


def _copy_models(directory: Path, folder: Path) -> dict[str, str]:
    """Copy the models made here; the hash of each file by its path inside the clinic."""
    if not (directory / MODELS).is_dir():
        return {}
    shutil.copytree(directory / MODELS, folder / MODELS)
    found = sorted(path for path in (folder / MODELS).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _hash_of(path) for path in found}


def check_database(path: Path, key: bytes) -> dict[str, int]:
    """Open a database, check every page's authentication code, count its rows.

    Raises DamagedStore, NewerStore.
    """
    with translated():
        copy = connect(path, key)
        try:
            version_of(copy)
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise DamagedStore()
            return counts_of(copy)
        finally:
            copy.close()


def counts_of(connection: Any) -> dict[str, int]:
    """Rows of every table that matters."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}


def _write_head(folder: Path, key: bytes) -> None:
    copy = connect(folder / DATABASE, key)
    try:
        count, seal = copy.execute("SELECT n, seal FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    finally:
        copy.close()
    audit_log(folder, key).write_head(count, seal)


def _pack(folder: Path, models: Iterable[str]) -> Path:
    packed = folder / "backup.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name in (*_MEMBERS, *models):
            archive.write(folder / name, name)
    sync(packed)
    return packed


def _check_members(packed: Path, manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(packed) as archive:
        if archive.testzip() is not None:
            raise BackupUnverified()
        expected = {DATABASE: manifest["sha256"], **manifest["models"]}
        for name, sha256 in expected.items():
            with archive.open(name) as file:
                digest = hashlib.sha256()
                while block := file.read(1 << 20):
                    digest.update(block)
            if digest.hexdigest() != sha256:
                raise BackupUnverified()


@contextmanager
def unpacked(backup: Path, directory: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The backup's files in a folder inside `directory`, and its manifest; removed at the end.

    Raises NotABackup, NewerStore.
    """
    with translated_os():
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix=".restore-", dir=directory))
    try:
        with translated_os():
            manifest = _unpack(backup, folder)
        yield folder, manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(backup: Path, folder: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest["schema"] > SCHEMA or manifest["store"] > MAJOR:
                raise NewerStore()
            models = _models_in(manifest)
            for name in (*_MEMBERS, *models):
                archive.extract(name, folder)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, FileNotFoundError, EOFError) as error:
        raise NotABackup() from error
    expected = {DATABASE: manifest.get("sha256"), **models}
    if any(_hash_of(folder / name) != sha256 for name, sha256 in expected.items()):
        raise NotABackup()
    return manifest


def _models_in(manifest: dict[str, Any]) -> dict[str, str]:
    """The files of models that a manifest names; none in a backup made before they were kept.

    Raises ValueError for a path that leads elsewhere.
    """
    models: dict[str, str] = manifest.get("models", {})
    for name in models:
        parts = PurePosixPath(name).parts
        if len(parts) < 2 or parts[0] != MODELS or ".." in parts or "\\" in name:
            raise ValueError(name)
    return models


def copy_before_migration(connection: Any, directory: Path, key: bytes, version: int) -> Path:
    """A copy of the database as it was at `version`, checked, in `backups/`."""
    with translated_os():
        folder = directory / "backups"
        folder.mkdir(exist_ok=True)
        target = folder / f"before-migration-{version}.db"
        beside = folder / f"before-migration-{version}.db.part"
        beside.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(beside),))
        copy = connect(beside, key)
        try:
            if version_of(copy) != version:
                raise BackupUnverified()
        finally:
            copy.close()
        beside.replace(target)
    return target


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
