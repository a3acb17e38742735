"""What all repositories share: ids from the sequence, packed source ids, moments, insertion."""

from __future__ import annotations

from binascii import unhexlify
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medapp.domain.datatypes import Moment, Period
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories.sequence import reserve

Key = str | bytes | None


@dataclass(frozen=True, slots=True)
class Inserted:
    """`ids` given to the rows in order, and how many of them were new."""

    ids: range
    count: int


def insert_many(tx: Transaction, table: str, columns: str, rows: Sequence[Row]) -> Inserted:
    """Insert tuples after giving each an id; the last column but one is the source id."""
    first = reserve(tx, table, len(rows))
    marks = ", ".join("?" * (columns.count(",") + 2))
    at = tuple(name.strip() for name in columns.split(",")).index("source_id")
    count = tx.executemany(
        f"INSERT INTO {table}(id, {columns}) VALUES({marks}) ON CONFLICT DO NOTHING",
        ((number, *row[:at], pack_id(row[at]), *row[at + 1 :]) for number, row in enumerate(rows, first)),
    )
    return Inserted(range(first, first + len(rows)), count)


def existing(db: Reader, table: str, columns: str, source: int, ids: Iterable[str]) -> dict[str, Row]:
    """Stored rows (id, then `columns`) of one source by their source ids."""
    sql = f"SELECT id, {columns} FROM {table} WHERE source_id = ? AND source = ?"
    found = ((name, db.execute(sql, (pack_id(name), source)).fetchone()) for name in ids)
    return {name: row for name, row in found if row is not None}


def pack_id(text: Key) -> Key:
    """A source's id as stored: a UUID as 16 bytes (then the rest after `#`), else the text."""
    if text is None or isinstance(text, bytes):
        return text
    if len(text) == 36 and text[8:24:5] == "----" and text.islower():
        try:  # the usual case, at half the cost of the proof by inversion below
            plain = unhexlify(text.replace("-", ""))
        except ValueError:
            return text
        return plain if len(plain) == 16 else text
    if len(text) < 36 or text[8] != "-":
        return text
    try:
        whole = bytes.fromhex(text[:36].replace("-", ""))
    except ValueError:
        return text
    packed = whole + text[36:].encode()
    return packed if unpack_id(packed) == text else text


def unpack_id(stored: Key) -> str | None:
    """Inverse of `pack_id`."""
    if stored is None or isinstance(stored, str):
        return stored
    digits = stored[:16].hex()
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return "-".join(parts) + stored[16:].decode()


def moment(seconds: int | None, packed: int | None) -> Moment | None:
    """The moment of two columns."""
    return None if seconds is None or packed is None else Moment.unpack(seconds, packed)


def columns_of(instant: Moment | None) -> tuple[int | None, int | None]:
    """The two columns of a moment."""
    return (None, None) if instant is None else (instant.seconds, instant.packed)


def period(start: int | None, start_when: int | None, end: int | None, end_when: int | None) -> Period:
    """The period of four columns."""
    return Period(moment(start, start_when), moment(end, end_when))
