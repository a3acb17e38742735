"""Search as the doors call it."""

from __future__ import annotations

import pytest

from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import records, search
from medapp.services.session import Session
from tests.clinics import person


@pytest.fixture
def crowded(clinic: Session) -> Session:
    for number in range(8):
        records.add_patient(clinic, person("Wang", chr(65 + number), han="王明"))
    records.add_patient(clinic, person("Ahl"))
    return clinic


def test_an_answer_says_whether_there_are_more(crowded: Session) -> None:
    result = search.search(crowded, "wang", limit=5)
    assert (result.query, result.count, result.capped, len(result.patients)) == ("wang", 5, True, 5)
    assert search.count(crowded, "wang") == 8
    assert not search.search(crowded, "wang", limit=8).capped
    assert result.ms >= 0


def test_an_empty_text_lists_everybody_in_name_order(crowded: Session) -> None:
    listed = search.search(crowded, "  ").patients
    assert [line.name for line in listed[:2]] == ["AHL", "WANG, A"]
    assert search.count(crowded, "") == 9
    page = search.page(crowded, after=listed[3].id, limit=2)
    assert page == listed[4:6]


def test_a_text_without_letters_or_digits_finds_nobody(crowded: Session) -> None:
    assert search.search(crowded, "?!").patients == ()
    assert search.count(crowded, "?!") == 0


def test_a_line_is_none_when_the_patient_is_gone(crowded: Session) -> None:
    assert search.line(crowded, 1) is not None and search.line(crowded, 999) is None


def test_who_only_keeps_the_house_may_not_search(crowded: Session) -> None:
    crowded.user = type(crowded.user)(1, "a", "A", frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotPermitted):
        search.search(crowded, "wang")
