"""Results to sign: what came in, what was done about it, and whether the patient was told.

`medapp.services.incoming` decides which results wait. Signing one is one act of the journal; the normals
of a list are signed with one act for each patient, and taken back together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import WITHDRAWN, Observation
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import due, journal
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.connection import Reader, Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories import edits, observations
from medapp.store.search import PatientLine
from medapp.terminology.critical import ABNORMAL, CRITICAL, NORMAL, UNKNOWN

__all__ = ["ABNORMAL", "CRITICAL", "NORMAL", "UNKNOWN", "ResultLine"]

LATE: Final = 86_400
"""Seconds after which a result that nobody signed rises."""

MOST: Final = 500
"""Results that a list shows; older ones come as these are signed."""

ACTIONS: Final[Mapping[str, str]] = {
    "none": N_("No action needed"),
    "repeat": N_("Repeat the test"),
    "treatment": N_("Treatment changed"),
    "appointment": N_("Patient called in"),
    "referral": N_("Referred"),
    "emergency": N_("Sent to hospital"),
    "other": N_("Other, as written"),
}
TOLD: Final[Mapping[str, str]] = {
    "in_person": N_("In person"),
    "telephone": N_("By telephone"),
    "message": N_("By message or letter"),
    "not_yet": N_("Not yet"),
}
SIGN, SIGN_NORMALS = "sign_result", "sign_normals"
_RANK: Final = {CRITICAL: 0, ABNORMAL: 1, UNKNOWN: 2, NORMAL: 3}
_HIDDEN: Final = ", ".join(f"'{status}'" for status in sorted(WITHDRAWN))
_STANDING: Final = f"""
FROM review r JOIN observation o ON o.seq=r.observation
WHERE r.signed IS NULL AND o.status NOT IN ({_HIDDEN})"""


class ActionMissing(KnownError):
    code = "action_missing"
    message = N_("Say what was done about the result.")
    advice = N_("“No action needed” is an answer too.")


class ToldMissing(KnownError):
    code = "told_missing"
    message = N_("Say whether the patient was told.")
    advice = N_("“Not yet” is an answer too: a result that is not normal is then listed as due.")


class AlreadySigned(KnownError):
    code = "already_signed"
    message = N_("This result was signed meanwhile.")
    advice = N_("The list shows what is still to sign.")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result that waits. `level` is critical, abnormal, normal or unknown; `received` in UTC seconds."""

    patient: PatientLine
    observation: Observation
    level: str
    received: int
    is_late: bool

    @property
    def id(self) -> int:
        """The observation's."""
        return self.observation.id


@dataclass(frozen=True, slots=True)
class Signed:
    """How a result was signed: choices of `ACTIONS` and `TOLD`, and what was written."""

    action: str
    action_text: str
    told: str
    told_text: str
    at: int
    user: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What signing the normals did: how many, and the act of each patient, for taking it back."""

    changes: Changes
    count: int
    acts: Mapping[int, int]


def waiting(session: Session) -> list[ResultLine]:
    """Results to sign: critical first, then what waits for over a day, then by level and age."""
    session.require(Permission.READ_RECORD)
    now = session.now().seconds
    with session.store.reading() as db:
        sql = f"SELECT r.observation, r.level, r.received {_STANDING} ORDER BY r.received LIMIT ?"
        rows = db.execute(sql, (MOST,)).fetchall()
        found = [_line(db, row, now) for row in rows]
    lines = [line for line in found if line is not None]
    lines.sort(key=lambda one: (one.level != CRITICAL, not one.is_late, _RANK[one.level], one.received))
    return lines


def count(session: Session) -> int:
    """How many wait, up to `MOST`."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = db.execute(f"SELECT count(*) FROM (SELECT 1 {_STANDING} LIMIT ?)", (MOST,)).fetchone()
    return int(found[0]) if found else 0


