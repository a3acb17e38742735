"""Qt objects in cycles are destroyed on the GUI thread, whatever allocates elsewhere."""

from __future__ import annotations

import gc
import threading
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.test_shell_unlock import type_passphrase
from ui.garbage import Collector
from ui.jobs import Jobs
from ui.main_window import MainWindow


class Cycle(QObject):
    """Reachable from nowhere but itself."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.get_ident())


def _allocate() -> list[Any]:
    """Enough containers to pass every threshold of the automatic collection."""
    return [[] for _ in range(200_000)]


def test_a_cycle_is_left_alone_by_the_pool_and_freed_by_a_look(qtbot: QtBot) -> None:
    collector, jobs = Collector(), Jobs()
    ends: list[int] = []
    Cycle(ends)
    done: list[Any] = []
    jobs.compute(_allocate, done.append)
    qtbot.waitUntil(lambda: bool(done))
    jobs.close()
    assert ends == []
    assert not gc.isenabled()
    assert len(done[0]) > 700
    collector.look()
    assert ends == [threading.get_ident()]


def test_without_garbage_a_look_costs_nothing(qtbot: QtBot) -> None:
    collector = Collector()
    gc.collect()
    assert collector.look() == 0


def test_a_lock_leaves_no_session_and_no_page_behind(locked: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(locked.unlocked, timeout=10_000):
        type_passphrase(qtbot, locked, "demo")
    settle(qtbot, locked)
    line = locked.page("worklist").model.line(0)
    locked.open_patient(line.id, line=line)
    settle(qtbot, locked)
    session, page = ref(locked._context.session), ref(locked.patient_page)
    assert session()._registry is not None
    locked.lock()
    qtbot.waitUntil(lambda: session() is None and page() is None, timeout=5_000)
