"""Everything the palette can do: the shown page's own commands, pages, tabs, settings, the window's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from medapp.i18n import N_
from ui.commands import Command, commands_of
from ui.pages import ENTRIES
from ui.pages.patient.tabs import TABS
from ui.shell.writing import new_patient

if TYPE_CHECKING:
    from ui.context import Context
    from ui.main_window import MainWindow

ZOOM_STEP: Final = 10


def all_commands(window: MainWindow, context: Context) -> list[Command]:
    """In the order in which they are listed while nothing is typed."""
    return [
        *commands_of(window.shown_page), *_tabs(window), *_pages(window), *_acts(window),
        *_settings(window, context), *_program(window), *_trends(window),
    ]


def _tabs(window: MainWindow) -> list[Command]:
    patient = window.open_patient_id
    if patient is None:
        return []
    show = partial(window.open_patient, patient)
    return [Command(tab.title, partial(show, tab.name), "person", f"Alt {tab.number}") for tab in TABS]


def _trends(window: MainWindow) -> Sequence[Command]:
    """Last, so that they never push away what is asked for by a few letters."""
    return window.patient_page.trends() if window.open_patient_id is not None else ()


def _pages(window: MainWindow) -> list[Command]:
    return [
        Command(entry.title, partial(window.goto, entry.name), entry.icon)
        for entry in ENTRIES
        if window.can_go(entry.name)
    ]


def _acts(window: MainWindow) -> list[Command]:
    found = [
        Command(N_("Find a patient"), window.find, "search", "Ctrl K"),
        Command(N_("Recent patients"), window.show_recent, "clock", "Ctrl Tab"),
        Command(N_("New patient"), partial(new_patient, window), "plus", "Ctrl Shift N"),
    ]
    if window.open_patient_id is not None:
        found += [
            Command(N_("Write or continue the visit"), window.write_visit, "edit", "Ctrl N"),
            Command(N_("Print what belongs to this page"), window.print_page, "print", "Ctrl P"),
            Command(N_("Undo the last entry about this patient"), window.undo, "undo", "Ctrl Z"),
            Command(N_("Do it again"), window.redo, "redo", "Ctrl Y"),
            Command(N_("Open a read-only window of this record"), window.open_second, "eye", "Ctrl Shift W"),
        ]
    return found


def _settings(window: MainWindow, context: Context) -> list[Command]:
    zoom = context.settings.zoom
    return [
        Command(N_("Models on or off"), window.toggle_models, "model", "Ctrl Shift M"),
        Command(N_("Light theme"), partial(context.set_theme, "light"), "sun"),
        Command(N_("Dark theme"), partial(context.set_theme, "dark"), "moon"),
        Command(N_("Theme as the system"), partial(context.set_theme, "system"), "monitor"),
        Command(N_("English"), partial(context.set_language, "en"), "globe"),
        Command(N_("中文"), partial(context.set_language, "zh_CN"), "globe"),
        Command(N_("Larger text"), partial(context.set_zoom, zoom + ZOOM_STEP), "plus", "Ctrl +"),
        Command(N_("Smaller text"), partial(context.set_zoom, zoom - ZOOM_STEP), "minus", "Ctrl −"),
        Command(N_("Text size 100%"), partial(context.set_zoom, 100), "refresh", "Ctrl 0"),
        Command(N_("Compact rows"), partial(context.set_density, "compact"), "list"),
        Command(N_("Standard rows"), partial(context.set_density, "standard"), "list"),
        Command(N_("Comfortable rows"), partial(context.set_density, "comfortable"), "list"),
    ]


def _program(window: MainWindow) -> list[Command]:
    return [
        Command(N_("Help for this page"), window.show_help, "help", "F1"),
        Command(N_("Keys of this page"), window.show_keys, "keyboard", "?"),
        Command(N_("Label and versions"), window.show_label, "info"),
        Command(N_("Lock"), window.lock, "lock", "Ctrl L"),
    ]
