"""The pages of the rail: a page is one module here and one line in `ENTRIES`.

A page is a widget made with the context. It says when it is ready (nothing
loading) and takes the focus to its first useful item. It may also have
`commands()` (`ui.commands`: found by Ctrl K, its keys listed by `?`), `regions()`
(its parts in the order of F6), `back()` and `toggle_side()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context

if TYPE_CHECKING:
    from medapp.services.session import Session


class Page(Protocol):
    """What the window asks of a page."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing is loading: screens and tests wait for it."""
        ...

    def focus_first(self) -> None:
        """Put the focus on the first useful item."""
        ...


class Entry(NamedTuple):
    """A page of the rail. `where` is `module:Class`, imported when first shown.

    `may` is `module:function` of the session: the entry is there for whom it answers yes; empty is everybody.
    """

    name: str
    title: str
    icon: str
    where: str
    is_at_foot: bool = False
    may: str = ""

    def is_for(self, session: Session) -> bool:
        """Whether the user of the session has this page."""
        if not self.may:
            return True
        module, _, name = self.may.partition(":")
        return bool(getattr(import_module(module), name)(session))

    def make(self, context: Context) -> QWidget:
        """Import the module and make the page."""
        module, _, kind = self.where.partition(":")
        return cast(QWidget, getattr(import_module(module), kind)(context))


ENTRIES: Final[Sequence[Entry]] = (
    Entry("worklist", N_("Worklist"), "list", "ui.pages.worklist:WorklistPage"),
    Entry("patient", N_("Patient"), "person", "ui.pages.patient:PatientPage"),
    Entry("import", N_("Import"), "import", "ui.pages.imports:ImportPage"),
    Entry("models", N_("Models"), "model", "ui.pages.models:ModelsPage"),
    Entry("audit", N_("Audit"), "shield", "ui.pages.audit:AuditPage", True, "medapp.services.audit:may_read"),
    Entry("settings", N_("Settings"), "settings", "ui.pages.settings:SettingsPage", is_at_foot=True),
)
"""In the order of the rail."""
