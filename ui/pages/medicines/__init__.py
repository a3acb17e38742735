"""The Medicines tab: what is taken and what was."""

from __future__ import annotations

from ui.pages.medicines.page import MedicinesPage

__all__ = ["MedicinesPage"]
