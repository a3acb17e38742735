"""What is typed becomes one MATCH expression, every term quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from medapp.store.query import MAXIMUM_LENGTH, match_expression


def test_the_recipes_of_the_design_hold() -> None:
    assert match_expression("Wang") == '("wang"* OR "ɱwang"*)'
    assert match_expression("198") == '("ɱ198"* OR "ð198"* OR "ŧ198"*)'
    assert match_expression("王小") == '"王" AND "小"'


@pytest.mark.parametrize(
    "typed",
    ["1968-03-12", "1968/3/12", "1968.03.12", "12/03/1968", "12.3.1968", "03-12-1968", "1968年3月12日",
     "12 Mar 1968", "12-Mar-1968", "March 12, 1968", "1968 march 12", "19680312", "12031968", "03121968",
     "12/03/68", "12 03 1968"],
)  # fmt: skip
def test_a_birth_date_is_read_in_any_order(typed: str) -> None:
    assert '"ð19680312"' in (match_expression(typed) or "")


@pytest.mark.parametrize(
    ("typed", "term"),
    [("1968-03", '"ð196803"*'), ("1968-3", '"ð196803"*'), ("1968-1", '"ð19681"*'), ("1968年", '"ð1968"*'),
     ("1968-03-1", '"ð1968031"*'), ("1968-03-1", '"ð19680301"'), ("12/03/196", '"ð19680312"')],
)  # fmt: skip
def test_an_unfinished_date_finds_what_it_may_become(typed: str, term: str) -> None:
    assert term in (match_expression(typed) or "")


@pytest.mark.parametrize("typed", ["1968-0", "19680"])
def test_a_year_and_nought_finds_births_before_october_only(
    index: dbapi2.Connection, typed: str
) -> None:
    born = ["1968", "196801", "19680312", "19680930", "19681001", "196812", "19690101"]
    index.executemany("INSERT INTO f(rowid, doc) VALUES(?,?)", enumerate((f"ð{one}" for one in born), 1))
    found = index.execute("SELECT rowid FROM f WHERE f MATCH ?", (match_expression(typed),)).fetchall()
    index.execute("DELETE FROM f")
    assert [born[number - 1] for (number,) in found] == ["196801", "19680312", "19680930"]


@pytest.mark.parametrize("typed", ["31/02/1968", "1968-13-45", "99/99/9999"])
def test_a_day_that_does_not_exist_is_only_a_number(typed: str) -> None:
    assert match_expression(typed) is not None


@pytest.mark.parametrize("typed", ["", "   ", "!!!", '"', "* ( )", "\x00", "——"])
def test_what_holds_nothing_to_look_for_is_no_query(typed: str) -> None:
    assert match_expression(typed) is None


@pytest.fixture(scope="module")
def index() -> dbapi2.Connection:
    connection = dbapi2.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE f USING fts5(doc, content='', contentless_delete=1, detail=none, "
        "prefix='1 2 3 4 5', tokenize=\"unicode61 remove_diacritics 2\")"
    )
    return connection


@given(st.text() | st.text(alphabet="0123456789/-. 年月日ab+()\"*'"))
def test_nothing_typed_ever_upsets_the_index(index: dbapi2.Connection, typed: str) -> None:
    expression = match_expression(typed)
    if expression is not None:
        assert index.execute("SELECT count(*) FROM f WHERE f MATCH ?", (expression,)).fetchone() == (0,)


@pytest.mark.parametrize(
    "typed", ["or", "not", "AND near", 'wang "x"', "near(a b)", "a*", "doc:x", "-a", "^a"]
)
def test_words_of_the_query_language_are_names_too(index: dbapi2.Connection, typed: str) -> None:
    index.execute("SELECT count(*) FROM f WHERE f MATCH ?", (match_expression(typed),))


def test_a_pasted_page_is_cut() -> None:
    assert len(match_expression("word1 " * 10_000) or "") < 10 * MAXIMUM_LENGTH
