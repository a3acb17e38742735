"""National identity numbers: GB 11643-1999. All numbers are made up or the standard's own sample."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medapp.terminology.errors import (
    NationalIdChecksum,
    NationalIdDate,
    NationalIdError,
    NationalIdLength,
    NationalIdRegion,
)
from medapp.terminology.identity import check_character, parse_national_id

SAMPLE = "11010519491231002X"


def number(first_17: str) -> str:
    return first_17 + check_character(first_17)


def test_the_standards_sample_gives_birth_date_and_sex() -> None:
    found = parse_national_id(SAMPLE)
    assert (found.birth_date, found.sex, found.region) == (date(1949, 12, 31), "female", "110105")
    assert not found.is_proposal


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x", " 110105 19491231 002X ", "110105-19491231-002X", "\u200b11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_it_is_read_as_people_type_it(text: str) -> None:
    assert parse_national_id(text).number == SAMPLE


@pytest.mark.parametrize(("text", "sex"), [("110101199003071233", "male"), ("310115200002290048", "female")])
def test_the_sequence_tells_the_sex(text: str, sex: str) -> None:
    assert parse_national_id(text).sex == sex


@pytest.mark.parametrize(
    "text", ["", "1101051949123100", "11010519491231002XX", "11010519491231002Y", "X" * 18]
)
def test_another_length_or_letter_is_refused(text: str) -> None:
    with pytest.raises(NationalIdLength):
        parse_national_id(text)


def test_a_day_that_does_not_exist_is_refused_even_with_a_right_checksum() -> None:
    with pytest.raises(NationalIdDate):
        parse_national_id(number("11010519900230123"))
    with pytest.raises(NationalIdDate):
        parse_national_id(number("11010517900203123"))


def test_a_birth_in_the_future_is_refused_when_today_is_known() -> None:
    text = number("11010520991231123")
    assert parse_national_id(text).birth_date.year == 2099
    with pytest.raises(NationalIdDate):
        parse_national_id(text, today=date(2026, 11, 20))


def test_a_region_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NationalIdRegion):
        parse_national_id(number("01010519491231002"))


@pytest.mark.parametrize("region", ["810000", "830000", "911234"])
def test_residence_permits_use_the_same_form(region: str) -> None:
    assert parse_national_id(number(region + "19900307123")).region == region


def test_the_old_form_is_only_a_proposal() -> None:
    found = parse_national_id("110105491231002")
    assert found.is_proposal and found.birth_date == date(1949, 12, 31) and found.sex == "female"


def test_no_error_carries_the_number() -> None:
    for text in ("11010519491231002Y", "110105194912310021", number("11010519900230123")):
        with pytest.raises(NationalIdError) as caught:
            parse_national_id(text)
        assert "110105" not in str(caught.value) and not caught.value.fields


@given(st.integers(0, 16), st.integers(1, 9))
def test_every_single_mistyped_digit_is_found(place: int, change: int) -> None:
    digit = str((int(SAMPLE[place]) + change) % 10)
    with pytest.raises(NationalIdError):
        parse_national_id(SAMPLE[:place] + digit + SAMPLE[place + 1 :])


@given(st.integers(6, 15))
def test_two_neighbours_changed_for_each_other_are_found(place: int) -> None:
    text = "110101199003071233"
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped != text:
        with pytest.raises(NationalIdError):
            parse_national_id(swapped)


def test_a_wrong_check_character_is_told_as_such() -> None:
    with pytest.raises(NationalIdChecksum):
        parse_national_id("110105194912310021")
