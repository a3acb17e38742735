"""Somebody without a mouse: presses keys on whatever has the focus, and counts them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PATIENCE_MS, settle
from ui.main_window import MainWindow

FAR = 120
"""Presses of Tab after which somebody gives up."""


class Keyboard:
    """Every key goes to the focused widget, as from a keyboard; `strokes` is what was pressed.

    Typed text is kept apart: a budget of keystrokes is over and above the text.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        self.strokes: list[str] = []
        self.typed: list[str] = []
        window.activateWindow()
        settle(qtbot, window)

    @property
    def focused(self) -> QWidget:
        """What has the focus; somebody without a mouse is lost where nothing has it."""
        widget = QApplication.focusWidget()
        assert widget is not None, f"no focus after {self.strokes[-5:]}"
        assert widget.isVisible(), f"the focus is out of sight after {self.strokes[-5:]}"
        return widget

    def press(self, *keys: str) -> None:
        """`press("Ctrl+K", "Return")`."""
        for name in keys:
            combination = QKeySequence(name)[0]
            self.strokes.append(name)
            QTest.keyClick(self.focused, combination.key(), combination.keyboardModifiers())
            self._qtbot.waitUntil(self._is_nothing_down, timeout=PATIENCE_MS)
            settle(self._qtbot, self.window)

    def _is_nothing_down(self) -> bool:
        """Qt keeps a button down for a moment when its letter is pressed, and clicks it then."""
        return not any(one.isDown() for one in self.window.findChildren(QAbstractButton))

    def write(self, text: str) -> None:
        """Type a text; what is on no key comes from the input method."""
        self.typed.append(text)
        if text.isascii():
            QTest.keyClicks(self.focused, text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(self.focused, event)
        settle(self._qtbot, self.window)

    def wait(self, until: Callable[[], bool]) -> None:
        """Until something has come that a key has asked for."""
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)
        settle(self._qtbot, self.window)

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until what has the focus is called `name`, or begins so."""
        passed = []
        for _ in range(FAR):
            if self.heard().startswith(name):
                return
            passed.append(self.heard())
            self.press(key)
        raise AssertionError(f"{name!r} is not reached by {key}; passed {sorted(set(passed))}")

    def heard(self) -> str:
        """What a screen reader says first of the focused widget."""
        return name_of(self.focused)

    @property
    def count(self) -> int:
        """Keystrokes without typed text."""
        return len(self.strokes)


def name_of(widget: QWidget) -> str:
    """The accessible name, as an assistive program is given it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else _breakable(interface.text(QAccessible.Text.Name))


def description_of(widget: QWidget) -> str:
    """The accessible description."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else _breakable(interface.text(QAccessible.Text.Description))


def _breakable(text: str) -> str:
    """As it sounds: what may not be broken sounds like what may."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-")


def said(root: QWidget) -> list[str]:
    """Everything in sight under `root` that an assistive program would read."""
    shown = [one for one in root.findChildren(QWidget) if one.isVisible()]
    texts = [text for one in shown for text in (name_of(one), description_of(one))]
    return [text for text in texts if text.strip()]
