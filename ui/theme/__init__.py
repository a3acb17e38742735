"""Colours, sizes, fonts and icons of the window, all from `tokens.json`."""

from __future__ import annotations

from ui.theme.theme import Contrast, Density, Mode, Theme

__all__ = ["Contrast", "Density", "Mode", "Theme"]
