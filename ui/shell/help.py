"""F1 and `?`: what the shown page is for, its keys, and the keys of the whole program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_
from ui.commands import commands_of
from ui.context import Context
from ui.pages import ENTRIES
from ui.pages.patient.tabs import TABS
from ui.shell.fitting import fit
from ui.shell.help_texts import PAGES
from ui.shell.sheets import close_button
from ui.widgets import Column, KeyCap, Sheet, Text, scrolling

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WIDTH: Final = 560
KEYS: Final[Sequence[tuple[str, str]]] = (
    ("Ctrl K", N_("Find a patient; > lists commands")),
    ("Ctrl Enter", N_("Do the command that is listed above the patients")),
    ("↑ ↓ · Enter", N_("Choose a row, open it")),
    ("Esc", N_("Back one step")),
    ("Alt 1 … 9", N_("Pages of the patient")),
    ("F6 · Shift F6", N_("Next or previous part of the window")),
    ("F8", N_("Panel at the right")),
    ("Ctrl Tab", N_("Recent patients")),
    ("Ctrl Shift N", N_("New patient")),
    ("Ctrl E", N_("Enter values for the open patient")),
    ("Ctrl Z · Ctrl Y", N_("Undo what was just done, do it again")),
    ("Ctrl Shift W", N_("The same record in a second window, to read only")),
    ("Ctrl Shift M", N_("Models on or off")),
    ("Ctrl + · Ctrl − · Ctrl 0", N_("Text size")),
    ("Ctrl L", N_("Lock")),
    ("F1 · ?", N_("Help for the page, its keys")),
)


def shown_name(window: MainWindow) -> str:
    """The page whose help is asked: a tab of the patient by `patient.` and its name."""
    if window.current_page == "patient":
        return f"patient.{window.patient_page.tabs.current}"
    return window.current_page


def help_sheet(context: Context, window: MainWindow, *, only_keys: bool = False) -> Sheet:
    """The help of the shown page; `only_keys` leaves out everything but its keys."""
    name = shown_name(window)
    sheet = Sheet(context, window, _title(name), width=WIDTH)
    inner = QWidget()
    column = Column(context, (0, 0, 8, 0), 12, inner)
    page = PAGES.get(name)
    if page is not None and not only_keys:
        for text in page.texts:
            column.addWidget(Text(context, text, "body", wrap=True))
    own = [*(page.keys if page is not None else ()), *_keys_of(window)]
    _add_keys(context, column, N_("Keys of this page"), own)
    if not only_keys or not own:
        _add_keys(context, column, N_("Keys everywhere"), KEYS)
    column.addStretch(1)
    area = scrolling(inner, context.words("Help"))
    fit(context, window, area, WIDTH)
    sheet.body.addWidget(area)
    close_button(context, sheet)
    return sheet


def _title(name: str) -> str:
    titles = {entry.name: entry.title for entry in ENTRIES}
    titles |= {f"patient.{tab.name}": tab.title for tab in TABS}
    return titles.get(name, N_("Keys"))


def _keys_of(window: MainWindow) -> list[tuple[str, str]]:
    found = commands_of(window.shown_page)
    return [(one.keys, one.title) for one in found if one.keys and not one.is_plain]


def _add_keys(context: Context, column: Column, title: str, keys: Sequence[tuple[str, str]]) -> None:
    if not keys:
        return
    column.addWidget(Text(context, title, "strong"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(context.theme.px(16))
    grid.setVerticalSpacing(context.theme.px(6))
    for at, (caps, meaning) in enumerate(keys):
        grid.addWidget(KeyCap(caps), at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(context, meaning, "body", wrap=True), at, 1)
    grid.setColumnStretch(1, 1)
    column.addLayout(grid)
