"""The design tokens: every colour and size of the window, read once."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

ROLES: Final = ("caption", "small", "body", "strong", "lead", "section", "title", "page", "display", "hero")
"""Roles of text, smallest to largest."""


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The whole table; treat it as read-only."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("tokens.json").read_text("utf-8"))
    return loaded
