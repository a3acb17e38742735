"""The text of a sheet: as tall as it needs, and scrolling only where the window is too low for it."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from ui.context import Context

AROUND = 190
"""Pixels of a sheet that are not its text: title, buttons, margins."""


def fit(context: Context, window: QWidget, area: QScrollArea, width: int) -> None:
    """Set the height of an area for the `width` (design pixels) of its sheet."""
    px = context.theme.px
    inner = area.widget()
    layout = inner.layout()
    assert layout is not None
    room = min(px(width), window.width() - 2 * px(24)) - 2 * px(24) - px(12)
    layout.activate()
    needed = max(layout.totalHeightForWidth(room), layout.totalMinimumSize().height())
    area.setFixedHeight(min(needed + px(4), max(px(120), window.height() - px(AROUND))))
