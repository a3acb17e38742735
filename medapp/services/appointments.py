"""Today's list: who is booked, who has come, who waits since when, who is in the room, who is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import journal
from medapp.services.records import Added
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.errors import UnknownItem
from medapp.store.search import PatientLine

BOOKED, ARRIVED, WAITING, IN_ROOM, DONE = "booked", "arrived", "waiting", "in_room", "done"
CANCELLED, ABSENT = "cancelled", "absent"
FLOW: Final = (BOOKED, ARRIVED, WAITING, IN_ROOM, DONE)
"""One key moves on along these."""

STATES: Final = (*FLOW, CANCELLED, ABSENT)
OVER: Final = frozenset({DONE, CANCELLED, ABSENT})
MINUTES: Final = 15


class BadAppointment(KnownError):
    code = "bad_appointment"
    message = N_("There is no such day or time to book.")
    advice = N_("Book a day from today on, and a time as 09:30.")


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One appointment as the list shows it; `since` is when its state began."""

    id: int
    patient: PatientLine
    day: date
    minute: int
    minutes: int
    reason: str
    state: str
    since: datetime
    doctor: int | None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def book(
    session: Session, patient: int, day: date, minute: int, reason: str = "", *, minutes: int = MINUTES,
    doctor: int | None = None,
) -> Added:  # fmt: skip
    """Book a patient; `minute` counts from midnight. Raises BadAppointment, UnknownPatient, NotPermitted."""
    if day < session.now().date or not 0 <= minute < 1440 or not 5 <= minutes <= 480:
        raise BadAppointment
    with journal.act(session, "book_appointment", patient, Kind.APPOINTMENT) as act:
        number = act.insert("appointment", {
            "patient": patient, "day": day.isoformat(), "minute": minute, "minutes": minutes,
            "reason": reason.strip(), "state": BOOKED, "state_at": act.now, "doctor": doctor,
            "encounter": None,
        })  # fmt: skip
    return Added(number, act.changes)


def following(state: str) -> str:
    """The next state of the flow; what is over stays."""
    return state if state in OVER else FLOW[FLOW.index(state) + 1]


def set_state(session: Session, appointment: int, state: str, encounter: int | None = None) -> Changes:
    """Move an appointment to a state; `encounter` is the visit that came of it. Raises UnknownItem."""
    if state not in STATES:
        raise UnknownItem()
    session.require(Permission.WRITE_RECORD)
    with session.store.reading() as db:
        found = db.execute("SELECT patient FROM appointment WHERE id=?", (appointment,)).fetchone()
    if found is None:
        raise UnknownItem()
    with journal.act(session, f"appointment_{state}", found[0], Kind.APPOINTMENT) as act:
        values: dict[str, object] = {"state": state, "state_at": act.now}
        if encounter is not None:
            values["encounter"] = encounter
        act.update("appointment", appointment, values)
    return act.changes


def of_day(session: Session, day: date | None = None) -> list[AppointmentLine]:
    """A day's appointments (today's) by time, what is over at the end."""
    session.require(Permission.READ_RECORD)
    wanted = day or session.now().date
    with session.store.reading() as db:
        rows = db.execute(
            "SELECT id, patient, minute, minutes, reason, state, state_at, doctor FROM appointment "
            "WHERE day=? ORDER BY minute, id",
            (wanted.isoformat(),),
        ).fetchall()
        people = {row[1]: index.line(db, row[1]) for row in rows}
    lines = []
    for number, patient, minute, minutes, reason, state, at, doctor in rows:
        who = people[patient]
        if who is not None:
            since = datetime.fromtimestamp(at, timezone.utc)
            lines.append(AppointmentLine(number, who, wanted, minute, minutes, reason, state, since, doctor))
    lines.sort(key=lambda one: (one.is_over, one.minute, one.id))
    return lines
