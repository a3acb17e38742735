"""Where rows came from: a sender's name, stored once."""

from __future__ import annotations

from medapp.store.connection import Reader, Transaction


def intern(tx: Transaction, name: str) -> int:
    """The integer of a source's name; made when new."""
    found = tx.execute("SELECT id FROM source WHERE name=?", (name,)).fetchone()
    if found is not None:
        number: int = found[0]
        return number
    return tx.execute("INSERT INTO source(name) VALUES(?)", (name,)).lastrowid


def names(db: Reader) -> dict[int, str]:
    """Every source by its integer; there are few."""
    return {row[0]: row[1] for row in db.execute("SELECT id, name FROM source")}
