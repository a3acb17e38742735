"""`medapp demo DIR`: a clinic of invented patients."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from medapp.cli.desk import Desk, clock, with_desk
from medapp.i18n import N_, Words
from medapp.services import demo as service


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("demo", help=words(N_("Make a demo clinic of invented patients; user and password: demo.")))(
        with_desk(demo, words)
    )


def demo(
    desk: Desk,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=N_("Folder to make the clinic in."))],
    patients: Annotated[
        int, typer.Option("--patients", min=1, max=10_000_000, help=N_("How many patients to invent."))
    ] = service.PATIENTS,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help=N_("The same seed gives the same patients."))
    ] = service.SEED,
) -> None:
    """Write how many were made; says how far it is where somebody is watching."""
    words = desk.words

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(words("{done} of {total} patients", done=done, total=total), end="\r", file=sys.stderr)

    made = service.create_demo(directory, clock=clock, patients=patients, seed=seed, progress=progress)
    document = {
        "store": str(directory),
        "user": service.USER,
        "seed": seed,
        "patients": made.patients,
        "observations": made.observations,
    }

    def show() -> None:
        print(words("The demo clinic is ready in {directory}.", directory=directory))
        print(
            words(
                "{patients} invented patients, {observations} observations. User and password: demo.",
                patients=made.patients,
                observations=made.observations,
            )
        )

    desk.answer(document, show)
