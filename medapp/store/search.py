"""Patient search: an FTS5 index whose rowid IS the order of names.

`ORDER BY rowid LIMIT 50` then stops after fifty hits without a sort, and prefix
indexes of one to five characters make every early keystroke one posting list.

rank = base-27 number of the first nine letters of the sort key, shifted by 20
bits, plus a running number inside that bucket: 63 bits, never renumbered; ties
of nine letters stand in order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from medapp.errors import BugError
from medapp.store import tokens
from medapp.store.connection import Reader, Row, Store, Transaction
from medapp.store.query import match_expression

if TYPE_CHECKING:
    from medapp.domain.administrative import Patient

LIMIT: Final = 50
_LETTERS, _TIE_BITS = 9, 20
_BULK_BYTES, _USUAL_BYTES = 67_108_864, 1_048_576
_LINE: Final = "p.id, p.mrn, p.name, p.name_local, p.birth_date, p.sex, p.deceased, p.demo"
_FIND: Final = (
    f"SELECT {_LINE} FROM patient_search f CROSS JOIN patient p ON p.rank=f.rowid "
    "WHERE f.patient_search MATCH ? ORDER BY f.rowid LIMIT ?"
)


class PatientLine(NamedTuple):
    """One patient as a list shows her."""

    id: int
    mrn: str
    name: str
    name_local: str | None
    birth_date: str | None
    sex: str
    deceased: bool
    demo: bool


class Entry(NamedTuple):
    """What the index holds about one patient."""

    bucket: int
    document: str


def find(db: Reader, text: str, limit: int = LIMIT) -> list[PatientLine]:
    """The first patients, in name order, that fit what was typed."""
    expression = match_expression(text)
    if expression is None:
        return []
    return [_line(row) for row in db.execute(_FIND, (expression, limit)).fetchall()]


def count(db: Reader, text: str) -> int:
    """How many fit, exactly; not bounded in time as `find` is."""
    expression = match_expression(text)
    if expression is None:
        return 0
    sql = "SELECT count(*) FROM patient_search WHERE patient_search MATCH ?"
    found = db.execute(sql, (expression,)).fetchone()
    return found[0] if found else 0


def page(db: Reader, after: int | None = None, limit: int = LIMIT) -> list[PatientLine]:
    """The patients that follow patient `after` in name order, from the first when None."""
    sql = (
        f"SELECT {_LINE} FROM patient p WHERE p.rank > coalesce("
        "(SELECT rank FROM patient WHERE id=?), -1) ORDER BY p.rank LIMIT ?"
    )
    return [_line(row) for row in db.execute(sql, (after, limit)).fetchall()]


def line(db: Reader, patient: int) -> PatientLine | None:
    """One patient's line."""
    row = db.execute(f"SELECT {_LINE} FROM patient p WHERE p.id=?", (patient,)).fetchone()
    return None if row is None else _line(row)


def entry_of(patient: Patient) -> Entry:
    """The bucket and the document: names, pinyin, initials, birth date, record number, telephones."""
    from medapp.terminology import names  # reads its tables: only a writer needs them, never the start

    terms = names.search_terms(patient.names)
    found: set[str] = set()
    for part in (*terms.words, *terms.syllables, *terms.joined, *terms.initials):
        found.update(tokens.words_of(tokens.fold(part)))
    if patient.birth_date is not None:
        found.add(tokens.DAY + patient.birth_date.isoformat()[:10].replace("-", ""))
    found.add(tokens.RECORD + tokens.compact(patient.mrn))
    others = (one.value for one in patient.identifiers if one.value != patient.mrn)
    found.update(tokens.OTHER + tokens.compact(number) for number in others)
    found |= tokens.telephone_tokens(
        point.value for point in patient.telecom if point.system in ("phone", "sms", "fax", "")
    )
    return Entry(bucket(terms.sort_key), " ".join(sorted(found)))


def bucket(sort_key: str) -> int:
    """The first nine letters as a base-27 number; what is no letter counts as a space."""
    letters = [mark for mark in tokens.fold(sort_key) if "a" <= mark <= "z" or mark == " "][:_LETTERS]
    number = 0
    for mark in letters:
        number = number * 27 + (0 if mark == " " else ord(mark) - 96)
    return int(number * 27 ** (_LETTERS - len(letters)))


