"""Acts of writing with the rows before and after them: the ledger that undo and redo walk along."""

from __future__ import annotations

import json
from dataclasses import dataclass

from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories.snapshots import Snapshot, restore, take


@dataclass(frozen=True, slots=True)
class Edit:
    """One act; `created` and the rest in UTC seconds, None when it did not happen."""

    id: int
    patient: int
    user: int
    created: int
    action: str
    undone: int | None
    sealed: int | None


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row of an act; None where it did not exist before, or does not after."""

    kind: str
    item: int
    before: Snapshot | None
    after: Snapshot | None


_READ = "id, patient, user, created, action, undone, sealed"


def insert(
    tx: Transaction, patient: int, user: int, created: int, action: str, rows: list[EditedRow]
) -> int:
    """Enter an act; what was undone before it can no longer be done again."""
    tx.execute(
        "UPDATE edit SET discarded=? WHERE patient=? AND undone IS NOT NULL AND discarded IS NULL",
        (created, patient),
    )
    number = tx.execute(
        "INSERT INTO edit(patient, user, created, action) VALUES(?,?,?,?)", (patient, user, created, action)
    ).lastrowid
    tx.executemany(
        "INSERT INTO edit_row(edit, n, kind, item, before, after) VALUES(?,?,?,?,?,?)",
        ((number, n, row.kind, row.item, _pack(row.before), _pack(row.after)) for n, row in enumerate(rows)),
    )
    return number


def last_standing(db: Reader, patient: int) -> Edit | None:
    """The newest act about a patient that was not undone, sealed or not."""
    sql = f"SELECT {_READ} FROM edit WHERE patient=? AND undone IS NULL ORDER BY id DESC LIMIT 1"
    return _one(db.execute(sql, (patient,)).fetchone())


def first_undone(db: Reader, patient: int) -> Edit | None:
    """The oldest undone act that may be done again: the one undone last."""
    sql = (
        f"SELECT {_READ} FROM edit WHERE patient=? AND undone IS NOT NULL AND discarded IS NULL "
        "ORDER BY id LIMIT 1"
    )
    return _one(db.execute(sql, (patient,)).fetchone())


def rows_of(db: Reader, edit: int) -> list[EditedRow]:
    """The rows of an act in the order they were written."""
    found = db.execute(
        "SELECT kind, item, before, after FROM edit_row WHERE edit=? ORDER BY n", (edit,)
    ).fetchall()
    return [EditedRow(kind, item, _unpack(before), _unpack(after)) for kind, item, before, after in found]


def status_before_correction(db: Reader, patient: int, observation: int) -> str | None:
    """The status that a row had before it was corrected here; None when it was not corrected here."""
    found = db.execute(
        "SELECT r.before FROM edit e JOIN edit_row r ON r.edit=e.id "
        "WHERE e.patient=? AND e.action='correct_observation' AND e.undone IS NULL "
        "AND r.kind='observation' AND r.item=? ORDER BY e.id DESC",
        (patient, observation),
    ).fetchall()
    statuses = (before["status"] for (text,) in found if (before := _unpack(text)) is not None)
    return next(statuses, None)


def is_as_left(tx: Transaction, rows: list[EditedRow], *, after: bool) -> bool:
    """Whether every row still is what the act (or its undoing) left.

    The level of a result that waits is worked out, not written: it may have become another since.
    """
    for row in rows:
        wanted = row.after if after else row.before
        now = take(tx, row.kind, row.item)
        if row.kind == "observation" and wanted is None:
            if now is not None and now["status"] != "entered-in-error":
                return False
        elif _written(row.kind, now) != _written(row.kind, wanted):
            return False
    return True


def _written(kind: str, row: Snapshot | None) -> Snapshot | None:
    return row if row is None or kind != "review" else {**row, "level": None}


def put_back(tx: Transaction, rows: list[EditedRow], *, before: bool) -> None:
    """Restore the rows as they were before the act, or after it."""
    for row in reversed(rows) if before else rows:
        restore(tx, row.kind, row.item, row.before if before else row.after)


def mark(tx: Transaction, edit: int, undone: int | None) -> None:
    """Undone at a time, or (None) done again."""
    tx.execute("UPDATE edit SET undone=? WHERE id=?", (undone, edit))


def is_sealed_since(db: Reader, patient: int, edit: int) -> bool:
    """Whether a patient's record was sealed after an act, of hers or of another patient."""
    sql = "SELECT 1 FROM edit WHERE patient=? AND id>? AND sealed IS NOT NULL LIMIT 1"
    return db.execute(sql, (patient, edit)).fetchone() is not None


def seal(tx: Transaction, patient: int, at: int) -> int:
    """Nothing written about a patient until now can be undone any more; how many acts that were."""
    return tx.execute(
        "UPDATE edit SET sealed=?, discarded=CASE WHEN undone IS NULL THEN discarded ELSE ? END "
        "WHERE patient=? AND sealed IS NULL",
        (at, at, patient),
    ).rowcount


def _one(row: Row | None) -> Edit | None:
    return None if row is None else Edit(*row)


def _pack(snapshot: Snapshot | None) -> str | None:
    return None if snapshot is None else json.dumps(snapshot, ensure_ascii=False, separators=(",", ":"))


def _unpack(text: str | None) -> Snapshot | None:
    found: Snapshot | None = None if text is None else json.loads(text)
    return found
