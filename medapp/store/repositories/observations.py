"""Observations: clustered by (patient, code, time, seq); seq is the id for ever.

A value that was sent in its canonical unit has `value_sent` NULL in the row: reading gives it back.
A correction is a new row with `replaces`; the old one stays with status "superseded".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from medapp.domain.clinical import WITHDRAWN, Observation
from medapp.domain.datatypes import Moment
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import codes, sources
from medapp.store.repositories.rows import Inserted, pack_id, unpack_id
from medapp.store.repositories.sequence import reserve

COLUMNS: Final = (
    'patient, code, ts, "when", value, unit, text, coded, comparator, value_sent, unit_sent, '
    "ref_low, ref_high, encounter, source, status, replaces, panel, import_id, source_id"
)
"""Order of a row given to `insert_many`: 20 columns, the seq is not among them."""

_READ: Final = (
    'seq, code, ts, "when", value, unit, text, coded, comparator, value_sent, unit_sent, '
    "ref_low, ref_high, encounter, source, status, replaces, panel"
)
_HIDDEN: Final = ", ".join(f"'{status}'" for status in sorted(WITHDRAWN))
_USABLE: Final = f"status NOT IN ({_HIDDEN}) AND (value IS NOT NULL OR text IS NOT NULL OR coded IS NOT NULL)"
_FOREVER: Final = 1 << 62
# Told ?2 the end in UTC seconds and ?3 by the clock there: a day is over there, not in Greenwich.
_BY_THEN: Final = 'ts<=max(?2, ?3) AND ts<=CASE WHEN ("when" & 3) < 3 THEN ?3 ELSE ?2 END'

# A loose scan: one step per code of the patient, then one step to its newest usable row.
_LATEST: Final = f"""
WITH RECURSIVE own(code) AS (
  SELECT (SELECT min(code) FROM observation WHERE patient=?1)
  UNION ALL
  SELECT (SELECT min(code) FROM observation WHERE patient=?1 AND code>own.code)
  FROM own WHERE own.code IS NOT NULL),
newest(code, seq) AS (
  SELECT code, (SELECT seq FROM observation
    WHERE patient=?1 AND code=own.code AND {_BY_THEN} AND {_USABLE}
    ORDER BY ts DESC, seq DESC LIMIT 1)
  FROM own WHERE code IS NOT NULL)
SELECT {", ".join("o." + name.strip() for name in _READ.split(","))}
FROM newest CROSS JOIN observation o ON o.seq=newest.seq"""


@dataclass(frozen=True, slots=True)
class StoredObservation:
    """One row by its id, with whose it is."""

    patient: int
    observation: Observation


def insert_many(tx: Transaction, rows: Sequence[Row]) -> Inserted:
    """Insert rows in `COLUMNS` order; see the package for what happens to repeats."""
    first = reserve(tx, "observation", len(rows))
    count = tx.executemany(
        f"INSERT INTO observation(seq, {COLUMNS}) VALUES({', '.join('?' * 21)}) ON CONFLICT DO NOTHING",
        (
            (seq, *row[:17], pack_id(row[17]), row[18], pack_id(row[19]))
            for seq, row in enumerate(rows, first)
        ),
    )
    return Inserted(range(first, first + len(rows)), count)


def existing(db: Reader, source: int, source_ids: Iterable[str]) -> dict[str, list[Row]]:
    """Stored rows (seq, then `COLUMNS`) of one source by source id; components share one."""
    sql = (
        f"SELECT seq, {COLUMNS} FROM observation "
        "WHERE source_id=? AND source=? AND status<>'superseded' ORDER BY seq"
    )
    found = {name: db.execute(sql, (pack_id(name), source)).fetchall() for name in source_ids}
    return {name: rows for name, rows in found.items() if rows}


def of_patient(db: Reader, patient: int, until: Moment | None = None) -> list[Observation]:
    """All usable observations up to and including `until`, by code and time."""
    return _observations(db, rows_of_patient(db, patient, until))


def rows_of_patient(db: Reader, patient: int, until: Moment | None = None) -> list[Row]:
    """The same as plain rows: 10,000 in some 10 ms."""
    sql = f"SELECT {_READ} FROM observation WHERE patient=?1 AND {_BY_THEN} AND status NOT IN ({_HIDDEN})"
    return db.execute(sql, (patient, *_ends(until))).fetchall()


def latest(db: Reader, patient: int, until: Moment | None = None) -> list[Observation]:
    """The newest usable observation of each code up to and including `until`."""
    return _observations(db, db.execute(_LATEST, (patient, *_ends(until))).fetchall())


def series(
    db: Reader, patient: int, code_ids: Iterable[int], since: int = -_FOREVER
) -> list[Observation]:
    """Usable observations of some codes, oldest first."""
    sql = (
        f"SELECT {_READ} FROM observation WHERE patient=? AND code=? AND ts>=? "
        f"AND status NOT IN ({_HIDDEN})"
    )
    rows = [row for code in code_ids for row in db.execute(sql, (patient, code, since)).fetchall()]
    return _observations(db, sorted(rows, key=_by_time))


def withdrawn(db: Reader, patient: int, code_ids: Iterable[int]) -> list[Observation]:
    """Rows of some codes that no reader uses, oldest first."""
    sql = f"SELECT {_READ} FROM observation WHERE patient=? AND code=? AND status IN ({_HIDDEN})"
    rows = [row for code in code_ids for row in db.execute(sql, (patient, code)).fetchall()]
    return _observations(db, sorted(rows, key=_by_time))


def newest(db: Reader, patient: int, code_ids: Iterable[int], count: int) -> list[Observation]:
    """The last `count` usable observations over some codes, oldest first."""
    sql = (
        f"SELECT {_READ} FROM observation WHERE patient=? AND code=? "
        f"AND {_USABLE} ORDER BY ts DESC, seq DESC LIMIT ?"
    )
    rows = [row for code in code_ids for row in db.execute(sql, (patient, code, count)).fetchall()]
    return _observations(db, sorted(rows, key=_by_time)[-count:])


def get(db: Reader, seq: int) -> StoredObservation | None:
    """One observation by its id, whatever its status."""
    row = db.execute(f"SELECT patient, {_READ} FROM observation WHERE seq=?", (seq,)).fetchone()
    return None if row is None else StoredObservation(row[0], _observations(db, [row[1:]])[0])


def last_moment(db: Reader, patient: int, until: Moment | None = None) -> Moment | None:
    """The moment of the newest usable observation up to and including `until`."""
    rows = db.execute(_LATEST, (patient, *_ends(until))).fetchall()
    return max((Moment.unpack(row[2], row[3]) for row in rows), default=None)


def is_standing(observation: Observation) -> bool:
    """Whether a row may still be corrected or withdrawn."""
    return observation.status not in WITHDRAWN


def set_status(tx: Transaction, seq: int, status: str) -> None:
    """Mark a row; nothing else of a stored observation ever changes."""
    tx.execute("UPDATE observation SET status=? WHERE seq=?", (status, seq))


def corrections_of(db: Reader, patient: int, replaced: int) -> list[int]:
    """The ids of what was put in the place of a patient's row."""
    sql = "SELECT seq FROM observation WHERE patient=? AND replaces=? ORDER BY seq"
    return [seq for (seq,) in db.execute(sql, (patient, replaced)).fetchall()]


