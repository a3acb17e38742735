"""Pregnancies and statements that there is none; days are ISO texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Outcome, Pregnancy, Status
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories import sources

_READ: Final = (
    "id, patient, status, last_period, scan_date, scan_days, due, ended, outcome, note, recorded_ts, "
    "recorded_when, source"
)


def values_of(tx: Transaction, one: Pregnancy, source: str) -> dict[str, Any]:
    """The columns of an episode, but for its id and patient."""
    return {
        "status": one.status.value, "last_period": _iso(one.last_period), "scan_date": _iso(one.scan_date),
        "scan_days": one.scan_days, "due": _iso(one.due_agreed), "ended": _iso(one.ended),
        "outcome": one.outcome.value, "note": one.note,
        "recorded_ts": one.recorded.seconds, "recorded_when": one.recorded.packed,
        "source": sources.intern(tx, source),
    }


def of_patient(db: Reader, patient: int) -> list[Pregnancy]:
    """All that was said, the oldest first."""
    sql = f"SELECT {_READ} FROM pregnancy WHERE patient=? ORDER BY recorded_ts, id"
    return _episodes(db, db.execute(sql, (patient,)).fetchall())


def get(db: Reader, item: int) -> Pregnancy | None:
    """One by its id, whatever its status."""
    found = db.execute(f"SELECT {_READ} FROM pregnancy WHERE id=?", (item,)).fetchall()
    return next(iter(_episodes(db, found)), None)


def _episodes(db: Reader, found: Sequence[Row]) -> list[Pregnancy]:
    senders = sources.names(db)
    return [
        Pregnancy(
            row[0], row[1], Status(row[2]), _day(row[3]), _day(row[4]), row[5], _day(row[6]), _day(row[7]),
            Outcome(row[8]), row[9], Moment.unpack(row[10], row[11]), senders.get(row[12], ""),
        )
        for row in found
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
