"""Drafts: what somebody is still typing, as one JSON document per user, patient, kind and item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medapp.store.connection import Reader, Row, Transaction


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; `item` is what it amends (0: something new), `updated` UTC seconds."""

    id: int
    user: int
    patient: int
    kind: str
    item: int
    document: Mapping[str, Any]
    updated: int


_READ = "id, user, patient, kind, item, document, updated"


def put(
    tx: Transaction, user: int, patient: int, kind: str, item: int, document: Mapping[str, Any], at: int
) -> bool:
    """Store what is typed in place of what was; whether it is a new draft."""
    packed = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    changed = tx.execute(
        "UPDATE draft SET document=?, updated=? WHERE user=? AND patient=? AND kind=? AND item=?",
        (packed, at, user, patient, kind, item),
    ).rowcount
    if not changed:
        tx.execute(
            "INSERT INTO draft(user, patient, kind, item, document, updated) VALUES(?,?,?,?,?,?)",
            (user, patient, kind, item, packed, at),
        )
    return not changed


def get(db: Reader, user: int, patient: int, kind: str, item: int) -> Draft | None:
    """The user's draft of that thing."""
    row = db.execute(
        f"SELECT {_READ} FROM draft WHERE user=? AND patient=? AND kind=? AND item=?",
        (user, patient, kind, item),
    ).fetchone()
    return None if row is None else _draft(row)


def of_user(db: Reader, user: int) -> list[Draft]:
    """Everything a user has begun, the latest first."""
    rows = db.execute(f"SELECT {_READ} FROM draft WHERE user=? ORDER BY updated DESC, id DESC", (user,))
    return [_draft(row) for row in rows.fetchall()]


def delete(tx: Transaction, user: int, patient: int, kind: str, item: int) -> bool:
    """Throw a draft away; False when there was none."""
    return (
        tx.execute(
            "DELETE FROM draft WHERE user=? AND patient=? AND kind=? AND item=?", (user, patient, kind, item)
        ).rowcount
        > 0
    )


def _draft(row: Row) -> Draft:
    number, user, patient, kind, item, document, updated = row
    return Draft(number, user, patient, kind, item, json.loads(document), updated)
