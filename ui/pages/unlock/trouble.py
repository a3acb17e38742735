"""The clinic cannot be shown: damaged, newer, in use; each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Button, Column, Row, Strip, Text


class TroubleForm(QWidget):
    """One error with its advice, Try again, and another folder."""

    def __init__(
        self,
        context: Context,
        on_retry: Callable[[], object],
        on_other: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._on_other, self._directory = context, on_other, Path()
        column = Column(context, 0, 12, self)
        column.addWidget(Text(context, N_("This clinic cannot be opened"), "display", wrap=True))
        self._place = Text(context, role="body", tone="text2", elide=True)
        column.addWidget(self._place)
        self.strip = Strip(context, "", "danger")
        column.addWidget(self.strip)
        row = Row(context, (0, 4, 0, 0), 8)
        self.retry = Button(context, N_("Try again"), "primary", icon="refresh", on_click=on_retry)
        row.addWidget(self.retry)
        row.addWidget(Button(context, N_("Another folder…"), icon="folder", on_click=self._choose))
        row.addStretch(1)
        column.addLayout(row)

    def load(self, directory: Path, error: BaseException) -> None:
        """Say what is wrong with the clinic in `directory`."""
        self._directory = directory
        self._place.set_plain(str(directory))
        self.strip.show_error(self._context, error)

    def focus_first(self) -> None:
        self.retry.setFocus()

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = self._context.words("Folder of the clinic")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._directory.parent))
        if chosen:
            self._on_other(Path(chosen))
