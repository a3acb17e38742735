"""Checking that no entry of the log was altered or taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from medapp.i18n import N_
from medapp.services import audit
from ui.context import Context
from ui.format import format_number
from ui.jobs import Token
from ui.widgets import Button, Icon, Row, Text, announce

if TYPE_CHECKING:
    from medapp.services.audit import AuditState
    from medapp.services.session import Session

FINDINGS: Final = {
    "altered": N_("Entry {n} was altered."),
    "removed": N_("Entry {n} is missing."),
    "truncated": N_("The log was cut short after entry {n}."),
    "replaced": N_("The log from entry {n} on is another one."),
    "head_missing": N_("The seal beside the log is missing."),
    "head_altered": N_("The seal beside the log was altered."),
    "earlier": N_("A break was found before, at entry {n}."),
}


def verify(session: Session, token: Token) -> AuditState:
    """Every seal once again. It reads by a connection of its own, so searches go on beside it."""
    total = audit.count(session)

    def progress(done: int) -> None:
        token.check()
        token.report(done, total)

    return audit.verify(session, progress)


class ChainCheck(QWidget):
    """A button, a bar while it runs, and the verdict. `finished` when it ended in any way."""

    finished = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._token: Token | None = None
        row = Row(context, 0, 10, self)
        self._icon = Icon(context, "shield", "text2", 18)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.verdict = Text(context, N_("The chain was not checked in this session."), "body", wrap=True)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.verdict, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(context.theme.px(180))
        self.bar.hide()
        row.addWidget(self.bar)
        self.cancel = Button(context, N_("Cancel"), keys="", on_click=self.stop)
        self.cancel.hide()
        row.addWidget(self.cancel)
        self.start = Button(context, N_("Check the chain"), icon="shield", on_click=self.run)
        row.addWidget(self.start)
        context.language_changed.connect(self._name)
        self._name()

    @property
    def is_running(self) -> bool:
        return self._token is not None

    def run(self) -> None:
        """Check the whole log, off the store thread."""
        session = self._context.session
        if session is None or self.is_running:
            return
        token = self._token = Token(self._on_progress)
        self.bar.setRange(0, 0)
        self._show(is_running=True)
        self.verdict.set_message(N_("Checking the seals …"))
        self._context.jobs.compute(
            lambda: verify(session, token), partial(self._take, token), partial(self._fail, token), token
        )

    def stop(self) -> None:
        """Give it up; nothing is said about the chain then."""
        if self._token is not None:
            self._token.cancel()
            self._end()
            self._icon.set_icon("shield", "text2")
            self.verdict.set_message(N_("The check was cancelled: nothing is known about the chain."))

    def clear(self) -> None:
        """The clinic is locked."""
        self.stop()
        self._icon.set_icon("shield", "text2")
        self.verdict.set_message(N_("The chain was not checked in this session."))

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _take(self, token: Token, state: AuditState) -> None:
        if token is not self._token:
            return
        self._end()
        if state.is_intact:
            self._icon.set_icon("ok", "ok")
            count = format_number(state.entries)
            self.verdict.set_message(N_("The chain of {count} entries is whole."), count=count)
        else:
            self._icon.set_icon("stop", "danger")
            self.verdict.set_dynamic(partial(self._problems, state))
        announce(self, self.verdict.text(), urgent=not state.is_intact)

    def _problems(self, state: AuditState) -> str:
        words, most = self._context.words, 3
        said = [words(FINDINGS[str(one.finding)], n=one.n) for one in state.problems[:most]]
        more = len(state.problems) - most
        if more > 0:
            said.append(words.plural("{count} more finding", "{count} more findings", more))
        return "\n".join((words("The chain is broken."), *said))

    def _fail(self, token: Token, error: BaseException) -> None:
        if token is self._token:
            self._end()
            self._icon.set_icon("caution", "warn")
            self.verdict.set_message(N_("The chain could not be checked."))
            window: Any = self._context.window
            window.show_error(error)

    def _end(self) -> None:
        self._token = None
        self._show(is_running=False)
        self.finished.emit()

    def _show(self, *, is_running: bool) -> None:
        had_focus = self.cancel.hasFocus() or self.start.hasFocus()
        self.bar.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.start.setVisible(not is_running)
        if had_focus:
            (self.cancel if is_running else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> None:
        self.bar.setAccessibleName(self._context.words("Progress"))
