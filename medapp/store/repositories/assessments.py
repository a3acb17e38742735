"""Assessments as given, byte for byte, and what the doctor decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from medapp.store.connection import Reader, Row, Transaction
from medapp.store.errors import UnknownItem

DECISIONS: Final = ("agree", "disagree", "not_relevant")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a user decided; `created` is UTC seconds."""

    id: int
    decision: str
    reason: str
    user: int
    created: int


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment as it was given, with the decision that stands."""

    id: int
    patient: int
    assessor: str
    version: str
    at: str
    status: str
    document: bytes
    user: int
    created: int
    decision: Decision | None = None


_READ: Final = """
SELECT a.id, a.patient, a.assessor, a.version, a.at, a.status, a.document, a.user, a.created,
       d.id, d.decision, d.reason, d.user, d.created
FROM assessment a LEFT JOIN decision d ON d.id=(
  SELECT max(id) FROM decision WHERE assessment=a.id AND undone IS NULL)
"""


def insert(
    tx: Transaction,
    patient: int,
    assessor: str,
    version: str,
    at: str,
    status: str,
    document: bytes,
    user: int,
    created: int,
) -> int:
    """Store the document's bytes; they are never changed."""
    return tx.execute(
        "INSERT INTO assessment(patient, assessor, version, at, status, document, user, created) "
        "VALUES(?,?,?,?,?,?,?,?)",
        (patient, assessor, version, at, status, document, user, created),
    ).lastrowid


def get(db: Reader, assessment: int) -> StoredAssessment:
    """One by its id. Raises UnknownItem."""
    row = db.execute(f"{_READ} WHERE a.id=?", (assessment,)).fetchone()
    if row is None:
        raise UnknownItem()
    return _stored(row)


def history(
    db: Reader, patient: int, assessor: str | None = None, limit: int = 100
) -> list[StoredAssessment]:
    """The last ones of a patient (of one assessor, or of all), newest first."""
    rows = db.execute(
        f"{_READ} WHERE a.patient=? AND (?2 IS NULL OR a.assessor=?2) ORDER BY a.id DESC LIMIT ?3",
        (patient, assessor, limit),
    ).fetchall()
    return [_stored(row) for row in rows]


def latest(db: Reader, patient: int) -> list[StoredAssessment]:
    """The newest of each assessor."""
    rows = db.execute(
        f"{_READ} WHERE a.id IN (SELECT max(id) FROM assessment WHERE patient=? GROUP BY assessor) "
        "ORDER BY a.assessor",
        (patient,),
    ).fetchall()
    return [_stored(row) for row in rows]


def decide(tx: Transaction, assessment: int, decision: str, reason: str, user: int, created: int) -> int:
    """Add a decision; the newest one not undone stands. Raises UnknownItem."""
    get(tx, assessment)
    return tx.execute(
        "INSERT INTO decision(assessment, decision, reason, user, created) VALUES(?,?,?,?,?)",
        (assessment, decision, reason, user, created),
    ).lastrowid


def undo_decision(tx: Transaction, assessment: int, at: int) -> Decision:
    """Mark the decision that stands as undone; nothing is erased. Raises UnknownItem when there is none."""
    standing = get(tx, assessment).decision
    if standing is None:
        raise UnknownItem()
    tx.execute("UPDATE decision SET undone=? WHERE id=?", (at, standing.id))
    return standing


def _stored(row: Row) -> StoredAssessment:
    decision = None if row[9] is None else Decision(*row[9:])
    return (
        StoredAssessment(*row[:9])
        if decision is None
        else replace(StoredAssessment(*row[:9]), decision=decision)
    )
