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
    """The first visible, enabled widget of a region that Tab reaches, in focus order."""
    widget = region
    for _ in range(2000):
        proxy = widget.focusProxy() or widget
        is_inside = region is widget or region.isAncestorOf(widget)
        takes = bool(proxy.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if is_inside and takes and proxy.isVisible() and proxy.isEnabled():
            return proxy
        following = widget.nextInFocusChain()
        if following is None or following is region:
            return None
        widget = following
    return None
