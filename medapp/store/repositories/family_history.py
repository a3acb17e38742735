"""What relatives have or had, a row a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from medapp.domain.clinical import FamilyMember
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, concepts, rows, sources

COLUMNS: Final = (
    "patient, relation, code, concept, verification, onset_age, note, recorded_ts, recorded_when, source, "
    "source_id, import_id"
)


def values_of(tx: Transaction, one: FamilyMember) -> dict[str, Any]:
    """The columns that a doctor writes; its code is interned."""
    return {
        "relation": one.relation, "code": codes.of_concept(tx, one.condition),
        "concept": concepts.pack(one.condition), "verification": one.verification,
        "onset_age": one.onset_age, "note": one.note,
    }


def of_patient(db: Reader, patient: int) -> list[FamilyMember]:
    """Everything about a patient's relatives, as it was entered."""
    found = db.execute(f"SELECT id, {COLUMNS} FROM family_history WHERE patient=? ORDER BY id", (patient,))
    return _read(db, found.fetchall())


def get(db: Reader, item: int) -> FamilyMember | None:
    """One by its id, whatever its status."""
    found = db.execute(f"SELECT id, {COLUMNS} FROM family_history WHERE id=?", (item,)).fetchall()
    return next(iter(_read(db, found)), None)


def _read(db: Reader, found: Sequence[Row]) -> list[FamilyMember]:
    known = codes.by_ids(db, (row[3] for row in found))
    senders = sources.names(db)
    return [
        FamilyMember(
            row[0], row[1], row[2], concepts.unpack(row[3], row[4], known), row[5], row[6], row[7],
            rows.moment(row[8], row[9]), senders.get(row[10], ""),
        )
        for row in found
    ]
