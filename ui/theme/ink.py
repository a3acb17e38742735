"""Colour on a painter that holds no pen and no brush of ours.

`setPen`, `setBrush` and `fillRect` look through their overloads and so touch the namespace `Qt`, whose
94 enums take 12 ms to make. What the first paint shows is therefore drawn from small pictures, and
coloured words from rich text that is laid out once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QStaticText

from ui.widgets.flags import CENTER, LEFT

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QFontMetrics

    from ui.theme.theme import Theme


def fill(painter: QPainter, area: QRect, theme: Theme, token: str) -> None:
    """The whole area in a colour token."""
    painter.drawTiledPixmap(area, theme.box(4, 4, 0, token))


def write(
    painter: QPainter,
    area: QRect,
    text: str,
    face: tuple[QFont, QFontMetrics],
    colour: str,
    align: int = LEFT,
) -> None:
    """One line in `#RRGGBB`, in the middle of the area's height; at its left or in its CENTER."""
    font, metrics = face
    painter.setFont(font)
    left = area.left()
    if align == CENTER:
        left += (area.width() - metrics.horizontalAdvance(text)) // 2
    top = area.top() + (area.height() - metrics.height()) // 2
    painter.drawStaticText(left, top, _words(text, colour, font.key()))


@lru_cache(maxsize=512)
def _words(text: str, colour: str, _font: str) -> QStaticText:
    """Kept for each font, so that none is laid out twice."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    return QStaticText(f'<span style="color:{colour};white-space:pre">{plain}</span>')


def chip_tokens(tone: str) -> tuple[str, str, str]:
    """Tint, edge and ink of a chip's tone."""
    if tone in ("neutral", ""):
        return "surface", "control", "text2"
    if tone == "quiet":
        return "subtle", "line", "text2"
    if tone == "accent":
        return "selected", "accent", "accent"
    return f"{tone}Tint", f"{tone}Line", tone
