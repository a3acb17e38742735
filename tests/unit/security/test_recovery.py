"""A recovery code can be copied from paper by a tired person."""

from __future__ import annotations

import re

import pytest

from medapp.security.errors import MistypedRecoveryCode
from medapp.security.recovery import _checksum, new_code, read_code


def test_a_code_is_eight_groups_of_four_and_never_the_same() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)


def test_letters_that_look_like_digits_are_read_as_such() -> None:
    code = new_code()
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert read_code(typed) == code.replace("-", "")


def test_nearly_every_single_typing_error_is_found() -> None:
    data = "0123456789ABCDEFGHJKMNPQRSTVWX"
    code = data + _checksum(data)
    typed = [
        code[:at] + other + code[at + 1 :] for at in range(32) for other in "2357BDGK" if code[at] != other
    ]
    found = 0
    for wrong in typed:
        try:
            read_code(wrong)
        except MistypedRecoveryCode:
            found += 1
    assert found >= len(typed) - 1  # the checksum has ten bits: one in a thousand slips through


@pytest.mark.parametrize("typed", ["", "ABCD", "!" * 32, "0" * 31, "0" * 33])
def test_what_is_no_code_is_a_typing_error(typed: str) -> None:
    with pytest.raises(MistypedRecoveryCode):
        read_code(typed)
