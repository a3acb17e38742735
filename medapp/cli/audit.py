"""`medapp audit`: who did what, and whether the chain is whole."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated, Any

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.cli.output import write_table
from medapp.i18n import N_, Words
from medapp.services import accounts
from medapp.services import audit as service
from medapp.services.audit import AuditEntry


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("audit", help=words(N_("Show the audit log and verify its chain.")))(with_desk(audit, words))


def audit(
    desk: Desk,
    limit: Annotated[
        int, typer.Option("--limit", min=0, max=100_000, help=N_("At most so many entries."))
    ] = 50,
) -> int:
    """Newest first. Exit status 1 when the chain is broken."""
    with desk.session() as session:
        state = service.verify(session)
        entries = service.entries(session, limit=limit)
        names = {user.id: user.name for user in accounts.listed(session)}
    document = {
        "intact": state.is_intact,
        "count": state.entries,
        "problems": [{"finding": one.finding.value, "entry": one.n} for one in state.problems],
        "entries": [_entry(entry, names) for entry in entries],
    }
    desk.answer(document, lambda: show(document, desk.words))
    return 0 if state.is_intact else 1


def _entry(entry: AuditEntry, names: dict[int, str]) -> dict[str, Any]:
    at = datetime.fromtimestamp(entry.at / 1_000_000, timezone.utc)
    return {
        "n": entry.n,
        "at": at.isoformat(timespec="milliseconds"),
        "user": names.get(entry.user, str(entry.user)),
        "action": entry.action,
        "patient": entry.patient,
        "detail": entry.detail,
    }


def show(document: dict[str, Any], words: Words) -> None:
    """A table for a reader, and the verdict on the chain."""
    header = (words("No."), words("Time"), words("User"), words("Act"), words("Patient"), "")
    rows = [
        (
            str(one["n"]),
            one["at"],
            one["user"],
            one["action"],
            str(one["patient"] or ""),
            " ".join(f"{key}={value}" for key, value in one["detail"].items()),
        )
        for one in document["entries"]
    ]
    if rows:
        write_table(header, rows)
    if document["intact"]:
        print(words("The chain of {count} entries is whole.", count=document["count"]))
    for problem in document["problems"]:
        print(
            words(
                "The chain is broken at entry {n} ({finding}).",
                n=problem["entry"],
                finding=problem["finding"],
            )
        )
