"""The store's files on the machine's disk: errors in our words, replacement in one step."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from medapp.store.connection import DATABASE
from medapp.store.errors import DiskFull, ReadOnlyStore, StoreFailed

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def translated_os() -> Iterator[None]:
    """Turn errors of the operating system into ours, without the path."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull() from error
        if error.errno in _CLOSED:
            raise ReadOnlyStore() from error
        raise StoreFailed(reason=errno.errorcode.get(error.errno or 0, "OSError")) from error


def sync(path: Path) -> None:
    """Have a file's bytes on the disk before its name is trusted."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move_in(names: tuple[str, ...], source: Path, target: Path) -> None:
    """Move files that belong together, in order: the last one makes them a clinic."""
    for name in names:
        sync(source / name)
        (source / name).replace(target / name)


def database_parts(directory: Path) -> list[Path]:
    """The database's file and what SQLite keeps beside it, as far as they exist."""
    parts = [directory / f"{DATABASE}{end}" for end in ("", "-wal", "-shm")]
    return [part for part in parts if part.exists()]
