"""Where the window is found: the entry-point group `medapp.door`, which `ui` registers.

The core runs without a window and says so. The entry points of MedApp's own
distribution are read from their file: `importlib.metadata`, which looks through
every installed one, costs a fifth of a bare window's start.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

GROUP = "medapp.door"


def find_door(name: str) -> Callable[..., Any] | None:
    """What is registered as `name` ("desktop", "screen"), or None when it is not installed."""
    target = _own_entries().get(name) or _any_entries().get(name)
    if target is None:
        return None
    module, _colon, attribute = target.partition(":")
    try:
        found: Callable[..., Any] = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.split(".")[0] in ("ui", "PySide6"):
            return None
        raise
    return found


def _own_entries() -> dict[str, str]:
    """Name -> module:attribute, from `medapp-*.dist-info/entry_points.txt` beside the installed packages."""
    for place in sys.path:
        for path in Path(place or ".").glob("medapp-*.dist-info/entry_points.txt"):
            _before, _header, rest = path.read_text("utf-8").partition(f"[{GROUP}]")
            lines = rest.partition("[")[0].splitlines()
            pairs = (line.partition("=") for line in lines if "=" in line)
            return {name.strip(): target.strip() for name, _equals, target in pairs}
    return {}


def _any_entries() -> dict[str, str]:
    """The same from whatever is installed, a frozen program's metadata included."""
    from importlib import metadata

    return {entry.name: entry.value for entry in metadata.entry_points(group=GROUP)}


def hurry() -> None:
    """Collect no garbage until the window, once painted, turns that on: a start makes none to speak of."""
    gc.disable()


def open_window(arguments: Sequence[str]) -> int:
    """Start the desktop program, or say politely that it is not installed."""
    hurry()
    door = find_door("desktop")
    if door is not None:
        return int(door(list(arguments)))
    from medapp.cli.errors import NoWindow
    from medapp.cli.language import language_of
    from medapp.cli.output import write_failure
    from medapp.i18n import Words

    write_failure(NoWindow(), Words(language_of(arguments)), "--json" in sys.argv)
    return 1
