"""`medapp selftest`: does this installation work?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from medapp.cli.desk import Desk, clock, models_dir, with_desk
from medapp.cli.door import find_door
from medapp.cli.output import write_table
from medapp.errors import KnownError
from medapp.i18n import N_, Words
from medapp.services import selftest as service

if TYPE_CHECKING:
    from medapp.services.session import Session

STATES = {"ok": N_("works"), "failed": N_("failed"), "skipped": N_("not installed")}


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("selftest", help=words(N_("Try the store, the models and the window on invented patients.")))(
        with_desk(selftest, words)
    )


def selftest(desk: Desk) -> int:
    """Exit status 1 when a step failed; no clinic is touched."""
    door = find_door("screen")

    def draw(session: Session, path: Path) -> None:
        assert door is not None
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        door(session, path)

    steps = service.run(clock, draw if door is not None else None, models_dir())
    is_fine = all(step.state != "failed" for step in steps)
    document = {"works": is_fine, "steps": [step.as_document() for step in steps]}
    desk.answer(document, lambda: show(steps, desk.words))
    return 0 if is_fine else 1


def show(steps: list[service.Step], words: Words) -> None:
    """One line per step, with the reason of a failure."""
    header = (words("Step"), words("State"), "ms", "")
    write_table(
        header,
        [(step.name, words(STATES[step.state]), f"{step.ms:.0f}", _why(step, words)) for step in steps],
    )


def _why(step: service.Step, words: Words) -> str:
    if isinstance(step.why, KnownError):
        return words(step.why.message, **step.why.fields)
    return step.why or ""
