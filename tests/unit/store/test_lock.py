"""One process at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from medapp.store.errors import ReadOnlyStore, StoreInUse
from medapp.store.lock import StoreLock


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    first = StoreLock(tmp_path)
    with pytest.raises(StoreInUse):
        StoreLock(tmp_path)
    first.release()
    first.release()
    StoreLock(tmp_path).release()


def test_a_folder_that_cannot_be_written_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyStore):
        StoreLock(tmp_path / "absent")
