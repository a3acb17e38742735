"""Allergies and their denials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from medapp.domain.clinical import AllergyIntolerance
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, code, concept, clinical_status, verification, category, criticality, reaction, "
    "severity, onset_ts, onset_when, recorded_ts, recorded_when, source, source_id, import_id"
)


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order."""
    return rows.insert_many(tx, "allergy", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "allergy", COLUMNS, source, source_ids)


def values_of(tx: Transaction, one: AllergyIntolerance) -> dict[str, Any]:
    """The columns that a doctor writes; its code is interned."""
    onset, onset_when = rows.columns_of(one.onset)
    return {
        "code": codes.of_concept(tx, one.code), "concept": concepts.pack(one.code),
        "clinical_status": one.clinical_status, "verification": one.verification,
        "category": one.category, "criticality": one.criticality, "reaction": one.reaction,
        "severity": one.severity, "onset_ts": onset, "onset_when": onset_when,
    }


def get(db: Reader, item: int) -> AllergyIntolerance | None:
    """One by its id, whatever its status."""
    found = db.execute(f"SELECT id, {COLUMNS} FROM allergy WHERE id=?", (item,)).fetchall()
    return next(iter(_read(db, found)), None)


def of_patient(db: Reader, patient: int) -> list[AllergyIntolerance]:
    """All allergies of a patient, highest criticality first."""
    found = db.execute(
        f"SELECT id, {COLUMNS} FROM allergy WHERE patient=? "
        "ORDER BY criticality='high' DESC, recorded_ts DESC, id DESC",
        (patient,),
    ).fetchall()
    return _read(db, found)


def _read(db: Reader, found: Sequence[Row]) -> list[AllergyIntolerance]:
    known = codes.by_ids(db, (row[2] for row in found))
    senders = sources.names(db)
    return [
        AllergyIntolerance(
            row[0],
            row[1],
            concepts.unpack(row[2], row[3], known),
            row[4],
            row[5],
            row[6],
            row[7],
            row[8],
            row[9],
            rows.moment(row[10], row[11]),
            rows.moment(row[12], row[13]),
            senders.get(row[14], ""),
        )
        for row in found
    ]
