"""`medapp profile`: which settings' models are offered on a patient's page."""

from __future__ import annotations

from typing import Annotated

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.cli.output import write_table
from medapp.i18n import N_, Words
from medapp.services import profile as service
from medapp.services.session import Session


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("profile", help=words(N_("Show or set which settings' models are offered.")))(
        with_desk(profile, words)
    )


def profile(
    desk: Desk,
    settings: Annotated[
        str | None,
        typer.Option(
            "--settings",
            metavar="LIST",
            help=N_("Enable exactly these, with commas: clinic, hospital, teaching, research, or none."),
        ),
    ] = None,
) -> None:
    """Reading needs no right; setting needs an administrator."""
    with desk.session() as session:
        if settings is not None:
            names = [name.strip() for name in settings.split(",")]
            service.enable(session, [name for name in names if name not in ("", "none")])
        chosen, offered = service.enabled(session), service.offered(session)
        models = _models(session)
    document = {
        "settings": [
            {
                "id": name,
                "enabled": name in chosen,
                "models": [model for model, setting in models if setting == name],
            }
            for name in service.TITLES
        ],
        "offered": list(offered),
    }
    words = desk.words

    def show() -> None:
        rows = [
            (
                words(title),
                words("offered") if name in chosen else words("only by name"),
                ", ".join(model for model, setting in models if setting == name),
            )
            for name, title in service.TITLES.items()
        ]
        write_table((words("Setting"), words("Models"), ""), rows)

    desk.answer(document, show)


def _models(session: Session) -> list[tuple[str, str]]:
    """Each usable model and its setting."""
    entries = (session.registry.entry(name) for name in session.registry.ids())
    return [(entry.id, entry.card.setting) for entry in entries if entry.card is not None]
