"""The start after the program ended without closing the clinic: it opens at what was being written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medapp.i18n import N_
from medapp.services import drafts
from ui.pages.patient.tabs import TABS
from ui.shell.writing import new_patient

if TYPE_CHECKING:
    from medapp.services.drafts import DraftLine
    from ui.context import Context
    from ui.main_window import MainWindow

_TABS = {"visit": "notes"}
"""The tab that continues a draft of a kind; the others are continued from the list of drafts."""


def open_draft(context: Context, window: MainWindow) -> None:
    """Open the record of the user's latest draft; without one only say that nothing saved was lost."""
    session = context.session
    if session is not None:
        context.jobs.store(partial(drafts.listed, session), partial(_show, context, window))


def _show(context: Context, window: MainWindow, found: list[DraftLine]) -> None:
    if not window.is_unlocked:
        return
    if not found:
        window.toast.tell(N_("The program ended without closing the clinic. Everything saved is here."))
        return
    latest = found[0]
    if latest.patient.id == drafts.NEW_PATIENT:
        new_patient(window)
        _say(window)
        return
    tab = _TABS.get(latest.kind, "summary")
    window.open_patient(latest.patient.id, tab if tab in {one.name for one in TABS} else "summary",
                        latest.patient)
    _say(window)


def _say(window: MainWindow) -> None:
    window.toast.tell(N_("The program ended without closing the clinic. Your latest draft is open."))
