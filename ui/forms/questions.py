"""Questions and social history: the questionnaire's variables by group, answered in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

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
from ui.forms.drafted import DraftedSheet
from ui.forms.form import InputForm
from ui.forms.last import last_words
from ui.forms.moment import MomentField
from ui.pages.patient_facts import Facts
from ui.widgets import Button, SectionHeader
from ui.widgets.flow import flowing

DRAFT: Final = "questions"
"""The kind of draft that this sheet keeps."""


class QuestionsSheet(DraftedSheet):
    """Every part with its answers; what is not answered stays as it was."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Questions and social history"), DRAFT)
        self._facts: Facts | None = None
        self.when = MomentField(context, N_("Asked on"), example="2026-03-14")
        self.top.addWidget(self.when)
        self.parts: dict[str, InputForm] = {}
        self._made: list[QWidget] = []
        self.when.changed.connect(self.touch)
        self.saving.connect(self._save)

    def open_for(self, facts: Facts) -> None:
        """Ask this patient."""
        self._facts = facts
        self.save.set_dynamic(commit_words(self._context, SAVE, facts.patient))
        self.begin(facts.patient.id)
        self.open_at(self._made[0].findChild(Button))

    def fill(self) -> None:
        if self._facts is not None:
            self._build(question_sets(self._facts.patient.sex.value))
        self.when.show_moment(Moment.of_date(Moment.of_datetime(self._context.clock()).date))

    def raw(self) -> dict[str, Any]:
        """Nothing is worth keeping before something is answered."""
        given = {name: [one.value, one.unit] for name, one in self.given().items()}
        return {"at": self.when.line.text(), "answers": given} if given else {}

    def put(self, kept: Mapping[str, Any]) -> None:
        self.when.line.setText(str(kept.get("at", "")))
        answers = kept.get("answers", {})
        for part in self.parts.values():
            for name in part.fields.keys() & answers.keys():
                value, unit = answers[name]
                part.fields[name].show_given(Given(value, unit))

    def wipe(self) -> None:
        self._facts = None
        self._empty()

    def given(self) -> dict[str, Given]:
        """Every answer of every part."""
        return {name: one for part in self.parts.values() for name, one in part.given().items()}

    def _build(self, sets: Sequence[EntrySet]) -> None:
        self._empty()
        jumps = flowing(self._context, *(self._jump(one) for one in sets))
        self._add(jumps)
        for one in sets:
            self._add(self._header(one))
            part = InputForm(self._context)
            for name in one.variables:
                field = part.add_spec(variable_spec(variables()[name]))
                field.set_hint(partial(self._last, name))
            part.changed.connect(self.touch)
            self.parts[one.id] = part
            self._add(part)

    def _header(self, one: EntrySet) -> SectionHeader:
        header = SectionHeader(self._context)
        header.title.set_dynamic(lambda: self._context.words.pick(one.title))
        return header

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
        work = partial(entries.save_values, session, facts.patient.id, given, self.when.moment())
        self.write(work, N_("{n} answers saved"), n=len(given))
