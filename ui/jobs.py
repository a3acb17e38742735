"""The one way off the GUI thread.

Store work runs on one thread, in order, because SQLite serves one writer and a
connection belongs to one thread at a time; computing runs in a small pool.
Results, errors and progress come back on the GUI thread. A cancelled job's
result is dropped, so that nothing late can land on the next patient.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, Final, NamedTuple

import shiboken6
from PySide6.QtCore import QObject, Signal

POOL: Final = 2
"""Compute threads: model graphs and figures, each single-threaded."""

OnDone = Callable[[Any], object]
OnError = Callable[[BaseException], object]
OnProgress = Callable[[int, int, str], object]


class Cancelled(Exception):
    """Raised by `Token.check` inside a job that nobody waits for any more."""


class Token:
    """Cancels one or many jobs, and carries progress out of them."""

    def __init__(self, on_progress: OnProgress | None = None) -> None:
        self._event = threading.Event()
        self.on_progress = on_progress
        self._post: Callable[[Callable[[], object]], None] | None = None

    def cancel(self) -> None:
        """Drop results that are still to come; running work stops at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` when the job is no longer wanted."""
        if self._event.is_set():
            raise Cancelled

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell progress from inside a job; arrives on the GUI thread."""
        shown, post = self.on_progress, self._post
        if shown is not None and post is not None and not self.cancelled:
            post(lambda: None if self.cancelled else shown(done, total, text))


class _Job(NamedTuple):
    work: Callable[[], Any]
    on_done: OnDone | None
    on_error: OnError | None
    token: Token


class Jobs(QObject):
    """Runs work elsewhere; every callback is called on the GUI thread.

    `failed` carries errors that no caller took, for the crash panel.
    """

    failed = Signal(object)
    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver)  # queued, for it is sent from other threads
        self._store: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._compute: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._pending = 0
        self._is_open = True

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued, running or waiting for delivery."""
        return self._pending == 0

    def store(
        self,
        work: Callable[[], Any],
        on_done: OnDone | None = None,
        on_error: OnError | None = None,
        token: Token | None = None,
    ) -> Token:
        """Run `work` on the store thread, after all store work asked for before."""
        return self._put(self._store, "store", 1, _Job(work, on_done, on_error, token or Token()))

    def compute(
        self,
        work: Callable[[], Any],
        on_done: OnDone | None = None,
        on_error: OnError | None = None,
        token: Token | None = None,
    ) -> Token:
        """Run `work` in the pool; it must not touch the store or a widget."""
        return self._put(self._compute, "compute", POOL, _Job(work, on_done, on_error, token or Token()))

    def close(self) -> None:
        """Stop the threads after what is queued; later work is refused."""
        self._is_open = False
        for thread in self._threads:
            (self._store if thread.name == "store" else self._compute).put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _put(self, line: queue.SimpleQueue[_Job | None], name: str, width: int, job: _Job) -> Token:
        if not self._is_open:
            job.token.cancel()
            return job.token
        job.token._post = self._arrived.emit
        self._pending += 1
        if sum(thread.name == name for thread in self._threads) < width:
            thread = threading.Thread(target=self._run, args=(line,), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        line.put(job)
        return job.token

    def _run(self, line: queue.SimpleQueue[_Job | None]) -> None:
        while (job := line.get()) is not None:
            outcome: Any = None
            error: BaseException | None = None
            if not job.token.cancelled:
                try:
                    outcome = job.work()
                except Exception as raised:  # noqa: BLE001 - carried to the GUI thread, none is lost
                    error = raised
            self._arrived.emit((job, outcome, error))
            del job, outcome, error

    def _deliver(self, message: Any) -> None:
        if callable(message):
            message()
            return
        job, outcome, error = message
        self._pending -= 1
        try:
            if not job.token.cancelled:
                self._call(job, outcome, error)
        finally:
            if self._pending == 0:
                self.idle.emit()

    def _call(self, job: _Job, outcome: Any, error: BaseException | None) -> None:
        if isinstance(error, Cancelled):
            return
        if error is None:
            if job.on_done is not None and is_alive(job.on_done):
                job.on_done(outcome)
        elif job.on_error is None:
            self.failed.emit(error)
        elif is_alive(job.on_error):
            job.on_error(error)


def is_alive(callback: Callable[..., object]) -> bool:
    """Whether every Qt object that the callback belongs to, holds or was given still exists."""
    return all(shiboken6.isValid(one) for one in _held(callback) if isinstance(one, QObject))


def _held(callback: Any) -> Iterator[object]:
    if isinstance(callback, partial):
        yield from callback.args
        yield from _held(callback.func)
        return
    yield getattr(callback, "__self__", None)
    for cell in getattr(callback, "__closure__", None) or ():
        with suppress(ValueError):  # a name that was not bound yet
            yield cell.cell_contents
