"""Patients: the row a search shows, the document, the identifiers, and the search index beside them.

Writing a patient and her index entry is one act: nothing here changes one without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from medapp.domain.administrative import Identifier, IdentifierType, Patient
from medapp.store import search
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.errors import AmbiguousPatient, UnknownPatient
from medapp.store.repositories import documents
from medapp.store.repositories.rows import pack_id
from medapp.store.repositories.sequence import reserve

CHILDREN: Final = (
    "observation", "condition", "medication", "allergy", "encounter", "procedure", "immunisation",
    "family_history",
)
"""Tables of what an import may bring."""

WRITTEN: Final = ("pregnancy", "denial", "note", "document", "appointment", "review", "task", "outcome")
"""Tables of what is written here only."""


@dataclass(frozen=True, slots=True)
class NewPatient:
    """A patient to store, with where she came from."""

    patient: Patient
    source: int | None = None
    source_id: str | None = None
    import_id: int | None = None


def insert(
    tx: Transaction,
    patient: Patient,
    *,
    source: int | None = None,
    source_id: str | None = None,
    import_id: int | None = None,
) -> int:
    """Store one patient; her id."""
    return insert_many(tx, [NewPatient(patient, source, source_id, import_id)])[0]


def insert_many(tx: Transaction, new: Sequence[NewPatient]) -> range:
    """Store patients and index them; their ids in the order given.

    Give thousands at once when there are millions (see `search.bulk_loading`): the
    index is written in the order of rank.
    """
    first = reserve(tx, "patient", len(new))
    _insert_from(tx, first, new)
    return range(first, first + len(new))


def put_back(tx: Transaction, patient: Patient) -> None:
    """Store a removed patient again under the id she had."""
    _insert_from(tx, patient.id, [NewPatient(patient)])


def _insert_from(tx: Transaction, first: int, new: Sequence[NewPatient]) -> None:
    ids = range(first, first + len(new))
    whole = [
        replace(one.patient, id=number, mrn=one.patient.mrn or _record_number(one.patient, number))
        for number, one in zip(ids, new, strict=True)
    ]
    entries = [search.entry_of(patient) for patient in whole]
    ranks = search.new_ranks(tx, [entry.bucket for entry in entries])
    tx.executemany(
        "INSERT INTO patient(id, rank, mrn, name, name_local, birth_date, sex, deceased, demo) "
        "VALUES(?,?,?,?,?,?,?,?,?)",
        (_row(patient, rank) for patient, rank in zip(whole, ranks, strict=True)),
    )
    tx.executemany(
        "INSERT INTO patient_detail(patient, document, source, source_id, import_id) VALUES(?,?,?,?,?)",
        (
            (patient.id, documents.pack(patient), one.source, pack_id(one.source_id), one.import_id)
            for patient, one in zip(whole, new, strict=True)
        ),
    )
    tx.executemany(_IDENTIFIER, (row for patient in whole for row in _identifiers(patient)))
    search.index_many(tx, zip(ranks, entries, strict=True))


def update(tx: Transaction, patient: Patient) -> None:
    """Replace a stored patient; her place in the index moves with her name. Raises UnknownPatient."""
    old = tx.execute("SELECT rank FROM patient WHERE id=?", (patient.id,)).fetchone()
    if old is None:
        raise UnknownPatient()
    entry = search.entry_of(patient)
    rank = old[0] if search.bucket_of(old[0]) == entry.bucket else search.new_ranks(tx, [entry.bucket])[0]
    search.unindex(tx, old[0])
    row = _row(patient, rank)
    tx.execute(
        "UPDATE patient SET rank=?, mrn=?, name=?, name_local=?, birth_date=?, sex=?, deceased=?, demo=? "
        "WHERE id=?",
        (*row[1:], patient.id),
    )
    tx.execute("UPDATE patient_detail SET document=? WHERE patient=?", (documents.pack(patient), patient.id))
    tx.execute("DELETE FROM identifier WHERE patient=?", (patient.id,))
    tx.executemany(_IDENTIFIER, _identifiers(patient))
    search.index_many(tx, [(rank, entry)])


def delete(tx: Transaction, patient: int) -> None:
    """Remove a patient with everything about her but the audit and the edits. Raises UnknownPatient."""
    found = tx.execute("SELECT rank FROM patient WHERE id=?", (patient,)).fetchone()
    if found is None:
        raise UnknownPatient()
    tx.execute(
        "DELETE FROM decision WHERE assessment IN (SELECT id FROM assessment WHERE patient=?)", (patient,)
    )
    for table in ("assessment", *CHILDREN, *WRITTEN, "draft", "identifier", "patient_detail"):
        tx.execute(f"DELETE FROM {table} WHERE patient=?", (patient,))
    search.unindex(tx, found[0])
    tx.execute("DELETE FROM patient WHERE id=?", (patient,))


def is_empty(db: Reader, patient: int) -> bool:
    """Whether nothing was brought, written, answered or begun about a patient: she may be removed.

    What the program works out by itself does not count: tasks by rule (of user 0), and answers without a
    number that nobody decided about, which an opened page stores. Nor do values whose own act was undone
    and can be done again.
    """
    filters = {
        "task": " AND user<>0",
        "assessment": (
            " AND (status='final' OR EXISTS (SELECT 1 FROM decision d WHERE d.assessment=assessment.id))"
        ),
        "observation": f" AND NOT ({_CAN_BE_REDONE})",
    }
    tables = (*CHILDREN, *WRITTEN, "assessment", "draft")
    asked = (f"SELECT 1 FROM {table} WHERE patient=?1{filters.get(table, '')} LIMIT 1" for table in tables)
    return not any(db.execute(sql, (patient,)).fetchone() for sql in asked)


def get(db: Reader, patient: int) -> Patient:
    """The whole patient. Raises UnknownPatient."""
    row = db.execute(
        "SELECT p.id, p.mrn, p.sex, p.demo, d.document FROM patient p "
        "JOIN patient_detail d ON d.patient=p.id WHERE p.id=?",
        (patient,),
    ).fetchone()
    if row is None:
        raise UnknownPatient()
    identifiers = db.execute(
        "SELECT value, type, system FROM identifier WHERE patient=? ORDER BY type<>'MR', type, system, value",
        (patient,),
    ).fetchall()
    return documents.unpack(row, row[4], identifiers)


def find_by_identifier(db: Reader, value: str, system: str | None = None) -> list[int]:
    """Ids of the patients that have an identifier (of one system, or of any)."""
    sql = "SELECT patient FROM identifier WHERE value=?"
    found = (
        db.execute(sql, (value,)) if system is None else db.execute(sql + " AND system=?", (value, system))
    )
    return sorted({row[0] for row in found})


def find_by_source(db: Reader, source: int, source_id: str) -> int | None:
    """The patient that came from a source under that id."""
    found = db.execute(
        "SELECT patient FROM patient_detail WHERE source_id=? AND source=?", (pack_id(source_id), source)
    ).fetchone()
    return None if found is None else found[0]


def exists(db: Reader, patient: int) -> bool:
    """Whether there is a patient of that id."""
    return db.execute("SELECT 1 FROM patient WHERE id=?", (patient,)).fetchone() is not None


def ids(db: Reader) -> Iterable[int]:
    """Every patient's id, ascending."""
    return [row[0] for row in db.execute("SELECT id FROM patient ORDER BY id")]


