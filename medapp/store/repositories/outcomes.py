"""What it turned out to be: outcomes of what was assessed, each tied to the answer it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from medapp.store.connection import Reader


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome. `assessment` is None when no answer had been given in time; `created` in UTC seconds."""

    id: int
    patient: int
    assessor: str
    version: str
    assessment: int | None
    state: str
    day: str | None
    evidence: str
    user: int
    created: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A determined outcome beside the document of the answer that was given before it."""

    state: str
    day: str
    sex: str
    document: bytes


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A stored answer with a number: its id, version, moment (ISO 8601) and document.

    `created`, UTC seconds, is when it was really given: `at` may be any day that was asked about.
    """

    id: int
    version: str
    at: str
    document: bytes
    created: int


_READ = "id, patient, assessor, version, assessment, state, day, evidence, user, created"


def of_patient(db: Reader, patient: int) -> list[Outcome]:
    """All of a patient, newest first."""
    sql = f"SELECT {_READ} FROM outcome WHERE patient=? ORDER BY id DESC"
    return [Outcome(*row) for row in db.execute(sql, (patient,)).fetchall()]


def find(db: Reader, patient: int, assessor: str, assessment: int | None) -> Outcome | None:
    """The outcome that is tied to an answer; with None the one tied to none."""
    sql = (
        f"SELECT {_READ} FROM outcome WHERE patient=? AND assessor=? AND assessment IS ? "
        "ORDER BY id DESC LIMIT 1"
    )
    row = db.execute(sql, (patient, assessor, assessment)).fetchone()
    return None if row is None else Outcome(*row)


def answers(db: Reader, patient: int, assessor: str) -> list[GivenAnswer]:
    """Every answer with a number that an assessor gave about a patient, in the order they were stored."""
    rows = db.execute(
        "SELECT id, version, at, document, created FROM assessment "
        "WHERE patient=? AND assessor=? AND status='final' ORDER BY id",
        (patient, assessor),
    ).fetchall()
    return [GivenAnswer(*row) for row in rows]


def answered(db: Reader, patient: int) -> frozenset[str]:
    """The assessors that ever gave a number about a patient."""
    sql = "SELECT DISTINCT assessor FROM assessment WHERE patient=? AND status='final'"
    return frozenset(row[0] for row in db.execute(sql, (patient,)).fetchall())


_COUNTED = """
SELECT max(id) FROM outcome
WHERE assessor=? AND version=? AND assessment IS NOT NULL AND state<>'unknown' GROUP BY patient
"""


def compared(db: Reader, assessor: str, version: str) -> list[Compared]:
    """The newest determined outcome of each patient, in order of its day: nobody is counted twice."""
    rows = db.execute(
        "SELECT o.state, o.day, p.sex, a.document FROM outcome o JOIN assessment a ON a.id=o.assessment "
        f"JOIN patient p ON p.id=o.patient WHERE o.id IN ({_COUNTED}) ORDER BY o.day, o.id",
        (assessor, version),
    ).fetchall()
    return [Compared(*row) for row in rows]


def not_compared(db: Reader, assessor: str, version: str) -> tuple[int, int]:
    """How many outcomes are unknown, and how many had no answer to be compared with."""
    row = db.execute(
        "SELECT count(*) FILTER (WHERE state='unknown'), "
        "count(*) FILTER (WHERE state<>'unknown' AND assessment IS NULL) "
        "FROM outcome WHERE assessor=? AND version=?",
        (assessor, version),
    ).fetchone()
    return (0, 0) if row is None else (row[0], row[1])
