"""What was found in a table: one noun, told in both languages, with the numbers beside the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medapp.i18n import Words, both

LEFT_OUT, CLEANED, GROUPED, POINTED_OUT, NOTED = "left_out", "cleaned", "grouped", "pointed_out", "noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the table: a stable code, the columns, what was done and why.

    `action` is left_out, cleaned, grouped, pointed_out (nothing was done) or noted (nothing need be).
    `severity` is warning where the figures may deceive, else information.
    """

    code: str
    message: str
    action: str = POINTED_OUT
    columns: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    severity: str = "warning"

    def text(self, words: Words) -> str:
        return words(self.message, **self.fields)

    def as_document(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "action": self.action,
            "columns": list(self.columns),
            "text": both(self.message, **self.fields),
            "numbers": {k: v for k, v in self.fields.items() if isinstance(v, int | float)},
        }


def named(names: list[str] | tuple[str, ...], most: int = 8) -> str:
    """Column names in a sentence; of many the first."""
    shown = ", ".join(names[:most])
    return f"{shown} …" if len(names) > most else shown
