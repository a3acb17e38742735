"""`medapp restore FILE`: the clinic of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medapp.cli.backup import as_document
from medapp.cli.desk import Desk, clock, with_desk
from medapp.i18n import N_, Words
from medapp.services import backups as service


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command(
        "restore", help=words(N_("Put the clinic of a backup in place; what was there is kept aside."))
    )(with_desk(restore, words))


def restore(
    desk: Desk, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup file."))]
) -> None:
    """User and password are those of the backup, and the user must be an administrator in it."""
    words = desk.words
    password = desk.password(words("Password:"))
    report = service.restore(desk.directory, file, desk.user_name, password, clock=clock)
    document = {"store": str(desk.directory), **as_document(report)}
    desk.answer(
        document,
        lambda: print(
            words(
                "The clinic of {created} is in {directory}.", created=report.created, directory=desk.directory
            )
        ),
    )
