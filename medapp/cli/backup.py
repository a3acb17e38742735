"""`medapp backup FILE`: a verified copy of the clinic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.i18n import N_, Words
from medapp.services import backups as service
from medapp.services.backups import BackupReport


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("backup", help=words(N_("Copy the clinic, encrypted as it is, and verify the copy.")))(
        with_desk(backup, words)
    )


def backup(
    desk: Desk, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file to write."))]
) -> None:
    """The copy is opened and counted before it is called a backup."""
    with desk.session() as session:
        report = service.backup(session, file)
    words = desk.words
    desk.answer(
        as_document(report),
        lambda: print(
            words("The backup is verified: {path}, {size} bytes.", path=report.path, size=report.bytes)
        ),
    )


def as_document(report: BackupReport) -> dict[str, Any]:
    """The document of `backup` and `restore`."""
    return {
        "path": str(report.path),
        "size": report.bytes,
        "sha256": report.sha256,
        "created": report.created,
        "counts": dict(report.counts),
    }
