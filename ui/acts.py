"""The one way the window writes: a service call on the store thread, then Changes, toast and Undo.

    context.acts.write(lambda: problems.add(session, patient, ...), N_("Problem added"))

The service answers `Changes`, or something that has `changes`. Ctrl Z and Ctrl Y walk the patient's
journal, whatever page wrote. On the patient's page a write waits, after ten idle minutes, until the
doctor has said that it is still this patient (`ui.presence`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from medapp.domain.changes import Changes
from medapp.errors import KnownError
from medapp.i18n import N_
from ui.jobs import Token, is_alive

if TYPE_CHECKING:
    from medapp.services.journal import Step
    from ui.context import Context

OnDone = Callable[[Any], object]
OnError = Callable[[BaseException], object]


class NotAcknowledged(KnownError):
    """The doctor came back to a screen and did not say that it is still this patient."""

    code = "not_acknowledged"
    message = N_("Not saved: the patient was not confirmed.")
    advice = N_("What you typed is still there. Save again when the right record is open.")


class Acts(QObject):
    """`started` when something is being saved, `saved` with the time when it is on the disk."""

    started = Signal()
    saved = Signal(datetime)
    failed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context

    def write(
        self,
        work: Callable[[], Any],
        message: str = "",
        *,
        undo_patient: int | None = None,
        is_order: bool = True,
        on_done: OnDone | None = None,
        on_error: OnError | None = None,
        **fields: object,
    ) -> Token:
        """Run `work`; tell `message` with Undo for `undo_patient` (its journal's last act).

        Errors go to `on_error`, else to the toast (KnownError) or the crash panel. `is_order` False is for
        what nobody decided, such as a draft kept while one types: it never waits for an acknowledgement.
        """
        token = Token()

        def done(answer: Any) -> None:
            self._finish(answer)
            if message:
                undo = None if undo_patient is None else partial(self.undo, undo_patient)
                self._context.window.toast.tell(message, undo, **fields)
            if on_done is not None and is_alive(on_done):  # its page may have gone with a lock
                on_done(answer)

        def go() -> None:
            self.started.emit()
            self._context.jobs.store(work, done, partial(self._fail, on_error), token)

        if not (is_order and self._must_wait(go, partial(self._fail, on_error, NotAcknowledged()))):
            go()
        return token

    def _must_wait(self, go: Callable[[], object], stay: Callable[[], object]) -> bool:
        window = self._context.window
        is_patient = window is not None and window.current_page == "patient"
        return is_patient and self._context.presence.hold(go, stay)

    def undo(self, patient: int | None) -> None:
        """Take back the patient's last act."""
        from medapp.services import journal

        self._walk(patient, journal.undo, N_("Undone"))

    def redo(self, patient: int | None) -> None:
        """Do the patient's undone act again."""
        from medapp.services import journal

        self._walk(patient, journal.redo, N_("Done again"))

    def _walk(self, patient: int | None, walk: Callable[[Any, int], Step], message: str) -> None:
        session = self._context.session
        if session is not None and patient is not None:
            self.write(lambda: walk(session, patient), message)

    def _finish(self, answer: Any) -> None:
        changes = answer if isinstance(answer, Changes) else getattr(answer, "changes", None)
        if changes is not None:
            self._context.bus.changed.emit(changes)
        self.saved.emit(self._context.clock())

    def _fail(self, on_error: OnError | None, error: BaseException) -> None:
        self.failed.emit()
        if on_error is not None and is_alive(on_error):
            on_error(error)
        else:
            self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Say what failed where no open form does; what nobody foresaw gets the crash panel."""
        if isinstance(error, KnownError):
            self._context.window.toast.tell(error.message, None, **error.fields)
        else:
            self._context.window.show_error(error)
