"""Whatever is pressed, typed and clicked in whatever order: no crash, no warning, no growth.

Seeded, so that what fails can be repeated. `make proof` does 100,000 actions in two processes with a seed
each, each commit some hundred of them. File choosers are answered as by somebody who cancels.
"""

from __future__ import annotations

import ctypes
import gc
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from medapp.services import search
from medapp.services.session import Session
from tests.ui.conftest import settle
from ui import screens
from ui.main_window import MainWindow
from ui.pages import ENTRIES
from ui.pages.patient.tabs import TABS
from ui.widgets.inside import inside

IS_FULL = os.environ.get("MEDAPP_PROOF") == "full"
SEEDS = (20261120, 20261128) if IS_FULL else (20261120,)
ACTIONS = 50_000 if IS_FULL else 400
"""With one seed."""

WARM = ACTIONS // 10
GROWTH_MB = 50 if IS_FULL else 250
"""After the first tenth of the actions; a short run still meets pages that it has not made before."""

SAID_EVERY = 1_000
LOGS = Path("build", "proof")

NONE_LOSS = 2_000
"""References to None grow with what is cached; the fault of PySide 6.12 loses one at every call."""

KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F1,
    Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F, Qt.Key.Key_N,
    Qt.Key.Key_Question,
)
CONTROL_KEYS = (
    Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_E, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_Tab,
)
ZOOM_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0)
TYPED = ("li", "wang 19", "1958", "zz", ">", "> dark", "118", "7.2", "-3", "林", "a b c", "2026-02-30", "")
SIZES = ((1366, 690), (1280, 800), (1920, 1080), (960, 600))


class Somebody:
    """Hands on the keyboard and the mouse, without a plan."""

    def __init__(self, window: MainWindow, session: Session, seed: int) -> None:
        self.window, self.rng = window, random.Random(seed)
        self.patients = [line.id for line in search.page(session, None, 40)]
        self.done: list[str] = []
        self._acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._press), (10, self._press_control), (10, self._type), (20, self._click),
            (8, self._open), (8, self._tab), (5, self._page), (2, self._look), (1, self._resize),
        )

    def act(self) -> None:
        """One action."""
        acts = [act for _weight, act in self._acts]
        (chosen,) = self.rng.choices(acts, [weight for weight, _act in self._acts])
        self.done.append(chosen())
        del self.done[:-30]

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _press(self) -> str:
        key = self.rng.choice(KEYS)
        QTest.keyClick(self._target(), key)
        return f"key {key.name}"

    def _press_control(self) -> str:
        key = self.rng.choice(CONTROL_KEYS)
        QTest.keyClick(self._target(), key, Qt.KeyboardModifier.ControlModifier)
        return f"ctrl {key.name}"

    def _type(self) -> str:
        lines = [one for one in inside(self.window, QLineEdit) if _can_be_used(one)]
        if not lines:
            return "nowhere to type"
        line, text = self.rng.choice(lines), self.rng.choice(TYPED)
        line.setText(text)
        return f"type {text!r} in {type(line.parentWidget()).__name__}"

    def _click(self) -> str:
        buttons = [one for one in inside(self.window, QAbstractButton) if _can_be_used(one)]
        if not buttons:
            return "nothing to click"
        button = self.rng.choice(buttons)
        told = f"click {button.text()!r} {button.accessibleName()!r}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return told

    def _open(self) -> str:
        patient = self.rng.choice(self.patients)
        self.window.open_patient(patient, self.rng.choice(TABS).name)
        return f"open {patient}"

    def _tab(self) -> str:
        name = self.rng.choice(TABS).name
        if self.window.open_patient_id is not None:
            self.window.patient_page.show_tab(name)
        return f"tab {name}"

    def _page(self) -> str:
        entry = self.rng.choice([one for one in ENTRIES if one.name != "patient"])
        self.window.goto(entry.name)
        return f"page {entry.name}"

    def _look(self) -> str:
        context = self.window.patient_page.context
        look = self.rng.randrange(4)
        if look == 0:
            context.set_language("zh_CN" if context.words.language == "en" else "en")
        elif look == 1:
            context.set_theme(self.rng.choice(("light", "dark", "system")))
        elif look == 2:
            context.set_density(self.rng.choice(("compact", "standard", "comfortable")))
        else:
            key = self.rng.choice(ZOOM_KEYS)
            QTest.keyClick(self._target(), key, Qt.KeyboardModifier.ControlModifier)
        return f"look {look}"

    def _resize(self) -> str:
        size = self.rng.choice(SIZES)
        self.window.resize(*size)
        return f"size {size}"


def _can_be_used(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _megabytes() -> float:
    """What is held and its own: what is only not yet given back is given back first, and pages of files
    (fonts, libraries) are the system's."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    resident, of_files = map(int, Path("/proc/self/statm").read_text("ascii").split()[1:3])
    return (resident - of_files) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.fixture(autouse=True)
def nobody_chooses_a_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_, **__: ("", "")))
    yield


def _unlock(window: MainWindow, qtbot: QtBot) -> None:
    """Somebody locked it: unlock again."""
    page = window.unlock_page
    assert screens.wait(lambda: page.context.jobs.is_idle if hasattr(page, "context") else True)
    for line in page.findChildren(QLineEdit):
        if line.isVisible() and line.echoMode() == QLineEdit.EchoMode.Password:
            line.setText("demo")
            QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.is_unlocked, timeout=20_000)


def _say(seed: int, number: int) -> None:
    """How far a run of an hour is, for whoever waits."""
    LOGS.mkdir(parents=True, exist_ok=True)
    widgets, objects = len(QApplication.allWidgets()), len(gc.get_objects())
    with (LOGS / f"actions-{seed}.log").open("a", encoding="utf-8") as log:
        log.write(f"{number} actions, {_megabytes():.0f} MB, {widgets} widgets, {objects} objects\n")


APART = "MEDAPP_ACTIONS_SEED"
"""Set in the process that acts."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads memory from /proc")
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_breaks_whatever_is_done(seed: int) -> None:
    """In a process of its own, as the program runs: its memory is measured, and nobody else's counts."""
    plain = ("-p", "no:cacheprovider", "-p", "no:xdist")
    command = [sys.executable, "-m", "pytest", *plain, f"{__file__}::test_actions"]
    environment = {**os.environ, APART: str(seed)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout


@pytest.mark.skipif(APART not in os.environ, reason="run by the test above")
def test_actions(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    seed = int(os.environ[APART])
    hands = Somebody(window, session, seed)
    memory, nones = 0.0, 0
    for number in range(ACTIONS):
        if IS_FULL and number % SAID_EVERY == 0:
            _say(seed, number)
        if number == WARM:
            memory, nones = _megabytes(), sys.getrefcount(None)
        try:
            hands.act()
            QApplication.processEvents()
            if number % 50 == 0:
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if not window.is_unlocked:
                _unlock(window, qtbot)
        except BaseException:
            print("the last actions:", *hands.done, sep="\n  ")
            raise
    settle(qtbot, window)
    if IS_FULL:
        _say(seed, ACTIONS)
    assert _megabytes() - memory < GROWTH_MB
    if sys.version_info < (3, 12):  # later a None is immortal and its count says nothing
        assert nones - sys.getrefcount(None) < NONE_LOSS
