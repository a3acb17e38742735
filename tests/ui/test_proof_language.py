"""A change of the language leaves no word of the old one: in texts, names, reasons and answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from medapp.services.session import Session
from tests.ui.conftest import settle
from ui import screens
from ui.main_window import MainWindow

PARTS = Path(__file__).parents[2] / "resources" / "translations" / "zh_CN" / "parts"
WALKED = (
    "worklist", "worklist-sign", "worklist-settle", "patient-summary", "patient-assess-outcome",
    "patient-score", "patient-results", "patient-problems", "patient-add-problem", "patient-enter-values",
    "patient-questions", "patient-immunisation", "patient-notes", "patient-timeline", "import", "models",
    "audit", "settings",
)
LEAST_LETTERS = 5
"""A message with fields and fewer letters of its own would be found in a patient's words."""

HAN = re.compile(r"[\u4e00-\u9fff]")
FIELD = re.compile(r"\{[^}]*\}")


def english() -> re.Pattern[str]:
    """Every message whose Chinese is another text."""
    found = []
    for part in PARTS.glob("*.toml"):
        for message, translation in tomllib.loads(part.read_text("utf-8")).items():
            letters = re.findall("[A-Za-z]", FIELD.sub("", message))
            if HAN.search(str(translation)) and len(letters) >= (LEAST_LETTERS if "{" in message else 2):
                found.append(".+".join(re.escape(text) for text in FIELD.split(message)))
    return re.compile("|".join(found), re.DOTALL)


def said(widget: QWidget) -> Iterator[str]:
    """What is read, seen under the mouse, or chosen among."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))


def test_no_english_stays_when_chinese_is_chosen(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    messages, patient = english(), screens.fullest_patient(session)
    scenes = {scene.name: scene for scene in screens.scenes()}
    left = set()
    for name in WALKED:
        screens.close_sheets(window)
        scenes[name].show(window, patient)
        settle(qtbot, window)
        window._context.set_language("zh_CN")
        settle(qtbot, window)
        shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
        texts = {text.replace("&", "").strip() for widget in shown for text in said(widget)}
        left |= {(name, text) for text in texts if not HAN.search(text) and messages.fullmatch(text)}
        window._context.set_language("en")
        settle(qtbot, window)
    assert left == set()
