"""Rows, columns and lines whose gaps are design lengths and follow the zoom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from ui.context import Context

LEAST: Final = 40
"""Pixels of what scrolls that stay where large type leaves little room."""


class Box(QBoxLayout):
    """A box layout measured in design pixels.

    `margins` is one number or (left, top, right, bottom).
    """

    def __init__(
        self,
        context: Context,
        direction: QBoxLayout.Direction,
        margins: int | tuple[int, int, int, int] = 0,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(direction, parent)
        self._context = context
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._gap = gap
        self._measure()
        context.theme_changed.connect(self._measure)

    def set_measures(self, margins: int | tuple[int, int, int, int], gap: int | None = None) -> None:
        """Change the design lengths, as a narrow or short window needs."""
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._gap = self._gap if gap is None else gap
        self._measure()

    def _measure(self) -> None:
        px = self._context.theme.px
        self.setContentsMargins(*(px(margin) for margin in self._margins))
        self.setSpacing(px(self._gap))


class Column(Box):
    """Top to bottom."""

    def __init__(
        self,
        context: Context,
        margins: int | tuple[int, int, int, int] = 0,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, QBoxLayout.Direction.TopToBottom, margins, gap, parent)


class Row(Box):
    """Left to right."""

    def __init__(
        self,
        context: Context,
        margins: int | tuple[int, int, int, int] = 0,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, QBoxLayout.Direction.LeftToRight, margins, gap, parent)


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("surface", "line")
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def surface(kind: str, parent: QWidget | None = None) -> QFrame:
    """A frame with one of the style sheet's surfaces."""
    frame = QFrame(parent)
    frame.setProperty("surface", kind)
    return frame


def scrolling(content: QWidget, name: str = "") -> QScrollArea:
    """A transparent area in which `content` goes up and down; it takes the focus only when named.

    Where room is short it is the area that gives way, not the texts around it.
    """
    from PySide6.QtCore import Qt

    area = QScrollArea()
    area.setViewport(QWidget())  # ours: asking for Qt's own one makes all its widget classes at the start
    area.setWidgetResizable(True)
    area.setMinimumHeight(LEAST)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(content)
    content.setAutoFillBackground(False)  # setWidget turns it on
    return area


def height_at_width(widget: QWidget) -> QSize:
    """The least size of a page in an area: any width, and the height its texts need at the width it has."""
    layout = widget.layout()
    if layout is None:
        return QSize(0, 0)
    if layout.hasHeightForWidth():
        return QSize(0, layout.totalHeightForWidth(max(widget.width(), 200)))
    return QSize(0, layout.totalMinimumSize().height())


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout, and out of those inside it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def restyle(widget: QWidget) -> None:
    """Re-read the style sheet after a dynamic property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet selects by; nothing happens when it is the same."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)
