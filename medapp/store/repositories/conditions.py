"""Conditions: problems, and problems the patient does not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from medapp.domain.clinical import Condition
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, code, concept, clinical_status, verification, onset_ts, onset_when, abatement_ts, "
    "abatement_when, recorded_ts, recorded_when, encounter, source, source_id, import_id"
)


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order."""
    return rows.insert_many(tx, "condition", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "condition", COLUMNS, source, source_ids)


def values_of(tx: Transaction, one: Condition) -> dict[str, Any]:
    """The columns that a doctor writes; its code is interned."""
    onset, onset_when = rows.columns_of(one.onset)
    abatement, abatement_when = rows.columns_of(one.abatement)
    return {
        "code": codes.of_concept(tx, one.code), "concept": concepts.pack(one.code),
        "clinical_status": one.clinical_status, "verification": one.verification,
        "onset_ts": onset, "onset_when": onset_when,
        "abatement_ts": abatement, "abatement_when": abatement_when,
    }


def of_patient(db: Reader, patient: int) -> list[Condition]:
    """All conditions of a patient, newest onset first."""
    found = db.execute(
        f"SELECT id, {COLUMNS} FROM condition WHERE patient=? "
        "ORDER BY coalesce(onset_ts, recorded_ts) DESC, id DESC",
        (patient,),
    ).fetchall()
    return _read(db, found)


def get(db: Reader, item: int) -> Condition | None:
    """One by its id, whatever its status."""
    found = db.execute(f"SELECT id, {COLUMNS} FROM condition WHERE id=?", (item,)).fetchall()
    return next(iter(_read(db, found)), None)


def _read(db: Reader, found: Sequence[Row]) -> list[Condition]:
    known = codes.by_ids(db, (row[2] for row in found))
    senders = sources.names(db)
    return [
        Condition(
            row[0],
            row[1],
            concepts.unpack(row[2], row[3], known),
            row[4],
            row[5],
            rows.moment(row[6], row[7]),
            rows.moment(row[8], row[9]),
            rows.moment(row[10], row[11]),
            row[12],
            senders.get(row[13], ""),
        )
        for row in found
    ]
