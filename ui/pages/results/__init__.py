"""The Results page: every number of one patient, and its course."""

from __future__ import annotations

from ui.pages.results.page import ResultsPage

__all__ = ["ResultsPage"]
