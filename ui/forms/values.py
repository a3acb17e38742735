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
from medapp.services import drafts, entries
from medapp.terminology.entry_sets import EntrySet, quick_sets
from medapp.terminology.find_variables import find_variables
from medapp.terminology.variables import variables
from ui.autosave import Autosave
from ui.commit import SAVE, commit_words
from ui.context import Context
from ui.format import unit_label
from ui.forms.find import FindList, Hit
from ui.forms.form import InputForm
from ui.forms.last import last_words
from ui.forms.moment import MomentField
from ui.pages.patient_facts import Facts
from ui.widgets import Button, FormSheet, Text
from ui.widgets.flow import flowing

DRAFT: Final = "values"
"""The kind of draft that this sheet keeps."""


class ValuesSheet(FormSheet):
    """One moment, any variables. What is typed is kept as a draft until it is saved or cleared."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Enter values"))
        self._facts: Facts | None = None
        self._offered: dict[str, Given] = {}
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
        self.clear_all = Button(context, N_("Clear"), "quiet", on_click=self.start_anew)
        self.buttons.insertWidget(0, self.clear_all)
        self.form_.changed.connect(self._on_change)
        self.when.changed.connect(self._on_change)
        self.saving.connect(self._save)
        self.autosave = Autosave(context, self, DRAFT, self._document)
        self.closed.connect(self.autosave.flush)

    def _set_button(self, one: EntrySet) -> Button:
        button = Button(self._context, "", "secondary", on_click=partial(self.ask_set, one.variables))
        button.set_dynamic(lambda: self._context.words.pick(one.title))
        return button

    @property
    def is_ready(self) -> bool:
        return self.finder.is_ready

    def open_for(self, facts: Facts, names: Sequence[str] = ()) -> None:
        """Ask for values of this patient; what was typed and not saved before is there again."""
        is_same = self._facts is not None and self._facts.patient.id == facts.patient.id
        self._facts = facts
        self.save.set_dynamic(commit_words(self._context, SAVE, facts.patient))
        self.no_trouble()
        if not is_same:
            self.start_anew()
            self._look_for_draft()
        if not self.form_.fields:
            self.when.show_moment(Moment.of_datetime(self._context.clock()))
        self.autosave.follow(facts.patient.id)
        self._show()
        self.open_at(self.finder.field.line)
        if names:
            self.ask_set(names)

    def forget(self) -> None:
        """Another patient: what is typed is in the draft, nothing stays in the widgets."""
        self.autosave.leave()
        self._facts = None
        self.finder.show_text("")
        self.form_.set_specs(())
        self.when.line.clear()
        self.close_sheet()
        self.set_busy(False)

    def start_anew(self) -> None:
        """Throw away what is typed."""
        self.form_.set_specs(())
        self.when.show_moment(Moment.of_datetime(self._context.clock()))
        self._on_change()
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

    def _on_change(self) -> None:
        self.no_trouble()
        if self._facts is not None:
            self.autosave.touch()

    # --- drafts

    def _document(self) -> Mapping[str, Any] | None:
        given = self.form_.given()
        if not given:
            return None
        values = {name: [one.value, one.unit] for name, one in given.items()}
        return {"at": self.when.line.text(), "values": values, "asked": list(self.form_.fields)}

    def _look_for_draft(self) -> None:
        session, facts = self._context.session, self._facts
        if session is not None and facts is not None:
            patient = facts.patient.id
            self._context.jobs.store(
                partial(drafts.read, session, patient, DRAFT), partial(self._take_draft, patient)
            )

    def _take_draft(self, patient: int, draft: drafts.Draft | None) -> None:
        facts = self._facts
        if draft is None or facts is None or facts.patient.id != patient or self.form_.given():
            return
        self.when.line.setText(str(draft.document.get("at", "")))
        for name in draft.document.get("asked", ()):
            if entries.can_enter(name):
                self._ask(name)
        for name, (value, unit) in draft.document.get("values", {}).items():
            if name in self.form_.fields:
                self.form_.fields[name].show_given(Given(value, unit))
        self._show()

    # --- saving

    def _save(self) -> None:
        session, facts = self._context.session, self._facts
        is_wrong = self.form_.has_errors or not self.when.check()
        if session is None or facts is None or is_wrong:
            self._go_to_wrong()
            return
        given, at = self.form_.given(), self.when.moment()
        patient = facts.patient.id
        self.autosave.leave()  # kept before the write, which ends the draft: no save of it may come after
        self.set_busy(True)
        self._context.acts.write(
            partial(_write, session, patient, given, at), N_("{n} values saved"), undo_patient=patient,
            on_done=self._on_saved, on_error=partial(self._on_failed, patient), n=len(given),
        )

    def _on_failed(self, patient: int, error: BaseException) -> None:
        """Nothing was saved: the draft goes on."""
        self.show_trouble(error)
        if self._facts is not None and self._facts.patient.id == patient:
            self.autosave.follow(patient)
            self.autosave.touch()

    def _go_to_wrong(self) -> None:
        wrong = next((name for name, one in self.form_.fields.items() if one.check().is_wrong), None)
        if wrong is not None:
            self._go_to(wrong)
        else:
            self.when.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, _: object) -> None:
        self.set_busy(False)
        self.form_.set_specs(())
        self._show()
        self.close_sheet()


def _write(session: Any, patient: int, given: Mapping[str, Given], at: Moment | None) -> entries.Entered:
    """The values, and the draft they were typed in is gone."""
    found = entries.save_values(session, patient, given, at)
    drafts.discard(session, patient, DRAFT)
    return found
