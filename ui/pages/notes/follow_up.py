"""The day to come back: typed, or one of four usual spans from today."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.format import format_date
from ui.forms.check import check_date
from ui.widgets import Button, Column, Row, Text, set_property

SPANS = (
    (7, 0, N_("In 1 week")), (14, 0, N_("In 2 weeks")), (0, 1, N_("In 1 month")), (0, 3, N_("In 3 months")),
)


class FollowUp(QWidget):
    """`changed` with each keystroke; a day that cannot be read or is past says so under the line."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._signed = ""
        column = Column(context, 0, 4, self)
        label = Text(context, N_("Follow-up"), "small", "text2")
        column.addWidget(label)
        row = Row(context, 0, 8)
        self.line = QLineEdit()
        self.line.setPlaceholderText("2026-03-14")
        self.line.textChanged.connect(self._on_change)
        label.setBuddy(self.line)
        row.addWidget(self.line)
        for days, months, message in SPANS:
            button = Button(context, message, "quiet")
            button.clicked.connect(lambda _on, d=days, m=months: self._choose(d, m))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.note = Text(context, "", "small", "text2", wrap=True)
        column.addWidget(self.note)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._measure)
        self._measure()
        self._speak()

    def day(self) -> str:
        """The ISO day; empty when none is entered or it is wrong."""
        checked = check_date(self.line.text(), self._context.words)
        found = str(checked.given.value) if checked.given is not None else ""
        return found if len(found) == 10 else ""

    @property
    def is_wrong(self) -> bool:
        """Whether something is typed that is no day from today on."""
        return bool(self._complaint())

    def show_day(self, day: str, signed: str = "") -> None:
        """Put a day in without telling `changed`; the one `signed` before stays, past or not."""
        self._signed = signed
        self.line.blockSignals(True)
        self.line.setText(day)
        self.line.blockSignals(False)
        self._say()

    def _choose(self, days: int, months: int) -> None:
        self.line.setText(later(self._context.clock().date(), days, months).isoformat())

    def _complaint(self) -> str:
        if not self.line.text().strip():
            return ""
        words = self._context.words
        if not self.day():
            return words("Enter a date as year-month-day, such as 2026-03-14.")
        if self.day() != self._signed and self.day() < self._context.clock().date().isoformat():
            return words("The follow-up date lies in the past.")
        return ""

    def _on_change(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        wrong, day = self._complaint(), self.day()
        set_property(self.line, "state", "error" if wrong else "")
        self.note.set_tone("danger" if wrong else "text2")
        self.note.set_plain(wrong or (format_date(day, self._context.words) if day else ""))
        self.note.setVisible(bool(self.note.text()))

    def _speak(self) -> None:
        self.line.setAccessibleName(self._context.words("Follow-up date"))
        self._say()

    def _measure(self) -> None:
        self.line.setFixedWidth(self._context.theme.px(130))


def later(day: date, days: int, months: int) -> date:
    """`day` so many months and days on; the 31st becomes the last day of a shorter month."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=days)
