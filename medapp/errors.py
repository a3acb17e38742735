"""The two kinds of error: what a doctor can act on, and what we got wrong.

A `KnownError` is a sentence and an advice. Both are English message ids with
named fields; the doors (command line, window) translate them with
`medapp.i18n.Words`. No field ever holds a patient's data: classes, field paths
and counts only.
"""

from __future__ import annotations

from typing import ClassVar


class MedAppError(Exception):
    """Root of every error this program raises on purpose."""


class KnownError(MedAppError):
    """Something a user can understand and act on.

    Subclasses state `code` (stable, for scripts), `message` and `advice`
    (message ids, marked with `N_`); the fields fill both.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str] = "Something went wrong."
    advice: ClassVar[str] = ""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.message.format(**fields))


class BugError(MedAppError):
    """A broken promise of our own code; becomes a de-identified crash report."""
