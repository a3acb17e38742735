"""The audit log: an HMAC-SHA256 chain in the database, its count and head also beside it.

Each entry's seal covers the one before, so an altered, removed or inserted row
breaks every later seal. A log cut short, or a whole database put back to an
earlier day, still has an unbroken chain: the file `audit.head` tells it. It is written
after the commit, so after a crash the database may be ahead of it, never behind.

A break is itself entered into the chain (`audit_break`) before the next act: it can
then never be overlooked, although the chain goes on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

from medapp.security.seals import GENESIS, chained, derived_key, is_same
from medapp.store.connection import Reader, Row, Transaction

HEAD: Final = "audit.head"
BREAK: Final = "audit_break"
_MAGIC: Final = "medapp-audit-1"


class Finding(StrEnum):
    """What can be wrong with a log."""

    ALTERED = "altered"  # an entry does not fit its seal
    REMOVED = "removed"  # an entry is missing in the middle
    TRUNCATED = "truncated"  # fewer entries than the head says: cut short or rolled back
    REPLACED = "replaced"  # as many entries or more, but not those the head knew
    HEAD_MISSING = "head_missing"
    HEAD_ALTERED = "head_altered"
    EARLIER = "earlier"  # a break that was found and entered before


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, at entry `n`."""

    finding: Finding
    n: int


@dataclass(frozen=True, slots=True)
class AuditState:
    """The answer of a verification; intact when there is no problem."""

    entries: int
    problems: tuple[Problem, ...]

    @property
    def is_intact(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to whom; `at` is UTC microseconds."""

    n: int
    at: int
    user: int
    action: str
    patient: int | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The log of one clinic: its sealing key and the file beside the database."""

    key: bytes
    path: Path

    def append(
        self,
        tx: Transaction,
        *,
        at: int,
        user: int,
        action: str,
        patient: int | None = None,
        detail: dict[str, Any] | None = None,
    ) -> int:
        """Enter an act in its own transaction; the number of the entry.

        Where the log no longer fits its head, that is entered first: writing a new head must
        not wipe the traces away.
        """
        if tx.on_commit is None and (problem := self._unexpected(tx)) is not None:
            found = {"finding": problem.finding.value, "entry": problem.n}
            self._append(tx, at, user, BREAK, None, found)
        return self._append(tx, at, user, action, patient, detail or {})

    def _append(
        self, tx: Transaction, at: int, user: int, action: str, patient: int | None, detail: dict[str, Any]
    ) -> int:
        last = tx.execute("SELECT n, seal FROM audit ORDER BY n DESC LIMIT 1").fetchone()
        n, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
        text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seal = chained(self.key, previous, (n, at, user, action, patient, text))
        tx.execute("INSERT INTO audit VALUES(?,?,?,?,?,?,?)", (n, at, user, action, patient, text, seal))
        tx.on_commit = partial(self.write_head, n, seal)
        return n

    def _unexpected(self, tx: Transaction) -> Problem | None:
        problem = self.check_head(tx)
        is_first = problem == Problem(Finding.HEAD_MISSING, 0)
        return None if is_first else problem

    def write_head(self, count: int, seal: bytes) -> None:
        """Write count and seal in place: one block, so it neither tears nor needs space.

        The act is committed by then: a head that cannot be written, or that a power cut
        loses (it is not synced: that would double the wait for every act), stays behind, which
        verification accepts, and the next act writes it.
        """
        line = f"{_MAGIC} {count:020} {seal.hex()} "
        line += hmac.digest(self.key, line.encode("ascii"), hashlib.sha256).hex() + "\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode("ascii"))
            finally:
                os.close(handle)
        except OSError:
            return

    def check_head(self, db: Reader) -> Problem | None:
        """Compare the head with the database: cheap, done at every opening."""
        count = count_of(db)
        head = self._read_head()
        if isinstance(head, Finding):
            return Problem(head, count)
        known, seal = head
        if known > count:
            return Problem(Finding.TRUNCATED, count)
        found = db.execute("SELECT seal FROM audit WHERE n=?", (known,)).fetchone()
        if known and (found is None or not is_same(found[0], seal)):
            return Problem(Finding.REPLACED, known)
        return None

    def verify(self, db: Reader, progress: Callable[[int], None] | None = None) -> AuditState:
        """Recompute every seal and compare the head."""
        problems: list[Problem] = []
        previous, expected = GENESIS, 1
        for row in db.execute("SELECT n, at, user, action, patient, detail, seal FROM audit ORDER BY n"):
            problems += self._check(row, previous, expected)
            previous, expected = row[6], row[0] + 1
            if progress is not None and row[0] % 1000 == 0:
                progress(row[0])
        beside = self.check_head(db)
        return AuditState(expected - 1, (*problems, *([beside] if beside else [])))

    def _check(self, row: Row, previous: bytes, expected: int) -> list[Problem]:
        problems = []
        if row[0] != expected:
            problems.append(Problem(Finding.REMOVED, expected))
        elif not is_same(chained(self.key, previous, row[:6]), row[6]):
            problems.append(Problem(Finding.ALTERED, row[0]))
        if row[3] == BREAK:
            problems.append(Problem(Finding.EARLIER, row[0]))
        return problems

    def _read_head(self) -> tuple[int, bytes] | Finding:
        try:
            text = self.path.read_text(encoding="ascii")
        except FileNotFoundError:
            return Finding.HEAD_MISSING
        except (UnicodeDecodeError, OSError):
            return Finding.HEAD_ALTERED
        line, _, seal = text.rstrip("\n").rpartition(" ")
        expected = hmac.digest(self.key, f"{line} ".encode("ascii"), hashlib.sha256).hex()
        parts = line.split(" ")
        if not hmac.compare_digest(seal, expected) or len(parts) != 3 or parts[0] != _MAGIC:
            return Finding.HEAD_ALTERED
        return int(parts[1]), bytes.fromhex(parts[2])


def audit_log(directory: Path, data_key: bytes) -> AuditLog:
    """The log of a clinic's folder."""
    return AuditLog(derived_key(data_key, "medapp audit 1"), directory / HEAD)


def entries(
    db: Reader,
    *,
    before: int | None = None,
    patient: int | None = None,
    actions: Collection[str] = (),
    limit: int = 200,
) -> list[AuditEntry]:
    """Entries, newest first, paged by number; with `actions` only acts of these names."""
    places = ", ".join(f"?{4 + place}" for place in range(len(actions)))
    among = f"AND action IN ({places}) " if actions else ""
    rows = db.execute(
        "SELECT n, at, user, action, patient, detail FROM audit "
        f"WHERE (?1 IS NULL OR n<?1) AND (?2 IS NULL OR patient=?2) {among}ORDER BY n DESC LIMIT ?3",
        (before, patient, limit, *actions),
    ).fetchall()
    return [AuditEntry(row[0], row[1], row[2], row[3], row[4], json.loads(row[5])) for row in rows]


def count_of(db: Reader) -> int:
    """The number of the last entry: how many there are."""
    found = db.execute("SELECT coalesce(max(n), 0) FROM audit").fetchone()
    return found[0] if found else 0
