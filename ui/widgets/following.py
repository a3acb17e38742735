"""A widget that follows a signal of something that outlives it.

A lambda connected to the context is called long after its widget is gone, and an error inside one of Qt's
own calls can end the program. A bound method of a QObject is disconnected with its object; this makes
one of any callable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot


class _Follower(QObject):
    """A child of the owner: it dies with it, and its connection with it."""

    def __init__(self, owner: QObject, act: Callable[[], object]) -> None:
        super().__init__(owner)
        self._act = act

    @Slot()
    def run(self) -> None:
        self._act()


def follow(owner: QObject, signal: Any, act: Callable[[], object]) -> None:
    """Call `act` whenever `signal` is sent, as long as `owner` lives; the signal's values are dropped."""
    signal.connect(_Follower(owner, act).run)
