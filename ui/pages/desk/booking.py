"""Booking: day, time, minutes and reason for the patient who was chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from medapp.i18n import N_
from medapp.services import appointments
from ui.context import Context
from ui.format import format_date
from ui.pages.desk.rows import minute_words
from ui.pages.desk.sheets import DeskSheet, day_of, first_of, line_field, minute_of, text_of
from ui.widgets import Row

if TYPE_CHECKING:
    from medapp.services.search import PatientLine

QUARTER = 15


class BookSheet(DeskSheet):
    """Today and the next quarter of an hour are proposed; nothing is booked before the button."""

    def __init__(self, context: Context, line: PatientLine) -> None:
        super().__init__(context, N_("Book an appointment"), line)
        now = context.clock()
        minute = min((now.hour * 60 + now.minute) // QUARTER * QUARTER + QUARTER, 23 * 60 + 45)
        row = Row(context, 0, 12)
        self.day = line_field(context, N_("Day"), now.date().isoformat(), N_("Year-month-day"))
        self.time = line_field(context, N_("Time"), minute_words(minute), N_("24 hours, as 14:30"))
        self.minutes = line_field(context, N_("Minutes"), str(appointments.MINUTES), N_("5 to 480"))
        for field in (self.day, self.time, self.minutes):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(row)
        example = N_("As the patient says it; may stay empty")
        self.reason = line_field(context, N_("Reason for the visit"), "", example)
        self.form.addWidget(self.reason)
        self.finish_with(N_("Book for {name}"), self.commit)

    def start(self) -> None:
        """Open with the focus on the reason: day and time often stand."""
        self.open_at(first_of(self.reason))

    def commit(self) -> None:
        """Book, or say what is wrong."""
        session = self._context.session
        day, minute = day_of(self.day), minute_of(self.time)
        minutes = text_of(self.minutes)
        is_number = minutes.isascii() and minutes.isdigit() and 5 <= int(minutes) <= 480
        self.minutes.set_error("" if is_number else N_("Enter a number from 5 to 480."))
        if session is None or day is None or minute is None or not is_number:
            return
        self.begin()
        work = partial(
            appointments.book, session, self.line.id, day, minute, text_of(self.reason), minutes=int(minutes)
        )
        self._context.acts.write(
            work, N_("Booked for {day}, {time}"), undo_patient=self.line.id,
            on_done=self.finish, on_error=self.fail,
            day=format_date(day, self._context.words), time=minute_words(minute),
        )
