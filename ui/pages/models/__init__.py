"""The Models page, and the card that the Assess page shows too."""

from __future__ import annotations

from ui.pages.models.page import ModelsPage

__all__ = ["ModelsPage"]
