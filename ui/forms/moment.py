"""When: a day with its time, or a day known to the year or month only."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from medapp.domain.datatypes import Moment, Precision
from medapp.i18n import N_
from ui.context import Context
from ui.forms.check import plain_text
from ui.forms.days import parse_day
from ui.widgets import Column, Icon, Row, Text, set_property

_WITH_TIME: Final = re.compile(r"(.+?)[ T]+(\d{1,2}):(\d{2})")


def read_moment(text: str, clock: datetime) -> Moment | None:
    """A day as `parse_day` reads it, with or without a time of this place; None when it is neither."""
    plain = plain_text(text)
    timed = _WITH_TIME.fullmatch(plain)
    try:
        if timed is None:
            return parse_day(plain)
        day = parse_day(timed[1])
        if day.precision is not Precision.DAY:
            return None
        hour = time(int(timed[2]), int(timed[3]))
        return Moment.of_datetime(datetime.combine(day.date, hour, tzinfo=clock.tzinfo))
    except ValueError:
        return None


class MomentField(QWidget):
    """Label, line, and below what is wrong or an example. `least` is the precision that is needed."""

    changed = Signal()

    def __init__(
        self, context: Context, label: str, *, least: Precision = Precision.DAY, example: str = "2026-03-14",
        may_be_future: bool = False, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self._label, self._least, self._may_be_future = context, label, least, may_be_future
        column = Column(context, 0, 3, self)
        self.label = Text(context, label, "small", "text2", wrap=True)
        column.addWidget(self.label)
        self.line = QLineEdit()
        self.line.setPlaceholderText(example)
        self.line.textChanged.connect(self._on_change)
        self.label.setBuddy(self.line)
        column.addWidget(self.line)
        row = Row(context, 0, 4)
        self._icon = Icon(context, "caution", "danger", 13)
        self.note = Text(context, "", "small", "danger", wrap=True)
        row.addWidget(self._icon)
        row.addWidget(self.note, 1)
        column.addLayout(row)
        self.setFocusProxy(self.line)
        context.language_changed.connect(self._speak)
        self._speak()
        self.check()

    def moment(self) -> Moment | None:
        """What is typed; None when empty or wrong."""
        return None if self._complaint() else self._read()

    @property
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @property
    def is_wrong(self) -> bool:
        return bool(self._complaint())

    def show_moment(self, moment: Moment | None) -> None:
        """Put a moment in, as it is typed."""
        self.line.setText("" if moment is None else text_of(moment))

    def check(self) -> bool:
        """Say what is wrong; whether nothing is."""
        message = self._complaint()
        if message:
            self.note.set_message(message)
        self.note.setVisible(bool(message))
        self._icon.setVisible(bool(message))
        set_property(self.line, "state", "error" if message else "")
        return not message

    def _read(self) -> Moment | None:
        return read_moment(self.line.text(), self.context.clock())

    def _complaint(self) -> str:
        if self.is_empty:
            return ""
        found = self._read()
        if found is None:
            return N_("Enter a date as year-month-day, such as 2026-03-14.")
        if found.precision < self._least:
            return N_("The day is needed: year-month-day.")
        now = Moment.of_datetime(self.context.clock())
        is_later = found.date > now.date or (found.precision is Precision.SECOND and found.seconds > now.end)
        return N_("This lies in the future.") if is_later and not self._may_be_future else ""

    def _speak(self) -> None:
        self.line.setAccessibleName(self.context.words(self._label))

    def _on_change(self) -> None:
        self.check()
        self.changed.emit()


def text_of(moment: Moment) -> str:
    """A moment as it is typed: `2026-11-20 09:41`, `1958-03`."""
    if moment.precision is Precision.SECOND:
        return f"{moment.local:%Y-%m-%d %H:%M}"
    return moment.isoformat()
