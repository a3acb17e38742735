"""What can be done with the chosen row of the desk: buttons, and the same by one key in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_
from medapp.services import appointments, reviews
from medapp.services.drafts import LETTER, NEW_PATIENT
from ui.context import Context
from ui.pages.desk import reading
from ui.shell.writing import new_patient
from ui.widgets import Button

if TYPE_CHECKING:
    from ui.commands import Command
    from ui.pages.desk.card import DeskCard
    from ui.pages.desk.rows import DeskRow

Key = Qt.Key
STEPS = {
    "booked": N_("Has arrived"),
    "arrived": N_("Waits"),
    "waiting": N_("Goes in"),
    "in_room": N_("Is done"),
}
"""What one key says of an appointment in each state."""

MOVED = {
    "arrived": N_("{name} has arrived"),
    "waiting": N_("{name} waits"),
    "in_room": N_("{name} is in the room"),
    "done": N_("{name} is done"),
    "cancelled": N_("{name}: appointment cancelled"),
    "absent": N_("{name} did not come"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One button: its label, its key in the list and how that is written, its icon, what it does."""

    title: str
    key: Qt.Key
    hint: str
    icon: str
    act: Callable[[], object]
    count: int | None = None


class Actions(QWidget):
    """A line of buttons that follows the list and the chosen row."""

    def __init__(self, context: Context, desk: DeskCard) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._actions: list[Action] = []
        self._buttons: list[Button] = []
        self._row: DeskRow | None = None
        self._rows: Sequence[DeskRow] = ()
        self._grid = QGridLayout(self)
        self._columns = 0
        context.theme_changed.connect(self._measure)
        self._measure()

    def show_for(self, which: str, row: DeskRow | None, rows: Sequence[DeskRow]) -> None:
        """The actions of a list and its chosen row."""
        self._row, self._rows = row, rows
        made = {
            reading.TODAY: self._today,
            reading.RESULTS: self._results,
            reading.DUE: self._due,
            reading.DRAFTS: self._drafts,
            reading.RECENT: self._recent,
        }[which]()
        same = [(one.title, one.count) for one in made] == [(one.title, one.count) for one in self._actions]
        self._actions = made
        if not same:
            self._rebuild()
        self.setVisible(bool(made))

    def keys(self) -> dict[Qt.Key, Callable[[], object]]:
        """Keys of the list."""
        return {one.key: one.act for one in self._actions}

    def commands(self) -> list[Command]:
        """The same for the palette and for `?`."""
        from ui.commands import Command

        return [Command(one.title, one.act, one.icon, one.hint) for one in self._actions if one.count is None]

    def fit(self, width: int) -> None:
        """In one line where it fits, else in lines of two."""
        margins = self._grid.contentsMargins()
        room = width - margins.left() - margins.right()
        gap = self._grid.horizontalSpacing()
        needed = sum(button.sizeHint().width() + gap for button in self._buttons)
        columns = max(1, len(self._buttons)) if needed <= room else 2
        if columns != self._columns:
            self._columns = columns
            self._place()

    # --- the actions of each list

    def _today(self) -> list[Action]:
        row = self._row
        if row is None:
            return []
        state, found = row.item.state, []
        if state in STEPS:
            step = appointments.following(state)
            move = partial(self._move, step)
            found.append(Action(STEPS[state], Key.Key_Space, _SPACE, "arrow-right", move))
        found.append(self._open())
        if state in (appointments.BOOKED, appointments.ARRIVED, appointments.WAITING):
            cancel, miss = partial(self._move, "cancelled"), partial(self._move, "absent")
            found.append(Action(N_("Cancel it"), Key.Key_C, "C", "close", cancel))
            found.append(Action(N_("Did not come"), Key.Key_X, "X", "no-entry", miss))
        return found

    def _results(self) -> list[Action]:
        if self._row is None:
            return []
        found = [
            Action(N_("Sign…"), Key.Key_Return, _ENTER, "edit", self._sign),
            Action(N_("Open the trend"), Key.Key_O, "O", "chart", self._trend),
        ]
        normals = sum(row.item.level == reviews.NORMAL for row in self._rows)
        if normals:
            title = N_("Sign all {n} normal")
            found.append(Action(title, Key.Key_N, "N", "check", self._sign_normals, normals))
        return found

    def _due(self) -> list[Action]:
        sweep = Action(N_("Check all records"), Key.Key_R, "R", "refresh", self._desk.sweeping.start)
        if self._row is None:
            return [sweep]
        settle = Action(N_("Done, put off…"), Key.Key_Space, _SPACE, "check", self._settle)
        return [self._open(), settle, sweep]

    def _drafts(self) -> list[Action]:
        if self._row is None:
            return []
        return [Action(N_("Continue"), Key.Key_Return, _ENTER, "edit", self._continue)]

    def _recent(self) -> list[Action]:
        return [] if self._row is None else [self._open()]

    def _open(self) -> Action:
        return Action(N_("Open record"), Key.Key_Return, _ENTER, "person", self._open_record)

    # --- what they do

    def _open_record(self, tab: str = "summary") -> None:
        row = self._row
        if row is not None:
            self._context.window.open_patient(row.line.id, tab, row.line)

    def _move(self, state: str) -> None:
        row, session = self._row, self._context.session
        if row is None or session is None:
            return
        work = partial(appointments.set_state, session, row.item.id, state)
        self._context.acts.write(work, MOVED[state], undo_patient=row.line.id, name=row.names[0])

    def _sign(self) -> None:
        from ui.pages.desk.signing import SignSheet

        if self._row is not None:
            SignSheet(self._context, self._row).start()

    def _sign_normals(self) -> None:
        from ui.pages.desk.signing import sign_normals

        sign_normals(self._context, [row.item for row in self._rows])

    def _trend(self) -> None:
        row = self._row
        if row is not None:
            self._open_record("results")
            if row.item.observation.variable:
                self._context.window.patient_page.show_trend(row.item.observation.variable)

    def _settle(self) -> None:
        from ui.pages.desk.settling import SettleSheet

        if self._row is not None:
            SettleSheet(self._context, self._row.line, self._row.item.task).start()

    def _continue(self) -> None:
        row = self._row
        if row is not None and row.line.id == NEW_PATIENT:
            new_patient(self._context.window)
        elif row is not None:
            is_outcome = row.item.kind.startswith(OUTCOME)
            self._open_record("assess" if is_outcome else TABS.get(row.item.kind, "summary"))
            if is_outcome:
                self._context.window.patient_page.assess.continue_outcome(row.item.kind[len(OUTCOME):])
            elif row.item.kind in FORMS:
                self._context.window.patient_page.forms.open_when_read(row.item.kind, row.item.item)
            elif row.item.kind.startswith(LIST_FORM):
                self._context.window.patient_page.lists.continue_draft(row.item.kind, row.item.item)
            elif row.item.kind == LETTER:
                self._context.window.patient_page.paper.continue_letter()

    # --- the buttons

    def _rebuild(self) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, action in enumerate(self._actions):
            kind = "secondary" if at == 0 else "quiet"
            button = Button(
                self._context, "", kind, icon=action.icon, keys=action.hint, on_click=partial(self._press, at)
            )
            button.set_message(action.title, n=action.count)
            self._buttons.append(button)
        self._columns = 0
        self.fit(self.width())

    def _press(self, at: int) -> None:
        self._actions[at].act()

    def _place(self) -> None:
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at // self._columns, at % self._columns)
        for column in range(8):
            self._grid.setColumnStretch(column, 1 if column == self._columns else 0)

    def _measure(self) -> None:
        px = self._context.theme.px
        self._grid.setContentsMargins(px(12), px(6), px(12), px(8))
        self._grid.setHorizontalSpacing(px(6))
        self._grid.setVerticalSpacing(px(4))
        self._columns = 0
        self.fit(self.width())


_SPACE, _ENTER = "Space", "Enter"
TABS = {"visit": "notes"}
"""The patient's tab that continues a draft of a kind."""

LIST_FORM = "list-"
"""How the kinds of drafts begin that a form of a list continues (`ui.pages.lists.section.DRAFT`)."""

OUTCOME = "outcome-"
"""How the kinds of drafts begin of what an assessment turned out to be (`ui.pages.assess.outcome.DRAFT`)."""

FORMS = frozenset({"values", "questions", "details", "immunisation", "pregnancy"})
"""Kinds of draft that a form of the patient's page continues."""
