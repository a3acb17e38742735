"""Scrolling on the surface it lies on, without a ground of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
