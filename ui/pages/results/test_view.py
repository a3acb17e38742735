"""The list of tests: arrows choose, Space compares."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView


class TestView(QListView):
    """`space` is sent for the current test; Qt would look for a row that begins with a blank."""

    __test__ = False

    space = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.space.emit()
        else:
            super().keyPressEvent(event)