_IDENTIFIER: Final = (
    "INSERT INTO identifier(patient, type, system, value) VALUES(?,?,?,?) ON CONFLICT DO NOTHING"
)


_CAN_BE_REDONE: Final = """status='entered-in-error' AND seq IN (
  SELECT r.item FROM edit e JOIN edit_row r ON r.edit=e.id
  WHERE e.patient=?1 AND e.undone IS NOT NULL AND e.discarded IS NULL
  AND r.kind='observation' AND r.before IS NULL)"""


def _row(patient: Patient, rank: int) -> Row:
    born = patient.birth_date.isoformat()[:10] if patient.birth_date else None
    is_deceased = bool(patient.deceased) or patient.deceased_at is not None
    return (
        patient.id,
        rank,
        patient.mrn,
        patient.name,
        patient.name_local,
        born,
        patient.sex.value,
        int(is_deceased),
        int(patient.is_demo),
    )


def _record_number(patient: Patient, number: int) -> str:
    """The identifier typed MR, else the first of no type, else made from the id.

    A number of the state, an insurer or a passport office is never a record number.
    """
    typed = (one.value for one in patient.identifiers if one.type is IdentifierType.RECORD_NUMBER)
    anything = (one.value for one in patient.identifiers if one.type is IdentifierType.OTHER)
    return next(typed, None) or next(anything, None) or f"P{number:08d}"


def _identifiers(patient: Patient) -> Iterable[Row]:
    """Rows of her identifiers; the record number is findable among them always."""
    listed = patient.identifiers
    if all(one.value != patient.mrn for one in listed):
        listed = (Identifier(patient.mrn, IdentifierType.RECORD_NUMBER), *listed)
    return ((patient.id, one.type.value, one.system, one.value) for one in listed if one.value)


def resolve(db: Reader, reference: str) -> int:
    """The patient of a record number, any identifier, or the store's id (`17` or `#17`).

    Raises UnknownPatient, and AmbiguousPatient when it fits several; `#` always means the store's id.
    """
    text = reference.strip()
    number = text.removeprefix("#")
    found = set() if text.startswith("#") else set(find_by_identifier(db, text))
    if number.isascii() and number.isdigit() and len(number) < 19 and exists(db, int(number)):
        found.add(int(number))
    if len(found) > 1:
        raise AmbiguousPatient(count=len(found))
    if not found:
        raise UnknownPatient()
    return found.pop()
