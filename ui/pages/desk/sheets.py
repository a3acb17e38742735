"""What the desk's sheets share: a line to type in with its complaint, who it is about, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.format import format_born, format_name
from ui.widgets import FramedField, LabelledField, Text
from ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from medapp.services.search import PatientLine


class DeskSheet(FormSheet):
    """A sheet about one patient: who it is stays in sight, the questions scroll where there is no room."""

    def __init__(self, context: Context, title: str, line: PatientLine, *, width: int = 520) -> None:
        super().__init__(context, context.window, title, is_side=False)
        self._width = width
        self.line = line
        self.who = Text(context, "", "strong", wrap=True)
        self.who.set_dynamic(lambda: who_words(context, line))
        self.top.addWidget(self.who)
        self.closed.connect(self.deleteLater)

    def finish_with(self, message: str, act: Callable[[], object]) -> None:
        """What commits: a button that carries the patient's name; Ctrl Enter does the same."""
        name = format_name(self.line.name, self.line.name_local, self._context.words)[0]
        self.save.set_message(message, name=name)
        self.save.setToolTip("Ctrl Enter")
        self.saving.connect(act)

    def finish(self, _answer: object) -> None:
        """It was saved; somebody may have closed the sheet meanwhile."""
        if shiboken6.isValid(self):
            self.close_sheet()

    def fail(self, error: BaseException) -> None:
        """Say what was wrong inside the sheet; nothing typed is lost."""
        if shiboken6.isValid(self):
            self.show_trouble(error)

    def begin(self) -> None:
        """While it is being saved nothing is saved twice."""
        self.no_trouble()
        self.set_busy(True)


def who_words(context: Context, line: PatientLine) -> str:
    """Both names and the birth date."""
    words = context.words
    names = " ".join(part for part in format_name(line.name, line.name_local, words) if part)
    born = format_born(line.birth_date, context.clock(), words)
    return words("{name}, born {born}", name=names, born=born)


def line_field(context: Context, label: str, text: str = "", example: str = "") -> LabelledField:
    """A line with a label above and an example below."""
    field = FramedField(context, name=label)
    field.line.setText(text)
    return LabelledField(context, label, field, example=example)


def text_of(field: LabelledField) -> str:
    """What was typed."""
    inner = field.field
    return inner.text().strip() if isinstance(inner, FramedField) else ""


def day_of(field: LabelledField) -> date | None:
    """The day typed as year-month-day; complains under the field and answers None where it is none."""
    try:
        found = date.fromisoformat(text_of(field))
    except ValueError:
        field.set_error(N_("Enter a date as year-month-day, such as 2026-03-14."))
        return None
    field.set_error()
    return found


def minute_of(field: LabelledField) -> int | None:
    """Minutes from midnight of a time as 09:30; complains and answers None where it is none."""
    hours, colon, minutes = text_of(field).replace("：", ":").partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60:
        field.set_error()
        return int(hours) * 60 + int(minutes)
    field.set_error(N_("Enter a time as hours and minutes, such as 09:30."))
    return None


def first_of(field: LabelledField) -> QWidget:
    """Where typing begins: the line inside a labelled field."""
    return field.field.line if isinstance(field.field, FramedField) else field.field
