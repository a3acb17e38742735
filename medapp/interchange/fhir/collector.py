"""Gathers the issues of one file, so that a thousand like deviations stay readable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from medapp.i18n import N_
from medapp.interchange.issues import Issue, Severity

MOST_OF_ONE_KIND: Final = 50
_MORE: Final = N_("There are {count} more deviations of this kind in the file.")


@dataclass(slots=True)
class Collector:
    """Keeps the first issues of each code in full and counts the rest."""

    issues: list[Issue] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _severities: dict[str, Severity] = field(default_factory=dict)
    _once: set[tuple[str, object]] = field(default_factory=set)

    def error(self, code: str, where: str, message: str, **fields: object) -> None:
        """Something was not taken up."""
        self.add(Issue(Severity.ERROR, code, where, message, fields))

    def warning(self, code: str, where: str, message: str, **fields: object) -> None:
        """Taken up, but somebody should look at it."""
        self.add(Issue(Severity.WARNING, code, where, message, fields))

    def note(self, code: str, where: str, message: str, **fields: object) -> None:
        """No action needed."""
        self.add(Issue(Severity.INFORMATION, code, where, message, fields))

    def is_first(self, code: str, subject: object) -> bool:
        """Whether this deviation of `subject` was not asked about before in this file."""
        key = (code, subject)
        if key in self._once:
            return False
        self._once.add(key)
        return True

    def add(self, issue: Issue) -> None:
        count = self._counts.get(issue.code, 0) + 1
        self._counts[issue.code] = count
        self._severities[issue.code] = issue.severity
        if count <= MOST_OF_ONE_KIND:
            self.issues.append(issue)

    def take(self) -> list[Issue]:
        """The issues since the last call."""
        taken, self.issues = self.issues, []
        return taken

    def remainder(self) -> list[Issue]:
        """One closing issue for each kind of which not all were kept."""
        return [
            Issue(self._severities[code], code, "", _MORE, {"count": count - MOST_OF_ONE_KIND})
            for code, count in self._counts.items()
            if count > MOST_OF_ONE_KIND
        ]
