"""Finding a patient."""

from __future__ import annotations

from ui.pages.worklist.page import WorklistPage

__all__ = ["WorklistPage"]
