"""The desk under the worklist: today, results to sign, what is due, drafts, what was opened last."""

from __future__ import annotations

from ui.pages.desk.card import DeskCard

__all__ = ["DeskCard"]
