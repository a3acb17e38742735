"""Step 1: which file, and what the program sees in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import own_models
from medapp.services.own_models import Preview
from ui.format import format_number
from ui.jobs import Token
from ui.pages.models.wizard.step import Step
from ui.pages.models.wizard.words import show_problem
from ui.widgets import Button, EmptyState, Icon, Row, Skeleton, Strip, Text, surface
from ui.widgets.layout import Column

SEPARATORS = {
    ",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar"), " ": N_("blank"),
}


class FileStep(Step):
    """Choose, or drop a file on it. A broken table gets its sentence, and a first line of data one button."""

    title = N_("File")

    def build(self) -> None:
        context = self.context
        self.setAcceptDrops(True)
        self._refused: Path | None = None
        self.missing = Strip(context, own_models.TrainingNotInstalled.message, "warn")
        self.missing.advice.set_message(own_models.TrainingNotInstalled.advice)
        self.missing.advice.show()
        self.missing.setVisible(not own_models.can_train())
        self.column.addWidget(self.missing)
        self.as_data = Button(context, N_("The first line is &data"), on_click=self._read_as_data)
        self.as_data.hide()
        line = Row(context, 0, 8)
        line.addWidget(self.as_data)
        line.addStretch(1)
        self.column.addLayout(line)
        self.states = QStackedWidget()
        self.none = EmptyState(
            context, N_("Choose the clinic's own table"), icon="table",
            advice=N_("A CSV file with one row per patient or visit and a first line of names. It is only "
                      "read; nothing of it is copied into the clinic."),
            action=N_("Choose a &file…"), on_action=self.choose,
        )
        self.choose_button = self.none.findChild(Button)
        self.loading = Skeleton(context, 6)
        self.states.addWidget(self.none)
        self.states.addWidget(self.loading)
        self.states.addWidget(self._build_found())
        self.column.addWidget(self.states, 1)

    def _build_found(self) -> QWidget:
        context = self.context
        holder = QWidget()
        column = Column(context, 0, 10, holder)
        card = surface("well")
        row = Row(context, (16, 14, 16, 14), 12, card)
        row.addWidget(Icon(context, "table", "text2", 20))
        texts = Column(context, 0, 2)
        self.name = Text(context, "", "lead", elide=True)
        self.facts = Text(context, "", "body", "text2", wrap=True)
        texts.addWidget(self.name)
        texts.addWidget(self.facts)
        row.addLayout(texts, 1)
        self.other = Button(context, N_("Another &file…"), icon="folder", on_click=self.choose)
        row.addWidget(self.other)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def enter(self) -> None:
        if not self.is_busy:
            self._show()

    def why_not(self) -> str:
        if self.is_busy:
            return N_("The table is being read.")
        return "" if self.decisions.preview is not None else N_("Choose a file first.")

    def first(self) -> QWidget | None:
        return self.choose_button if self.decisions.preview is None else self.other

    def stop(self) -> bool:
        was_busy = super().stop()
        if was_busy:
            self.loading.stop()
            self._show()
        return was_busy

    def choose(self) -> None:
        """The system's file chooser, as on the Import page."""
        from PySide6.QtWidgets import QFileDialog

        words = self.context.words
        name, _ = QFileDialog.getOpenFileName(
            self, words("Choose a table"), str(Path.home()),
            words("Tables as text (*.csv *.tsv *.txt *.csv.gz);;All files (*)"),
        )
        if name:
            self.read(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.read(paths[0])

    def read(self, path: Path, *, has_header: bool = True) -> None:
        """Look at a table; the one before stays until it was read."""
        self.token.cancel()
        token = self.token = Token()
        self.problem.hide()
        self.as_data.hide()
        self._refused = path
        self.is_busy = True
        self.loading.start()
        self.states.setCurrentWidget(self.loading)
        self.changed.emit()
        self.context.jobs.compute(
            lambda: own_models.look(path, has_header=has_header, cancelled=lambda: token.cancelled),
            self._take, self._fail, token,
        )

    def _read_as_data(self) -> None:
        if self._refused is not None:
            self.read(self._refused, has_header=False)

    def _take(self, preview: Preview) -> None:
        self.is_busy = False
        self.loading.stop()
        self.decisions.take(preview)
        self._show()
        self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        self.is_busy = False
        self.loading.stop()
        show_problem(self.problem, self.context, error)
        self.as_data.setVisible(isinstance(error, KnownError) and error.code == "header_missing")
        self._show()
        self.changed.emit()
        self.focus_first()

    def _show(self) -> None:
        preview, context = self.decisions.preview, self.context
        if preview is None:
            self.states.setCurrentWidget(self.none)
            return
        self.name.set_plain(preview.path.name)
        self.facts.set_dynamic(lambda: context.words(
            "{rows} rows, {columns} columns. Read as {encoding}, separated by {separator}.",
            rows=format_number(preview.rows), columns=len(preview.columns), encoding=preview.encoding,
            separator=context.words(SEPARATORS[preview.delimiter])
            if preview.delimiter in SEPARATORS else preview.delimiter,
        ))
        self.states.setCurrentIndex(2)
