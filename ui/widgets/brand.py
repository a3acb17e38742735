"""The program's mark and name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context
from ui.theme import icons
from ui.widgets.layout import Row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor, QPaintEvent, QPen


class Brand(QWidget):
    """The mark: a pulse in a rounded square, with the name beside it."""

    def __init__(
        self, context: Context, size: int = 24, *, role: str = "section", tone: str = "text"
    ) -> None:
        super().__init__()
        row = Row(context, 0, 8 if size < 30 else 12, self)
        row.addWidget(_Mark(context, size, is_on_rail=tone != "text"))
        name = Text(context, role=role, tone=tone)
        name.set_plain("MedApp")
        row.addWidget(name)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


_MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    '<rect width="100" height="100" rx="22" fill="{fill}"/>'
    '<polyline points="18,53 32,53 42,27 57,75 67,45 72,53 83,53" fill="none" stroke="{ink}" '
    'stroke-width="8.5" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


class _Mark(QWidget):
    def __init__(self, context: Context, size: int, *, is_on_rail: bool) -> None:
        super().__init__()
        self._context, self._size, self._is_on_rail = context, size, is_on_rail
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        length = self._context.theme.px(self._size)
        self.setFixedSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        fill = "#56C4D1" if self._is_on_rail else theme.hex("accent")
        ink = "#04252A" if self._is_on_rail else theme.hex("onAccent")
        mark = icons.drawn(_MARK.format(fill=fill, ink=ink), self.width(), self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.rect(), mark)


def round_pen(colour: QColor, width: float, style: Qt.PenStyle | None = None) -> QPen:
    """A line with round ends and corners."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPen

    ends, corners = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, style or Qt.PenStyle.SolidLine, ends, corners)
