"""Due: recalls by rule, what a visit planned, and tasks of one's own; "Due" and "Follow-up" read only these.

The clinic's list is an index over open tasks, never an evaluation of every record. So the recalls of a
patient are made into tasks whenever her record is at hand: when it is opened, after each thing written
or imported about her, and by a sweep through the clinic, which starts with an import's patients. A task
holds the day on which it falls due, so that time alone brings it up. Such tasks are worked out, not
written by anybody: their user is 0, and a due of "" says that nothing was ever recorded. What somebody
decided (done elsewhere, put off, declined, a task of her own) has her as its user and goes by the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from medapp.assess.due import Recall, Said, recalls
from medapp.domain.changes import Changes, Kind
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import journal, records
from medapp.services.audit import record as enter
from medapp.services.journal import Act
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.connection import Reader, Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories.sequence import reserve
from medapp.store.search import PatientLine
from medapp.terminology.recalls import Rule, rules

FOLLOW_UP, OWN, TELL = "follow_up", "own", "tell_result"
"""Rules that are no recall: a visit's follow-up date, a task written by hand, a result to be told."""

PLANNED: Final = (FOLLOW_UP, OWN, TELL)
OPEN, DONE, DECLINED, CLOSED = "open", "done", "declined", "closed"
SOON: Final = timedelta(days=7)
"""What falls due so soon is listed already."""

MOST: Final = 300
_NOBODY: Final = 0
_COLUMNS: Final = "id, patient, rule, due, state, title, note, user, created, updated"

# The three ends of the open index: what somebody planned, what fell due last, what was never recorded.
_PLANNED: Final = (
    f"SELECT {_COLUMNS} FROM task WHERE state='open' AND rule IN ('follow_up', 'own', 'tell_result') "
    "AND due<=? ORDER BY due LIMIT ?"
)
_RECALLED: Final = (
    f"SELECT {_COLUMNS} FROM task WHERE state='open' AND due>'' AND due<=? "
    "AND rule NOT IN ('follow_up', 'own', 'tell_result') ORDER BY due DESC LIMIT ?"
)
_NEVER: Final = f"SELECT {_COLUMNS} FROM task WHERE state='open' AND due='' LIMIT ?"


class TaskEmpty(KnownError):
    code = "task_empty"
    message = N_("Write what is to be done.")
    advice = N_("A few words are enough.")


class BadDay(KnownError):
    code = "bad_day"
    message = N_("There is no such day to be due on.")
    advice = N_("Write a day from today on as year-month-day.")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing due. `rule` is None for what somebody planned; `due` None says never recorded.

    `title` is what was written for a task of one's own; of a follow-up it is its note's id, of a result to
    be told the observation's. `is_put_off` says that somebody moved its day.
    """

    id: int
    patient: int
    kind: str
    rule: Rule | None
    due: date | None
    state: str
    title: str
    note: str
    is_put_off: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with whose it is."""

    patient: PatientLine
    task: Task


def of_patient(session: Session, record: PatientRecord) -> tuple[Task, ...]:
    """What is due for the patient of a record that is at hand; its recalls are brought up to date first.

    By day, what is overdue first; what was never recorded stands before what falls due later.
    """
    session.require(Permission.READ_RECORD)
    if record.patient is None:
        return ()
    patient = record.patient.id
    refresh(session, record)
    with session.store.reading() as db:
        found = [_task(row) for row in _rows(db, patient) if row[4] == OPEN]
    today = session.now().date
    return tuple(sorted((one for one in found if one is not None), key=lambda one: _order(one, today)))


def refresh(session: Session, record: PatientRecord) -> bool:
    """Make the recalls of a record into tasks; whether something changed."""
    if record.patient is None:
        return False
    patient = record.patient.id
    with session.store.reading() as db:
        kept = _rows(db, patient)
    offset = session.now().offset
    found = recalls(record, rules().values(), _said(kept, offset))
    changes = _differences(kept, found, offset)
    if not changes:
        return False
    now = session.now().seconds
    with session.store.transaction() as tx:
        if _rows(tx, patient) != kept:
            return False  # written meanwhile: the next look at the record does it
        for change in changes:
            change(tx, patient, now)
        enter(session, tx, "refresh_due", patient, count=len(changes))
    return True


