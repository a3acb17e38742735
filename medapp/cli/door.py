"""Where the window is found: the entry-point group `medapp.door`, which `ui` registers.

The core runs without a window and says so. MedApp's own distribution is asked
first, because looking through every installed one costs tens of milliseconds
of the start.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

GROUP = "medapp.door"


def find_door(name: str) -> Callable[..., Any] | None:
    """What is registered as `name` ("desktop", "screen"), or None when it is not installed."""
    for entry in _entries():
        if entry.name == name and entry.group == GROUP:
            try:
                found: Callable[..., Any] = entry.load()
            except ModuleNotFoundError as error:
                if error.name is not None and error.name.split(".")[0] in ("ui", "PySide6"):
                    return None
                raise
            return found
    return None


def _entries() -> Sequence[metadata.EntryPoint]:
    try:
        own = [entry for entry in metadata.distribution("medapp").entry_points if entry.group == GROUP]
    except metadata.PackageNotFoundError:
        own = []
    return own or list(metadata.entry_points(group=GROUP))


def open_window(arguments: Sequence[str]) -> int:
    """Start the desktop program, or say politely that it is not installed."""
    door = find_door("desktop")
    if door is not None:
        return int(door(list(arguments)))
    from medapp.cli.errors import NoWindow
    from medapp.cli.language import language_of
    from medapp.cli.output import write_failure
    from medapp.i18n import Words

    write_failure(NoWindow(), Words(language_of(arguments)), "--json" in sys.argv)
    return 1
