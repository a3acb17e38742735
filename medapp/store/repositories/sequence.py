"""Ids that are given once: a deleted row's id never comes back for another."""

from __future__ import annotations

from medapp.store.connection import Transaction


def reserve(tx: Transaction, table: str, count: int) -> int:
    """The first of `count` ids that no row of `table` ever had."""
    found = tx.execute(
        "INSERT INTO sequence(name, next) VALUES(?1, 1 + ?2) "
        "ON CONFLICT(name) DO UPDATE SET next = next + ?2 RETURNING next",
        (table, count),
    ).fetchone()
    assert found is not None
    following: int = found[0]
    return following - count
