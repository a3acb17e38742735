"""Finding a patient in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from medapp.services import search
from medapp.services.worklist import RowFacts
from tests.ui.conftest import PATIENTS, settle
from ui.main_window import MainWindow
from ui.pages.worklist import WorklistPage
from ui.pages.worklist.matching import date_spans, han_spans, name_spans, number_spans, typed_words


def first_name(window: MainWindow) -> str:
    return window.page("worklist").model.line(0).name


def test_everybody_is_listed_in_name_order_before_anything_is_typed(window: MainWindow) -> None:
    page = window.page("worklist")
    names = [line.name for line in page.model.lines]
    assert len(names) == 50
    assert page._header.remark.text() == f"{PATIENTS} in this clinic"
    assert page.table.current_row() == 0


def test_scrolling_to_the_end_fetches_the_rest(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("worklist")
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() == PATIENTS, timeout=5_000)
    assert len({line.id for line in page.model.lines}) == PATIENTS


def test_typing_finds_and_arrows_and_enter_open(window: MainWindow, qtbot: QtBot) -> None:
    page, find = window.page("worklist"), window.top_bar.find.line
    wanted = page.model.line(7)
    family = wanted.name.split(",")[0].split()[0]
    qtbot.keyClicks(find, f"{family.lower()} {wanted.birth_date[:4]}")
    settle(qtbot, window)
    assert wanted.id in {line.id for line in page.model.lines}
    assert "match" in page._header.remark.text()
    assert "ms" in page._header.remark.text()
    row = [line.id for line in page.model.lines].index(wanted.id)
    for _ in range(row):
        qtbot.keyClick(find, Qt.Key.Key_Down)
    assert page.current.id == wanted.id
    settle(qtbot, window)
    assert page.preview._shown.patient.id == wanted.id
    qtbot.keyClick(find, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current_page == "patient"
    assert window.patient_page.current_patient == wanted.id


def test_the_find_field_is_as_it_was_left_when_one_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.find.line.setText("l")
    settle(qtbot, window)
    window.goto("settings")
    assert window.top_bar.find.text() == ""
    window.goto("worklist")
    assert window.top_bar.find.text() == "l"


def test_a_late_result_of_an_older_search_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("worklist")
    for text in ("l", "li", "lin", "zzzz"):
        window.top_bar.find.line.setText(text)
    settle(qtbot, window)
    assert page.model.rowCount() == 0
    assert page._nobody.isVisible()


def test_more_than_fifty_hits_are_counted_afterwards(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("worklist")
    window.top_bar.find.line.setText("19")
    settle(qtbot, window)
    exact = search.count(window._context.session, "19")
    assert page._result.capped == (exact > 50)
    assert page._header.remark.text().startswith(f"{exact} of")


def test_last_visits_and_allergies_arrive_after_the_rows(window: MainWindow, qtbot: QtBot) -> None:
    model = window.page("worklist").model
    qtbot.waitUntil(lambda: model.facts(model.line(0)) is not None, timeout=5_000)
    assert any(model.data(model.index(row, 4)) for row in range(50))
    assert any(model.data(model.index(row, 5)) for row in range(50))


def test_what_was_opened_is_listed_as_recent(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("worklist")
    page.desk.choose("recent")
    settle(qtbot, window)
    assert page.desk.model.rows == []
    line = page.model.line(3)
    window.open_patient(line.id, line=line)
    settle(qtbot, window)
    window.goto("worklist")
    settle(qtbot, window)
    assert page.desk.list.isVisible()
    assert page.desk.model.rows[0].line.id == line.id


def test_a_record_that_cannot_be_read_leaves_the_list_and_says_so_beside_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, store = window.page("worklist"), window._context.session.store
    bad, good = page.model.line(0), page.model.line(1)
    with store.reading() as db:
        document = db.execute("SELECT document FROM patient_detail WHERE patient=?", (bad.id,)).fetchone()[0]
    with store.transaction() as tx:
        tx.execute("UPDATE patient_detail SET document='{' WHERE patient=?", (bad.id,))
    page.search("")
    settle(qtbot, window)
    assert page._stack.currentWidget() is page.table
    assert page.current.id == bad.id
    assert page.preview.error.isVisible()
    assert not page.preview.open.isVisible()
    page.move_by(1)
    settle(qtbot, window)
    assert page.preview._shown.patient.id == good.id
    assert not page.preview.error.isVisible()
    page.move_by(-1)
    settle(qtbot, window)
    with store.transaction() as tx:
        tx.execute("UPDATE patient_detail SET document=? WHERE patient=?", (document, bad.id))
    page.preview.retry_asked.emit()
    settle(qtbot, window)
    assert page.preview._shown.patient.id == bad.id


def test_allergies_that_cannot_be_read_are_not_shown_as_none(window: MainWindow, qtbot: QtBot) -> None:
    page, store = window.page("worklist"), window._context.session.store
    with store.transaction() as tx:
        tx.execute("UPDATE allergy SET concept='{'")
    page.search("")
    settle(qtbot, window)
    assert page._stack.currentWidget() is page.table
    column = page.model.index(0, 5)
    qtbot.waitUntil(lambda: page.model.data(column) == "not read", timeout=5_000)
    assert page.table.grab().toImage() != _painted_without(page)


def _painted_without(page: WorklistPage) -> QImage:
    """The same rows as if it had been read that there is nothing beside them."""
    page.model.set_facts({line.id: RowFacts(None, ()) for line in page.model.lines})
    image: QImage = page.table.grab().toImage()
    return image


def test_patients_of_the_same_name_are_marked(window: MainWindow) -> None:
    model = window.page("worklist").model
    for line in model.lines:
        others = [other for other in model.lines if other.id != line.id]
        is_same = any(
            other.name.casefold() == line.name.casefold()
            or (line.name_local is not None and other.name_local == line.name_local)
            for other in others
        )
        assert model.has_similar(line) == is_same


def test_the_same_chinese_name_under_another_spelling_is_marked(window: MainWindow) -> None:
    model = window.page("worklist").model
    first, second = (line._replace(name_local="林美华") for line in model.lines[:2])
    third = model.lines[2]._replace(name="Someone, Else", name_local=None)
    model.set_lines([first, second._replace(name="Lam, Mei Wa"), third], "", has_more=False)
    assert [model.has_similar(line) for line in model.lines] == [True, True, False]


def test_beginnings_of_words_are_marked() -> None:
    words = typed_words("lin 1958")
    assert name_spans("LINDQVIST, Anna Lin", words) == [(0, 3), (16, 19)]
    assert name_spans("COLLINS, Peter", words) == []
    assert date_spans("14\u2011Mar\u20111958 (68 y)", "1958-03-14", words) == [(7, 11)]
    assert date_spans("14\u2011Mar\u20111958 (68 y)", "1958-03-14", typed_words("14031958")) == [(0, 11)]
    assert han_spans("林美华", typed_words("林华")) == [(0, 1), (2, 3)]
    assert number_spans("19078421", typed_words("190")) == [(0, 3)]


def test_the_model_speaks_both_languages(window: MainWindow) -> None:
    model = window.page("worklist").model
    horizontal = Qt.Orientation.Horizontal
    assert model.headerData(1, horizontal, Qt.ItemDataRole.DisplayRole) == "Born"
    window._context.set_language("zh_CN")
    assert model.headerData(1, horizontal, Qt.ItemDataRole.DisplayRole) == "出生日期"
    assert "岁" in model.data(model.index(0, 1)) or "月" in model.data(model.index(0, 1))
