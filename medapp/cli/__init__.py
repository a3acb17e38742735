"""The command line, and the way to the window.

The bare `medapp` (with or without `--demo`, `--store`, `--user`, `--lang`) opens the window and imports
no typer for it: that import alone costs a third of a bare window's start.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_WINDOW_FLAGS = ("--demo",)
_WINDOW_OPTIONS = ("--store", "--user", "--lang")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `medapp`; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if opens_window(given):
        from medapp.cli.door import open_window

        return open_window(given)
    from medapp.cli.app import run  # typer comes in here, only when there is a command

    return run(given)


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether nothing but options of the window was given."""
    words = iter(arguments)
    for word in words:
        name, equals, _value = word.partition("=")
        if name in _WINDOW_OPTIONS:
            if not equals:
                next(words, None)
        elif word not in _WINDOW_FLAGS:
            return False
    return True
