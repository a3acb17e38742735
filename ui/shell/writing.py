"""Forms that are asked for from anywhere: a new patient, values for the open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.widgets.inside import inside
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def new_patient(window: MainWindow) -> None:
    """Ctrl Shift N: the form of a new patient, over the worklist."""
    if window.is_unlocked and not _is_busy(window):
        window.goto("worklist")
        window.page("worklist").new_patient()


def enter_values(window: MainWindow) -> None:
    """Ctrl E: type values into the open record."""
    if window.is_unlocked and window.open_patient_id is not None and not _is_busy(window):
        window.goto("patient")
        window.patient_page.forms.enter_values()


def _is_busy(window: MainWindow) -> bool:
    """One form at a time."""
    return any(sheet.isVisible() for sheet in inside(window, Sheet))
