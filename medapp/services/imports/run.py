"""Imports files: one transaction for each, so that a crash or a stop leaves whole files or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.interchange.errors import UnknownFormat, UnreadableFile
from medapp.interchange.files import Source, find_files
from medapp.interchange.issues import Issue, Severity
from medapp.interchange.reader import FORMATS
from medapp.security.roles import Permission
from medapp.services import audit, incoming
from medapp.services.imports.ahead import Ahead, Opened
from medapp.services.imports.interned import Interned
from medapp.services.imports.report import FileReport, ImportReport
from medapp.services.imports.writer import FileWriter
from medapp.services.session import Session
from medapp.store import blobs
from medapp.store.connection import Transaction
from medapp.store.repositories import imports

Progress = Callable[[int, int, str], None]
"""Files done, files in all, name of the next file ("" at the end)."""
Cancelled = Callable[[], bool]
Opening = Callable[[Ahead], AbstractContextManager[Transaction]]
"""Opens the transaction of one file; a real commit is given to the `Ahead`."""
KINDS: Final = frozenset(
    {
        Kind.PATIENT, Kind.OBSERVATION, Kind.CONDITION, Kind.MEDICATION, Kind.ALLERGY, Kind.ENCOUNTER,
        Kind.PROCEDURE, Kind.REVIEW, Kind.IMPORT,
    }
)  # fmt: skip


class _Deferred(Exception):
    """Rolls a file back whose patients may come with a later file."""


class _Cancelled(Exception):
    """Rolls the file under way back."""


class _DryRun(Exception):
    """Rolls everything back."""


@dataclass(slots=True)
class Run:
    """One import under way."""

    session: Session
    report: ImportReport
    cancelled: Cancelled
    is_demo: bool = False
    interned: Interned = field(default_factory=Interned)
    touched: set[int] = field(default_factory=set)
    _pending: tuple[int, FileWriter] | None = None

    def file(self, tx: Transaction, opened: Opened, *, is_last_try: bool) -> FileReport:
        """Read one file into an open transaction. Raises _Deferred, _Cancelled, UnreadableFile."""
        source, reader = opened.source, opened.reader
        report = FileReport(str(source.path), reader.format, "")
        import_id = self._import_id(tx)
        writer = FileWriter(tx, import_id, self.interned, report, self.is_demo)
        now = self.session.now().seconds
        writer.rows.since = now - incoming.RECENT
        for batch in opened.batches():
            if self.cancelled():
                raise _Cancelled
            writer.write(batch)
        writer.finish()
        if writer.waiting and not is_last_try:
            raise _Deferred
        incoming.collect(tx, writer.rows.recent, now, import_id)
        incoming.regrade_of(tx, writer.touched - writer.people.fresh)
        report.issues += reader.remainder()
        report.judge()
        report.sha256 = source.sha256.hex()
        blob = blobs.put_packed(tx, source.sha256, source.size, source.packed())
        self._record(tx, import_id, report, blob)
        if self.cancelled():
            raise _Cancelled
        self._pending = (import_id, writer)
        return report

    def _committed(self) -> None:
        """Take over what the file under way did, now that it is on the disk."""
        assert self._pending is not None
        import_id, writer = self._pending
        self.report.import_id = import_id
        self.report.merge_proposals += writer.people.proposals
        self.touched |= writer.touched

    def _import_id(self, tx: Transaction) -> int:
        if self.report.import_id is not None:
            return self.report.import_id
        return imports.start(tx, self.session.user.id, self.session.now().seconds)

    def _record(self, tx: Transaction, import_id: int, report: FileReport, blob: int) -> None:
        now = self.session.now().seconds
        document = report.as_document()
        if report.subjects is not None:
            document["subjects"] = report.subjects
        imports.add_file(
            tx, import_id, Path(report.path).name, report.format or "", report.state,
            bytes.fromhex(report.sha256), document, blob, now,
        )  # fmt: skip
        audit.record(
            self.session, tx, "import", import_id=import_id, added=report.counts.added,
            updated=report.counts.updated, unchanged=report.counts.unchanged,
        )  # fmt: skip

    def refused(self, path: Path, error: UnreadableFile) -> FileReport:
        """The report of a file of which nothing was written; the log learns the reason only."""
        if not self.report.dry_run:
            self.session.note("import_refused", code=error.code)
        issue = Issue(Severity.ERROR, error.code, "", error.message, error.fields, error.advice)
        return FileReport(str(path), None, _sha256(path), "refused", issues=[issue])

    def all_files(self, files: list[Path], opening: Opening, progress: Progress) -> None:
        """Import one file after the other; those that wait for patients once more at the end."""
        reports: dict[Path, FileReport] = {}
        waiting: list[Path] = []
        ahead = Ahead(files, self.session.now)
        open_file = partial(opening, ahead)
        try:
            for opened in ahead:
                progress(len(reports), len(files), opened.source.path.name)
                self._one(opened, open_file, reports, waiting)
            for path in waiting:
                progress(len(reports), len(files), path.name)
                self._one(Opened(path, self.session.now()), open_file, reports, None)
            progress(len(files), len(files), "")
        except _Cancelled:
            self.report.is_cancelled = True
        self.report.files = [reports[path] for path in files if path in reports]

    def _one(
        self,
        opened: Opened,
        open_file: Callable[[], AbstractContextManager[Transaction]],
        reports: dict[Path, FileReport],
        waiting: list[Path] | None,
    ) -> None:
        if self.cancelled():
            raise _Cancelled
        path = opened.source.path
        try:
            with open_file() as tx:
                report = self.file(tx, opened, is_last_try=waiting is None)
        except BaseException as error:
            self.interned.forget()
            if isinstance(error, _Deferred) and waiting is not None:
                waiting.append(path)
            elif isinstance(error, UnreadableFile):
                reports[path] = self.refused(path, error)
            else:
                raise
        else:
            self.interned.keep()
            self._committed()
            reports[path] = report


def import_paths(
    session: Session,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    format: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    is_demo: bool = False,
) -> ImportReport:
    """Import files and folders; what cannot be read is refused file by file and reported.

    With `dry_run` the same report is made and nothing is written. When `cancelled`
    answers yes the file under way is rolled back, committed ones stay, and the
    report says `is_cancelled`. Raises NotPermitted, UnknownFormat for a `format`
    that is not read, and the store's errors (DiskFull ...).
    """
    session.require(Permission.IMPORT)
    if format is not None and format not in FORMATS:
        raise UnknownFormat
    run = Run(session, ImportReport(None, dry_run), cancelled or _never, is_demo)
    files = find_files(Path(path) for path in paths)
    if dry_run:
        _rehearse(run, files, progress or _silent)
    else:
        run.all_files(files, lambda ahead: session.store.transaction(ahead.commit), progress or _silent)
    run.report.changes = Changes(KINDS if run.touched else frozenset(), frozenset(run.touched))
    return run.report


def _rehearse(run: Run, files: list[Path], progress: Progress) -> None:
    """Import everything into one transaction and roll it back."""
    try:
        with run.session.store.transaction() as tx:

            @contextmanager
            def savepoint(_ahead: Ahead) -> Iterator[Transaction]:
                tx.execute("SAVEPOINT file")
                try:
                    yield tx
                except BaseException:
                    tx.execute("ROLLBACK TO file")
                    raise
                finally:
                    tx.execute("RELEASE file")

            run.all_files(files, savepoint, progress)
            raise _DryRun
    except _DryRun:
        run.report.import_id = None
        run.touched.clear()


def _never() -> bool:
    return False


def _silent(_done: int, _total: int, _name: str) -> None:
    """Nobody watches."""


def _sha256(path: Path) -> str:
    """Of a file that was refused; "" when it cannot be read at all."""
    source = Source(path)
    try:
        source.drain()
    except UnreadableFile:
        return ""
    return source.sha256.hex()
