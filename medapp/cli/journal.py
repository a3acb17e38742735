"""Failures of the command line go into the technical log, without patient data."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from medapp import config, paths
from medapp.errors import KnownError
from medapp.i18n import Words
from medapp.log import Log


def note_failure(arguments: Sequence[str], command: str, error: Exception, words: Words) -> None:
    """One line for a known error (its code), a crash report for any other.

    A log that cannot be written is said, and never hides the failure itself.
    """
    log = Log(log_folder(arguments), lambda: datetime.now(timezone.utc))
    try:
        if isinstance(error, KnownError):
            log.write("failed", code=error.code, command=command)
        else:
            log.crash(error)
    except OSError as refused:
        print(words("The log cannot be written ({why}).", why=type(refused).__name__), file=sys.stderr)


def log_folder(arguments: Sequence[str]) -> Path:
    """`logs` in the clinic that the call is about, when there is one, else beside the user's settings."""
    store = _asked_store(arguments)
    if (store / "keys.json").is_file():
        return store / "logs"
    return config.settings_path().parent / "logs"


def _asked_store(arguments: Sequence[str]) -> Path:
    for index, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--store":
            return Path(value if equals else "".join(arguments[index + 1 : index + 2]))
    named = os.environ.get("MEDAPP_STORE")
    return Path(named) if named else paths.default_store()