def open_tasks(session: Session) -> list[TaskLine]:
    """The clinic's list: planned by somebody first, then recalls that fell due last, then never recorded."""
    session.require(Permission.READ_RECORD)
    until = (session.now().date + SOON).isoformat()
    with session.store.reading() as db:
        rows = db.execute(_PLANNED, (until, MOST)).fetchall()
        rows += db.execute(_RECALLED, (until, MOST - len(rows))).fetchall() if len(rows) < MOST else []
        rows += db.execute(_NEVER, (MOST - len(rows),)).fetchall() if len(rows) < MOST else []
        found = [(index.line(db, row[1]), _task(row)) for row in rows]
    return [TaskLine(who, task) for who, task in found if who is not None and task is not None]


def count(session: Session) -> int:
    """How many are listed, counted up to 1,000."""
    session.require(Permission.READ_RECORD)
    until = (session.now().date + SOON).isoformat()
    with session.store.reading() as db:
        found = db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM task WHERE state='open' AND due<=? LIMIT 1000)", (until,)
        ).fetchone()
    return int(found[0]) if found else 0


def add(session: Session, patient: int, title: str, due: date, note: str = "") -> Added:
    """A task of one's own. Raises TaskEmpty, BadDay, UnknownPatient, NotPermitted."""
    if not title.strip():
        raise TaskEmpty
    if due < session.now().date:
        raise BadDay
    with journal.act(session, "add_task", patient, Kind.TASK) as act:
        number = add_in(act, OWN, due.isoformat(), title=title.strip(), note=note.strip())
    return Added(number, act.changes)


def add_in(act: Act, rule: str, due: str, *, title: str = "", note: str = "") -> int:
    """A task as a part of a larger act; its id."""
    return act.insert("task", {
        "patient": act.patient, "rule": rule, "due": due, "state": OPEN, "title": title, "note": note,
        "user": act.session.user.id, "created": act.now, "updated": act.now,
    })  # fmt: skip


def plan_follow_up(act: Act, note: int, day: str) -> None:
    """The follow-up of a signed visit as a task."""
    if day:
        add_in(act, FOLLOW_UP, day, title=str(note))


def keep_follow_up(act: Act, before: int, note: int) -> None:
    """An amendment left the day as it was: the task stays as it is, done or put off too."""
    for task, _ in _follow_ups(act, before):
        act.update("task", task, {"title": str(note)})


def drop_follow_up(act: Act, note: int) -> None:
    """A visit was cancelled or amended: what it had planned is no longer due."""
    for task, state in _follow_ups(act, note):
        if state == OPEN:
            act.update("task", task, {"state": CLOSED, "user": act.session.user.id, "updated": act.now})


def _follow_ups(act: Act, note: int) -> list[Any]:
    sql = "SELECT id, state FROM task WHERE patient=? AND rule=? AND title=?"
    return act.tx.execute(sql, (act.patient, FOLLOW_UP, str(note))).fetchall()


def finish(session: Session, task: int, note: str = "") -> Changes:
    """It was done, here or elsewhere: a recall comes again after its interval. Raises UnknownItem."""
    return _set(session, "finish_task", task, {"state": DONE, "note": note.strip()})


def decline(session: Session, task: int, note: str = "") -> Changes:
    """The patient does not want it: a recall is silent for one interval. Raises UnknownItem."""
    return _set(session, "decline_task", task, {"state": DECLINED, "note": note.strip()})


def put_off(session: Session, task: int, until: date, note: str = "") -> Changes:
    """Not before that day. Raises UnknownItem, BadDay."""
    if until <= session.now().date:
        raise BadDay
    return _set(session, "put_off_task", task, {"due": until.isoformat(), "note": note.strip()})


def sweep(session: Session, after: int, most: int, cancelled: Callable[[], bool]) -> tuple[int | None, int]:
    """Look through the next patients in the order of their ids: (last id or None at the end, looked at).

    A step of the background job: short, so that what the doctor asks for goes between two.
    """
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = db.execute("SELECT id FROM patient WHERE id>? ORDER BY id LIMIT ?", (after, most)).fetchall()
    numbers = [row[0] for row in found]
    looked = sweep_these(session, numbers, cancelled)
    return (numbers[-1] if len(numbers) == most else None), looked


