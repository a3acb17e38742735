"""Import: choose files, see what would happen, then write, with one Undo."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QProgressBar, QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.format import format_number
from ui.jobs import Token
from ui.widgets import Button, Card, Chip, Column, EmptyState, Icon, Line, Row, Strip, Text, scrolling

if TYPE_CHECKING:
    from medapp.services.imports import FileReport, ImportReport

SHOWN_ISSUES: Final = 8
_STATES: Final = {
    "written": ("ok", "check", N_("Imported")),
    "read": ("ok", "check", N_("Ready")),
    "partial": ("warn", "caution", N_("In part")),
    "refused": ("danger", "stop", N_("Refused")),
}


class ImportPage(QWidget):
    """Four states: choose, working, preview (nothing written), written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paths: tuple[Path, ...] = ()
        self._token = Token()
        self._halt = threading.Event()
        self.setAcceptDrops(True)
        context.session_changed.connect(self._on_session)
        column = Column(context, (16, 14, 16, 14), 12, self)
        column.addLayout(self._build_head())
        self._error = Strip(context, "", "danger")
        self._error.hide()
        column.addWidget(self._error)
        self._stack = QStackedWidget()
        advice = N_("Bundles as JSON. They are read first and shown; nothing is written until you confirm.")
        self._choose = EmptyState(
            context, N_("Choose FHIR files to import"), icon="import", advice=advice,
            action=N_("Choose files…"), on_action=self.choose,
        )
        card = Card(context, padding=0)
        card.body.addWidget(self._choose)
        self._stack.addWidget(card)
        self._stack.addWidget(self._build_working())
        self._stack.addWidget(self._build_report())
        column.addWidget(self._stack, 1)

    def _build_head(self) -> Row:
        row = Row(self._context, 0, 12)
        row.addWidget(Text(self._context, N_("Import"), "title"))
        self._promise = Chip(self._context, N_("Nothing is written until you confirm"), "info", icon="info")
        row.addWidget(self._promise)
        row.addStretch(1)
        return row

    def _build_working(self) -> Card:
        context = self._context
        card = Card(context)
        card.body.addStretch(1)
        self._doing = Text(context, role="lead")
        self._doing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self._doing)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(420)
        self._bar.setAccessibleName(context.words("Progress"))
        card.body.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self._bar.setMinimumWidth(320)
        self._stop = Button(context, N_("Cancel"), keys="Esc", on_click=self.cancel)
        card.body.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignHCenter)
        card.body.addStretch(1)
        return card

    def _build_report(self) -> Card:
        context = self._context
        card = Card(context, padding=0, gap=0)
        head = Row(context, (16, 14, 16, 10), 24)
        self._figures = [self._figure(head, title) for title in _FIGURES]
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(Line())
        holder = QWidget()
        self._list = Column(context, (16, 4, 16, 4), 0, holder)
        card.body.addWidget(scrolling(holder, context.words("Files")), 1)
        card.body.addWidget(Line())
        foot = Row(context, (16, 12, 16, 12), 8)
        self._others = Button(context, N_("Other files…"), icon="folder", on_click=self.choose)
        foot.addWidget(self._others)
        foot.addStretch(1)
        self._confirm = Button(context, N_("Import"), "primary", icon="import", on_click=self.confirm)
        foot.addWidget(self._confirm)
        card.body.addLayout(foot)
        return card

    def _figure(self, head: Row, title: str) -> Text:
        column = Column(self._context, 0, 0)
        number = Text(self._context, role="title")
        column.addWidget(number)
        column.addWidget(Text(self._context, title, "small", "text2"))
        head.addLayout(column)
        return number

    # --- what the window asks

    @property
    def is_ready(self) -> bool:
        """Not reading or writing."""
        return self._stack.currentIndex() != 1

    def focus_first(self) -> None:
        """The button that goes on."""
        if self._stack.currentIndex() == 2:
            (self._others if self._confirm.isHidden() else self._confirm).setFocus()
        else:
            self._choose.findChild(Button).setFocus()

    # --- choosing

    def choose(self) -> None:
        """The system's file chooser."""
        from PySide6.QtWidgets import QFileDialog

        words = self._context.words
        names, _ = QFileDialog.getOpenFileNames(
            self, words("Import FHIR…"), str(Path.home()), words("FHIR bundles (*.json)")
        )
        if names:
            self.preview([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.preview([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # --- working

    def preview(self, paths: Sequence[Path]) -> None:
        """Read the files and show what would happen."""
        if self.is_ready and paths:
            self._paths = tuple(paths)
            self._run(is_dry=True)

    def confirm(self) -> None:
        """Write what was previewed."""
        self._run(is_dry=False)

    def cancel(self) -> None:
        """Stop; the file under way is rolled back, whole files before it stay and are shown."""
        if not self.is_ready:
            self._halt.set()
            self._stop.setEnabled(False)
            self._doing.set_message(N_("Stopping…"))

    def _on_session(self) -> None:
        """Locked: nothing more is written, and nobody is shown what was."""
        self._halt.set()
        self._token.cancel()

    def _run(self, *, is_dry: bool) -> None:
        session, paths = self._context.session, self._paths
        token = self._token = Token(self._on_progress)
        halt = self._halt = threading.Event()
        self._error.hide()
        self._doing.set_message(N_("Reading…") if is_dry else N_("Importing…"))
        self._bar.setRange(0, 0)
        self._stack.setCurrentIndex(1)
        self._stop.setEnabled(True)
        self._stop.setFocus()

        def work() -> ImportReport:
            from medapp.services.imports import import_paths

            assert session is not None
            return import_paths(
                session, list(paths), dry_run=is_dry,
                progress=lambda done, total, name: token.report(done, total, name),
                cancelled=halt.is_set,
            )

        on_done = self._show_preview if is_dry else self._show_written
        self._context.jobs.compute(work, on_done, self._on_error, token)

    def _on_progress(self, done: int, total: int, _name: str) -> None:
        if self._halt.is_set():
            return
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._doing.set_message(N_("{done} of {total} files"), done=done, total=total)

    def _on_error(self, error: BaseException) -> None:
        self._stack.setCurrentIndex(0)
        self._error.show_error(self._context, error)
        self.focus_first()

    # --- showing

    def _show_preview(self, report: ImportReport) -> None:
        if report.is_cancelled:
            self._show_nothing()
            return
        self._promise.set_tone("info", "info")
        self._promise.set_message(N_("Nothing is written until you confirm"))
        self._confirm.show()
        self._show(report)
        totals = report.as_document()["totals"]
        self._confirm.setEnabled(totals["added"] + totals["updated"] > 0)
        self.focus_first()

    def _show_nothing(self) -> None:
        self._stack.setCurrentIndex(0)
        self.focus_first()
        self._context.window.toast.tell(N_("Stopped; nothing was written"))

    def _show_written(self, report: ImportReport) -> None:
        if report.is_cancelled and report.import_id is None:
            self._show_nothing()
            return
        self._promise.set_tone("ok", "check")
        self._promise.set_message(N_("Written"))
        self._others.setFocus()
        self._confirm.hide()
        self._show(report)
        self.focus_first()
        self._context.bus.changed.emit(report.changes)
        self._tell_written(report)

    def _tell_written(self, report: ImportReport) -> None:
        from medapp.services.imports import may_undo

        import_id, session, toast = report.import_id, self._context.session, self._context.window.toast
        if import_id is None:
            toast.tell(N_("Nothing new in these files"))
            return
        totals = report.as_document()["totals"]
        said = (
            N_("Stopped; imported before: {added} added, {updated} updated")
            if report.is_cancelled
            else N_("Imported: {added} added, {updated} updated")
        )
        may = session is not None and may_undo(session)
        toast.tell(
            said, undo=(lambda: self.undo(import_id)) if may else None,
            added=format_number(totals["added"]), updated=format_number(totals["updated"]),
        )

    def undo(self, import_id: int) -> None:
        """Take back a whole import."""
        session = self._context.session

        def work() -> Any:
            from medapp.services.imports import undo_import

            assert session is not None
            return undo_import(session, import_id)

        def done(changes: Any) -> None:
            self._stack.setCurrentIndex(0)
            self._context.bus.changed.emit(changes)
            self._context.window.toast.tell(N_("The import was taken back"))

        self._context.jobs.compute(work, done, self._on_undo_error)

    def _on_undo_error(self, error: BaseException) -> None:
        """What was refused and why; the report stays."""
        self._error.show_error(self._context, error)
        if not self.isVisible():
            self._context.acts.tell(error)

    def _show(self, report: ImportReport) -> None:
        totals = report.as_document()["totals"]
        patients = len({mrn for file in report.files for mrn in file.patients})
        numbers = (totals["files"], patients, totals["added"], totals["updated"], totals["unchanged"])
        for label, number in zip(self._figures, numbers, strict=True):
            label.set_plain(format_number(number))
        while (item := self._list.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for file in report.files:
            self._list.addWidget(FileRow(self._context, file, is_written=not report.dry_run))
        self._list.addStretch(1)
        self._stack.setCurrentIndex(2)


_FIGURES: Final = (N_("files"), N_("patients"), N_("added"), N_("updated"), N_("unchanged"))


class FileRow(QWidget):
    """One file: state, name, counts, and its issues grouped by what they say."""

    def __init__(self, context: Context, file: FileReport, *, is_written: bool) -> None:
        super().__init__()
        column = Column(context, (0, 10, 0, 10), 6, self)
        row = Row(context, 0, 10)
        state = "written" if is_written and file.state == "read" else file.state
        tone, icon, word = _STATES.get(state, _STATES["partial"])
        row.addWidget(Chip(context, word, tone, icon=icon))
        name = Text(context, role="strong", elide=True)
        name.set_plain(Path(file.path).name)
        row.addWidget(name, 1)
        says = N_("{resources} resources · {added} new · {updated} changed · {unchanged} known")
        counts = file.counts
        row.addWidget(
            Text(
                context, says, "small", "text2",
                resources=format_number(sum(file.resources.values())), added=format_number(counts.added),
                updated=format_number(counts.updated), unchanged=format_number(counts.unchanged),
            )
        )
        column.addLayout(row)
        if file.issues:
            column.addLayout(self._issues(context, file))
        column.addWidget(Line())

    def _issues(self, context: Context, file: FileReport) -> QGridLayout:
        groups: dict[str, list[Any]] = {}
        for issue in (one.as_document() for one in file.issues):
            groups.setdefault(issue["code"], []).append(issue)
        ordered = sorted(groups.values(), key=lambda group: _RANK.get(group[0]["severity"], 3))
        grid = QGridLayout()
        grid.setHorizontalSpacing(context.theme.px(8))
        grid.setColumnStretch(2, 1)
        for at, group in enumerate(ordered[:SHOWN_ISSUES]):
            first, count = group[0], len(group)
            icon, tone = _MARKS.get(first["severity"], _MARKS["information"])
            grid.addWidget(Icon(context, icon, tone, 14), at, 0, Qt.AlignmentFlag.AlignTop)
            number = Text(context, role="small", tone="text2")
            number.set_plain(f"{format_number(count)} ×")
            grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignTop)
            text = Text(context, role="small", tone="text2", wrap=True)
            text.set_dynamic(lambda first=first: first["text"][context.words.language])
            grid.addWidget(text, at, 2)
        return grid


_RANK: Final = {"error": 0, "warning": 1, "information": 2}
_MARKS: Final = {
    "error": ("stop", "danger"),
    "warning": ("caution", "warn"),
    "information": ("info", "text3"),
}
