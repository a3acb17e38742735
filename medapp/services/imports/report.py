"""What an import did, file by file, in the shape of the command line's contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from medapp.domain.changes import Changes
from medapp.interchange.issues import Issue, Severity


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two stored patients who may be one person; a person decides."""

    patient: int
    other: int
    why: str  # identifier: they share a number; twice: both fit what was sent


@dataclass(slots=True)
class Counts:
    """Resources of kept types: each is exactly one of the three."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class FileReport:
    """One file. `state`: read, partial (an error concerned some resources), refused (nothing written).

    `subjects`, kept with it in the store: what a file with texts calls each patient, by her id there.
    """

    path: str
    format: str | None
    sha256: str
    state: str = "read"
    resources: dict[str, int] = field(default_factory=dict)
    verbatim: dict[str, int] = field(default_factory=dict)
    patients: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    issues: list[Issue] = field(default_factory=list)
    subjects: dict[str, list[str]] | None = None

    def judge(self) -> None:
        """Partial when an error is among the issues."""
        if any(issue.severity is Severity.ERROR for issue in self.issues):
            self.state = "partial"

    def as_document(self) -> dict[str, Any]:
        """One element of `files`."""
        return {
            "path": self.path,
            "format": self.format,
            "state": self.state,
            "sha256": self.sha256,
            "resources": dict(sorted(self.resources.items())),
            "verbatim": dict(sorted(self.verbatim.items())),
            "patients": self.patients,
            "added": self.counts.added,
            "updated": self.counts.updated,
            "unchanged": self.counts.unchanged,
            "issues": [issue.as_document() for issue in self.issues],
        }


@dataclass(slots=True)
class ImportReport:
    """All files of one import; `import_id` is None when nothing was written."""

    import_id: int | None
    dry_run: bool
    files: list[FileReport] = field(default_factory=list)
    merge_proposals: list[MergeProposal] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    is_cancelled: bool = False

    def as_document(self) -> dict[str, Any]:
        """The whole document of `medapp import --json`."""
        refused = sum(one.state == "refused" for one in self.files)
        return {
            "import_id": self.import_id,
            "dry_run": self.dry_run,
            "files": [one.as_document() for one in self.files],
            "totals": {
                "files": len(self.files),
                "read": len(self.files) - refused,
                "refused": refused,
                "added": sum(one.counts.added for one in self.files),
                "updated": sum(one.counts.updated for one in self.files),
                "unchanged": sum(one.counts.unchanged for one in self.files),
                "merge_proposals": len(self.merge_proposals),
            },
        }
