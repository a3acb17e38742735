"""The Documents page: what was printed here, and the texts that others sent."""

from __future__ import annotations

from ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
