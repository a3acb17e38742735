"""The tabs of a patient: one line each; a number is a tab's for ever.

What is not built is absent and its number silent. A tab is made when it is first shown; from then on it
is told everything the page reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple, Protocol

from medapp.i18n import N_
from ui.context import Context
from ui.pages.patient_facts import Facts


class PatientTab(Protocol):
    """What the patient's page asks of a tab, besides being a widget.

    It may also have `back() -> bool` (Esc closes a layer of its own), `toggle_side()` (F8),
    `commands()` (`ui.commands`: found by Ctrl K, its keys listed by `?`) and `has_unsaved`.
    """

    @property
    def is_ready(self) -> bool:
        """Whether nothing is being loaded or drawn."""
        ...

    def show_loading(self) -> None:
        """A patient is being opened."""
        ...

    def show_facts(self, facts: Facts) -> None:
        """Everything that is read from the record; also after each change and language."""
        ...

    def clear(self) -> None:
        """Forget the patient at once."""
        ...

    def focus_first(self) -> None:
        """Put the focus on the first useful item."""
        ...

    def set_window(self, width: int, is_short: bool) -> None:
        """The room of the window, for the rules of small screens."""
        ...


class TabEntry(NamedTuple):
    """One tab. `where` is `module:Class`."""

    name: str
    title: str
    number: int
    where: str

    def make(self, context: Context) -> Any:
        """Import the module and make the tab: a QWidget that is a PatientTab."""
        module, _, kind = self.where.partition(":")
        return getattr(import_module(module), kind)(context)


TABS: Final[Sequence[TabEntry]] = (
    TabEntry("summary", N_("Summary"), 1, "ui.pages.summary:SummaryPage"),
    TabEntry("assess", N_("Assess"), 2, "ui.pages.assess:AssessPage"),
    TabEntry("results", N_("Results"), 3, "ui.pages.results:ResultsPage"),
    TabEntry("medicines", N_("Medicines"), 4, "ui.pages.medicines:MedicinesPage"),
    TabEntry("notes", N_("Notes"), 5, "ui.pages.notes:NotesPage"),
    TabEntry("documents", N_("Documents"), 7, "ui.pages.documents:DocumentsPage"),
    TabEntry("timeline", N_("Timeline"), 8, "ui.pages.timeline:TimelinePage"),
)