def sweep_these(session: Session, patients: Iterable[int], cancelled: Callable[[], bool]) -> int:
    """The same for some patients: those of an import; how many were looked at."""
    session.require(Permission.READ_RECORD)
    looked = 0
    for patient in patients:
        if cancelled():
            break
        refresh(session, records.open_record(session, patient, audit=False))
        looked += 1
    session.note("sweep_due", count=looked)
    return looked


def _set(session: Session, action: str, task: int, values: dict[str, Any]) -> Changes:
    session.require(Permission.WRITE_RECORD)
    with session.store.reading() as db:
        found = db.execute("SELECT patient FROM task WHERE id=? AND state='open'", (task,)).fetchone()
    if found is None:
        raise UnknownItem()
    with journal.act(session, action, found[0], Kind.TASK) as act:
        act.update("task", task, values | {"user": session.user.id, "updated": act.now})
    return act.changes


def _rows(db: Reader, patient: int) -> list[Any]:
    return db.execute(f"SELECT {_COLUMNS} FROM task WHERE patient=? ORDER BY id", (patient,)).fetchall()


def _task(row: Sequence[Any]) -> Task | None:
    """None for a rule that the table no longer has."""
    number, patient, name, day, state, title, note, user, _, _ = row
    rule = rules().get(name)
    if rule is None and name not in PLANNED:
        return None
    due = date.fromisoformat(day) if day else None
    return Task(number, patient, name, rule, due, state, title, note, rule is not None and user != _NOBODY)


def _order(task: Task, today: date) -> tuple[date, bool, int]:
    return task.due or today, task.due is None, task.id


def _said(kept: Iterable[Sequence[Any]], offset: int) -> Said:
    done: dict[str, date] = {}
    declined: dict[str, date] = {}
    for row in kept:
        for state, said in ((DONE, done), (DECLINED, declined)):
            if row[4] == state:
                said[row[2]] = max(_day(row[9], offset), said.get(row[2], date.min))
    return Said(done, declined)


def _day(seconds: int, offset: int) -> date:
    """The day here, `offset` minutes east of Greenwich."""
    return Moment(seconds, offset).date


Change = Callable[[Transaction, int, int], None]


def _differences(kept: Sequence[Sequence[Any]], found: Iterable[Recall], offset: int) -> list[Change]:
    """What makes the open recalls that are kept into those that were found."""
    standing: dict[str, Sequence[Any]] = {}
    changes: list[Change] = []
    for row in kept:
        if row[4] != OPEN or row[2] in PLANNED:
            continue
        if row[2] in standing:
            changes.append(_take_away(row))  # an act was undone beside its successor
        else:
            standing[row[2]] = row
    for recall in found:
        own = standing.pop(recall.rule.id) if recall.rule.id in standing else None
        due = "" if recall.due is None else recall.due.isoformat()
        if own is None:
            changes.append(_insert(recall.rule.id, due))
        elif _is_overtaken(own, recall, offset) and (own[3], own[7]) != (due, _NOBODY):
            changes.append(_move(own[0], due))
    return changes + [_take_away(row) for row in standing.values()]


def _is_overtaken(row: Sequence[Any], recall: Recall, offset: int) -> bool:
    """Whether a kept task follows the rule: nobody moved its day, or it was done since."""
    return row[7] == _NOBODY or (recall.last is not None and recall.last > _day(row[9], offset))


def _insert(rule: str, due: str) -> Change:
    def change(tx: Transaction, patient: int, now: int) -> None:
        number = reserve(tx, "task", 1)
        tx.execute(
            f"INSERT INTO task({_COLUMNS}) VALUES(?,?,?,?,'open','','',0,?,?)",
            (number, patient, rule, due, now, now),
        )

    return change


def _move(task: int, due: str) -> Change:
    def change(tx: Transaction, _patient: int, now: int) -> None:
        tx.execute("UPDATE task SET due=?, user=0, note='', updated=? WHERE id=?", (due, now, task))

    return change


def _take_away(row: Sequence[Any]) -> Change:
    """What nobody touched is deleted; what somebody decided stays, closed."""

    def change(tx: Transaction, _patient: int, now: int) -> None:
        if row[7] == _NOBODY:
            tx.execute("DELETE FROM task WHERE id=?", (row[0],))
        else:
            tx.execute("UPDATE task SET state='closed', updated=? WHERE id=?", (now, row[0]))

    return change
