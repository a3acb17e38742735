"""`medapp import PATH...`: files into the clinic, each as a whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.cli.output import write_table
from medapp.i18n import N_, Words
from medapp.services import imports as service

STATES = {"read": N_("read"), "partial": N_("read in part"), "refused": N_("refused")}
SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "information": N_("note")}


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("import", help=words(N_("Import files (FHIR R4 bundles).")))(with_desk(import_, words))


def import_(
    desk: Desk,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=N_("Files or folders."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say what would happen; write nothing."))
    ] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help=N_("The format, when it is not to be guessed.")),
    ] = None,
) -> int:
    """Exit status 1 when a file was refused; the other files are imported all the same."""
    with desk.session() as session:
        report = service.import_paths(session, paths, dry_run=dry_run, format=format_)
    document: dict[str, Any] = report.as_document()
    desk.answer(document, lambda: show(document, desk.words))
    return 1 if document["totals"]["refused"] else 0


def show(document: dict[str, Any], words: Words) -> None:
    """One line per file, its issues below, the totals last."""
    rows = [_row(file, words) for file in document["files"]]
    header = (
        words("File"),
        words("State"),
        words("Added"),
        words("Updated"),
        words("Unchanged"),
        words("Issues"),
    )
    if rows:
        write_table(header, rows)
    for file in document["files"]:
        _show_issues(file, words)
    totals = document["totals"]
    if document["dry_run"]:
        print(words("Dry run: nothing was written."))
    print(
        words(
            "{read} of {files} files read, {added} added, {updated} updated, {unchanged} unchanged.",
            read=totals["read"],
            files=totals["files"],
            added=totals["added"],
            updated=totals["updated"],
            unchanged=totals["unchanged"],
        )
    )


def _row(file: dict[str, Any], words: Words) -> tuple[str, ...]:
    numbers = (str(file[name]) for name in ("added", "updated", "unchanged"))
    return (Path(file["path"]).name, words(STATES[file["state"]]), *numbers, str(len(file["issues"])))


def _show_issues(file: dict[str, Any], words: Words) -> None:
    """The same complaint once, with how often and where first."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for issue in file["issues"]:
        if issue["severity"] != "information":
            text: str = issue["text"][words.language]
            kinds.setdefault((issue["severity"], text), []).append(issue["where"])
    for (severity, text), places in kinds.items():
        name = " · ".join(part for part in (Path(file["path"]).name, places[0]) if part)
        print(f"  {words(SEVERITIES[severity])} · {name} (×{len(places)}): {text}")
