"""A follower calls as long as its owner lives, and never after."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.widgets import follow


def test_a_signal_is_followed_until_the_owner_is_gone(qtbot: QtBot) -> None:
    context, label = Context(), QLabel()
    calls: list[str] = []
    follow(label, context.language_changed, lambda: calls.append(label.text()))
    context.set_language("zh_CN")
    assert calls == [""]
    label.deleteLater()
    QApplication.sendPostedEvents(label, QEvent.Type.DeferredDelete.value)
    context.set_language("en")
    assert calls == [""]