def signed(session: Session, observation: int) -> Signed | None:
    """How a result was signed; None when it was not, or needs none."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        row = db.execute(
            "SELECT action, told, signed, user FROM review WHERE observation=? AND signed IS NOT NULL",
            (observation,),
        ).fetchone()
    if row is None:
        return None
    action, told = json.loads(row[0]), json.loads(row[1])
    return Signed(action["choice"], action["text"], told["choice"], told["text"], row[2], row[3])


def sign(
    session: Session, observation: int, action: str, told: str, *, action_text: str = "", told_text: str = ""
) -> Changes:
    """Sign one result: `action` of ACTIONS, `told` of TOLD.

    "not_yet" leaves a task to tell the patient, but not of a normal result.

    Raises ActionMissing, ToldMissing, AlreadySigned, UnknownItem, NotPermitted.
    """
    if action not in ACTIONS or (action == "other" and not action_text.strip()):
        raise ActionMissing
    if told not in TOLD:
        raise ToldMissing
    session.require(Permission.WRITE_RECORD)
    with journal.act(session, SIGN, _whose(session, observation), Kind.REVIEW, Kind.TASK) as act:
        row = _open(act.tx, observation)
        act.update("review", observation, _values(session, act.now, action, action_text, told, told_text))
        if told == "not_yet" and row[0] != NORMAL:
            due.add_in(act, due.TELL, session.now().date.isoformat(), title=str(observation))
    return act.changes


def sign_normals(session: Session, lines: Iterable[ResultLine]) -> Batch:
    """Sign the normal ones among these: no action needed, the patient not told yet.

    What was signed meanwhile is left alone.
    """
    session.require(Permission.WRITE_RECORD)
    by_patient: dict[int, list[int]] = {}
    for line in lines:
        if line.level == NORMAL:
            by_patient.setdefault(line.patient.id, []).append(line.id)
    acts: dict[int, int] = {}
    total = 0
    for patient, numbers in by_patient.items():
        with journal.act(session, SIGN_NORMALS, patient, Kind.REVIEW) as act:
            standing = [number for number in numbers if _is_normal(act.tx, number)]
            for number in standing:
                act.update("review", number, _values(session, act.now, "none", "", "not_yet", ""))
            act.detail["count"] = len(standing)
        total += len(standing)
        if act.id:
            acts[patient] = act.id
    return Batch(Changes(frozenset({Kind.REVIEW}), frozenset(acts)), total, acts)


def unsign_normals(session: Session, batch: Batch) -> Changes:
    """Take the batch back, except for patients about whom something was written since."""
    session.require(Permission.WRITE_RECORD)
    undone = set()
    for patient, act in batch.acts.items():
        with session.store.reading() as db:
            last = edits.last_standing(db, patient)
        if last is not None and last.id == act and last.sealed is None:
            journal.undo(session, patient)
            undone.add(patient)
    return Changes(frozenset({Kind.REVIEW}), frozenset(undone))


def _values(
    session: Session, now: int, action: str, action_text: str, told: str, told_text: str
) -> dict[str, Any]:
    return {
        "signed": now, "user": session.user.id,
        "action": json.dumps({"choice": action, "text": action_text.strip()}, ensure_ascii=False),
        "told": json.dumps({"choice": told, "text": told_text.strip()}, ensure_ascii=False),
    }  # fmt: skip


def _line(db: Reader, row: Sequence[Any], now: int) -> ResultLine | None:
    number, level, received = row
    stored = observations.get(db, number)
    patient = None if stored is None else index.line(db, stored.patient)
    if stored is None or patient is None:
        return None
    return ResultLine(patient, stored.observation, level, received, now - received >= LATE)


def _whose(session: Session, observation: int) -> int:
    with session.store.reading() as db:
        found = db.execute("SELECT patient FROM review WHERE observation=?", (observation,)).fetchone()
    if found is None:
        raise UnknownItem()
    return int(found[0])


def _open(tx: Transaction, observation: int) -> Sequence[Any]:
    found = tx.execute("SELECT level, signed FROM review WHERE observation=?", (observation,)).fetchone()
    if found is None:
        raise UnknownItem()
    if found[1] is not None:
        raise AlreadySigned
    return found


def _is_normal(tx: Transaction, observation: int) -> bool:
    found = tx.execute(
        "SELECT 1 FROM review WHERE observation=? AND level=? AND signed IS NULL", (observation, NORMAL)
    ).fetchone()
    return found is not None
