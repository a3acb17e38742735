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
    return next(_reached(region, None, forward=True), None)


def step_focus(regions: Sequence[QWidget], forward: bool) -> bool:
    """Move the focus by one through all regions in their order; False when there is nowhere to go."""
    focused = QApplication.focusWidget()
    at = next((i for i, region in enumerate(regions) if focused and _holds(region, focused)), None)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    for region, after in _rounds(regions, at, focused, forward):
        target = next(_reached(region, after, forward), None)
        if target is not None:
            target.setFocus(reason)
            return True
    return False


def _rounds(
    regions: Sequence[QWidget], at: int | None, focused: QWidget | None, forward: bool
) -> Iterator[tuple[QWidget, QWidget | None]]:
    """The rest of the focused region, the others in turn, and at last the whole of the focused one."""
    step = 1 if forward else -1
    start = (-1 if forward else 0) if at is None else at
    if at is not None:
        yield regions[at], focused
    for distance in range(1, len(regions) + 1):
        yield regions[(start + step * distance) % len(regions)], None


def _reached(region: QWidget, after: QWidget | None, forward: bool) -> Iterator[QWidget]:
    """What Tab reaches in a region beyond `after`, or in all of it, in the order of the focus chain.

    That order begins at the region. Only as much of the chain is walked as is asked for: Qt asks
    whenever what has the focus is hidden, with thousands of widgets behind it.
    """
    if forward and after is None and _takes_tab(region):
        yield region
    start = widget = region if after is None else after
    while True:
        following = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if following is None or following is region or following is start:
            break
        widget = following
        if widget.isVisible() and _holds(region, widget) and _takes_tab(widget):
            yield widget
    if not forward and after is not region and _takes_tab(region):
        yield region


def _takes_tab(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
