"""A line to type in and the few things that fit, chosen by arrows and Enter or by one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.jobs import Token
from ui.widgets import Button, Column, SearchField, Text, set_property, surface

MOST: Final = 7


class Hit(NamedTuple):
    """Something that fits: what it is and how it is shown."""

    what: Any
    title: str
    remark: str = ""


class FindList(QWidget):
    """`find` is called off the GUI thread and answers hits; `found` carries what was chosen.

    `is_stored` runs it on the store thread, for what is looked up in the clinic.
    """

    found = Signal(object)
    typed = Signal(str)

    def __init__(
        self, context: Context, placeholder: str, find: Callable[[str], Sequence[Hit]], nothing: str = "",
        *, is_stored: bool = False, keeps: bool = False, parent: QWidget | None = None,
    ) -> None:
        """`nothing` is a message id for no hit; `keeps` leaves the chosen title in the line."""
        super().__init__(parent)
        self.context, self._find, self._keeps = context, find, keeps
        self._run = context.jobs.store if is_stored else context.jobs.compute
        self._token = Token()
        self._hits: Sequence[Hit] = ()
        self._at = 0
        self._pending = 0
        column = Column(context, 0, 2, self)
        self.field = SearchField(context, placeholder)
        self.field.typed.connect(self._ask)
        self.field.moved.connect(self.move_by)
        self.field.accepted.connect(self.accept)
        self.field.escaped.connect(self.put_away)
        column.addWidget(self.field)
        self.box = surface("popup")
        self._rows: list[Button] = []
        self._list = Column(context, 4, 1, self.box)
        self.nothing = Text(context, nothing, "small", "text2", wrap=True)
        self._list.addWidget(self.nothing)
        self.box.hide()
        column.addWidget(self.box)
        self.setFocusProxy(self.field)

    @property
    def is_ready(self) -> bool:
        return self._pending == 0

    @property
    def hits(self) -> Sequence[Hit]:
        """What is listed."""
        return self._hits

    def show_text(self, text: str) -> None:
        """Put a text in without asking what fits."""
        self.field.show_text(text)
        self.put_away()

    def move_by(self, step: int) -> None:
        if self._hits:
            self._at = max(0, min(len(self._hits) - 1, self._at + step))
            self._mark()

    def accept(self) -> None:
        """Choose the marked one."""
        if self._hits:
            self._choose(self._hits[self._at])

    def put_away(self) -> bool:
        """Hide the list; whether one was shown."""
        was_shown = self.box.isVisible()
        self._token.cancel()
        self._hits = ()
        self.box.hide()
        return was_shown

    def _ask(self, text: str) -> None:
        self.typed.emit(text)
        self._token.cancel()
        self._pending = 0
        if not text.strip():
            self.put_away()
            return
        self._token = Token()
        self._pending = 1
        self._run(lambda: self._find(text), self._show, self._fail, self._token)

    def _show(self, hits: Sequence[Hit]) -> None:
        self._pending = 0
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._hits, self._at = hits[:MOST], 0
        self._rows = [self._row(hit) for hit in self._hits]
        self.nothing.setVisible(not self._hits)
        self.box.show()
        self._mark()

    def _fail(self, error: BaseException) -> None:
        self._pending = 0
        self.context.window.show_error(error)

    def _row(self, hit: Hit) -> Button:
        row = Button(self.context, "", "row", parent=self.box)
        row.set_plain(f"{hit.title}   {hit.remark}" if hit.remark else hit.title)
        row.setToolTip(hit.remark)
        row.setCheckable(True)
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.clicked.connect(lambda: self._choose(hit))
        self._list.addWidget(row)
        row.show()
        return row

    def _choose(self, hit: Hit) -> None:
        self.field.show_text(hit.title if self._keeps else "")
        self.put_away()
        self.found.emit(hit.what)

    def _mark(self) -> None:
        for at, row in enumerate(self._rows):
            row.setChecked(at == self._at)
            set_property(row, "current", at == self._at)
