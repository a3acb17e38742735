"""A row as a JSON document, and a row as such a document says it was: what every undo rests on.

An observation never leaves its place: putting back one that was not there marks it entered in error. A
patient's document is all that the record says of who she is.
"""

from __future__ import annotations

from typing import Any, Final

from medapp.domain.administrative import Patient
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownItem, UnknownPatient
from medapp.store.repositories import documents, observations, patients
from medapp.store.repositories.patients import CHILDREN, WRITTEN

Snapshot = dict[str, Any]
KEYS: Final = {"observation": "seq", "review": "observation"}
"""Columns that hold the id where it is not `id`."""

TABLES: Final = frozenset((*CHILDREN, *WRITTEN))


def take(tx: Transaction, table: str, item: int) -> Snapshot | None:
    """The row as it is; None when there is none. Raises UnknownItem for a table not kept so."""
    if table == "patient":
        return _patient(tx, item)
    key = _key(table)
    cursor = tx.execute(f"SELECT * FROM {table} WHERE {key}=?", (item,))
    found = cursor.fetchone()
    if found is None:
        return None
    names = [column[0] for column in cursor.description]  # type: ignore[attr-defined]
    return {name: _text(value) for name, value in zip(names, found, strict=True)}


def restore(tx: Transaction, table: str, item: int, wanted: Snapshot | None) -> None:
    """Make the row what the snapshot says; None takes it away."""
    if table == "patient":
        _restore_patient(tx, item, wanted)
        return
    key = _key(table)
    if wanted is None:
        if table == "observation":
            observations.set_status(tx, item, "entered-in-error")
        else:
            tx.execute(f"DELETE FROM {table} WHERE {key}=?", (item,))
        return
    values = [_value(value) for value in wanted.values()]
    names = [f'"{name}"' for name in wanted]
    sets = ", ".join(f"{name}=?" for name in names)
    if tx.execute(f"UPDATE {table} SET {sets} WHERE {key}=?", (*values, item)).rowcount == 0:
        marks = ", ".join("?" * len(values))
        tx.execute(f"INSERT INTO {table}({', '.join(names)}) VALUES({marks})", values)


def _key(table: str) -> str:
    if table not in TABLES:
        raise UnknownItem()
    return KEYS.get(table, "id")


def _patient(tx: Transaction, item: int) -> Snapshot | None:
    try:
        whole = patients.get(tx, item)
    except UnknownPatient:
        return None
    return {
        "mrn": whole.mrn,
        "sex": whole.sex.value,
        "demo": whole.is_demo,
        "document": documents.pack(whole),
        "identifiers": [[one.value, one.type.value, one.system] for one in whole.identifiers],
    }


def patient_of(item: int, kept: Snapshot) -> Patient:
    """The patient that a snapshot tells of."""
    row = (item, kept["mrn"], kept["sex"], kept["demo"])
    return documents.unpack(row, kept["document"], [tuple(one) for one in kept["identifiers"]])


def _restore_patient(tx: Transaction, item: int, wanted: Snapshot | None) -> None:
    if wanted is None:
        patients.delete(tx, item)
        return
    whole = patient_of(item, wanted)
    if patients.exists(tx, item):
        patients.update(tx, whole)
    else:
        patients.put_back(tx, whole)


def _text(value: object) -> object:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _value(kept: Any) -> object:
    return bytes.fromhex(kept["hex"]) if isinstance(kept, dict) else kept
