"""Imports: what was read when, and the way back.

Rows carry their import. What an import changed rather than added is remembered
as it was before (`remember_status`, `remember_patient`), so that `undo` can put it back;
`obstacle` says what has come since and would be lost by that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from medapp.domain.administrative import Patient
from medapp.store.connection import Reader, Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories import patients
from medapp.store.repositories.patients import CHILDREN
from medapp.store.repositories.rows import pack_id
from medapp.store.repositories.snapshots import KEYS, Snapshot, patient_of, restore, take

REMEMBERED = (*CHILDREN[1:], "denial")
"""Tables whose rows an import changes in place."""


class Obstacle(Enum):
    """Why an import cannot be taken back."""

    SEALED = "sealed"
    """Something about its patients was signed, printed or exported since."""
    EDITED = "edited"
    """A row of it was changed here, or what was written here rests on one."""
    FOLLOWED = "followed"
    """A later import changed a row of it."""


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
    """Keep a row of one of `REMEMBERED` before it is updated."""
    before = take(tx, table, item) if table in REMEMBERED else None
    if before is None:
        raise UnknownItem()
    _remember(tx, import_id, table, item, before)


def remember_patient(tx: Transaction, import_id: int, patient: int) -> None:
    """Keep a patient's own data before the import updates them."""
    before = take(tx, "patient", patient)
    if before is None:
        raise UnknownItem()
    _remember(tx, import_id, "patient", patient, before)


def subjects(db: Reader, file: int, patient: int) -> list[str] | None:
    """What an imported file calls a patient; None for a file of which that was not kept."""
    found = db.execute(
        "SELECT json_extract(report, '$.subjects') IS NULL, "
        "coalesce(json_extract(report, '$.subjects.\"' || ?2 || '\"'), '[]') FROM import_file WHERE id=?1",
        (file, patient),
    ).fetchone()
    return None if found is None or found[0] else json.loads(found[1])


def patients_of_sender(db: Reader, name: str, apart: str, source_id: str) -> list[int]:
    """Who came from a sender under that id: by its own name, or a name of it that begins with `apart`."""
    found = db.execute(
        "SELECT DISTINCT d.patient FROM patient_detail d JOIN source s ON s.id=d.source "
        "WHERE d.source_id=?1 AND (s.name=?2 OR substr(s.name, 1, length(?3))=?3) ORDER BY 1",
        (pack_id(source_id), name, apart),
    ).fetchall()
    return [patient for (patient,) in found]


def is_edited(db: Reader, patient: int, table: str, item: int) -> bool:
    """Whether an act here changed a row and was not undone."""
    return any((one.kind, one.item) == (table, item) for one in _edited(db, patient))


def identity_acts(db: Reader, patient: int) -> list[tuple[Patient | None, Patient]]:
    """Who the patient was before and after each act here about that, not undone; None before an entry."""
    return [
        (None if one.before is None else patient_of(patient, one.before), patient_of(patient, one.after))
        for one in _edited(db, patient)
        if (one.kind, one.item) == ("patient", patient) and one.after is not None
    ]


def obstacle(tx: Transaction, import_id: int) -> Obstacle | None:
    """What stands against taking an import back. Raises UnknownItem as `undo`."""
    created = tx.execute("SELECT created FROM import WHERE id=? AND undone IS NULL", (import_id,)).fetchone()
    if created is None:
        raise UnknownItem()
    remembered: dict[tuple[str, int], Snapshot] = {}
    for kind, item, document in _before(tx, import_id):
        remembered[kind, item] = json.loads(document)  # the oldest last: as it was before the import
    for patient in _touched(tx, import_id):
        if _is_sealed(tx, patient, import_id, created[0]):
            return Obstacle.SEALED
        if _is_changed(tx, patient, import_id, created[0], remembered):
            return Obstacle.EDITED
    later = tx.execute(
        "SELECT DISTINCT kind, item FROM import_before WHERE import_id>? "
        "AND import_id IN (SELECT id FROM import WHERE undone IS NULL)",
        (import_id,),
    ).fetchall()
    if any((kind, item) in remembered or _is_added(tx, kind, item, import_id) for kind, item in later):
        return Obstacle.FOLLOWED
    return None


