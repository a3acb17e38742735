"""Writing that can be taken back: every act keeps the rows before and after it until it is sealed.

A service that writes opens an act, and writes through it:

    with journal.act(session, "add_condition", patient, Kind.CONDITION) as act:
        number = act.insert("condition", {...})
    return act.changes

Signing, printing and exporting seal what was written about the patient; from then on a thing is
amended or cancelled, never undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from medapp.domain.changes import Changes, Kind
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import incoming
from medapp.services.audit import record
from medapp.services.session import Session
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownItem, UnknownPatient
from medapp.store.repositories import edits, observations, patients
from medapp.store.repositories.edits import EditedRow
from medapp.store.repositories.sequence import reserve
from medapp.store.repositories.snapshots import KEYS, Snapshot, take


class NothingToUndo(KnownError):
    code = "nothing_to_undo"
    message = N_("There is nothing to undo for this patient.")
    advice = N_("Entries can be corrected in the record itself.")


class NothingToRedo(KnownError):
    code = "nothing_to_redo"
    message = N_("There is nothing to do again for this patient.")
    advice = N_("What was undone can be done again until something else is written.")


class Sealed(KnownError):
    code = "sealed"
    message = N_("This was signed, printed or exported since and can no longer be undone.")
    advice = N_("Amend or cancel the entry: the record then shows both.")


class ChangedSince(KnownError):
    code = "changed_since"
    message = N_("The entry was changed elsewhere since and was left as it is.")
    advice = N_("Look at the entry and correct it there.")


class MoreSince(ChangedSince):
    """Undoing a new patient would take away what has come about her since."""

    code = "more_since"
    message = N_("The patient stays: something was written, imported or answered about her since.")
    advice = N_("Correct who she is, or withdraw the entries one by one in her record.")


_JUDGED_BY: Final = frozenset({"patient", "pregnancy", "condition", "observation"})
"""Tables by which a result is critical, abnormal or normal."""


@dataclass(slots=True)
class Act:
    """One act under way; `changes` and `id` hold when its block has ended."""

    session: Session
    tx: Transaction
    action: str
    patient: int
    kinds: frozenset[Kind]
    detail: dict[str, Any] = field(default_factory=dict)
    also: set[int] = field(default_factory=set)
    """Other patients concerned."""
    is_sealing: bool = False
    """Signing, printing and exporting: with this act, all that was written before has no way back."""
    id: int = 0
    _before: dict[tuple[str, int], Snapshot | None] = field(default_factory=dict)

    @property
    def changes(self) -> Changes:
        """What pages must read again."""
        return Changes(self.kinds, frozenset({self.patient, *self.also}))

    @property
    def now(self) -> int:
        """UTC seconds."""
        return self.session.now().seconds

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """A new row with an id that no other ever had (not for observations and patients)."""
        number = reserve(self.tx, table, 1)
        self.added(table, number)
        names = ", ".join((KEYS.get(table, "id"), *values))
        marks = ", ".join("?" * (len(values) + 1))
        self.tx.execute(f"INSERT INTO {table}({names}) VALUES({marks})", (number, *values.values()))
        self.detail.setdefault(table, number)
        return number

    def update(self, table: str, item: int, values: Mapping[str, Any]) -> None:
        """Change columns of a row. Raises UnknownItem."""
        self.changed(table, item)
        sets = ", ".join(f"{name}=?" for name in values)
        key = KEYS.get(table, "id")
        self.tx.execute(f"UPDATE {table} SET {sets} WHERE {key}=?", (*values.values(), item))
        self.detail.setdefault(table, item)

    def changed(self, table: str, item: int) -> None:
        """Remember a row before a repository changes it. Raises UnknownItem."""
        if (table, item) not in self._before:
            before = take(self.tx, table, item)
            if before is None:
                raise UnknownItem()
            self._before[table, item] = before

    def added(self, table: str, item: int) -> None:
        """Say that a repository adds, or has just added, a row."""
        self._before.setdefault((table, item), None)

    def close(self) -> None:
        """Enter the act and its log entry; the block's end calls it.

        Results that wait for a signature are judged anew by what the act changed.
        """
        is_judged_by = any(table in _JUDGED_BY for table, _ in self._before)
        if is_judged_by and incoming.regrade_of(self.tx, (self.patient, *self.also)):
            self.kinds |= {Kind.REVIEW}
        rows = [
            EditedRow(table, item, before, take(self.tx, table, item))
            for (table, item), before in self._before.items()
        ]
        rows = [row for row in rows if row.before != row.after]
        if rows:
            user = self.session.user.id
            self.id = edits.insert(self.tx, self.patient, user, self.now, self.action, rows)
        record(self.session, self.tx, self.action, self.patient, **self.detail)


@dataclass(frozen=True, slots=True)
class Step:
    """What an undo or redo did: the action's name and what changed."""

    action: str
    changes: Changes


