"""Visits and stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from medapp.domain.administrative import Encounter
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, status, class_code, code, concept, start_ts, start_when, end_ts, end_when, reason, "
    "source, source_id, import_id"
)
"""`reason` is `concepts.pack_whole` of the reason, or None."""


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order; `ids` are what observations name in `encounter`."""
    return rows.insert_many(tx, "encounter", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "encounter", COLUMNS, source, source_ids)


def of_patient(db: Reader, patient: int) -> list[Encounter]:
    """All encounters of a patient, newest first."""
    found = db.execute(
        f"SELECT id, {COLUMNS} FROM encounter WHERE patient=? ORDER BY start_ts DESC, id DESC", (patient,)
    ).fetchall()
    known = codes.by_ids(db, (row[4] for row in found))
    senders = sources.names(db)
    return [
        Encounter(
            row[0],
            row[1],
            row[2],
            row[3],
            concepts.unpack(row[4], row[5], known),
            rows.period(*row[6:10]),
            concepts.unpack_whole(row[10]),
            senders.get(row[11], ""),
        )
        for row in found
    ]


def last_moment(db: Reader, patient: int) -> tuple[int, int] | None:
    """(seconds, packed) of the start of the newest encounter."""
    found = db.execute(
        "SELECT start_ts, start_when FROM encounter WHERE patient=? AND start_ts IS NOT NULL "
        "AND status<>'entered-in-error' ORDER BY start_ts DESC LIMIT 1",
        (patient,),
    ).fetchone()
    return None if found is None else (found[0], found[1])