def undo(tx: Transaction, import_id: int, at: int) -> frozenset[int]:
    """Take back everything an import added or changed; the patients concerned. Ask `obstacle` before.

    A patient the import made stays when others have written about her since.
    Raises UnknownItem for an import that does not exist or was undone before.
    """
    changed = tx.execute("UPDATE import SET undone=? WHERE id=? AND undone IS NULL", (at, import_id))
    if changed.rowcount != 1:
        raise UnknownItem()
    touched = _touched(tx, import_id)
    for patient in touched:
        _forget_desk(tx, patient, import_id)
        for table in CHILDREN:
            tx.execute(f"DELETE FROM {table} WHERE patient=? AND import_id=?", (patient, import_id))
    for kind, item, document in _before(tx, import_id):
        if take(tx, kind, item) is not None:
            restore(tx, kind, item, json.loads(document))
    for patient in touched:
        if _is_left_empty(tx, patient, import_id):
            patients.delete(tx, patient)
    return frozenset(touched)


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


def _touched(db: Reader, import_id: int) -> list[int]:
    found = db.execute("SELECT patient FROM import_patient WHERE import_id=?", (import_id,)).fetchall()
    return [patient for (patient,) in found]


def _before(db: Reader, import_id: int) -> list[tuple[str, int, str]]:
    """What the import remembered, the latest first."""
    found = db.execute(
        "SELECT kind, item, document FROM import_before WHERE import_id=? ORDER BY id DESC", (import_id,)
    ).fetchall()
    return [(kind, item, document) for kind, item, document in found]


@dataclass(frozen=True, slots=True)
class _Edited:
    """A row of an act about a patient that was not undone."""

    kind: str
    item: int
    before: Snapshot | None
    after: Snapshot | None
    created: int

    def is_since(self, created: int, remembered: Snapshot) -> bool:
        """Whether it came after an import that found the row as `remembered`."""
        found = self.after or {}
        is_what_it_found = all(found.get(name) == value for name, value in remembered.items())
        return self.created >= created and not is_what_it_found


def _edited(db: Reader, patient: int) -> list[_Edited]:
    """The oldest first."""
    found = db.execute(
        "SELECT r.kind, r.item, r.before, r.after, e.created FROM edit e JOIN edit_row r ON r.edit=e.id "
        "WHERE e.patient=? AND e.undone IS NULL ORDER BY e.id, r.n",
        (patient,),
    ).fetchall()
    return [
        _Edited(kind, item, json.loads(before or "null"), json.loads(after or "null"), at)
        for kind, item, before, after, at in found
    ]


def _is_added(db: Reader, kind: str, item: int, import_id: int) -> bool:
    """Whether an import made a row."""
    if kind not in ("patient", *CHILDREN):
        return False
    table, key = ("patient_detail", "patient") if kind == "patient" else (kind, KEYS.get(kind, "id"))
    sql = f"SELECT 1 FROM {table} WHERE {key}=? AND import_id=?"
    return db.execute(sql, (item, import_id)).fetchone() is not None


def _is_sealed(db: Reader, patient: int, import_id: int, created: int) -> bool:
    """Whether a result of the import was signed, or anything about the patient sealed since."""
    return (
        db.execute(
            "SELECT 1 FROM edit WHERE patient=?1 AND sealed>=?3 UNION ALL "
            "SELECT 1 FROM review r JOIN observation o ON o.seq=r.observation "
            "WHERE r.patient=?1 AND r.signed IS NOT NULL AND o.import_id=?2 LIMIT 1",
            (patient, import_id, created),
        ).fetchone()
        is not None
    )


def _is_changed(
    db: Reader, patient: int, import_id: int, created: int, remembered: dict[tuple[str, int], Snapshot]
) -> bool:
    """Whether a row that the import added or changed was edited here since, or a note hangs on its visit."""
    for one in _edited(db, patient):
        kind = "observation" if one.kind == "review" else one.kind
        found = remembered.get((kind, one.item))
        if _is_added(db, kind, one.item, import_id) or (found is not None and one.is_since(created, found)):
            return True
    return any(
        db.execute(
            f"SELECT 1 FROM {table} WHERE patient=?1 AND encounter IN "
            "(SELECT id FROM encounter WHERE patient=?1 AND import_id=?2) LIMIT 1",
            (patient, import_id),
        ).fetchone()
        for table in ("note", "document", "appointment")
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
