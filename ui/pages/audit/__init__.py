"""The Audit page: who did what, when, about whom, and whether the log is whole."""

from __future__ import annotations

from ui.pages.audit.page import AuditPage

__all__ = ["AuditPage"]
