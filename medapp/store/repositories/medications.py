"""Medication requests and statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from medapp.domain.clinical import MedicationUse
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources
from medapp.store.repositories.rows import Inserted

COLUMNS: Final = (
    "patient, kind, code, concept, status, authored_ts, authored_when, start_ts, start_when, "
    "end_ts, end_when, dosage, reason, encounter, source, source_id, import_id"
)
"""`reason` is `concepts.pack_whole` of the reason, or None."""

_READ: Final = f"SELECT id, {COLUMNS}, status_reason FROM medication"


def insert_many(tx: Transaction, new: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order."""
    return rows.insert_many(tx, "medication", COLUMNS, new)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `COLUMNS`) by source id."""
    return rows.existing(db, "medication", COLUMNS, source, source_ids)


def values_of(tx: Transaction, one: MedicationUse) -> dict[str, Any]:
    """The columns that a doctor writes; its code is interned."""
    start, start_when = rows.columns_of(one.period.start if one.period else None)
    end, end_when = rows.columns_of(one.period.end if one.period else None)
    return {
        "code": codes.of_concept(tx, one.medication), "concept": concepts.pack(one.medication),
        "status": one.status, "start_ts": start, "start_when": start_when, "end_ts": end,
        "end_when": end_when, "dosage": one.dosage, "reason": concepts.pack_whole(one.reason),
        "status_reason": one.status_reason or None,
    }


def get(db: Reader, item: int) -> MedicationUse | None:
    """One by its id, whatever its status."""
    found = db.execute(f"{_READ} WHERE id=?", (item,)).fetchall()
    return next(iter(_read(db, found)), None)


def of_patient(db: Reader, patient: int) -> list[MedicationUse]:
    """All medication uses of a patient, newest first."""
    found = db.execute(
        f"{_READ} WHERE patient=? ORDER BY coalesce(authored_ts, start_ts) DESC, id DESC",
        (patient,),
    ).fetchall()
    return _read(db, found)


def _read(db: Reader, found: Sequence[Row]) -> list[MedicationUse]:
    known = codes.by_ids(db, (row[3] for row in found))
    senders = sources.names(db)
    return [_medication(row, known, senders) for row in found]


def _medication(row: Row, known: dict[int, codes.StoredCode], senders: dict[int, str]) -> MedicationUse:
    taken = rows.period(*row[8:12])
    return MedicationUse(
        row[0],
        row[1],
        row[2],
        concepts.unpack(row[3], row[4], known),
        row[5],
        rows.moment(row[6], row[7]),
        taken if taken.start or taken.end else None,
        row[12],
        concepts.unpack_whole(row[13]),
        row[14],
        senders.get(row[15], ""),
        row[18] or "",
    )
