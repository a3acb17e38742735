"""The Notes page: the visit that is being written, and every visit that was signed."""

from __future__ import annotations

from ui.pages.notes.page import NotesPage

__all__ = ["NotesPage"]
