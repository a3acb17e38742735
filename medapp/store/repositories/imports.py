"""Imports: what was read when, and the way back.

Rows carry their import. What an import changed rather than added is remembered
as it was before (`remember_status`, `remember_patient`), so that `undo` can put it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from medapp.store.connection import Reader, Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories import patients
from medapp.store.repositories.patients import CHILDREN
from medapp.store.repositories.snapshots import restore, take


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import as a list shows it; times are UTC seconds."""

    id: int
    user: int
    created: int
    undone: int | None
    files: int


def start(tx: Transaction, user: int, created: int) -> int:
    """A new import of a user; its id marks every row."""
    return tx.execute("INSERT INTO import(user, created) VALUES(?,?)", (user, created)).lastrowid


def add_file(
    tx: Transaction,
    import_id: int,
    name: str,
    format_: str,
    state: str,
    sha256: bytes,
    report: dict[str, Any],
    blob: int | None,
    created: int,
) -> int:
    """Record a file read; `report` is its part of the command line's `import` document."""
    return tx.execute(
        "INSERT INTO import_file(import_id, name, format, state, sha256, report, blob, created) "
        "VALUES(?,?,?,?,?,?,?,?)",
        (import_id, name, format_, state, sha256, json.dumps(report, ensure_ascii=False), blob, created),
    ).lastrowid


def find_file(db: Reader, sha256: bytes) -> dict[str, Any] | None:
    """The report of the last import, not undone, of a file with these bytes that was not refused."""
    found = db.execute(
        "SELECT f.report FROM import_file f JOIN import i ON i.id=f.import_id "
        "WHERE f.sha256=? AND f.state<>'refused' AND i.undone IS NULL ORDER BY f.id DESC LIMIT 1",
        (sha256,),
    ).fetchone()
    return None if found is None else json.loads(found[0])


def touch(tx: Transaction, import_id: int, touched: Iterable[int]) -> None:
    """Record the patients whose rows an import adds to or changes: undo looks at no others."""
    tx.executemany(
        "INSERT INTO import_patient(import_id, patient) VALUES(?,?) ON CONFLICT DO NOTHING",
        ((import_id, patient) for patient in touched),
    )


def remember_status(tx: Transaction, import_id: int, observation: int) -> None:
    """Keep an observation's status before the import supersedes it."""
    before = take(tx, "observation", observation)
    if before is None:
        raise UnknownItem()
    _remember(tx, import_id, "observation", observation, {"status": before["status"]})


def remember_row(tx: Transaction, import_id: int, table: str, item: int) -> None:
    """Keep a row of one of `CHILDREN` (not an observation) before it is updated."""
    before = take(tx, table, item) if table in CHILDREN[1:] else None
    if before is None:
        raise UnknownItem()
    _remember(tx, import_id, table, item, before)


def remember_patient(tx: Transaction, import_id: int, patient: int) -> None:
    """Keep a patient's own data before the import updates them."""
    before = take(tx, "patient", patient)
    if before is None:
        raise UnknownItem()
    _remember(tx, import_id, "patient", patient, before)


def undo(tx: Transaction, import_id: int, at: int) -> frozenset[int]:
    """Take back everything an import added or changed; the patients concerned.

    A patient the import made stays when others have written about her since.
    Raises UnknownItem for an import that does not exist or was undone before.
    """
    changed = tx.execute("UPDATE import SET undone=? WHERE id=? AND undone IS NULL", (at, import_id))
    if changed.rowcount != 1:
        raise UnknownItem()
    sql = "SELECT patient FROM import_patient WHERE import_id=?"
    touched = tx.execute(sql, (import_id,)).fetchall()
    for (patient,) in touched:
        _forget_desk(tx, patient, import_id)
        for table in CHILDREN:
            tx.execute(f"DELETE FROM {table} WHERE patient=? AND import_id=?", (patient, import_id))
    before = tx.execute(
        "SELECT kind, item, document FROM import_before WHERE import_id=? ORDER BY id DESC", (import_id,)
    ).fetchall()
    for kind, item, document in before:
        restore(tx, kind, item, json.loads(document))
    for (patient,) in touched:
        if _is_left_empty(tx, patient, import_id):
            patients.delete(tx, patient)
    return frozenset(patient for (patient,) in touched)


def listed(db: Reader, limit: int = 50) -> list[ImportLine]:
    """The last imports, newest first."""
    rows = db.execute(
        "SELECT i.id, i.user, i.created, i.undone, "
        "(SELECT count(*) FROM import_file f WHERE f.import_id=i.id) "
        "FROM import i ORDER BY i.id DESC LIMIT ?",
        (limit,),
    )
    return [ImportLine(*row) for row in rows]


def _remember(tx: Transaction, import_id: int, kind: str, item: int, before: dict[str, Any]) -> None:
    tx.execute(
        "INSERT INTO import_before(import_id, kind, item, document) VALUES(?,?,?,?)",
        (import_id, kind, item, json.dumps(before, ensure_ascii=False)),
    )


def _forget_desk(tx: Transaction, patient: int, import_id: int) -> None:
    """Results of the import wait for nobody any more; what was due by rule is worked out anew."""
    tx.execute(
        "DELETE FROM review WHERE patient=?1 AND observation IN "
        "(SELECT seq FROM observation WHERE patient=?1 AND import_id=?2)",
        (patient, import_id),
    )
    tx.execute("DELETE FROM task WHERE patient=? AND user=0 AND state='open'", (patient,))


def _is_left_empty(tx: Transaction, patient: int, import_id: int) -> bool:
    made = tx.execute(
        "SELECT 1 FROM patient_detail WHERE patient=? AND import_id=?", (patient, import_id)
    ).fetchone()
    return made is not None and patients.is_empty(tx, patient)
