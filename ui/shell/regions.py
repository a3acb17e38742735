"""F6: from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    return next(_focusable(region, _chain(region)), None)


def step_focus(regions: Sequence[QWidget], forward: bool) -> bool:
    """Move the focus by one through all regions in their order; False when there is nowhere to go."""
    if not regions:
        return False
    chain = _chain(regions[0])
    order = [widget for region in regions for widget in _focusable(region, chain)]
    if not order:
        return False
    focused = QApplication.focusWidget()
    at = order.index(focused) if focused in order else -1
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[(at + (1 if forward else -1)) % len(order)].setFocus(reason)
    return True


def _chain(start: QWidget) -> list[QWidget]:
    """The window's focus chain from `start` on: a page that is left walks it, so it is walked once."""
    chain = [start]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not start:
        chain.append(following)
    return chain


def _focusable(region: QWidget, chain: list[QWidget]) -> Iterator[QWidget]:
    """The widgets of a region that Tab reaches, in the order of the focus chain from the region on."""
    at = chain.index(region) if region in chain else 0
    for widget in (*chain[at:], *chain[:at]):
        if widget.isVisible() and widget.isEnabled() and _holds(region, widget) and _takes_tab(widget):
            yield widget


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
