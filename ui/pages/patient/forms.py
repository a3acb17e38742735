"""The forms about the open patient: each is made when first asked for, and forgets her with the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.commands import Command
from ui.context import Context
from ui.pages.patient_facts import Facts
from ui.widgets import Sheet
from ui.widgets.inside import inside

if TYPE_CHECKING:
    from medapp.domain.clinical import Immunisation
    from medapp.domain.pregnancy import Pregnancy
    from ui.forms.questions import QuestionsSheet
    from ui.forms.values import ValuesSheet
    from ui.pages.immunisations.sheet import ImmunisationSheet
    from ui.pages.person.sheet import PersonSheet
    from ui.pages.pregnancy.sheet import PregnancySheet

NAMES: Final = ("values", "questions", "details", "immunisation", "pregnancy")

ABOUT_ONE: Final = frozenset({"immunisation", "pregnancy"})
"""Forms that may correct one of several."""


class PatientForms(QObject):
    """Opens sheets over `host`, the part of the page below banner and tabs."""

    def __init__(self, context: Context, host: QWidget, facts: Callable[[], Facts | None]) -> None:
        super().__init__(host)
        self._context, self._host, self._facts = context, host, facts
        self._made: dict[str, Any] = {}
        self._awaited: tuple[str, int | None] = ("", None)

    @property
    def is_ready(self) -> bool:
        """Whether no form waits for anything."""
        return all(one.is_ready for one in self._made.values())

    def open(self, name: str) -> None:
        """What a tab asks for by its `form_wanted`."""
        if name in NAMES:
            {
                "values": self.enter_values, "questions": self.ask_questions, "details": self.edit_details,
                "immunisation": self.add_immunisation, "pregnancy": self.record_pregnancy,
            }[name]()

    def open_when_read(self, name: str, item: int | None = None) -> None:
        """The same once the record that is being opened has been read; `item` is what a draft is about."""
        self._awaited = (name, item)
        if self._facts() is not None:
            self.go_on()

    def go_on(self) -> None:
        """The record was read: what waited for it."""
        (name, item), self._awaited = self._awaited, ("", None)
        facts = self._free() if item is not None and name in ABOUT_ONE else None
        if facts is None:
            self.open(name)
        elif not getattr(self, name).continue_draft(facts, item):
            self._context.window.toast.tell(N_("What this draft is about is no longer in the record."))

    def forget(self) -> None:
        """Another patient is opened, or none."""
        self._awaited = ("", None)
        for sheet in self._made.values():
            sheet.forget()

    def enter_values(self, names: Sequence[str] = ()) -> None:
        """Ctrl E; `names` are asked at once."""
        facts = self._free()
        if facts is not None:
            self.values.open_for(facts, names)

    def ask_questions(self) -> None:
        facts = self._free()
        if facts is not None:
            self.questions.open_for(facts)

    def edit_details(self) -> None:
        facts = self._free()
        if facts is not None:
            self.person.open_for(facts.patient)

    def add_immunisation(self, kept: Immunisation | None = None) -> None:
        """A new one, or one to correct."""
        facts = self._free()
        if facts is not None:
            self.immunisation.open_for(facts, kept)

    def record_pregnancy(self, kept: Pregnancy | None = None) -> None:
        """The episode under way where there is one, else a new one."""
        facts = self._free()
        if facts is not None:
            self.pregnancy.open_for(facts, kept)

    def commands(self) -> Sequence[Command]:
        """For the palette and the keys' list."""
        if self._facts() is None:
            return ()
        return (
            Command(N_("Enter values"), self.enter_values, "edit", "Ctrl E"),
            Command(N_("Questions and social history"), self.ask_questions, "questions"),
            Command(N_("Add immunisation"), self.add_immunisation, "plus"),
            Command(N_("Record pregnancy"), self.record_pregnancy, "calendar"),
            Command(N_("Edit details"), self.edit_details, "person"),
        )

    @property
    def values(self) -> ValuesSheet:
        from ui.forms.values import ValuesSheet

        return self._make("values", ValuesSheet)

    @property
    def questions(self) -> QuestionsSheet:
        from ui.forms.questions import QuestionsSheet

        return self._make("questions", QuestionsSheet)

    @property
    def person(self) -> PersonSheet:
        from ui.pages.person.sheet import PersonSheet

        return self._make("details", PersonSheet)

    @property
    def immunisation(self) -> ImmunisationSheet:
        from ui.pages.immunisations.sheet import ImmunisationSheet

        return self._make("immunisation", ImmunisationSheet)

    @property
    def pregnancy(self) -> PregnancySheet:
        from ui.pages.pregnancy.sheet import PregnancySheet

        return self._make("pregnancy", PregnancySheet)

    def _free(self) -> Facts | None:
        """The open patient's facts, where no other sheet is in the way."""
        sheets = inside(self._host.window(), Sheet)
        return None if any(one.isVisible() for one in sheets) else self._facts()

    def _make(self, name: str, kind: Callable[[Context, QWidget], Any]) -> Any:
        if name not in self._made:
            self._made[name] = kind(self._context, self._host)
        return self._made[name]
