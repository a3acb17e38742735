"""Putting the style sheet on the application, and building widgets without it.

A sheet put in the place of another dresses each widget once for itself and once more for every
widget that it lies in (`QStyleSheetStyle::repolish`): 6.5 s for the 4,300 widgets of a window whose
every page was open. Off and on again dresses each once: 1.2 s for the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication


@contextmanager
def undressed() -> Iterator[None]:
    """Build widgets without the style sheet and put it on them once: each would read it many times."""
    application = QApplication.instance()
    is_shown = any(widget.isVisible() for widget in QApplication.topLevelWidgets())
    if is_shown or not isinstance(application, QApplication):
        yield
        return
    sheet = application.styleSheet()
    _undress(application)
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


def dress(application: QApplication, palette: QPalette, font: QFont, sheet: str) -> None:
    """Put on what has changed: each of the three dresses every widget again."""
    changed = application.styleSheet() != sheet
    if changed:
        _undress(application)
    if application.palette() != palette:
        application.setPalette(palette)
    if application.font() != font:
        application.setFont(font)
    if changed:
        application.setStyleSheet(sheet)


def _undress(application: QApplication) -> None:
    """Take the style sheet off.

    What Qt knows of the widgets dressed in it goes with it, but only a polished one learns that. Any
    other believes itself still watched, is kept by the next sheet's style beyond its own end, and a
    later sheet then reads freed memory. So all are polished first.
    """
    for widget in QApplication.allWidgets():
        widget.ensurePolished()
    application.setStyleSheet("")