@contextmanager
def act(session: Session, action: str, patient: int, *kinds: Kind) -> Iterator[Act]:
    """One transaction: the rows, the way back, the log entry. Raises UnknownPatient, NotPermitted.

    `patient` 0 is a patient that the act itself makes: it sets `act.patient`.
    """
    session.require(Permission.WRITE_RECORD)
    with session.store.transaction() as tx:
        if patient and not patients.exists(tx, patient):
            raise UnknownPatient()
        made = Act(session, tx, action, patient, frozenset(kinds))
        yield made
        made.close()
        if made.is_sealing:
            seal(session, tx, made.patient)


def undo(session: Session, patient: int) -> Step:
    """Take back the last act about a patient.

    Raises NothingToUndo, Sealed when it was signed, printed or exported since (at any patient concerned),
    ChangedSince when a row is no longer what the act left, MoreSince when a new patient has more by now.
    """
    session.require(Permission.WRITE_RECORD)
    with session.store.transaction() as tx:
        last = edits.last_standing(tx, patient)
        if last is None:
            raise NothingToUndo
        if last.sealed is not None:
            raise Sealed
        return _walk(session, tx, last, is_undo=True)


def redo(session: Session, patient: int) -> Step:
    """Do the act again that was undone last. Raises NothingToRedo, Sealed, ChangedSince."""
    session.require(Permission.WRITE_RECORD)
    with session.store.transaction() as tx:
        last = edits.first_undone(tx, patient)
        if last is None:
            raise NothingToRedo
        return _walk(session, tx, last, is_undo=False)


def seal(session: Session, tx: Transaction, patient: int) -> None:
    """What was written about a patient until now was signed, printed or exported: no way back."""
    edits.seal(tx, patient, session.now().seconds)


def _walk(session: Session, tx: Transaction, edit: edits.Edit, *, is_undo: bool) -> Step:
    rows = edits.rows_of(tx, edit.id)
    touched = {edit.patient, *(_patient_of(row) for row in rows)} - {0}
    if any(edits.is_sealed_since(tx, other, edit.id) for other in touched):
        raise Sealed
    if is_undo and any(_would_remove_more(tx, row) for row in rows):
        raise MoreSince
    if not edits.is_as_left(tx, rows, after=is_undo):
        raise ChangedSince
    if any(_would_stand_twice(tx, row, row.before if is_undo else row.after) for row in rows):
        raise ChangedSince
    edits.put_back(tx, rows, before=is_undo)
    edits.mark(tx, edit.id, session.now().seconds if is_undo else None)
    for patient in sorted(touched):
        record(session, tx, "undo" if is_undo else "redo", patient, edit=edit.id, act=edit.action)
    kinds = {_kind_of(row) for row in rows} | ({Kind.REVIEW} if incoming.regrade_of(tx, touched) else set())
    return Step(edit.action, Changes(frozenset(kinds), frozenset(touched)))


def _would_stand_twice(tx: Transaction, row: EditedRow, wanted: Snapshot | None) -> bool:
    """Whether a result would count again beside what its sender sent in its place since."""
    is_wanted = row.kind == "observation" and wanted is not None and wanted["status"] != "superseded"
    return is_wanted and observations.is_taken(tx, row.item)


def _would_remove_more(tx: Transaction, row: EditedRow) -> bool:
    """Whether a patient's own entry would go with what has come about her since."""
    return row.kind == "patient" and row.before is None and not patients.is_empty(tx, row.item)


def _kind_of(row: EditedRow) -> Kind:
    return Kind(row.kind)


def _patient_of(row: EditedRow) -> int:
    if row.kind == "patient":
        return row.item
    kept: Mapping[str, Any] = row.after or row.before or {}
    return int(kept.get("patient", 0))
