"""Models or scores: the switch at the head of both lists."""

from __future__ import annotations

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Segmented


def view_switch(context: Context, current: str) -> Segmented:
    """Chosen with the arrow keys or the mouse; `chosen` carries models or scores."""
    options = (("models", N_("Models")), ("scores", N_("Scores")))
    return Segmented(context, options, current, name=N_("What to assess with"))
