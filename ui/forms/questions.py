"""Questions and social history: the questionnaire's variables by group, answered in one act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import variable_spec
from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from medapp.services import entries
from medapp.terminology.entry_sets import EntrySet, question_sets
from medapp.terminology.variables import variables
from ui.commit import SAVE, commit_words
from ui.context import Context
from ui.forms.form import InputForm
from ui.forms.last import last_words
from ui.forms.moment import MomentField
from ui.pages.patient_facts import Facts
from ui.widgets import Button, FormSheet, SectionHeader
from ui.widgets.flow import flowing


class QuestionsSheet(FormSheet):
    """Every part with its answers; what is not answered stays as it was."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Questions and social history"))
        self._facts: Facts | None = None
        self.when = MomentField(context, N_("Asked on"), example="2026-03-14")
        self.top.addWidget(self.when)
        self.parts: dict[str, InputForm] = {}
        self._made: list[QWidget] = []
        self.saving.connect(self._save)

    @property
    def is_ready(self) -> bool:
        return True

    def open_for(self, facts: Facts) -> None:
        """Ask this patient; unsaved answers of the same patient are still there."""
        is_same = self._facts is not None and self._facts.patient.id == facts.patient.id
        self._facts = facts
        self.save.set_dynamic(commit_words(self._context, SAVE, facts.patient))
        self.no_trouble()
        if not is_same or not self.given():
            self._build(question_sets(facts.patient.sex.value))
            self.when.show_moment(Moment.of_date(Moment.of_datetime(self._context.clock()).date))
        self.open_at(self._made[0].findChild(Button))

    def forget(self) -> None:
        """Another patient."""
        self._facts = None
        self._empty()
        self.close_sheet()

    def given(self) -> dict[str, Given]:
        """Every answer of every part."""
        return {name: one for part in self.parts.values() for name, one in part.given().items()}

    def _build(self, sets: Sequence[EntrySet]) -> None:
        self._empty()
        jumps = flowing(self._context, *(self._jump(one) for one in sets))
        self._add(jumps)
        for one in sets:
            header = SectionHeader(self._context)
            header.title.set_dynamic(partial(self._context.words.pick, one.title))
            self._add(header)
            part = InputForm(self._context)
            for name in one.variables:
                field = part.add_spec(variable_spec(variables()[name]))
                field.set_hint(partial(self._last, name))
            part.changed.connect(self.no_trouble)
            self.parts[one.id] = part
            self._add(part)

    def _jump(self, one: EntrySet) -> Button:
        button = Button(self._context, "", "secondary", on_click=partial(self.go_to, one.id))
        button.set_dynamic(lambda: self._context.words.pick(one.title))
        return button

    def go_to(self, part: str) -> None:
        """The first field of a part, with its heading in sight."""
        form = self.parts[part]
        self.area.verticalScrollBar().setValue(max(0, form.y() - self._context.theme.px(40)))
        form.focus_first()

    def _last(self, name: str) -> str:
        return "" if self._facts is None else last_words(self._facts, name, self._context.words)

    def _add(self, widget: QWidget) -> None:
        self._made.append(widget)
        self.form.addWidget(widget)

    def _empty(self) -> None:
        for widget in self._made:
            self.form.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made, self.parts = [], {}

    def _save(self) -> None:
        session, facts, given = self._context.session, self._facts, self.given()
        wrong = next((part for part in self.parts.values() if part.has_errors), None)
        if session is None or facts is None or wrong is not None or not self.when.check():
            (wrong or self.when.line).setFocus(Qt.FocusReason.OtherFocusReason)
            if wrong is not None:
                self.area.ensureWidgetVisible(wrong)
            return
        self.set_busy(True)
        self._context.acts.write(
            partial(entries.save_values, session, facts.patient.id, given, self.when.moment()),
            N_("{n} answers saved"), undo_patient=facts.patient.id, on_done=self._on_saved,
            on_error=self.show_trouble, n=len(given),
        )

    def _on_saved(self, _: object) -> None:
        self.set_busy(False)
        self._empty()
        self.close_sheet()
