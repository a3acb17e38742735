"""The lists of the open patient: the panel is made when first asked for, and forgets her with the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.commands import Command
from ui.context import Context
from ui.pages.patient_facts import Facts

if TYPE_CHECKING:
    from ui.pages.lists.panel import ListPanel
    from ui.pages.lists.section import FormPlan


class PatientLists(QObject):
    """Opens the panel of problems, allergies, medicines or family history over `host`."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._facts: Facts | None = None
        self._panel: ListPanel | None = None
        self._last = "problems"
        self._awaited: tuple[str, int] | None = None

    @property
    def panel(self) -> ListPanel:
        if self._panel is None:
            from ui.pages.lists.panel import ListPanel

            self._panel = ListPanel(self._context, self._host)
            if self._facts is not None:
                self._panel.show_facts(self._facts)
        return self._panel

    @property
    def is_open(self) -> bool:
        return self._panel is not None and self._panel.isVisible()

    def open(self, name: str) -> None:
        """Show a list; `add:NAME` the form of a new entry of it."""
        verb, _, rest = name.rpartition(":")
        self._last = rest
        if verb == "add":
            self.panel.open_form(rest)
        else:
            self.panel.open_list(rest)

    def open_form(self, name: str, plan: FormPlan) -> None:
        """A form that a tab asks for."""
        self.panel.open_form(name, plan)


    def continue_draft(self, kind: str, item: int) -> None:
        """Show the form that a draft was begun in, once the record has been read."""
        facts = self._facts
        if facts is None:
            self._awaited = (kind, item)
            return
        from ui.pages.lists import plan_of

        name, plan = plan_of(facts, kind, item)
        if plan is not None:  # else the entry is gone since
            self.open_form(name, plan)

    def withdraw(self, name: str, item: int) -> None:
        self.panel.withdraw(name, item)

    def deny(self, name: str) -> None:
        self.panel.deny(name)

    def clear_panel(self) -> None:
        """Away with the panel, whatever it shows."""
        if self._panel is not None:
            self._panel.close_panel()

    def back(self) -> bool:
        """Esc: one layer of the panel; False when it is closed."""
        return self.is_open and self.panel.back()

    def toggle(self) -> None:
        """F8: the list that was shown last, or away with it."""
        if self.is_open:
            self.panel.close_panel()
        else:
            self.open(self._last)

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        if self._panel is not None:
            self._panel.show_facts(facts)
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self.continue_draft(*awaited)

    def clear(self) -> None:
        """Another patient is opened, or none."""
        self._facts, self._last, self._awaited = None, "problems", None
        if self._panel is not None:
            self._panel.clear()

    def commands(self) -> Sequence[Command]:
        """For the palette and the keys' list."""
        if self._facts is None:
            return ()
        return (
            Command(N_("Problems: all and past"), lambda: self.open("problems"), "list", "F8"),
            Command(N_("Add problem"), lambda: self.open("add:problems"), "plus"),
            Command(N_("Allergies: all and past"), lambda: self.open("allergies"), "allergy"),
            Command(N_("Add allergy"), lambda: self.open("add:allergies"), "plus"),
            Command(N_("Add medicine"), lambda: self.open("add:medicines"), "plus"),
            Command(N_("Family history"), lambda: self.open("family"), "group"),
            Command(N_("Add family history"), lambda: self.open("add:family"), "plus"),
        )
