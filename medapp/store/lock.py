"""One process at a time: an operating system's lock on the file `lock`.

The lock ends with the process, however it ends, so there is no stale lock to remove.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from medapp.store.errors import ReadOnlyStore, StoreInUse

FILE_NAME: Final = "lock"


class StoreLock:
    """Held from construction to `release`. Raises StoreInUse, ReadOnlyStore."""

    def __init__(self, directory: Path) -> None:
        self._handle: int | None = None
        try:
            handle = os.open(directory / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ReadOnlyStore() from error
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            raise StoreInUse() from error
        self._handle = handle

    def release(self) -> None:
        """Give the lock back; may be called twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":

    def _take(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _take(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
