"""The real window off screen, on a small demo clinic that is made once."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medapp import config
from medapp.services.demo import create_demo
from medapp.services.session import Session, open_clinic
from ui.context import Context
from ui.main_window import MainWindow

NOW = datetime(2026, 11, 20, 9, 41, tzinfo=timezone(timedelta(hours=8)))
PATIENTS = 80
PATIENCE_MS = 20_000


def clock() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo clinic that is only copied."""
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    create_demo(folder, clock=clock, patients=PATIENTS, seed=7)
    return folder


@pytest.fixture
def demo_clinic(demo_master: Path, tmp_path: Path) -> Path:
    """A demo clinic of one's own."""
    folder = tmp_path / "clinic"
    shutil.copytree(demo_master, folder)
    return folder


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Qt objects in cycles die here, on their own thread, before another test's thread could find them."""
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every warning that Qt writes fails the test."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    log = request.getfixturevalue("qtlog")
    yield
    told = [record.message for record in log.records if record.type_name != "QtDebugMsg"]
    told = [message for message in told if "This plugin does not support" not in message]  # off the screen
    assert not told, told


@pytest.fixture(scope="session")
def fusion(qapp: QApplication) -> QApplication:
    """The application in Fusion, set once: a new style under a style sheet unmakes what is shown."""
    qapp.setStyle("Fusion")
    return qapp


@pytest.fixture
def make_window(qtbot: QtBot, fusion: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Windows with their own contexts; closed at the end with their threads."""
    made: list[MainWindow] = []

    def make(settings: config.Settings | None = None) -> MainWindow:
        context = Context(settings or config.Settings(), clock=clock)
        context.apply_theme()
        window = MainWindow(context)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
        # Now, while its Python side is whole: a collection would take it apart in any order.
        fusion.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    fusion.processEvents()


@pytest.fixture
def locked(make_window: Callable[..., MainWindow], demo_clinic: Path, qtbot: QtBot) -> MainWindow:
    """The window at the unlock page of the demo clinic."""
    window = make_window(config.Settings(last_user="demo"))
    window.start(demo_clinic)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def session(demo_clinic: Path) -> Session:
    """An open demo clinic; the window closes it."""
    return open_clinic(demo_clinic, "demo", "demo", clock=clock)


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], session: Session, demo_clinic: Path, qtbot: QtBot
) -> MainWindow:
    """The unlocked window at the worklist, everything loaded."""
    made = make_window()
    made.start(demo_clinic, session)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the shown page has loaded and nothing is under way."""
    qtbot.wait(10)
    qtbot.waitUntil(lambda: window.is_ready, timeout=PATIENCE_MS)
