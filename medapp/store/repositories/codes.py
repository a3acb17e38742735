"""Codes: each (system, code) is stored once and named by a small integer everywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from medapp.domain.datatypes import CodeableConcept, Coding
from medapp.store.connection import Reader, Transaction

NewCode = tuple[str, str, str | None, str | None]
"""(system, code, display, variable id)."""


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code with the variable it measures, if any."""

    coding: Coding
    variable: str | None


def intern(tx: Transaction, codes: Iterable[NewCode]) -> dict[tuple[str, str], int]:
    """The integers of codes, new ones made; a missing display or variable is filled in."""
    return {(code[0], code[1]): _intern(tx, code) for code in codes}


def _intern(tx: Transaction, code: NewCode) -> int:
    found = tx.execute(
        "SELECT id, display, variable FROM code WHERE system=? AND code=?", code[:2]
    ).fetchone()
    if found is None:
        return tx.execute("INSERT INTO code(system, code, display, variable) VALUES(?,?,?,?)", code).lastrowid
    number: int = found[0]
    if (found[1] is None and code[2] is not None) or (code[3] is not None and code[3] != found[2]):
        tx.execute(
            "UPDATE code SET display=coalesce(display, ?), variable=coalesce(?, variable) WHERE id=?",
            (code[2], code[3], number),
        )
    return number


def of_concept(tx: Transaction, concept: CodeableConcept) -> int | None:
    """The integer of a concept's first coding; None for words alone."""
    if not concept.codings:
        return None
    first = concept.codings[0]
    return intern(tx, [(first.system, first.code, first.display, None)])[first.system, first.code]


def by_ids(db: Reader, ids: Iterable[int | None]) -> dict[int, StoredCode]:
    """The codes of those integers."""
    wanted = json.dumps(sorted({number for number in ids if number is not None}))
    rows = db.execute(
        "SELECT id, system, code, display, variable FROM code WHERE id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {row[0]: StoredCode(Coding(row[1], row[2], row[3]), row[4]) for row in rows}


def ids_of_variable(db: Reader, variable: str) -> list[int]:
    """Every code that measures a variable."""
    rows = db.execute("SELECT id FROM code WHERE variable=? ORDER BY id", (variable,))
    return [row[0] for row in rows]


def find(db: Reader, system: str, code: str) -> int | None:
    """The integer of a code; None when the store has never seen it."""
    found = db.execute("SELECT id FROM code WHERE system=? AND code=?", (system, code)).fetchone()
    return None if found is None else found[0]
