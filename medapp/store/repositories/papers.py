"""Printed and stored documents of a patient: a row with a title, the content as a blob."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from medapp.store.connection import Reader, Row


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as a list shows it; `created` is UTC seconds."""

    id: int
    patient: int
    kind: str
    title: str
    mime: str
    blob: int
    status: str
    note: int | None
    user: str
    created: int


_READ: Final = (
    "SELECT d.id, d.patient, d.kind, d.title, d.mime, d.blob, d.status, d.note, u.full_name, d.created "
    "FROM document d LEFT JOIN user u ON u.id=d.user"
)


def of_patient(db: Reader, patient: int) -> list[Paper]:
    """Everything stored about a patient, the latest first."""
    rows = db.execute(f"{_READ} WHERE d.patient=? ORDER BY d.created DESC, d.id DESC", (patient,))
    return [_paper(row) for row in rows.fetchall()]


def get(db: Reader, document: int) -> Paper | None:
    """One document."""
    row = db.execute(f"{_READ} WHERE d.id=?", (document,)).fetchone()
    return None if row is None else _paper(row)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that an import read and that speaks of this patient."""

    id: int
    name: str
    blob: int
    created: int


def files_about(db: Reader, patient: int) -> list[SentFile]:
    """Files of imports, not undone, whose report names one of the patient's numbers, the latest first."""
    rows = db.execute(
        "SELECT f.id, f.name, f.blob, f.created "
        "FROM import_patient p JOIN import i ON i.id=p.import_id AND i.undone IS NULL "
        "JOIN import_file f ON f.import_id=i.id "
        "WHERE p.patient=?1 AND f.blob IS NOT NULL AND f.state<>'refused' AND EXISTS("
        "SELECT 1 FROM json_each(f.report, '$.patients') WHERE value IN ("
        "SELECT mrn FROM patient WHERE id=?1 UNION SELECT value FROM identifier WHERE patient=?1)) "
        "ORDER BY f.id DESC",
        (patient,),
    )
    return [SentFile(*row) for row in rows.fetchall()]


def _paper(row: Row) -> Paper:
    number, patient, kind, title, mime, blob, status, note, user, created = row
    return Paper(number, patient, kind, title, mime, blob, status, note, user or "", created)
