"""Failures of the command line go into the technical log, without patient data."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from medapp import paths
from medapp.domain.assessment import Assessment
from medapp.i18n import Words
from medapp.services import failures


def note_failure(arguments: Sequence[str], command: str, error: Exception, words: Words) -> None:
    """A line for what went wrong; a log that cannot be written is said, and never hides the failure."""
    with _said(words):
        failures.note_failure(failures.log_of(_asked_store(arguments), _now), error, command)


def note_damaged(store: Path, answers: Iterable[Assessment], words: Words) -> None:
    """A line for each assessor whose files were changed."""
    with _said(words):
        log = failures.log_of(store, _now)
        for answer in answers:
            failures.note_damaged(log, answer)


@contextmanager
def _said(words: Words) -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        print(words("The log cannot be written ({why}).", why=type(refused).__name__), file=sys.stderr)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _asked_store(arguments: Sequence[str]) -> Path:
    for index, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--store":
            return Path(value if equals else "".join(arguments[index + 1 : index + 2]))
    named = os.environ.get("MEDAPP_STORE")
    return Path(named) if named else paths.default_store()
