"""F6: from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def step_region(regions: Sequence[QWidget], step: int) -> None:
    """Go from the region that has the focus to the next one that can take it, round and round."""
    focused = QApplication.focusWidget()
    at = next((i for i, region in enumerate(regions) if focused and _holds(region, focused)), 0)
    for _ in regions:
        at = (at + step) % len(regions)
        target = first_focusable(regions[at])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)


def first_focusable(region: QWidget) -> QWidget | None:
    """The first widget of a region that Tab reaches."""
    return next(iter(focusable(region)), None)


def focusable(region: QWidget) -> list[QWidget]:
    """The widgets of a region that Tab reaches, in the order of the focus chain."""
    inside = []
    widget = region
    while True:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled() and _holds(region, widget):
            inside.append(widget)
        following = widget.nextInFocusChain()
        if following is None or following is region:
            return inside
        widget = following


def step_focus(regions: Sequence[QWidget], forward: bool) -> bool:
    """Move the focus by one through all regions in their order; False when there is nowhere to go."""
    order = [widget for region in regions for widget in focusable(region)]
    if not order:
        return False
    focused = QApplication.focusWidget()
    at = order.index(focused) if focused in order else -1
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[(at + (1 if forward else -1)) % len(order)].setFocus(reason)
    return True
