"""The Timeline page: everything dated in the record, one row an event."""

from __future__ import annotations

from ui.pages.timeline.page import TimelinePage

__all__ = ["TimelinePage"]
