"""The same folding for what is stored and what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medapp.store.tokens import (
    DAY,
    OTHER,
    RECORD,
    TELEPHONE,
    compact,
    fold,
    spelled,
    telephone_tokens,
    words_of,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Çelik", "celik"), ("Løvås", "lovas"), ("Groß", "gross"), ("ŁUKASZ", "lukasz"), ("Đặng", "dang"),
     ("Æsir", "aesir"), ("O’Brien", "obrien"), ("ＷＡＮＧ", "wang"), ("１９６８", "1968"), ("山田", "山田")],
)  # fmt: skip
def test_letters_lose_marks_case_and_width(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once_as_far_as_words_go(text: str) -> None:
    assert words_of(fold(fold(text))) == words_of(fold(text))


def test_each_ideograph_is_a_word_and_each_run_of_letters() -> None:
    assert words_of(fold("王小明 Wang-Xiaoming2")) == ["王", "小", "明", "wang", "xiaoming2"]


def test_a_letter_the_tokenizer_does_not_know_is_spelled_out() -> None:
    assert spelled("\U00020000") == "u20000"
    assert spelled("王") == "王"


@given(st.text())
def test_the_letters_before_numbers_never_come_out_of_a_name(text: str) -> None:
    assert not {DAY, RECORD, TELEPHONE, OTHER} & set(fold(text + DAY + RECORD + TELEPHONE + OTHER))


def test_numbers_lose_their_separators() -> None:
    assert compact("MRN-00 42/a") == "mrn0042a"


@pytest.mark.parametrize(
    ("number", "tokens"),
    [("+86 138 1234 5678", {"ŧ8613812345678", "ŧ13812345678", "ŧ5678"}),
     ("+1 (617) 555-1234", {"ŧ16175551234", "ŧ6175551234", "ŧ1234"}),
     ("00354 555 1234", {"ŧ003545551234", "ŧ3545551234", "ŧ5551234", "ŧ1234"}),
     ("010-6552", {"ŧ0106552", "ŧ6552"}), ("none", set())],
)  # fmt: skip
def test_a_telephone_is_found_with_and_without_its_country(number: str, tokens: set[str]) -> None:
    assert telephone_tokens([number]) == tokens
