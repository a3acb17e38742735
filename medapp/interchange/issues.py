"""Deviations of a file from its specification: each one is reported, none is repaired in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from medapp.i18n import both


class Strictness(StrEnum):
    """How a deviation is met.

    LENIENT keeps what can be understood and reports the rest; STRICT leaves out
    every resource whose shape deviates from the specification (to test a sender).
    """

    LENIENT = "lenient"
    STRICT = "strict"


class Severity(StrEnum):
    """error: something was not taken up; warning: taken up, look at it; information: no action."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Issue:
    """One deviation. `where` is a path of classes and fields; nothing here holds a patient's data."""

    severity: Severity
    code: str
    where: str
    message: str
    fields: Mapping[str, object] = field(default_factory=dict)
    advice: str = ""

    @property
    def text(self) -> dict[str, str]:
        """The sentence, and the advice if there is one, in both languages."""
        text = both(self.message, **self.fields)
        if self.advice:
            advice = both(self.advice, **self.fields)
            text = {language: f"{text[language]} {advice[language]}" for language in text}
        return text

    def as_document(self) -> dict[str, Any]:
        """The issue as the command line's contract has it."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "where": self.where,
            "text": self.text,
        }
