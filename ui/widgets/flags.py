"""Qt's numbers for what the first paint needs.

Touching the namespace `Qt` makes all of its 94 enums, 12 ms of the start; painters and
properties take the plain numbers as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QWidget

    from ui.context import Context

LEFT: Final = 0x0001
RIGHT: Final = 0x0002
V_CENTER: Final = 0x0080
CENTER: Final = 0x0084
"""`Qt.AlignmentFlag`"""

NO_FOCUS: Final = 0
TAB_FOCUS: Final = 1
"""`Qt.FocusPolicy`"""

ALWAYS_OFF: Final = 1
"""`Qt.ScrollBarPolicy`"""

PLAIN_TEXT: Final = 0
"""`Qt.TextFormat`"""


def no_ink() -> QColor:
    """A colour that leaves nothing: the pen of a shape that is only filled."""
    return QColor(0, 0, 0, 0)


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text, cut with an ellipsis only where it does not fit."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    from PySide6.QtCore import Qt

    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def pressable(context: Context, widget: QWidget) -> None:
    """Tab reaches it at once; the hand over it comes with the first paint behind us."""
    widget.setProperty("focusPolicy", TAB_FOCUS)
    context.later(lambda: _point(widget))


def _point(widget: QWidget) -> None:
    from PySide6.QtCore import Qt

    if shiboken6.isValid(widget):
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
