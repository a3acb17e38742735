"""The usability tasks of the design that the built pages allow, each within its keystrokes.

Keystrokes are counted without typed text. How long things take is measured by the benchmarks.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from medapp import config
from medapp.domain.administrative import HumanName, Patient, Sex
from medapp.domain.datatypes import Moment
from medapp.services import audit, records, search
from medapp.services.session import Session
from tests.ui.keyboard import Keyboard, said
from tests.ui.test_proof_new_user import (
    CHINESE,
    ENGLISH,
    Reader,
    assess_of,
    count,
    find_by_birth_date,
    open_the_trend,
    read_the_assessment,
    session_of,
    unlock,
)
from tests.ui.test_shell_import import file  # noqa: F401 - a fixture
from ui.main_window import MainWindow

TRIALS = 40
SHORT = (1366, 690)


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Keyboard:
    """The open clinic, in English."""
    return Keyboard(window, qtbot)


@pytest.fixture(params=[(ENGLISH, 100, None), (CHINESE, 200, SHORT)], ids=["en", "zh_CN-200-short"])
def read_by(request: pytest.FixtureRequest, make_window: Callable[..., MainWindow], demo_clinic: Path,
            session: Session, qtbot: QtBot) -> tuple[Keyboard, Reader]:
    """An English reader, and a Chinese one with the largest type on a small screen (tasks 1, 3, 12)."""
    reader, zoom, size = request.param
    window = make_window(config.Settings(language=reader.language, zoom=zoom))
    if size is not None:
        window.resize(*size)
    window.start(demo_clinic, session)
    window.show()
    qtbot.waitExposed(window)
    return Keyboard(window, qtbot), reader


def test_1_from_a_birth_date_to_the_last_creatinine(read_by: tuple[Keyboard, Reader]) -> None:
    hands, reader = read_by
    find_by_birth_date(hands)
    open_the_trend(hands, reader)
    assert hands.count <= 6


def test_2_of_two_with_one_name_the_right_one_is_opened(hands: Keyboard) -> None:
    """The warning names the other's birth date; who is opened is who was meant, forty times."""
    session, rng = session_of(hands), random.Random(2)
    born = {date(1961, 3, 14): 0, date(1961, 4, 13): 0}
    for day, number in zip(born, ("99000001", "99000002"), strict=True):
        name = HumanName("Quxley", ("Meihua",))
        person = Patient(mrn=number, names=(name,), sex=Sex.FEMALE, birth_date=Moment.of_date(day))
        born[day] = records.add_patient(session, person).id
    for _ in range(TRIALS):
        day = rng.choice(sorted(born))
        other = next(one for one in born if one != day)
        hands.press("Ctrl+K")
        hands.write("quxley")
        worklist = hands.window.page("worklist")
        assert worklist.model.rowCount() == 2
        for _step in range(2):
            told = " ".join(said(worklist.preview))
            assert "Check the birth date." in told
            if day.strftime("%d-%b-%Y") in told and f"born {other:%d-%b-%Y}" in told:
                break
            hands.press("Down")
        hands.press("Return")
        assert hands.window.open_patient_id == born[day]


def test_3_the_assessment_is_read_cold(read_by: tuple[Keyboard, Reader]) -> None:
    hands, reader = read_by
    find_by_birth_date(hands)
    read_the_assessment(hands, reader)


def test_4_why_there_is_no_number(hands: Keyboard) -> None:
    find_by_birth_date(hands)
    hands.press("Alt+2")
    page = assess_of(hands)
    refused = next(one for one in page._all if not one.is_final)
    steps = abs(page.model.row_of(refused.id) - page.list.currentIndex().row())
    before = hands.count
    hands.press("End" if steps > 1 else "Down")
    assert hands.count - before <= 2
    assert page.current is not None
    assert not page.current.is_final
    told = said(page)
    assert "—" in told
    assert any(text.startswith("Not calculated") for text in told)
    assert any(text.startswith(("Not in the record", "Built for")) for text in told)


def test_5_disagreeing_and_undoing(hands: Keyboard) -> None:
    find_by_birth_date(hands)
    hands.press("Alt+2")
    assess_of(hands).select("diabetes_screening")
    session, before = session_of(hands), hands.count
    hands.press("Alt+D")
    hands.write("seen today")
    hands.press("Return", "Ctrl+Z")
    assert hands.count - before <= 5
    acts = [one.action for one in audit.entries(session, actions=("decide", "undo_decision"))]
    assert sorted(acts) == ["decide", "undo_decision"]


def test_7_an_old_input_says_so_unasked(hands: Keyboard) -> None:
    find_by_birth_date(hands)
    hands.press("Alt+2")
    page = assess_of(hands)
    page.select("diabetes_screening")
    old = [one for one in page.current.assessment.inputs if "stale" in one.flags]
    assert old
    told = said(page.side)
    assert any("old" in text.casefold().split() for text in told), told


def test_8_a_cancelled_import_leaves_the_clinic_unchanged(hands: Keyboard, file: Path) -> None:  # noqa: F811
    session = session_of(hands)
    before = (search.count(session, ""), contents(session))
    hands.window.goto("import")
    page = hands.window.page("import")
    page.preview([file])
    hands.wait(lambda: page.is_ready)
    assert page._confirm.hasFocus()
    hands.press("Escape")
    hands.window.goto("worklist")
    assert (search.count(session, ""), contents(session)) == before


def contents(session: Session) -> list[tuple[str, int]]:
    """How many rows each table has; the ledger too."""
    session.notes.flush()
    with session.store.reading() as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(name, db.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]) for name in sorted(names)]


def test_10_a_whole_visit(locked: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Unlock, find, write the visit and sign it, assess, print, lock."""
    hands = Keyboard(locked, qtbot)
    unlock(hands)
    find_by_birth_date(hands)
    hands.press("Ctrl+N")
    hands.write("Review of blood pressure")
    hands.press("Tab")
    hands.write("Feels well. No chest pain.")
    hands.press("Ctrl+Return")
    session = session_of(hands)
    assert count(session, "sign_note") == 1
    hands.press("Alt+2", "Alt+A", "Return")
    assert count(session, "decide") == 1
    target = tmp_path / "visit.pdf"
    hands.press("Alt+5", "Ctrl+P")
    hands.tab_to("File")
    line = hands.focused
    assert isinstance(line, QLineEdit)
    hands.press("Ctrl+A")
    hands.write(str(target))
    hands.tab_to("Save")
    hands.press("Space")
    hands.wait(target.exists)
    hands.press("Ctrl+L")
    assert not locked.is_unlocked
    assert hands.count <= 60, hands.strokes