def bucket_of(rank: int) -> int:
    """The bucket that a rank lies in."""
    return rank >> _TIE_BITS


def new_ranks(tx: Transaction, buckets: Sequence[int]) -> list[int]:
    """A free rank in each bucket, in the order asked for."""
    following: dict[int, int] = {}
    ranks = []
    for number in buckets:
        rank = following.get(number)
        if rank is None:
            rank = _free_rank(tx, number)
        elif bucket_of(rank) != number:
            raise BugError("more than a million patients whose names begin with the same nine letters")
        following[number] = rank + 1
        ranks.append(rank)
    return ranks


def _free_rank(tx: Transaction, number: int) -> int:
    low, high = number << _TIE_BITS, (number + 1) << _TIE_BITS
    found = tx.execute("SELECT max(rank) FROM patient WHERE rank>=? AND rank<?", (low, high)).fetchone()
    rank = low if found is None or found[0] is None else found[0] + 1
    if rank >= high:
        raise BugError("more than a million patients whose names begin with the same nine letters")
    return int(rank)


def index_many(tx: Transaction, entries: Iterable[tuple[int, Entry]]) -> None:
    """Index entries at their ranks, in the order of rank (out of order the index must flush)."""
    rows = sorted((rank, entry.document) for rank, entry in entries)
    tx.executemany("INSERT INTO patient_search(rowid, doc) VALUES(?,?)", rows)


def unindex(tx: Transaction, rank: int) -> None:
    """Remove the entry at a rank."""
    tx.execute("DELETE FROM patient_search WHERE rowid=?", (rank,))


@contextmanager
def bulk_loading(store: Store) -> Iterator[None]:
    """Around many transactions that add thousands each: the index gathers 64 MB before it writes."""
    _set_gathered(store, _BULK_BYTES)
    try:
        yield
    finally:
        _set_gathered(store, _USUAL_BYTES)


def _set_gathered(store: Store, size: int) -> None:
    with store.transaction() as tx:
        tx.execute("INSERT INTO patient_search(patient_search, rank) VALUES('hashsize', ?)", (size,))


def optimize(tx: Transaction) -> None:
    """Merge the index into one segment: worth its time after a great load."""
    tx.execute("INSERT INTO patient_search(patient_search) VALUES('optimize')")


def count_all(db: Reader) -> int:
    """How many patients there are."""
    found = db.execute("SELECT count(*) FROM patient").fetchone()
    return found[0] if found else 0


def similar(db: Reader, patient: int, limit: int = 20) -> list[PatientLine]:
    """Others whose name is the same in either script or begins with the same nine letters.

    The same name first, then the nearest year of birth.
    """
    sql = "SELECT rank, name, name_local, birth_date FROM patient WHERE id=?"
    own = db.execute(sql, (patient,)).fetchone()
    return [] if own is None else _similar(db, bucket_of(own[0]), (patient, *own[1:]), limit)


def similar_to(db: Reader, patient: Patient, limit: int = 20) -> list[PatientLine]:
    """The same for somebody who is not stored, or whose name is about to change."""
    born = patient.birth_date.isoformat()[:10] if patient.birth_date is not None else None
    own = (patient.id, patient.name, patient.name_local, born)
    return _similar(db, entry_of(patient).bucket, own, limit)


def _similar(db: Reader, number: int, own: Row, limit: int) -> list[PatientLine]:
    """`own` is (id, name, local name, birth date)."""
    low = number << _TIE_BITS
    rows = db.execute(
        f"SELECT {_LINE} FROM patient p WHERE p.rank>=? AND p.rank<? AND p.id<>? "
        "ORDER BY (p.name=?) + coalesce(p.name_local=?, 0) DESC, "
        "abs(coalesce(substr(p.birth_date, 1, 4), 0) - coalesce(substr(?, 1, 4), 0)), p.rank LIMIT ?",
        (low, low + (1 << _TIE_BITS), *own, limit),
    ).fetchall()
    return [_line(row) for row in rows]


def _line(row: Row) -> PatientLine:
    return PatientLine(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), bool(row[7]))