def may_stand_again(db: Reader, corrected: int, replaced: int) -> bool:
    """Whether a replaced row may count again without its correction: never when its sender replaced it."""
    sql = "SELECT 1 FROM observation WHERE seq=? AND source_id IS NULL"
    return db.execute(sql, (corrected,)).fetchone() is not None and not is_taken(db, replaced)


def is_taken(db: Reader, seq: int) -> bool:
    """Whether another row stands under the id that a row has at its sender: only one of them may."""
    sql = """
SELECT 1 FROM observation r
JOIN observation o ON o.source_id=r.source_id AND o.source=r.source AND o.code=r.code
WHERE r.seq=? AND o.seq<>r.seq AND o.status<>'superseded'"""
    return db.execute(sql, (seq,)).fetchone() is not None


def row_of(
    patient: int,
    code: int,
    observation: Observation,
    *,
    coded: int | None = None,
    source: int | None = None,
    import_id: int | None = None,
    source_id: str | None = None,
) -> Row:
    """The row, in `COLUMNS` order, of an observation; its id is not used."""
    is_same = observation.value_sent == observation.value and observation.unit_sent == observation.unit
    return (
        patient,
        code,
        observation.time.seconds,
        observation.time.packed,
        observation.value,
        observation.unit,
        observation.text,
        coded,
        observation.comparator,
        None if is_same else observation.value_sent,
        None if is_same else observation.unit_sent,
        observation.reference_low,
        observation.reference_high,
        observation.encounter,
        source,
        observation.status,
        observation.replaces,
        observation.panel,
        import_id,
        source_id,
    )


def _ends(until: Moment | None) -> tuple[int, int]:
    return (_FOREVER, _FOREVER) if until is None else (until.end, until.end_by_clock)


def _by_time(row: Row) -> tuple[int, int]:
    return row[2], row[0]


def _observations(db: Reader, rows: Sequence[Row]) -> list[Observation]:
    known = codes.by_ids(db, {number for row in rows for number in (row[1], row[7])})
    senders = sources.names(db)
    return [_observation(row, known, senders) for row in rows]


def _observation(row: Row, known: dict[int, codes.StoredCode], senders: dict[int, str]) -> Observation:
    (
        seq,
        code,
        ts,
        when,
        value,
        unit,
        text,
        coded,
        comparator,
        value_sent,
        unit_sent,
        low,
        high,
        encounter,
        source,
        status,
        replaces,
        panel,
    ) = row
    kept = known[code]
    if value_sent is None and value is not None:
        value_sent, unit_sent = value, unit
    return Observation(
        seq,
        kept.coding,
        Moment.unpack(ts, when),
        kept.variable,
        value,
        unit,
        comparator,
        text,
        None if coded is None else known[coded].coding,
        value_sent,
        unit_sent,
        low,
        high,
        status,
        senders.get(source, ""),
        encounter,
        unpack_id(panel),
        replaces,
    )
