"""Still the same patient? After ten idle minutes one key says so, before anything is written.

A doctor who comes back to a screen may think of somebody else than whose record is open. The first
input after the pause shows whose it is; the next write waits until that is acknowledged. Idle time is
read from the context's clock, so that a test can let it pass.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from ui.context import Context

IDLE: Final = timedelta(minutes=10)


class Presence(QObject):
    """Watches the input that reaches the window.

    `asked` carries the store id of the patient to be acknowledged; `answered` whether it was.
    """

    asked = Signal(int)
    answered = Signal(bool)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._last: datetime = context.clock()
        self._asking: int | None = None
        self._held: list[tuple[Callable[[], object], Callable[[], object]]] = []
        self._inputs = frozenset({
            QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
        })

    def watch(self, window: QWindow) -> None:
        """Take notice of what is typed and clicked.

        The platform's window gets every input once, and little else: a filter on the application would
        be called for each event of each widget.
        """
        window.installEventFilter(self)

    @property
    def is_asking(self) -> bool:
        """Whether a patient waits to be acknowledged."""
        return self._asking is not None

    @property
    def is_holding(self) -> bool:
        """Whether a write waits for the answer."""
        return bool(self._held)

    @property
    def idle(self) -> timedelta:
        """Time since the last input."""
        return self._context.clock() - self._last

    def begin(self) -> None:
        """A record was opened by somebody who is here: nothing is asked of them yet."""
        self._last = self._context.clock()
        self.drop()

    def noticed(self) -> None:
        """Somebody typed or clicked; after a pause with a record open, it is asked whose it is."""
        was_away = self.idle > IDLE
        self._last = self._context.clock()
        if was_away:
            self._ask()

    def hold(self, go: Callable[[], object], stay: Callable[[], object]) -> bool:
        """Keep a write until the patient is acknowledged; False when nothing needs to be asked.

        `go` is called when it is, `stay` when it is not.
        """
        if not self.is_asking and self.idle > IDLE:
            self._ask()
        if not self.is_asking:
            return False
        self._held.append((go, stay))
        self.asked.emit(self._asking)
        return True

    def acknowledge(self) -> None:
        """Yes, this patient: what waited goes on."""
        self._answer(is_yes=True)

    def decline(self) -> None:
        """Not this patient: nothing is written; it is asked again at the next write."""
        held, self._held = self._held, []
        for _, stay in held:
            stay()

    def drop(self) -> None:
        """The record was closed: nothing that waited is written."""
        if self.is_asking or self._held:
            self._answer(is_yes=False)

    def _ask(self) -> None:
        patient = self._context.window.open_patient_id if self._context.window is not None else None
        if patient is not None:
            self._asking = patient
            self.asked.emit(patient)

    def _answer(self, *, is_yes: bool) -> None:
        self._asking = None
        self._last = self._context.clock()
        held, self._held = self._held, []
        self.answered.emit(is_yes)
        for go, stay in held:
            (go if is_yes else stay)()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._inputs:
            self.noticed()
        return False
