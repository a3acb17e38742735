"""What can be done to one value in the table: correct, withdraw, move; each with a key and an Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from medapp.i18n import N_
from medapp.services import records
from ui.commands import Command
from ui.context import Context
from ui.pages.patient_facts import Facts
from ui.widgets import LinkButton

if TYPE_CHECKING:
    from ui.pages.results.correct import CorrectSheet
    from ui.pages.results.move import MoveSheet
    from ui.pages.results.withdrawn import WithdrawnSheet

ACTS: Final = (
    ("correct", N_("Correct this value"), "edit", "E"),
    ("withdraw", N_("Entered in error"), "no-entry", "Del"),
    ("move", N_("Move to another patient"), "arrow-right", "M"),
    ("history", N_("Corrected and withdrawn values"), "clock", "H"),
)
_KEYS: Final = {
    "correct": (Qt.Key.Key_E, Qt.Key.Key_Return), "withdraw": (Qt.Key.Key_Delete,), "move": (Qt.Key.Key_M,),
    "history": (Qt.Key.Key_H,),
}


class ValueChanges(QObject):
    """Acts on the row that is chosen. `chosen` gives the id of its value, 0 for none."""

    def __init__(
        self, context: Context, host: QWidget, table: QTableView, facts: Callable[[], Facts | None],
        chosen: Callable[[], int], variable: Callable[[], str],
    ) -> None:
        super().__init__(host)
        self._context, self._host, self._table = context, host, table
        self._facts, self._chosen, self._variable = facts, chosen, variable
        self._correct: CorrectSheet | None = None
        self._move: MoveSheet | None = None
        self._withdrawn: WithdrawnSheet | None = None
        self._acts = [one for one in ACTS if one[0] == "history" or not context.is_read_only]
        change = N_("Change value") if len(self._acts) > 1 else ACTS[-1][1]
        self.button = LinkButton(context, change, icon="more", small=True, on_click=self.show_menu)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self.show_menu)
        for name, *_ in self._acts:
            for key in _KEYS[name]:
                shortcut = QShortcut(QKeySequence(key), table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self.do, name))

    @property
    def is_ready(self) -> bool:
        """Whether no sheet waits for anything."""
        made = (self._correct, self._move, self._withdrawn)
        return all(one is None or one.is_ready for one in made)

    def forget(self) -> None:
        """Another patient."""
        for sheet in (self._correct, self._move, self._withdrawn):
            if sheet is not None:
                sheet.forget()

    def commands(self) -> Sequence[Command]:
        """Those of the chosen value; none without one."""
        if not self._chosen():
            return ()
        return [Command(title, partial(self.do, name), icon, keys) for name, title, icon, keys in self._acts]

    def show_menu(self, at: QPoint | None = None) -> None:
        """The same by mouse; without a chosen row the newest is."""
        if not self._chosen() and self._table.model().rowCount():
            self._table.selectRow(0)
        words, menu = self._context.words, QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, title, icon, keys in self._acts:
            action = QAction(self._context.theme.icon(icon, "text2", 16), f"{words(title)}\t{keys}", menu)
            action.setEnabled(name == "history" or bool(self._chosen()))
            action.triggered.connect(partial(self.do, name))
            menu.addAction(action)
        where = self._table.viewport() if at is not None else self.button
        menu.popup(where.mapToGlobal(at or self.button.rect().bottomLeft()))

    def do(self, name: str) -> None:
        """One of `ACTS` for the chosen value; a window that only shows has the last one alone."""
        if name not in {one[0] for one in self._acts}:
            return
        facts, value, variable = self._facts(), self._chosen(), self._variable()
        if facts is None or not variable:
            return
        if name == "history":
            self.withdrawn.open_for(facts, variable)
        elif value and name == "correct":
            self.correct.open_for(facts, variable, value)
        elif value and name == "move":
            self.move.open_for(facts, variable, value)
        elif value and name == "withdraw":
            self._withdraw(facts.patient.id, value)

    def _withdraw(self, patient: int, value: int) -> None:
        session = self._context.session
        if session is not None:
            self._context.acts.write(
                partial(records.withdraw_observation, session, value), N_("Marked as entered in error"),
                undo_patient=patient,
            )

    @property
    def correct(self) -> CorrectSheet:
        if self._correct is None:
            from ui.pages.results.correct import CorrectSheet

            self._correct = CorrectSheet(self._context, self._host)
        return self._correct

    @property
    def move(self) -> MoveSheet:
        if self._move is None:
            from ui.pages.results.move import MoveSheet

            self._move = MoveSheet(self._context, self._host)
        return self._move

    @property
    def withdrawn(self) -> WithdrawnSheet:
        if self._withdrawn is None:
            from ui.pages.results.withdrawn import WithdrawnSheet

            self._withdrawn = WithdrawnSheet(self._context, self._host)
        return self._withdrawn
