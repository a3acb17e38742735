"""What changed, told to every page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """One signal: a user action is a service call whose result says what it changed."""

    changed = Signal(object)
    """Carries `medapp.domain.changes.Changes`; pages refresh by kind and patient."""
