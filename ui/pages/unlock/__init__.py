"""Opening a clinic: sign in, create, recover."""

from __future__ import annotations

from ui.pages.unlock.page import UnlockPage

__all__ = ["UnlockPage"]
