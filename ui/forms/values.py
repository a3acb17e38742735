"""Enter values: several of one moment, chosen by typing or by a usual set, saved as one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import variable_spec
from medapp.domain.datatypes import Moment, Precision
from medapp.i18n import N_
from medapp.services import entries
from medapp.terminology.entry_sets import EntrySet, quick_sets
from medapp.terminology.find_variables import find_variables
from medapp.terminology.variables import variables
from ui.commit import SAVE, commit_words
from ui.context import Context
from ui.format import unit_label
from ui.forms.drafted import DraftedSheet
from ui.forms.find import FindList, Hit
from ui.forms.form import InputForm
from ui.forms.last import last_words
from ui.forms.moment import MomentField
from ui.pages.patient_facts import Facts
from ui.widgets import Button, Text
from ui.widgets.flow import flowing

DRAFT: Final = "values"
"""The kind of draft that this sheet keeps."""


class ValuesSheet(DraftedSheet):
    """One moment, any variables."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Enter values"), DRAFT)
        self._facts: Facts | None = None
        self.when = MomentField(
            context, N_("Date and time of all values"), least=Precision.DAY, example="2026-03-14 09:41"
        )
        self.finder = FindList(
            context, N_("Add a value: name, abbreviation, pinyin"), self._find, N_("No such value is known.")
        )
        self.finder.found.connect(self.ask_for)
        self.sets = flowing(context, *(self._set_button(one) for one in quick_sets()))
        for widget in (self.when, self.finder, self.sets):
            self.top.addWidget(widget)
        self.form_ = InputForm(context)
        self.empty = Text(
            context, N_("Choose a usual set, or type what was measured."), "body", "text2", wrap=True
        )
        self.form.addWidget(self.empty)
        self.form.addWidget(self.form_)
        self.clear_all = Button(context, N_("Clear"), "quiet", on_click=self.start_afresh)
        self.buttons.insertWidget(0, self.clear_all)
        self.form_.changed.connect(self.touch)
        self.when.changed.connect(self.touch)
        self.saving.connect(self._save)

    def _set_button(self, one: EntrySet) -> Button:
        button = Button(self._context, "", "secondary", on_click=partial(self.ask_set, one.variables))
        button.set_dynamic(lambda: self._context.words.pick(one.title))
        return button

    @property
    def is_ready(self) -> bool:
        return super().is_ready and self.finder.is_ready

    def open_for(self, facts: Facts, names: Sequence[str] = ()) -> None:
        """Ask for values of this patient."""
        self._facts = facts
        self.save.set_dynamic(commit_words(self._context, SAVE, facts.patient))
        self.begin(facts.patient.id)
        self.open_at(self.finder.field.line)
        if names:
            self.ask_set(names)

    def fill(self) -> None:
        self.form_.set_specs(())
        self.when.show_moment(Moment.of_datetime(self._context.clock()))
        self._show()

    def raw(self) -> dict[str, Any]:
        """Nothing is worth keeping before a value is typed."""
        given = self.form_.given()
        if not given:
            return {}
        values = {name: [one.value, one.unit] for name, one in given.items()}
        return {"at": self.when.line.text(), "values": values, "asked": list(self.form_.fields)}

    def put(self, kept: Mapping[str, Any]) -> None:
        self.when.line.setText(str(kept.get("at", "")))
        for name in kept.get("asked", ()):
            if entries.can_enter(name):
                self._ask(name)
        for name, (value, unit) in kept.get("values", {}).items():
            if name in self.form_.fields:
                self.form_.fields[name].show_given(Given(value, unit))
        self._show()

    def wipe(self) -> None:
        self._facts = None
        self.finder.show_text("")
        self.form_.set_specs(())
        self.when.line.clear()
        self._show()

    def ask_for(self, name: str) -> None:
        """Ask for one more variable and go to its field."""
        self._ask(name)
        self._show()
        self._go_to(name)

    def ask_set(self, names: Sequence[str]) -> None:
        """Ask for several; the focus goes to the first of them."""
        for name in names:
            self._ask(name)
        self._show()
        self._go_to(names[0])

    def _go_to(self, name: str) -> None:
        self.form_.focus_on(name)
        self.area.ensureWidgetVisible(self.form_.fields[name])

    def _ask(self, name: str) -> None:
        if name not in self.form_.fields:
            field = self.form_.add_spec(variable_spec(variables()[name]))
            field.set_hint(partial(self._last, name))

    def _last(self, name: str) -> str:
        """What a new value is compared with."""
        return "" if self._facts is None else last_words(self._facts, name, self._context.words)

    def _find(self, text: str) -> list[Hit]:
        words = self._context.words
        return [
            Hit(one.id, words.pick(one.title), unit_label(one.unit))
            for one in find_variables(text, 20)
            if entries.can_enter(one.id)
        ]

    def _show(self) -> None:
        self.empty.setVisible(not self.form_.fields)
        self.clear_all.setVisible(bool(self.form_.fields))
        self.fit_buttons()

    def _save(self) -> None:
        session, facts = self._context.session, self._facts
        is_wrong = self.form_.has_errors or not self.when.check()
        if session is None or facts is None or is_wrong:
            self._go_to_wrong()
            return
        given, at = self.form_.given(), self.when.moment()
        work = partial(entries.save_values, session, facts.patient.id, given, at)
        self.write(work, N_("{n} values saved"), n=len(given))

    def _go_to_wrong(self) -> None:
        wrong = next((name for name, one in self.form_.fields.items() if one.check().is_wrong), None)
        if wrong is not None:
            self._go_to(wrong)
        else:
            self.when.line.setFocus(Qt.FocusReason.OtherFocusReason)
