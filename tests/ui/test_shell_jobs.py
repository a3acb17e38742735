"""Work off the GUI thread: order, errors, progress, cancelling."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.jobs import Cancelled, Jobs, Token


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_store_work_runs_in_order_on_one_other_thread(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[int] = []
    done: list[int] = []
    for number in range(20):
        jobs.store(lambda n=number: (threads.append(threading.get_ident()), n)[1], done.append)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert done == list(range(20))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_an_error_comes_back_as_an_exception_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    caught: list[tuple[BaseException, int]] = []

    def fail() -> None:
        raise ValueError("no")

    jobs.compute(fail, None, lambda error: caught.append((error, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0][0], ValueError)
    assert caught[0][1] == threading.get_ident()


def test_an_error_that_nobody_takes_is_told_to_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.store(lambda: 1 / 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_cancelled_job_delivers_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    may_end = threading.Event()
    came: list[object] = []
    token = jobs.store(lambda: may_end.wait(5), came.append)
    waiting = jobs.store(lambda: came.append("ran"), came.append)
    token.cancel()
    waiting.cancel()
    may_end.set()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert came == []


def test_a_job_that_checks_its_token_stops(jobs: Jobs, qtbot: QtBot) -> None:
    started = threading.Event()
    token = Token()

    def work() -> None:
        started.set()
        while True:
            token.check()

    jobs.compute(work, token=token)
    started.wait(5)
    token.cancel()
    qtbot.waitUntil(lambda: jobs.is_idle)
    with pytest.raises(Cancelled):
        token.check()


def test_progress_arrives_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str, int]] = []
    token = Token(lambda done, total, text: told.append((done, total, text, threading.get_ident())))
    jobs.compute(lambda: token.report(3, 7, "c"), token=token)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(3, 7, "c", threading.get_ident())]


def test_a_widget_that_is_gone_is_not_called(jobs: Jobs, qtbot: QtBot) -> None:
    class Receiver(QObject):
        def take(self, _value: object) -> None:
            raise AssertionError("called after deletion")

    receiver = Receiver()
    may_end = threading.Event()
    jobs.compute(lambda: may_end.wait(5), receiver.take)
    jobs.compute(lambda: may_end.wait(5), lambda value: receiver.take(value))
    jobs.compute(lambda: may_end.wait(5), partial(Receiver.take, receiver))
    receiver.deleteLater()
    qtbot.wait(20)
    may_end.set()
    qtbot.waitUntil(lambda: jobs.is_idle)


def test_closed_jobs_refuse_new_work(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.close()
    assert jobs.store(lambda: 1).cancelled
