"""`medapp search TEXT`: patients by name, birth date, record number or telephone."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.cli.output import write_table
from medapp.domain.administrative import Sex
from medapp.i18n import N_, Words
from medapp.services import search as service
from medapp.services.search import PatientLine, SearchResult

SEX_WORDS = {
    Sex.FEMALE: N_("female"),
    Sex.MALE: N_("male"),
    Sex.OTHER: N_("other"),
    Sex.UNKNOWN: N_("unknown"),
}


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("search", help=words(N_("Find patients.")))(with_desk(search, words))


def search(
    desk: Desk,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help=N_("Name, pinyin, initials, birth date, record number, telephone.")
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help=N_("At most so many patients."))
    ] = 50,
) -> None:
    """Write what was found, in name order."""
    with desk.session() as session:
        found = service.search(session, text, limit=limit)
    desk.answer(as_document(found), lambda: show(found, desk.words))


def as_document(found: SearchResult) -> dict[str, Any]:
    """The document of `search`."""
    return {
        "query": found.query,
        "count": found.count,
        "capped": found.capped,
        "ms": found.ms,
        "patients": [_line(patient) for patient in found.patients],
    }


def _line(patient: PatientLine) -> dict[str, Any]:
    return {
        "id": patient.id,
        "mrn": patient.mrn,
        "name": patient.name,
        "name_local": patient.name_local,
        "birth_date": patient.birth_date,
        "sex": str(patient.sex),
        "deceased": patient.deceased,
        "demo": patient.demo,
    }


def show(found: SearchResult, words: Words) -> None:
    """A table for a reader, and how many there are."""
    rows = [
        (
            patient.mrn,
            " ".join(filter(None, (patient.name, patient.name_local))),
            patient.birth_date or words("unknown"),
            words(SEX_WORDS[Sex(patient.sex)]),
            f"#{patient.id}",
            words("deceased") if patient.deceased else "",
        )
        for patient in found.patients
    ]
    if rows:
        header = (words("Record number"), words("Name"), words("Born"), words("Sex"), words("Id"), "")
        write_table(header, rows)
    count = f"{len(rows)}+" if found.capped else str(len(rows))
    print(words("{count} found in {ms} ms", count=count, ms=f"{found.ms:.1f}"))
