"""The Summary page: the record on one screen."""

from __future__ import annotations

from ui.pages.summary.page import SummaryPage

__all__ = ["SummaryPage"]
