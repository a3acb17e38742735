"""Find or command: one field for patients, pages, actions and settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from ui.commands import Command
from ui.format import format_date, format_name

if TYPE_CHECKING:
    from medapp.services.search import PatientLine
    from ui.context import Context
    from ui.main_window import MainWindow
    from ui.shell.palette import Palette
    from ui.widgets.fields import SearchField

RECENT: Final = 9
COMMANDS_FROM: Final = 3
"""Letters from which commands stand beside the patients: fewer fit nearly everything."""


class Finder(QObject):
    """What is typed into the field of the top bar.

    `>` lists commands alone. Without it patients are looked for, and commands that begin so are shown
    above them: Ctrl Enter does the first of these, and so does Enter where no patient fits.
    """

    def __init__(self, context: Context, window: MainWindow, find: SearchField) -> None:
        super().__init__(window)
        self._context, self._window, self._find = context, window, find
        self._palette: Palette | None = None
        self._recent: list[PatientLine] = []
        find.typed.connect(self._on_typed)
        find.moved.connect(self._on_moved)
        find.accepted.connect(self._on_accepted)
        find.commanded.connect(self._on_commanded)
        find.escaped.connect(window.back)

    @property
    def palette_list(self) -> Palette:
        """Commands and recent patients under the field; made when first needed."""
        if self._palette is None:
            from ui.shell.palette import Palette

            self._palette = Palette(self._context, self._window.shell, self._find)
        return self._palette

    @property
    def is_open(self) -> bool:
        return self._palette is not None and self._palette.isVisible()

    def hide(self) -> None:
        """Take the list away."""
        if self._palette is not None:
            self._palette.hide()

    def forget(self) -> None:
        """The clinic is locked: nobody was here."""
        self._recent.clear()
        self.hide()
        self._find.line.clear()

    def remember(self, line: PatientLine) -> None:
        """Put a patient on top of the recent ones."""
        self._recent = [line, *(other for other in self._recent if other.id != line.id)][:RECENT]

    def knows(self, patient: int) -> bool:
        """Whether the patient is among the recent ones; she then is the newest of them."""
        line = next((line for line in self._recent if line.id == patient), None)
        if line is not None:
            self.remember(line)
        return line is not None

    def show_recent(self) -> None:
        """Recent patients with their birth dates; again or arrows to move."""
        if not self._recent:
            return
        if self.is_open:
            self.palette_list.move_by(1)
            return
        words = self._context.words
        rows = []
        for line in self._recent:
            names = " ".join(part for part in format_name(line.name, line.name_local, words) if part)
            title = f"{names}   {format_date(line.birth_date, words)}"
            act = partial(self._window.open_patient, line.id, line=line)
            rows.append(Command(title, act, "person", is_plain=True))
        self._window.find()
        self.palette_list.show_commands(rows, "")

    def _commands(self) -> list[Command]:
        from ui.shell.commands import all_commands

        return all_commands(self._window, self._context)

    def _on_typed(self, text: str) -> None:
        window = self._window
        if not window.is_unlocked:
            return
        if text.startswith(">"):
            self.palette_list.show_commands(self._commands(), text[1:])
            return
        if len(text.strip()) >= COMMANDS_FROM:
            self.palette_list.show_commands(self._commands(), text, is_beside=True)
        else:
            self.hide()
        window.search_patients(text)

    def _on_moved(self, step: int) -> None:
        if self._palette is not None and self._palette.has_mark:
            self._palette.move_by(step)
        elif self._window.current_page == "worklist":
            self._window.page("worklist").move_by(step)

    def _on_accepted(self) -> None:
        if self._palette is not None and self._palette.has_mark:
            self._on_commanded()
        elif self._window.current_page == "worklist":
            worklist = self._window.page("worklist")
            if self.is_open and worklist.is_ready and not worklist.model.rowCount():
                self._on_commanded()
            else:
                worklist.open_current()

    def _on_commanded(self) -> None:
        if self.is_open:
            self._find.show_text("")
            self._window.search_patients("", quietly=True)
            self.palette_list.accept()
