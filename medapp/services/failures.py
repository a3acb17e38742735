"""What failed goes into the clinic's technical log, the same from both doors and without patient data."""

from __future__ import annotations

from pathlib import Path

from medapp import config
from medapp.domain.assessment import Assessment, ReasonCode
from medapp.errors import KnownError
from medapp.log import Log
from medapp.services.session import Clock

_KEYS = "keys.json"


def log_of(directory: Path, clock: Clock) -> Log:
    """The log of the clinic in `directory`; where there is none, the one beside the user's settings."""
    is_clinic = (directory / _KEYS).is_file()
    return Log((directory if is_clinic else config.settings_path().parent) / "logs", clock)


def note_failure(log: Log, error: BaseException, act: str) -> None:
    """One line for a known error (its code), a crash report for any other.

    `act` is a plain word: the command or the page's act. Raises OSError when the disk refuses.
    """
    if isinstance(error, KnownError):
        log.write("failed", code=error.code, command=act)
    else:
        log.crash(error)


def note_damaged(log: Log, answer: Assessment) -> None:
    """One line when an assessor was refused because its files are not the released ones. Raises OSError."""
    if answer.reason is not None and answer.reason.code is ReasonCode.INTEGRITY:
        log.write("refused", code=str(answer.reason.code), assessor=answer.assessor.id)
