"""What becomes of a thing that is due: done, put off, declined; and a task of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from medapp.i18n import N_
from medapp.services import due
from ui.context import Context
from ui.pages.desk.rows import due_chip, reason_words, task_words
from ui.pages.desk.sheets import DeskSheet, day_of, first_of, line_field, text_of
from ui.widgets import Chip, Row, Segmented, Text

if TYPE_CHECKING:
    from medapp.domain.changes import Changes
    from medapp.services.due import Task
    from medapp.services.search import PatientLine

DONE, LATER, DECLINED = "done", "later", "declined"
MEANINGS: Final = {
    DONE: N_("Done, here or elsewhere: by rule it comes again after its interval."),
    LATER: N_("Not before the day below."),
    DECLINED: N_("The patient does not want it: by rule it is asked again after one interval."),
}
TOLD: Final = {DONE: N_("Noted as done"), LATER: N_("Put off"), DECLINED: N_("Noted as declined")}


class SettleSheet(DeskSheet):
    """One thing due, why, and who says so. Nothing is chosen before."""

    def __init__(self, context: Context, line: PatientLine, task: Task) -> None:
        super().__init__(context, N_("What is due"), line, width=560)
        self._task = task
        self._add_task()
        options = ((DONE, N_("Done")), (LATER, N_("Put off")), (DECLINED, N_("Declined")))
        self.choice = Segmented(context, options, "", name=N_("What became of it"))
        self.choice.chosen.connect(self._chosen)
        self.form.addWidget(self.choice)
        self.meaning = Text(context, N_("Choose what became of it."), "small", "text2", wrap=True)
        self.form.addWidget(self.meaning)
        later = context.clock().date() + timedelta(days=30)
        self.day = line_field(context, N_("Due on"), later.isoformat(), N_("Year-month-day"))
        self.day.hide()
        self.form.addWidget(self.day)
        self.note = line_field(context, N_("Remark"), "", N_("May stay empty"))
        self.form.addWidget(self.note)
        self.finish_with(N_("Save for {name}"), self.commit)

    def _add_task(self) -> None:
        context, task = self._context, self._task
        row = Row(context, 0, 8)
        title = Text(context, "", "lead", wrap=True)
        title.set_dynamic(lambda: task_words(task, context.words))
        row.addWidget(title, 1)
        today = context.clock().date()
        chip = Chip(context, "", due_chip(task, today, context.words)[1])
        chip.set_dynamic(lambda: due_chip(task, today, context.words)[0])
        row.addWidget(chip)
        self.form.addLayout(row)
        if reason_words(task, context.words):
            why = Text(context, "", "body", "text2", wrap=True)
            why.set_dynamic(lambda: reason_words(task, context.words))
            self.form.addWidget(why)
        if task.rule is not None:
            source = Text(context, "", "small", "text2", wrap=True)
            source.set_plain(task.rule.citation)
            self.form.addWidget(source)

    def start(self) -> None:
        """Open at the choice."""
        self.open_at(self.choice.button(DONE))

    def _chosen(self, choice: str) -> None:
        self.meaning.set_tone("text2")
        self.meaning.set_message(MEANINGS[choice])
        self.day.setVisible(choice == LATER)
        self.fit()

    def fit(self) -> None:
        """The panel follows its content."""
        self._place()

    def commit(self) -> None:
        """Save, or say what is missing."""
        session, choice = self._context.session, self.choice.current
        if not choice:
            self.meaning.set_tone("danger")
            return
        day = day_of(self.day) if choice == LATER else date.min
        if session is None or day is None:
            return
        note = text_of(self.note)
        work: dict[str, Callable[[], Changes]] = {
            DONE: partial(due.finish, session, self._task.id, note),
            LATER: partial(due.put_off, session, self._task.id, day, note),
            DECLINED: partial(due.decline, session, self._task.id, note),
        }
        self.begin()
        self._context.acts.write(
            work[choice], TOLD[choice], undo_patient=self.line.id,
            on_done=self.finish, on_error=self.fail,
        )


class TaskSheet(DeskSheet):
    """A task of one's own about a patient."""

    def __init__(self, context: Context, line: PatientLine) -> None:
        super().__init__(context, N_("New task"), line)
        self.title_line = line_field(context, N_("What is to be done"), "", N_("As “Call about the biopsy”"))
        self.form.addWidget(self.title_line)
        today = context.clock().date().isoformat()
        self.day = line_field(context, N_("Due on"), today, N_("Year-month-day"))
        self.form.addWidget(self.day)
        self.finish_with(N_("Add for {name}"), self.commit)

    def start(self) -> None:
        """Open at the words."""
        self.open_at(first_of(self.title_line))

    def commit(self) -> None:
        """Add it, or say what is missing."""
        session, title, day = self._context.session, text_of(self.title_line), day_of(self.day)
        self.title_line.set_error("" if title else N_("Write what is to be done."))
        if session is None or not title or day is None:
            return
        self.begin()
        self._context.acts.write(
            partial(due.add, session, self.line.id, title, day), N_("Task added"), undo_patient=self.line.id,
            on_done=self.finish, on_error=self.fail,
        )
