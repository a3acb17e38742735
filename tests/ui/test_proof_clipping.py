"""No text is cut off or covered, on any page, in any language, type size and window.

`make proof` goes through all of them; each commit through a few that differ in everything.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from medapp import config
from medapp.services.session import Session
from tests.pseudo import PseudoWords
from tests.ui.looks import faults
from ui import screens
from ui.context import Context
from ui.main_window import MainWindow
from ui.widgets import Column, surface

SIZES = ((1366, 690), (1280, 800), (1920, 1080))
ZOOMS = (100, 150, 200)
PSEUDO = "pseudo"
"""English 40 % longer, in brackets: what it has no room for, a translation will not have either."""

LANGUAGES = ("en", "zh_CN", PSEUDO)
FEW = (
    ("en", 100, (1280, 800)), ("en", 150, (1366, 690)), ("en", 200, (1366, 690)),
    ("zh_CN", 200, (1366, 690)), (PSEUDO, 100, (1366, 690)),
)
LOOKS = tuple(product(LANGUAGES, ZOOMS, SIZES)) if os.environ.get("MEDAPP_PROOF") == "full" else FEW


@pytest.mark.parametrize(("language", "zoom", "size"), LOOKS)
def test_no_text_is_cut_off_or_covered(
    language: str, zoom: int, size: tuple[int, int], make_window: Callable[..., MainWindow],
    session: Session, demo_clinic: Path,
) -> None:
    patient = screens.fullest_patient(session)
    window = make_window(config.Settings(language="en" if language == PSEUDO else language, zoom=zoom))
    window.resize(*size)
    window.start(demo_clinic, session)
    window.show()
    if language == PSEUDO:
        words = PseudoWords()
        words.language = "en"  # what is printed is printed in a real language
        window._context.speak(words)
    found: dict[str, list[str]] = {}
    for scene in screens.scenes():
        screens.close_sheets(window)
        scene.show(window, patient)
        assert screens.wait(lambda: window.is_ready), scene.name
        QApplication.processEvents()  # what was read last is laid out, as it would be a moment later
        wrong = [str(fault) for fault in faults(window)]
        if wrong:
            found[scene.name] = wrong
    told = "\n".join(f"{scene}: {fault}" for scene, wrong in found.items() for fault in wrong)
    assert not found, told


def test_a_text_without_its_room_is_found(qtbot: QtBot) -> None:
    context = Context()
    box = surface("card")
    qtbot.addWidget(box)
    column = Column(context, 0, 0, box)
    label = QLabel("Would change this most")
    label.setFixedSize(40, 8)
    column.addWidget(label)
    covered = QLabel("under", box)
    covering = QLabel("over", box)
    covered.setGeometry(0, 60, 50, 20)
    covering.setGeometry(10, 65, 50, 20)
    box.resize(300, 200)
    box.show()
    kinds = {fault.kind for fault in faults(box)}
    assert kinds == {"cut", "overlap"}
