"""The program in the pseudo-language: every sentence comes from the catalogue, whole."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.pseudo import PseudoWords, lengthened
from tests.ui.conftest import settle
from ui.main_window import MainWindow

PLAIN = re.compile(r"^[\W\d_]*$|^(MedApp|demo|Ctrl K|FHIR R4)$")
"""Signs, numbers, keys and names: the same in every language."""

DATED = re.compile(r"\b(19|20)\d\d\b")
"""Titles of published sources and of tables stand as they were published, each with its year."""


def test_a_placeholder_survives() -> None:
    words = PseudoWords()
    assert words("Saved {time}", time="09:41").count("09:41") == 1
    assert lengthened("Lock").startswith("[Lock")
    assert words.plural("{count} day", "{count} days", 3).startswith("[3 days")


@pytest.mark.parametrize("name", ["settings", "audit", "import"])
def test_every_text_of_a_page_comes_from_the_catalogue(
    name: str, window: MainWindow, qtbot: QtBot
) -> None:
    window.goto(name)
    settle(qtbot, window)
    window._context.speak(PseudoWords())
    settle(qtbot, window)
    page = window.page(name)
    foreign = [text for text in texts(page) if text[0] != "[" and not PLAIN.match(text)]
    foreign = [text for text in foreign if not DATED.search(text)]
    assert not foreign


def test_no_sentence_is_put_together_from_sentences(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("settings", "audit", "import"):
        window.goto(name)
        settle(qtbot, window)
    window._context.speak(PseudoWords())
    settle(qtbot, window)
    for name in ("settings", "audit", "import"):
        joined = [text for text in texts(window.page(name)) if text.count("[") > 2]
        assert not joined


def texts(page: QWidget) -> list[str]:
    shown = [w for w in page.findChildren(QWidget) if isinstance(w, QLabel | QAbstractButton)]
    return [w.text().strip() for w in shown if w.text().strip()]
