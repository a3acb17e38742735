"""The desk of a small demo clinic: today's appointments, results to sign, what is due.

Nothing about a patient is invented here: results wait because they are recent, and things are due by
the records that were drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from medapp.services import due, incoming
from medapp.services.session import Session
from medapp.store.connection import Transaction
from medapp.store.repositories.sequence import reserve

MOST: Final = 2_000
"""Patients up to which a demo clinic has a desk: beyond, making it would take longer than the clinic."""

LOOKED_AT: Final = 60
"""Patients whose recalls are worked out when the clinic is made; the others' when they are opened."""

_COURSE: Final = (
    ("Breathless on stairs", "done", 31), ("Diabetes review", "absent", 40),
    ("Cough for two weeks", "in_room", 9),
    ("Blood pressure review", "waiting", 12), ("Knee pain", "waiting", 6), ("Results", "arrived", 3),
    ("Headache", "booked", 900), ("Repeat prescription", "booked", 900), ("Tired for a month", "booked", 900),
)  # fmt: skip
"""Reason as the patient says it, state, and since how many minutes; typed texts are of no language."""


def lay(session: Session, seed: int) -> None:
    """Book today's patients, let recent results wait, and work out what is due for some."""
    with session.store.reading() as db:
        sql = "SELECT id FROM patient WHERE deceased=0 ORDER BY id LIMIT ?"
        rows = db.execute(sql, (MOST + 1,)).fetchall()
    people = [row[0] for row in rows]
    if not people or len(people) > MOST:
        return
    rng = np.random.default_rng([seed, 0xDE5])
    booked = rng.choice(people, min(len(_COURSE), len(people)), replace=False).tolist()
    with session.store.transaction() as tx:
        incoming.collect(tx, people[::5], session.now().seconds)
        _book(tx, session.clock(), booked)
    due.sweep_these(session, sorted({*booked, *people[:LOOKED_AT]}), lambda: False)


def _book(tx: Transaction, now: datetime, people: Sequence[int]) -> None:
    """Around now, a quarter of an hour each; none on another day than today."""
    start = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) - timedelta(minutes=60)
    first = reserve(tx, "appointment", len(people))
    for at, (patient, (reason, state, minutes)) in enumerate(zip(people, _COURSE, strict=False)):
        when = start + timedelta(minutes=15 * at)
        if when.date() == now.date():
            since = int(now.timestamp()) - 60 * minutes
            minute = when.hour * 60 + when.minute
            tx.execute(
                "INSERT INTO appointment(id, patient, day, minute, minutes, reason, state, state_at) "
                "VALUES(?,?,?,?,15,?,?,?)",
                (first + at, patient, now.date().isoformat(), minute, reason, state, since),
            )
