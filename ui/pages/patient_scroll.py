"""Scrolling on the surface it lies on, without a ground of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def put(area: QScrollArea, widget: QWidget) -> None:
    """Set the widget of an area and keep it see-through: Qt would fill it with the window's colour."""
    area.setWidget(widget)
    widget.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)


def scrolled(widget: QWidget) -> QScrollArea:
    """`widget` in a frameless area that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    put(area, widget)
    return area


def height_at_width(widget: QWidget) -> QSize:
    """The least size of a page in an area: any width, and the height its texts need at the width it has."""
    layout = widget.layout()
    if layout is None:
        return QSize(0, 0)
    if layout.hasHeightForWidth():
        return QSize(0, layout.totalHeightForWidth(max(widget.width(), 200)))
    return QSize(0, layout.totalMinimumSize().height())
