"""Commands and recent patients, listed under the find field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.context import Context
from ui.widgets import Button, Column, set_property


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do by name; `keys` is its shortcut as shown."""

    title: str
    act: Callable[[], object]
    icon: str = "chevron-right"
    keys: str = ""
    is_plain: bool = False  # a name rather than a message id


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

    def show_commands(self, commands: Sequence[Command], typed: str) -> None:
        """List the commands whose words begin with what is typed, in any order."""
        words = [word.casefold() for word in typed.split()]
        self._shown = [command for command in commands if self._fits(command, words)][:9]
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(command) for command in self._shown]
        self._at = 0
        self._mark()
        self.setVisible(bool(self._rows))
        if self._rows:
            self._place()

    def move_by(self, step: int) -> None:
        if self._rows:
            self._at = max(0, min(len(self._rows) - 1, self._at + step))
            self._mark()

    def accept(self) -> None:
        """Do the marked one."""
        if self._shown:
            self._do(self._shown[self._at])

    def _fits(self, command: Command, words: Sequence[str]) -> bool:
        title = (command.title if command.is_plain else self._context.words(command.title)).casefold()
        parts = title.split()
        return all(any(part.startswith(word) for part in parts) or word in title for word in words)

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
