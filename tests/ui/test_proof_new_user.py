"""Somebody new, without a mouse, from the locked demo clinic to a page in other clothes and words.

What issue 4 calls done: every step is a key on what has the focus, in either language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from medapp import config
from medapp.i18n import Words
from medapp.services import audit
from medapp.services.session import Session
from tests.ui.keyboard import Keyboard, description_of, said
from ui.main_window import MainWindow
from ui.pages.assess import AssessPage
from ui.pages.assess.words import missing_titles

BORN, FAMILY = "1986-10-15", "HILL"
"""One of the demo clinic, with creatinine, old and missing inputs, and a model that answers."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody types and looks for in one language."""

    language: str
    test: str
    card: str
    reason: str
    other_language: str
    interval: str
    of_100: str
    thresholds: tuple[str, ...]


ENGLISH = Reader(
    "en", "Creatinine", "model card", "Seen at the clinic this morning", "> 中文", "80% interval", "Of 100",
    ("is above", "crosses", "is below"),
)
CHINESE = Reader(
    "zh_CN", "肌酐", "模型卡", "今晨已在门诊复诊", "> English", "80% 区间", "100",
    ("高于", "跨", "低于"),
)


@pytest.mark.parametrize("reader", [ENGLISH, CHINESE], ids=["en", "zh_CN"])
def test_everything_is_done_with_the_keyboard(
    reader: Reader, make_window: Callable[..., MainWindow], demo_clinic: Path, qtbot: QtBot
) -> None:
    window = make_window(config.Settings(language=reader.language))
    window.start(demo_clinic)
    window.show()
    qtbot.waitExposed(window)
    hands = Keyboard(window, qtbot)
    unlock(hands)
    find_by_birth_date(hands)
    open_the_trend(hands, reader)
    enter_a_value(hands)
    read_the_assessment(hands, reader)
    disagree_and_undo(hands, reader)
    open_the_model_card(hands, reader)
    dress_anew(hands, reader)


def unlock(hands: Keyboard) -> None:
    """The focus is where the passphrase goes; the page says what it is."""
    assert any("demo" in text for text in said(hands.window.unlock_page))
    hands.write("demo")
    hands.press("Return")
    hands.wait(lambda: hands.window.is_unlocked)
    assert hands.window.current_page == "worklist"


def find_by_birth_date(hands: Keyboard) -> None:
    hands.write(BORN)
    worklist = hands.window.page("worklist")
    assert worklist.model.rowCount() == 1
    assert FAMILY in row_of(worklist.model)
    hands.press("Return")
    assert FAMILY in " ".join(said(hands.window.patient_page.banner))


def row_of(model: QAbstractItemModel) -> str:
    """What is read aloud of the first row, all columns."""
    role = Qt.ItemDataRole.AccessibleTextRole
    cells = [model.index(0, column) for column in range(model.columnCount())]
    return " ".join(str(model.data(cell, role) or model.data(cell)) for cell in cells)


def open_the_trend(hands: Keyboard, reader: Reader) -> None:
    hands.press("Ctrl+K")
    hands.write("> crea")
    hands.press("Return")
    assert hands.heard() == reader.test
    assert reader.test in description_of(hands.focused)
    hands.press("End")
    assert "62 µmol/L" in hands.heard()


def enter_a_value(hands: Keyboard) -> None:
    """A value that the record did not have: found by letters, saved by Tab and Enter."""
    session = session_of(hands)
    before = count(session, "enter_values")
    hands.press("Ctrl+E")
    hands.write("potas")
    hands.press("Return")
    hands.write("4.4")
    hands.press("Ctrl+Return")
    assert count(session, "enter_values") == before + 1
    facts = hands.window.patient_page._facts
    assert facts.trends["potassium"][-1].value == 4.4


def read_the_assessment(hands: Keyboard, reader: Reader) -> None:
    """Number, interval, threshold state and something missing, as texts that are read aloud."""
    hands.press("Alt+2")
    page = assess_of(hands)
    _go_to_a_number(hands, page)
    if page.right.is_drawer:  # a small screen, or large type
        hands.press("F8")
    told = said(page)
    number = page.hero.number.text()
    assert number.endswith("%")
    assert any(reader.interval in text for text in told)
    assert any(reader.of_100 in text for text in told)
    assert any(state in text for text in told for state in reader.thresholds)
    assert page.current is not None
    missing = missing_titles(page.current, page.context.words)
    assert any(title in text for text in told for title in missing)


def _go_to_a_number(hands: Keyboard, page: AssessPage) -> None:
    """Down the list to the screening for diabetes."""
    for _ in range(page.model.rowCount()):
        if page.current is not None and page.current.id == "diabetes_screening":
            return
        hands.press("Down")
    raise AssertionError("the list does not lead to the assessment")


def disagree_and_undo(hands: Keyboard, reader: Reader) -> None:
    page, session = assess_of(hands), session_of(hands)
    hands.press("Alt+D")
    hands.write(reader.reason)
    hands.press("Return")
    assert page.current is not None
    assert page.current.decision is not None
    assert page.current.decision.reason == reader.reason
    assert reader.reason in " ".join(said(page.strip))
    hands.press("Ctrl+Z")
    assert page.current.decision is None
    assert (count(session, "decide"), count(session, "undo_decision")) == (1, 1)


def open_the_model_card(hands: Keyboard, reader: Reader) -> None:
    page = assess_of(hands)
    hands.press("Ctrl+K")
    hands.write(f"> {reader.card}")
    hands.press("Return")
    assert page.right.currentWidget() is page.card
    assert page.card.isAncestorOf(hands.focused)
    assert any("31" in text for text in said(page.card))
    hands.press("Escape")
    assert page.right.is_at_side


def dress_anew(hands: Keyboard, reader: Reader) -> None:
    context = hands.window.patient_page.context
    for typed, reached in (("> dark", "dark"), ("> light", "light")):
        hands.press("Ctrl+K")
        hands.write(typed)
        hands.press("Return")
        assert context.settings.theme == reached
    hands.press("Ctrl+K")
    hands.write(reader.other_language)
    hands.press("Return")
    other = "zh_CN" if reader.language == "en" else "en"
    assert context.words.language == other
    assert Words(other)("Lock") in said(hands.window.top_bar)


def assess_of(hands: Keyboard) -> AssessPage:
    page: AssessPage = hands.window.patient_page.assess
    return page


def session_of(hands: Keyboard) -> Session:
    session = hands.window.patient_page.context.session
    assert session is not None
    return session


def count(session: Session, action: str) -> int:
    """How often an act is in the ledger."""
    return len(audit.entries(session, actions=(action,)))
