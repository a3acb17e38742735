"""F6: from one part of the window to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Regions:
    """Search → rail → page → footer, and round again."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def step(self, step: int) -> None:
        """Go to the next region that can take the focus."""
        regions = self._window.region_widgets()
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
