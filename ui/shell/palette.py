"""Commands and recent patients, listed under the find field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.commands import Command
from ui.context import Context
from ui.widgets import Button, Column, set_property

MOST: Final = 9
MOST_BESIDE: Final = 3
"""Rows of the list; fewer where patients are listed below it."""


class Palette(QFrame):
    """Filters commands by what is typed; arrows move, Enter acts."""

    def __init__(self, context: Context, host: QWidget, field: QWidget) -> None:
        super().__init__(host)
        self._context, self._field = context, field
        self._shown: list[Command] = []
        self._rows: list[Button] = []
        self._at = 0
        self.setProperty("surface", "popup")
        self._column = Column(context, 6, 2, self)
        self.hide()

    def show_commands(self, commands: Sequence[Command], typed: str, *, is_beside: bool = False) -> None:
        """List the commands whose words begin with what is typed, in any order.

        `is_beside`: patients are what is looked for first. Then few are listed, only by the beginnings of
        their words, and none is marked: Enter belongs to the patients, Ctrl Enter to the first of these.
        """
        words = [word.casefold() for word in typed.split()]
        fitting = [command for command in commands if self._fits(command, words, only_starts=is_beside)]
        self._shown = fitting[: MOST_BESIDE if is_beside else MOST]
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(command) for command in self._shown]
        self._at = -1 if is_beside else 0
        if is_beside and self._rows:
            self._rows[0].set_keys("Ctrl Enter")
        self._mark()
        self.setVisible(bool(self._rows))
        if self._rows:
            self._place()

    def move_by(self, step: int) -> None:
        if self._rows:
            self._at = max(0, min(len(self._rows) - 1, self._at + step))
            self._mark()

    def accept(self) -> None:
        """Do the marked one; the first where none is marked."""
        if self._shown:
            self._do(self._shown[max(0, self._at)])

    @property
    def has_mark(self) -> bool:
        """Whether Enter and the arrows belong to this list."""
        return self.isVisible() and self._at >= 0

    def _fits(self, command: Command, words: Sequence[str], *, only_starts: bool) -> bool:
        """In the reader's language or in English, which is on every keyboard."""
        titles = {command.title} if command.is_plain else {command.title, self._context.words(command.title)}
        return any(_fits(title.casefold(), words, only_starts) for title in (*titles, *command.also))

    def _row(self, command: Command) -> Button:
        message = "" if command.is_plain else command.title
        row = Button(self._context, message, "row", icon=command.icon, keys=command.keys, parent=self)
        if command.is_plain:
            row.set_plain(command.title)
        row.setCheckable(True)
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.clicked.connect(lambda: self._do(command))
        self._column.addWidget(row)
        row.show()
        return row

    def _do(self, command: Command) -> None:
        self.hide()
        command.act()

    def _mark(self) -> None:
        for at, row in enumerate(self._rows):
            row.setChecked(at == self._at)
            set_property(row, "current", at == self._at)

    def _place(self) -> None:
        field, host = self._field, self.parentWidget()
        corner = field.mapTo(host, QPoint(0, field.height() + 4))
        self.setFixedWidth(max(field.width(), self._context.theme.px(360)))
        self.adjustSize()
        self.move(corner)
        self.raise_()


def _fits(title: str, words: Sequence[str], only_starts: bool) -> bool:
    parts = title.split()
    return all(
        any(part.startswith(word) for part in parts) or (word in title and not only_starts) for word in words
    )
