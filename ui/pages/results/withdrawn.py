"""What a test's table leaves out: values that were corrected since, or entered in error."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from medapp.domain.clinical import Observation
from medapp.i18n import N_
from medapp.services import records
from medapp.services.session import Session
from medapp.terminology.said import answer_words
from medapp.terminology.variables import variables
from ui.context import Context
from ui.format import format_date
from ui.pages.patient_facts import Facts
from ui.widgets import Chip, Column, FormSheet, Row, Text
from ui.widgets.layout import empty

STATUSES = {
    "superseded": (N_("corrected since"), "info"), "entered-in-error": (N_("entered in error"), "warn"),
    "cancelled": (N_("cancelled"), "neutral"),
}
Read = tuple[Sequence[Observation], Sequence[Observation]]


class WithdrawnSheet(FormSheet):
    """One row a value, with what stands in its place; nothing is written here."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Corrected and withdrawn values"))
        self._facts: Facts | None = None
        self._pending = 0
        self.subject = Text(context, "", "strong", wrap=True)
        self.top.addWidget(self.subject)
        self.rows = Column(context, 0, 12)
        self.form.addLayout(self.rows)
        self.nothing = Text(
            context, N_("None: every value of this test stands as it was recorded."), "body", "text2",
            wrap=True,
        )
        self.form.addWidget(self.nothing)
        self.form.addStretch(1)
        self.save.set_message(N_("Close"))
        self.cancel.hide()
        self.saving.connect(self.close_sheet)

    @property
    def is_ready(self) -> bool:
        return self._pending == 0

    def open_for(self, facts: Facts, variable: str) -> None:
        """Read and list them."""
        session = self._context.session
        if session is None:
            return
        self._facts = facts
        self.subject.set_plain(self._context.words.pick(variables()[variable].title))
        self._pending += 1
        self._context.jobs.store(
            partial(_read, session, facts.patient.id, variable),
            partial(self._take, facts.patient.id), self._fail,
        )

    def forget(self) -> None:
        """Another patient."""
        self._facts = None
        empty(self.rows)
        self.close_sheet()

    def _take(self, patient: int, read: Read) -> None:
        self._pending -= 1
        if self._facts is None or self._facts.patient.id != patient:
            return
        gone, standing = read
        heirs = {one.replaces: one for one in (*gone, *standing) if one.replaces is not None}
        empty(self.rows)
        for one in reversed(gone):
            self.rows.addWidget(self._row(one, heirs.get(one.id)))
        self.nothing.setVisible(not gone)
        self.open_at(self.save)

    def _row(self, one: Observation, heir: Observation | None) -> QWidget:
        words = self._context.words
        widget = QWidget()
        column = Column(self._context, 0, 2, widget)
        head = Row(self._context, 0, 8)
        value = Text(self._context, "", "strong", wrap=True)
        value.set_plain(answer_words(one, words))
        head.addWidget(value, 1)
        head.addWidget(Chip(self._context, *STATUSES.get(one.status, STATUSES["cancelled"])))
        column.addLayout(head)
        said = [format_date(one.time, words, time=True), one.source]
        if heir is not None:
            said.append(words("now {value}", value=answer_words(heir, words)))
        line = Text(self._context, "", "small", "text2", wrap=True)
        line.set_plain(" · ".join(part for part in said if part))
        column.addWidget(line)
        return widget

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self._context.window.show_error(error)


def _read(session: Session, patient: int, variable: str) -> Read:
    return records.withdrawn(session, patient, variable), records.series(session, patient, variable)
