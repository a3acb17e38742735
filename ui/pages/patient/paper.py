"""Printing from the patient's pages: which report belongs to which tab, in a layer over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.i18n import N_
from ui.commands import Command
from ui.context import Context
from ui.pages.patient_facts import Facts

if TYPE_CHECKING:
    from medapp.services.documents import ReportKind
    from ui.paper.panel import PrintPanel


class PatientPaper:
    """The panel is made with the first print; nothing of printing is loaded before."""

    def __init__(
        self, context: Context, stack: QStackedWidget, facts: Callable[[], Facts | None],
        leave: Callable[[], object],
    ) -> None:
        """`leave` shows the tab again that the panel was opened from."""
        self._context, self._stack, self._facts, self._leave = context, stack, facts, leave
        self.panel: PrintPanel | None = None
        self._is_letter_wanted = False

    @property
    def is_open(self) -> bool:
        return self.panel is not None and self._stack.currentWidget() is self.panel

    @property
    def is_ready(self) -> bool:
        return self.panel is None or self.panel.is_ready

    def print_tab(self, name: str, tab: QWidget) -> None:
        """Ctrl P: the report of the tab; in the panel itself it prints."""
        from medapp.services.documents import ReportKind

        if self.is_open:
            assert self.panel is not None
            self.panel.print_now()
        elif name == "notes" and getattr(tab, "is_writing", False):
            tab.sign(True)  # type: ignore[attr-defined]
        elif name == "results":
            self.open(ReportKind.RESULTS)
        else:
            self.open(ReportKind.VISIT, getattr(tab, "note", None))

    def print_note(self, note: int, at_once: bool) -> None:
        """A signed visit; `at_once` when it was signed to be printed."""
        from medapp.services.documents import ReportKind

        self.open(ReportKind.VISIT, note, at_once=at_once)

    def open(self, kind: ReportKind, note: int | None = None, *, at_once: bool = False) -> None:
        """Show the panel; a visit summary without a note is of the latest visit that stands."""
        from medapp.services import documents

        facts, session = self._facts(), self._context.session
        if facts is None or session is None:
            return
        if note is None and kind is documents.ReportKind.VISIT:
            self._context.jobs.store(
                partial(documents.latest_note, session, facts.patient.id),
                partial(self._show, facts, kind, at_once),
            )
        else:
            self._show(facts, kind, at_once, note)

    def _show(self, facts: Facts, kind: ReportKind, at_once: bool, note: int | None) -> None:
        now = self._facts()
        if now is None or now.patient.id != facts.patient.id:
            return  # another patient was opened meanwhile
        panel = self._made()
        panel.set_window(self._stack.window().width())
        self._stack.setCurrentWidget(panel)
        panel.open_for(now, kind, note, at_once=at_once)

    def _made(self) -> PrintPanel:
        if self.panel is None:
            from ui.paper.panel import PrintPanel

            self.panel = PrintPanel(self._context)
            self.panel.closed.connect(self._leave)
            self._stack.addWidget(self.panel)
        return self.panel

    def continue_letter(self) -> None:
        """Go on with the letter of the patient who is being opened."""
        self._is_letter_wanted = self._facts() is None
        if not self._is_letter_wanted:
            self._show_letter()

    def _show_letter(self) -> None:
        from medapp.services import drafts
        from medapp.services.documents import ReportKind

        facts, session = self._facts(), self._context.session
        if facts is None or session is None:
            return

        def show(draft: drafts.Draft | None) -> None:
            now = self._facts()
            if draft is not None and now is not None and now.patient.id == facts.patient.id:
                self.open(ReportKind(draft.document["kind"]))

        self._context.jobs.store(partial(drafts.read, session, facts.patient.id, drafts.LETTER), show)

    def show_facts(self, facts: Facts) -> None:
        if self._is_letter_wanted:
            self._is_letter_wanted = False
            self._show_letter()
        if self.panel is not None:
            self.panel.show_facts(facts)

    def clear(self) -> None:
        """Forget the patient."""
        self._is_letter_wanted = False
        if self.panel is not None:
            self.panel.clear()

    def commands(self) -> Sequence[Command]:
        """What can be printed from anywhere in the record."""
        from medapp.services.documents import ReportKind

        kinds: tuple[tuple[str, Any], ...] = (
            (N_("Print the visit summary"), ReportKind.VISIT),
            (N_("Print the result sheet"), ReportKind.RESULTS),
            (N_("Write a referral"), ReportKind.REFERRAL), (N_("Request tests"), ReportKind.REQUEST),
            (N_("Write a sick note"), ReportKind.SICK_NOTE),
        )
        return [Command(title, partial(self.open, kind), "print") for title, kind in kinds]
