"""Cyclic garbage is collected on the GUI thread only.

A collection runs on whichever thread happens to allocate. One that falls into a drawing or a
store thread would destroy the Qt objects that hang in cycles there, off their own thread, and
Qt then ends the program with a segmentation fault, seldom and long after. So the automatic
collection stays off from the first thread on, and a timer of the GUI thread looks instead.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 2_000
AFTER_LOCK_MS: Final = 500
"""By then the pages are unmade and the store is closed; nobody waits, so it may take its time."""

THRESHOLDS: Final = (700, 10, 10)
"""Python's own, looked at here because it no longer acts on them."""


class Collector(QObject):
    """Collects a generation when its threshold is passed; made and kept on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._once = QTimer(self, singleShot=True, interval=AFTER_LOCK_MS)
        self._once.timeout.connect(gc.collect)

    def begin(self) -> None:
        """From here on; what the start made is never looked through again."""
        if gc.get_freeze_count() == 0:
            gc.freeze()
        self._timer.start()

    def look_through_soon(self) -> None:
        """Everything, once: a lock left a whole clinic, and a look comes to its oldest generation late."""
        self._once.start()

    def look(self) -> int:
        """The objects freed by one look; 0 while nothing has gathered."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > THRESHOLDS[generation]:
                return gc.collect(generation)
        return 0
