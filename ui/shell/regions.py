"""F6: from one part of the window to the next; Tab through all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.inside import shown_widgets, tab_stops


def step_region(regions: Sequence[QWidget], step: int) -> None:
    """Go from the region that has the focus to the next one that can take it, round and round."""
    focused = QApplication.focusWidget()
    at = _at(regions, focused)
    for _ in regions:
        at = (at + step) % len(regions)
        target = first_focusable(regions[at])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _at(regions: Sequence[QWidget], focused: QWidget | None) -> int:
    held = (i for i, region in enumerate(regions) if focused and _holds(region, focused))
    return next(held, 0)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)


def first_focusable(region: QWidget) -> QWidget | None:
    """The first widget of a region that Tab reaches."""
    return next(iter(tab_stops(region)), None)


def step_focus(regions: Sequence[QWidget], forward: bool) -> bool:
    """Move the focus by one through all regions in their order; False when there is nowhere to go.

    Qt asks for it too when what has the focus is hidden: from where it was, on to what comes next.
    """
    focused = QApplication.focusWidget()
    if not regions:
        return False
    step, at = (1 if forward else -1), _at(regions, focused)
    here = focused if focused is not None and _holds(regions[at], focused) else None
    shown = shown_widgets()
    stops = tab_stops(regions[at], here, shown)
    place = stops.index(here) + step if here is not None else (0 if forward else len(stops) - 1)
    for distance in range(1, len(regions) + 1):
        if 0 <= place < len(stops):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[place].setFocus(reason)
            return True
        stops = tab_stops(regions[(at + step * distance) % len(regions)], None, shown)
        place = 0 if forward else len(stops) - 1
    return False
