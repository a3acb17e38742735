"""Does this installation work? Store, search, audit, every model's golden cases, one page drawn.

Everything happens in a temporary folder with invented patients; no clinic is touched.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import audit, backups, demo, search
from medapp.services.session import Session

PATIENTS: Final = 20

Draw = Callable[[Session, Path], None]
"""Paints one page of a clinic to a PNG file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing tried. `state` is ok, failed or skipped; `detail` says why it failed (never a patient's data)."""

    name: str
    title: str  # message id
    state: str
    ms: float
    detail: str | None = None

    def as_document(self) -> dict[str, Any]:
        return {"name": self.name, "state": self.state, "ms": self.ms, "detail": self.detail}


class StepFailed(KnownError):
    """A step whose answer was wrong."""

    code = "selftest_failed"
    message = N_("The answer was not the expected one ({what}).")
    advice = N_("Install the program again; if it stays, report this line.")
