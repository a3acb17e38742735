"""Settings of the clinic (not of the machine): names and JSON values."""

from __future__ import annotations

import json
from typing import Any

from medapp.store.connection import Reader, Transaction


def get(db: Reader, name: str, default: Any = None) -> Any:
    """The value of a setting."""
    found = db.execute("SELECT value FROM setting WHERE name=?", (name,)).fetchone()
    return default if found is None else json.loads(found[0])


def put(tx: Transaction, name: str, value: Any) -> None:
    """Set a setting."""
    tx.execute(
        "INSERT INTO setting(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
        (name, json.dumps(value, ensure_ascii=False)),
    )
