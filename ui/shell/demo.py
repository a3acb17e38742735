"""A throw-away demo clinic, made while the window shows what it is doing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QProgressBar

from medapp.i18n import N_
from ui.context import Context
from ui.jobs import Token
from ui.widgets import Button, Sheet, Text

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class _Making(QObject):
    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._folder = Path(tempfile.mkdtemp(prefix="medapp-demo-"))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(lambda: shutil.rmtree(self._folder, ignore_errors=True))
        self._sheet = Sheet(context, window, N_("Making a demo clinic"), width=460)
        text = N_("Synthetic patients only. The clinic is thrown away when the program ends.")
        self._sheet.body.addWidget(Text(context, text, "body", "text2", wrap=True))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(context.words("Progress"))
        self._sheet.body.addWidget(self._bar)
        self._token = Token(self._on_progress)
        cancel = Button(context, N_("Cancel"), on_click=self._cancel)
        self._sheet.buttons.addWidget(cancel)
        self._sheet.open_at(cancel)

    def start(self) -> None:
        context, folder, token = self._context, self._folder, self._token

        def work() -> Any:
            from medapp.services.demo import open_demo, shared_bundles

            def progress(done: int, total: int) -> None:
                token.check()
                token.report(done, total)

            return open_demo(folder, shared_bundles(), clock=context.clock, progress=progress)

        context.jobs.store(work, self._on_done, self._on_error, token)

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def _on_done(self, session: Any) -> None:
        self._sheet.close_sheet()
        self._window.start(self._folder, session)

    def _on_error(self, error: BaseException) -> None:
        self._cancel()
        self._window.show_error(error)

    def _cancel(self) -> None:
        self._token.cancel()
        self._sheet.close_sheet()


def open_demo_in(window: MainWindow, context: Context) -> None:
    """Make a demo clinic in a temporary folder and open it."""
    _Making(window, context).start()
