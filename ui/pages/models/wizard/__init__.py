"""Train from table: six steps from a CSV file to a draft."""

from __future__ import annotations

from ui.pages.models.wizard.page import Wizard

__all__ = ["Wizard"]
