"""Correct one value: what it was stays in the record as superseded."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import variable_spec
from medapp.domain.clinical import Observation
from medapp.i18n import N_
from medapp.services import entries, records
from medapp.terminology.variables import variables
from ui.commit import commit_words
from ui.context import Context
from ui.forms.form import InputForm
from ui.forms.moment import MomentField
from ui.pages.patient_facts import Facts
from ui.pages.results.reading import dated_words
from ui.widgets import FormSheet, Text

CORRECT = N_("Correct for {name}")


class CorrectSheet(FormSheet):
    """The value as it stands, and the fields for the right one."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Correct a value"))
        self._facts: Facts | None = None
        self._kept: Observation | None = None
        self._pending = 0
        self.now = Text(context, "", "strong", wrap=True)
        self.form.addWidget(self.now)
        self.value = InputForm(context)
        self.form.addWidget(self.value)
        self.when = MomentField(context, N_("Date and time"), example="2026-03-14 09:41")
        self.form.addWidget(self.when)
        stays = N_("The value as it was stays in the record, marked as corrected.")
        self.form.addWidget(Text(context, stays, "small", "text2", wrap=True))
        self.form.addStretch(1)
        self.saving.connect(self._save)

    @property
    def is_ready(self) -> bool:
        return self._pending == 0

    def open_for(self, facts: Facts, variable: str, value: int) -> None:
        """Read the value and show it."""
        session = self._context.session
        if session is None:
            return
        self._facts, self._kept = facts, None
        self.no_trouble()
        self.save.set_dynamic(commit_words(self._context, CORRECT, facts.patient))
        self.value.set_specs([variable_spec(variables()[variable])])
        self._pending += 1
        self._context.jobs.store(
            partial(records.observation, session, value), partial(self._take, facts.patient.id), self._fail
        )

    def forget(self) -> None:
        """Another patient."""
        self._facts, self._kept = None, None
        self.value.set_specs(())
        self.now.set_plain("")
        self.close_sheet()

    def _take(self, patient: int, kept: Observation) -> None:
        self._pending -= 1
        facts = self._facts
        variable = kept.variable or ""
        if facts is None or facts.patient.id != patient or variable not in self.value.fields:
            return
        self._kept = kept
        self.now.set_dynamic(lambda: dated_words(kept, variable, self._context.words))
        if kept.value is not None:
            sent = kept.value if kept.value_sent is None else kept.value_sent
            self.value.fields[variable].show_given(Given(sent, kept.unit_sent or kept.unit))
        self.when.show_moment(kept.time)
        self.open_at(None)
        self.value.focus_first()

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self._context.window.show_error(error)

    def _save(self) -> None:
        session, kept, at = self._context.session, self._kept, self.when.moment()
        given = None if kept is None else self.value.given().get(kept.variable or "")
        if session is None or kept is None or given is None or self.value.has_errors:
            self.value.focus_first()
            return
        if not self.when.check():
            self.when.line.setFocus()
            return
        patient = None if self._facts is None else self._facts.patient.id
        self.set_busy(True)
        self._context.acts.write(
            partial(entries.correct_value, session, kept.id, given, at or kept.time), N_("Value corrected"),
            undo_patient=patient, on_done=self._on_saved, on_error=self.show_trouble,
        )

    def _on_saved(self, _: object) -> None:
        self.set_busy(False)
        self.close_sheet()
