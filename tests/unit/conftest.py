"""Clinics that unit tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medapp.services.session import Session
from tests.clinics import make_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    """A session of a new, empty clinic."""
    with make_clinic(tmp_path / "clinic") as session:
        yield session
