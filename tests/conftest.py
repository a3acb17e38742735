"""What every test may ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("MEDAPP_WITHOUT_QT"):  # `make test-core`: as on a machine where Qt is not installed
    for absent in ("PySide6", "shiboken6"):
        sys.modules[absent] = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent


def _shared_root() -> Path:
    data = os.environ.get("MEDAPP_DATA")
    return Path(data).resolve().parent if data else ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared_file() -> Callable[[str], Path]:
    """Path of a file below `shared/`; the test is skipped, with the reason, where it is absent."""

    def find(relative: str) -> Path:
        path = _shared_root() / relative
        if not path.exists():
            pytest.skip(f"shared/{relative} is not on this machine (set MEDAPP_DATA to shared/data)")
        return path

    return find
