"""Procedures: what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from medapp.domain.clinical import Procedure
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, code, concept, status, start_ts, start_when, end_ts, end_when, encounter, "
    "source, source_id, import_id"
)


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order."""
    return rows.insert_many(tx, "procedure", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "procedure", COLUMNS, source, source_ids)


def of_patient(db: Reader, patient: int) -> list[Procedure]:
    """All procedures of a patient, newest first."""
    found = db.execute(
        f"SELECT id, {COLUMNS} FROM procedure WHERE patient=? ORDER BY start_ts DESC, id DESC", (patient,)
    ).fetchall()
    known = codes.by_ids(db, (row[2] for row in found))
    senders = sources.names(db)
    return [
        Procedure(
            row[0],
            row[1],
            concepts.unpack(row[2], row[3], known),
            row[4],
            rows.period(*row[5:9]),
            row[9],
            senders.get(row[10], ""),
        )
        for row in found
    ]
