"""Vaccines given, each with its lot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from medapp.domain.clinical import Immunisation
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, code, concept, status, given_ts, given_when, lot, expiry, site, route, dose, note, "
    "encounter, source, source_id, import_id"
)


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order."""
    return rows.insert_many(tx, "immunisation", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "immunisation", COLUMNS, source, source_ids)


def values_of(tx: Transaction, one: Immunisation, source: str) -> dict[str, Any]:
    """The columns that say what was given; its code is interned."""
    given, when = rows.columns_of(one.given)
    return {
        "code": codes.of_concept(tx, one.vaccine), "concept": concepts.pack(one.vaccine),
        "status": one.status,
        "given_ts": given, "given_when": when, "lot": one.lot, "expiry": one.expiry, "site": one.site,
        "route": one.route, "dose": one.dose, "note": one.note, "encounter": one.encounter,
        "source": sources.intern(tx, source),
    }


def of_patient(db: Reader, patient: int) -> list[Immunisation]:
    """Everything given to a patient, the newest first; undated ones at the end."""
    found = db.execute(
        f"SELECT id, {COLUMNS} FROM immunisation WHERE patient=? ORDER BY given_ts DESC, id DESC", (patient,)
    ).fetchall()
    return _read(db, found)


def get(db: Reader, item: int) -> Immunisation | None:
    """One by its id, whatever its status."""
    found = db.execute(f"SELECT id, {COLUMNS} FROM immunisation WHERE id=?", (item,)).fetchall()
    return next(iter(_read(db, found)), None)


def _read(db: Reader, found: Sequence[Row]) -> list[Immunisation]:
    known = codes.by_ids(db, (row[2] for row in found))
    senders = sources.names(db)
    return [
        Immunisation(
            row[0], row[1], concepts.unpack(row[2], row[3], known), row[4], rows.moment(row[5], row[6]),
            row[7], row[8], row[9], row[10], row[11], row[12], row[13], senders.get(row[14], ""),
        )
        for row in found
    ]
