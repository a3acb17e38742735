"""`medapp init DIR --user NAME`: an empty encrypted clinic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medapp.cli.desk import Desk, clock, with_desk
from medapp.cli.errors import UserNameNeeded
from medapp.i18n import N_, Words
from medapp.services.session import create_clinic


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("init", help=words(N_("Make an empty encrypted clinic.")))(with_desk(init, words))


def init(
    desk: Desk,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=N_("Folder to make the clinic in."))],
) -> None:
    """The first user is administrator and doctor; the recovery code is shown once, here."""
    user = desk.user_name
    if user is None:
        raise UserNameNeeded()
    words = desk.words
    password = desk.password(words("New password:"), is_new=True)
    code = create_clinic(directory, user, password, clock=clock)
    document = {"store": str(directory), "user": user, "recovery_code": code}

    def show() -> None:
        print(words("The clinic is ready in {directory}. User: {user}.", directory=directory, user=user))
        print(words("Recovery code (shown only now; print it and lock it away):"))
        print(f"  {code}")

    desk.answer(document, show)
