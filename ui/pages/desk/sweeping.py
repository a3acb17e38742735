"""Looking through the clinic for what is due: in small steps, with progress and a way to stop.

Each step is a job of its own, so that what the doctor asks for goes between two of them. After an import
the patients it touched are looked at by themselves.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from medapp.services import due, search
from ui.context import Context
from ui.format import format_number
from ui.jobs import Token
from ui.widgets import LinkButton, Row, Text

STEP: Final = 8
"""Patients of one job: some 20 ms."""


class Sweeping(QWidget):
    """Shown while it runs. `ended` is sent when it has run through, or was stopped."""

    ended = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._token = Token()
        self._is_running = False
        self._looked = self._total = 0
        self._rest: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = Row(context, (16, 4, 12, 4), 10, self)
        self.label = Text(context, "", "small", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(LinkButton(context, N_("Stop"), small=True, on_click=self.stop))
        context.language_changed.connect(self._speak)
        context.session_changed.connect(self.stop)
        self._speak()
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._is_running

    def start(self) -> None:
        """Look through everybody."""
        session = self._context.session
        if self._is_running or session is None:
            return
        self._begin()
        self._context.jobs.store(partial(search.count, session, ""), self._counted, self._fail, self._token)

    def follow(self, changes: Changes) -> None:
        """An import came in: look at its patients."""
        if Kind.IMPORT in changes.kinds and changes.patients and not self._is_running:
            self._begin()
            self._rest = sorted(changes.patients)
            self._total = len(self._rest)
            self._some()

    def stop(self) -> None:
        """What was looked at stays."""
        if self._is_running:
            self._token.cancel()
            self._end()

    def _begin(self) -> None:
        self._token = Token()
        self._is_running = True
        self._looked, self._total, self._rest = 0, 0, []
        self._tell()
        self.show()

    def _counted(self, total: int) -> None:
        self._total = total
        self._step(0)

    def _step(self, after: int) -> None:
        session, token = self._context.session, self._token
        if session is not None:
            work = partial(due.sweep, session, after, STEP, lambda: token.cancelled)
            self._context.jobs.store(work, self._stepped, self._fail, token)

    def _stepped(self, answer: tuple[int | None, int]) -> None:
        last, looked = answer
        self._looked += looked
        self._tell()
        if last is None:
            self._end()
        else:
            self._step(last)

    def _some(self) -> None:
        session, token = self._context.session, self._token
        now, self._rest = self._rest[:STEP], self._rest[STEP:]
        if not now or session is None:
            self._end()
            return
        work = partial(due.sweep_these, session, now, lambda: token.cancelled)
        self._context.jobs.store(work, self._some_done, self._fail, token)

    def _some_done(self, looked: int) -> None:
        self._looked += looked
        self._tell()
        self._some()

    def _end(self) -> None:
        self._is_running = False
        self.hide()
        self.ended.emit()

    def _fail(self, error: BaseException) -> None:
        self._end()
        self._context.window.show_error(error)

    def _tell(self) -> None:
        self.bar.setRange(0, max(1, self._total))
        self.bar.setValue(self._looked)
        done, total = format_number(self._looked), format_number(self._total)
        self.label.set_message(N_("Checked {done} of {total} records"), done=done, total=total)

    def _speak(self) -> None:
        self.bar.setAccessibleName(self._context.words("Progress"))
