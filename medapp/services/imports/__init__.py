"""Files of other programs come into the clinic, and go out again when the import is undone."""

from medapp.services.imports.back import may_undo, undo_import
from medapp.services.imports.report import Counts, FileReport, ImportReport, MergeProposal
from medapp.services.imports.run import import_paths

__all__ = [
    "Counts", "FileReport", "ImportReport", "MergeProposal", "import_paths", "may_undo",
    "undo_import",
]
