"""Beside "unlike the patients this was built on": the three groups of them that come nearest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Column, SectionHeader, Text
from ui.widgets.layout import empty

HEADS = (N_("This patient"), N_("Group 1"), N_("Group 2"), N_("Group 3"))
NOTE = N_(
    "Means of groups, not single people; the greatest difference first. Answers are shares of yes."
)


class NearestGroups(QWidget):
    """A table: what differs most first; means of groups, not single people."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = Column(context, (0, 8, 0, 0), 6, self)
        column.addWidget(SectionHeader(context, N_("The nearest it was built on")))
        self.grid = QGridLayout()
        self.grid.setColumnStretch(0, 1)
        column.addLayout(self.grid)
        column.addWidget(Text(context, NOTE, "small", "text2", wrap=True))

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Title, this patient, groups; hidden without rows."""
        self.setVisible(bool(rows))
        empty(self.grid)
        words = self.context.words
        self.grid.setHorizontalSpacing(self.context.theme.px(14))
        groups = max((len(row) for row in rows), default=0) - 1
        self._put(0, ("", *(words(head) for head in HEADS[:groups])), ("small", "small"))
        for line, row in enumerate(rows, start=1):
            self._put(line, row, ("body", "strong"))
        self.setAccessibleName(words("The nearest it was built on"))
        self.setAccessibleDescription("\n".join(", ".join(row) for row in rows))

    def _put(self, line: int, cells: Sequence[str], roles: tuple[str, str]) -> None:
        for column, cell in enumerate(cells):
            is_own = column == 1
            label = Text(self.context, "", roles[is_own], "text" if line and is_own else "text2",
                         wrap=column == 0)
            label.set_plain(cell)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.grid.addWidget(label, line, column)
