"""The technical log: what happened, never to whom.

A line is an event name and a few fields whose names are on `ALLOWED`; any other
field, and any text that is not a short plain word, is dropped by the processor,
so that a careless call cannot write a patient into a file that is mailed to
support. The audit log (medapp.services.audit) is something else: it names
patients, and it is encrypted.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, MutableMapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

ALLOWED: Final = frozenset(
    {
        "event", "at", "level", "version", "code", "kind", "format", "state", "where", "command", "assessor",
        "count", "total", "added", "updated", "refused", "issues", "ms", "bytes", "exit", "error", "frames",
    }
)
"""Names of fields that may be written."""

LIMIT: Final = 2_000_000
"""Bytes after which a log file is put aside; one older file is kept."""

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.:<>-]{0,79}")
_FRAME: Final = re.compile(r"[\w.<>]+:\d+:[\w.<>]+")

EventDict = MutableMapping[str, Any]


def only_allowed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Keep allowed fields with harmless values: a structlog processor."""
    return {name: value for name, value in event.items() if name in ALLOWED and _is_harmless(name, value)}


def _is_harmless(name: str, value: object) -> bool:
    if value is None or isinstance(value, (bool, int, float)):
        return True
    if name == "at":
        return isinstance(value, str)
    if name == "frames":
        return isinstance(value, list) and all(_FRAME.fullmatch(str(frame)) for frame in value)
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


class Log:
    """A JSON Lines file `medapp.log` in a folder; structlog is imported with the first line."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock

    @property
    def path(self) -> Path:
        return self._folder / "medapp.log"

    def write(self, event: str, **fields: object) -> None:
        """Append one line. `event` is a plain word; raises OSError when the disk refuses."""
        import structlog  # 70 ms; most runs log nothing

        self._folder.mkdir(parents=True, exist_ok=True)
        self._put_aside()
        with self.path.open("a", encoding="utf-8") as file:
            structlog.wrap_logger(
                structlog.WriteLogger(file),
                processors=[only_allowed, structlog.processors.JSONRenderer(sort_keys=True)],
                wrapper_class=structlog.BoundLogger,
            ).info(event, at=self._clock().isoformat(timespec="seconds"), **fields)

    def crash(self, error: BaseException) -> None:
        """A crash report: class of the error and where it passed, without its message."""
        self.write("crash", level="error", error=type(error).__name__, frames=frames(error))

    def _put_aside(self) -> None:
        if self.path.exists() and self.path.stat().st_size > LIMIT:
            self.path.replace(self._folder / "medapp.1.log")


def frames(error: BaseException) -> list[str]:
    """`module file:line:function` of each frame, innermost last; no values."""
    return [
        f"{Path(frame.filename).stem}:{frame.lineno}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
